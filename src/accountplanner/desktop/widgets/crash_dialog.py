"""What a person sees when the program itself was wrong."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from accountplanner.desktop.crash import CrashReport
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say, say_marked, to_say

_SENTENCE = to_say(
    "The program met a fault of its own. What you entered before is safe: every change is saved as a whole or "
    "not at all. The report below holds no customer data; please pass it on to whoever looks after the program."
)


class CrashDialog(FormDialog):
    """Shows the report before anybody copies it. Going on is the default; quitting is offered."""

    quit_requested = Signal()

    def __init__(self, theme: Theme, report: CrashReport, parent: QWidget) -> None:
        super().__init__(
            theme, say("Something went wrong"), say("Go on"), explanation=say_marked(_SENTENCE), parent=parent
        )
        self._report = report
        details = QPlainTextEdit(f"{report.title}\n{report.details}")
        details.setReadOnly(True)
        details.setAccessibleName(say("Report"))
        copy = Button(theme, say("Copy report"), "link", "copy")
        self.body.addWidget(details)
        self.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.cancel_button.setText(say("Quit"))
        copy.clicked.connect(self._on_copy_clicked)
        self.cancel_button.clicked.connect(self.quit_requested)
        self.accept_requested.connect(self.accept)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._report.title}\n{self._report.details}")
