"""Opening a workspace that is there: with its passphrase, or with the recovery key."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from accountplanner.desktop.door import Door
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.workspaces import Key


class UnlockDialog(FormDialog):
    """Asks until the workspace opens; a wrong answer is said in one sentence and costs more time each time.

    Esc empties the field and closes nothing. `quit_requested` comes from the button alone.
    """

    quit_requested = Signal()

    def __init__(self, theme: Theme, door: Door, parent: QWidget) -> None:
        told = say("Your customers are encrypted on this computer. The passphrase opens them.")
        super().__init__(theme, say("Unlock"), say("Unlock"), explanation=told, parent=parent)
        self._door = door
        self._by_recovery = False
        self._sentence = ""
        self._counting = QTimer(self, interval=1000)
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.recovery = QLineEdit()
        self.recovery.setPlaceholderText(say("The key you wrote down"))
        self.add_field(say("Passphrase"), self.passphrase)
        self.body.addWidget(self.recovery)
        self.recovery.setAccessibleName(say("Recovery key"))
        self.recovery.hide()
        self._other = Button(theme, say("Use the recovery key"), "link")
        self.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        self.cancel_button.setText(say("Quit"))
        self._connect()
        self._count_down()

    def _connect(self) -> None:
        self._other.clicked.connect(self._on_other_clicked)
        self.accept_requested.connect(self._on_accept_requested)
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(self.quit_requested)
        self._counting.timeout.connect(self._count_down)
        self._door.key_wanted.connect(self._on_key_wanted)
        self._door.refused.connect(self._on_refused)
        self._door.opened.connect(self._on_opened)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.passphrase.clear()
            self.recovery.clear()
            return
        super().keyPressEvent(event)

    def _on_other_clicked(self) -> None:
        self._by_recovery = not self._by_recovery
        self.recovery.setVisible(self._by_recovery)
        self.passphrase.setEnabled(not self._by_recovery)
        self._other.setText(say("Use the passphrase") if self._by_recovery else say("Use the recovery key"))
        (self.recovery if self._by_recovery else self.passphrase).setFocus()

    def _on_accept_requested(self) -> None:
        typed = self.recovery.text().strip() if self._by_recovery else self.passphrase.text()
        if not typed or self._door.wait_s():
            return
        self.show_error("")
        self.allow_accept(is_allowed=False)
        self._door.open(Key(recovery=typed) if self._by_recovery else Key(typed))

    def _on_key_wanted(self, sentence: str) -> None:
        self._sentence = sentence
        self.passphrase.selectAll()
        self._count_down()

    def _on_refused(self, sentence: str) -> None:
        self._sentence = sentence
        self._count_down()

    def _count_down(self) -> None:
        """Let a key be tried again when its time has come, and say when that is."""
        wait_s = self._door.wait_s()
        told = say_count("Try again in {count} second.", "Try again in {count} seconds.", wait_s) if wait_s else ""
        self.show_error(" ".join(part for part in (self._sentence, told) if part))
        self.allow_accept(is_allowed=not wait_s)
        if wait_s:
            self._counting.start()
        else:
            self._counting.stop()

    def _on_opened(self, _session: object) -> None:
        self.passphrase.clear()
        self.recovery.clear()
        self.accept()
