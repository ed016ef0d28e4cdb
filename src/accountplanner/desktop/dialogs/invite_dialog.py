"""Writing the file that makes a colleague a member of the team, under a passphrase that travels another way."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import invite


class InviteDialog(FormDialog):
    """Asks for the passphrase and where the join file goes."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = say(
            "Your colleague opens the program, chooses this file on the first screen and types the passphrase. "
            "Tell them the passphrase in person or by phone, never in the same message as the file."
        )
        title = say("Invite a colleague")
        super().__init__(desk.theme, title, say("Write the join file"), explanation=told, parent=parent)
        self._desk = desk
        self.passphrase = QLineEdit()
        self.add_field(say("Passphrase of the join file"), self.passphrase)
        self.passphrase.textChanged.connect(self._on_text_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self.allow_accept(is_allowed=False)

    def write_to(self, path: Path) -> None:
        """Write the join file."""
        self.allow_accept(is_allowed=False)
        work = partial(_invite, path=path, passphrase=self.passphrase.text())
        self._desk.write(say("Writing the join file"), work, self._on_written, self._on_refused)

    def _on_text_changed(self, text: str) -> None:
        self.allow_accept(is_allowed=bool(text))

    def _on_accept_requested(self) -> None:
        if not self.passphrase.text():
            return
        chosen, _ = QFileDialog.getSaveFileName(self, say("Write the join file"), str(documents_folder() / "team.join"))
        if chosen:
            self.write_to(Path(chosen))

    def _on_written(self, path: Path) -> None:
        self._desk.tell(say("{file} was written. Tell the passphrase another way.", file=path.name))
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self.allow_accept(is_allowed=True)
        self.show_error(sentence)


def _invite(session: Session, path: Path, passphrase: str) -> Path:
    invite(session, path, passphrase)
    return path
