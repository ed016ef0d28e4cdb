"""What runs now: its name, how far it is, and Cancel. Hidden when nothing runs."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from accountplanner.desktop.jobs import Job
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import ElidedLabel
from accountplanner.desktop.wording import say

_PATIENCE_MS = 100


class JobStatus(QWidget):
    """Follows jobs one at a time. Work shorter than a tenth of a second never shows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._text = ElidedLabel("", "small", "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(160)
        self._cancel = Button(theme, "", "link")
        self.reword()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.HAIR, Space.LARGE, Space.HAIR)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._patience.timeout.connect(self._on_patience_over)
        self.hide()

    def reword(self) -> None:
        """Take the words of the language spoken now."""
        self._bar.setAccessibleName(say("Progress"))
        self._cancel.setText(say("Cancel"))

    def follow(self, job: Job) -> None:
        """Show this job until it has ended; connect a runner's `job_started` to this."""
        self._jobs.append(job)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        if len(self._jobs) == 1:
            self._begin()

    def _begin(self) -> None:
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._text.show_text(self._jobs[0].title)
        self._patience.start()

    @Slot(object, object, str)
    def _on_progressed(self, done: int, total: int, text: str) -> None:
        if self._jobs:
            # A thousand steps, because a progress bar counts in 32 bits.
            self._bar.setRange(0, 1000 if total else 0)
            self._bar.setValue(min(1000, done * 1000 // total) if total else 0)
            title = self._jobs[0].title
            self._text.show_text(f"{title} – {text}" if text else title)

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        self._jobs.remove(job)
        if self._jobs:
            self._begin()
        else:
            self._patience.stop()
            self._text.show_text("")
            self.hide()

    def _on_patience_over(self) -> None:
        self.setVisible(bool(self._jobs))

    def _on_cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._text.show_text(say("Stopping: {title}", title=self._jobs[0].title))
        self._jobs[0].cancel()
