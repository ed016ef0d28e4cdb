"""What is asked before a contact's card leaves: whether the birthday goes with it, and where to."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.jobs import Progress
from accountplanner.desktop.telling import tell, tell_all
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.domain.file_names import file_name
from accountplanner.usecases.contact_cards import CardWritten, left_off_card, write_contact_card
from accountplanner.usecases.session import Session


class CardDialog(FormDialog):
    """Writes one contact's card. `written` carries what was written."""

    written = Signal(object)

    def __init__(self, desk: Desk, contact: str, name: str, parent: QWidget) -> None:
        told = say(
            "Name, company, job title, e-mail, phones and the account’s address, for any address book. "
            "The file is not encrypted."
        )
        title = say("The card of {name}", name=name)
        super().__init__(desk.theme, title, say("Choose the file…"), explanation=told, parent=parent)
        self._desk = desk
        self._contact = contact
        self._name = name
        self.birthday = CheckBox(desk.theme, say("Also the birthday, which is personal"))
        self.body.addWidget(self.birthday)
        self.left_out = Label("", "small", "muted", wrap=True)
        self.left_out.hide()
        self.body.addWidget(self.left_out)
        desk.read(partial(left_off_card, contact=contact, with_birthday=True), self._on_left_out_read)
        self.accept_requested.connect(self._on_accept_requested)

    def write(self, path: Path) -> None:
        """Write the card there."""
        self.accept_button.setEnabled(False)
        work = partial(_write, contact=self._contact, path=path, with_birthday=self.birthday.isChecked())
        self._desk.write_slowly(say("Writing the card"), work, self._on_written, self._on_refused)

    def _on_left_out_read(self, sentence: str) -> None:
        self.left_out.setText(tell(sentence))
        self.left_out.setVisible(bool(sentence))
        self.fit_height()

    def _on_accept_requested(self) -> None:
        proposed = str(documents_folder() / file_name(self._name, ".vcf"))
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), proposed, "vCard (*.vcf)")
        if chosen:
            # Some systems' dialogs give the name just as it was typed.
            self.write(Path(chosen if Path(chosen).suffix else f"{chosen}.vcf"))

    def _on_written(self, written: CardWritten) -> None:
        sentence = say("{file} was written.", file=written.path.name)
        self._desk.tell(tell_all((sentence, written.warning, written.left_out)))
        self.written.emit(written)
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self.accept_button.setEnabled(True)
        self.show_error(sentence)


def _write(session: Session, _progress: Progress, contact: str, path: Path, *, with_birthday: bool) -> CardWritten:
    return write_contact_card(session, contact, path, with_birthday=with_birthday)
