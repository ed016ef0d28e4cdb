"""Changing what opens the workspace."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.own_workspace import new_passphrase
from accountplanner.usecases.session import Session

_SHORTEST = 8
_AROUND_KEY_PX = 32


class PassphraseDialog(FormDialog):
    """Asks for the old passphrase and twice for the new one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = say("Four plain words are easier to keep in mind than eight odd signs, and safer.")
        super().__init__(desk.theme, say("Change the passphrase"), say("Change it"), explanation=told, parent=parent)
        self._desk = desk
        self.old, self.new, self.again = (QLineEdit(echoMode=QLineEdit.EchoMode.Password) for _ in range(3))
        self.add_field(say("Passphrase until now"), self.old)
        self.add_field(say("New passphrase"), self.new)
        self.add_field(say("New passphrase, again"), self.again)
        self.accept_requested.connect(self._on_accept_requested)

    def _on_accept_requested(self) -> None:
        new = self.new.text()
        if len(new) < _SHORTEST:
            self.show_error(say("A passphrase needs at least {count} signs.", count=_SHORTEST))
        elif new != self.again.text():
            self.show_error(say("The two new passphrases differ."))
        else:
            self.allow_accept(is_allowed=False)
            work = partial(new_passphrase, old=self.old.text(), new=new)
            self._desk.write(say("Changing the passphrase"), work, self._on_done, self._on_refused)

    def _on_done(self, _nothing: object) -> None:
        self._desk.tell(say("The new passphrase holds from now on."))
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self.allow_accept(is_allowed=True)
        self.show_error(sentence)


class RecoveryDialog(FormDialog):
    """Makes a new recovery key when asked to, and shows it once."""

    def __init__(self, desk: Desk, make: Callable[[Session], str], parent: QWidget) -> None:
        told = say("The key on paper opens nothing any more once there is a new one. Have pen and paper ready.")
        super().__init__(desk.theme, say("New recovery key"), say("Make the key"), explanation=told, parent=parent)
        self._desk = desk
        self._make = make
        self.key = QLineEdit(readOnly=True)
        self.key.setFont(desk.theme.font("strong"))
        self.written = CheckBox(desk.theme, say("I have written it down"))
        words = Label(say("Recovery key"), "small_strong", "muted")
        words.setBuddy(self.key)
        self.key.setAccessibleName(words.text())
        self._made = (words, self.key, self.written)
        for widget in self._made:
            self.body.addWidget(widget)
            widget.hide()
        self.written.toggled.connect(self._on_written_toggled)
        self.accept_requested.connect(self._on_accept_requested)

    def _on_accept_requested(self) -> None:
        if self.key.text():
            self.accept()
        else:
            self.allow_accept(is_allowed=False)
            self._desk.write(say("Making the key"), self._make, self._on_made, self.show_error)

    def _on_made(self, key: str) -> None:
        self.key.setText(key)
        # All of it is in sight, from the first letter: it is copied by hand.
        self.key.setMinimumWidth(self.key.fontMetrics().horizontalAdvance(key) + _AROUND_KEY_PX)
        self.key.setCursorPosition(0)
        for widget in self._made:
            widget.show()
        self.allow_accept(is_allowed=False)
        self.cancel_button.hide()
        told = say("Write it down now. It is shown this once, and the one before opens nothing any more.")
        self.show_title(say("New recovery key"), told, say("Done"))
        self.fit_height()
        self.written.setFocus()

    def _on_written_toggled(self, is_written: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.allow_accept(is_allowed=is_written)
