"""What is asked before a workbook leaves: under which password, or expressly without one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say


class LockDialog(FormDialog):
    """Asks for a password twice. `chosen` carries it, empty where the person wants none."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, title: str, *, is_personal: bool, parent: QWidget) -> None:
        told = (
            say("It shows personal answers. Whoever opens it is asked for the password; tell it by another way.")
            if is_personal
            else say("It shows nothing personal. With a password, whoever opens it is asked for it.")
        )
        super().__init__(theme, title, say("Choose the file…"), explanation=told, parent=parent)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.again = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.locked = QRadioButton(say("With a password"))
        self.plain = QRadioButton(say("Without a password: whoever gets the file can read it"))
        self._build_body()
        (self.locked if is_personal else self.plain).setChecked(True)
        self._on_choice()
        self.locked.toggled.connect(self._on_choice)
        self.accept_requested.connect(self._on_accept_requested)

    def _build_body(self) -> None:
        choices = QButtonGroup(self)
        choices.addButton(self.locked)
        choices.addButton(self.plain)
        self.body.addWidget(self.locked)
        self.add_field(say("Password"), self.password)
        self.add_field(say("Password, again"), self.again)
        self.body.addWidget(self.plain)

    def _on_choice(self) -> None:
        for field in (self.password, self.again):
            field.setEnabled(self.locked.isChecked())
        self.show_error("")

    def _on_accept_requested(self) -> None:
        if self.locked.isChecked() and not self._is_repeated():
            return
        password = self.password.text() if self.locked.isChecked() else ""
        self.accept()
        self.chosen.emit(password)

    def _is_repeated(self) -> bool:
        if not self.password.text():
            self.show_error(say("Type a password, or choose to write it without one."))
            self.password.setFocus()
        elif self.password.text() != self.again.text():
            self.show_error(say("The two passwords differ."))
            self.again.selectAll()
            self.again.setFocus()
        else:
            return True
        return False
