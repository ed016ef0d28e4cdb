"""What a backup holds, what bringing it back would take away, and the step itself."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.usecases.backup_choices import LookBack

_STEPS: Final = 8


class RestoreDialog(FormDialog):
    """Shows then and now side by side. `restore_wanted` carries the `LookBack` when a person wants it back."""

    restore_wanted = Signal(object)

    def __init__(self, desk: Desk, looked: LookBack, parent: QWidget) -> None:
        moment = desk.formats.moment(looked.backup.taken_at)
        told = say("This backup is whole. Before it is brought back, what stands here now is backed up, too.")
        title = say("The backup of {moment}", moment=moment)
        super().__init__(desk.theme, title, say("Bring it back"), explanation=told, parent=parent)
        self._looked = looked
        self._build_counts(desk, looked)
        self._build_steps(looked)
        self.accept_requested.connect(self._on_accept_requested)

    def _build_counts(self, desk: Desk, looked: LookBack) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for column, words in enumerate((say("Records"), say("Then"), say("Now"))):
            grid.addWidget(Label(words, "small_strong", "muted"), 0, column, _side(column))
        for row, each in enumerate(looked.differences, 1):
            role = "body" if each.then == each.now else "strong"
            texts = (say_label(each.label), desk.formats.number(each.then), desk.formats.number(each.now))
            for column, words in enumerate(texts):
                grid.addWidget(Label(words, role), row, column, _side(column))
        self.body.addLayout(grid)

    def _build_steps(self, looked: LookBack) -> None:
        count = len(looked.since)
        if not count:
            self.body.addWidget(Label(say("Nothing was done here since then."), "body", "muted", wrap=True))
            return
        told = say_count(
            "{count} step done here since then goes with it:", "{count} steps done here since then go with it:", count
        )
        self.body.addWidget(Label(told, "small_strong", "muted", wrap=True))
        shown = [f"• {title}" for title in looked.since[:_STEPS]]
        if count > _STEPS:
            shown.append(say("and {count} more", count=count - _STEPS))
        self.body.addWidget(Label("\n".join(shown), "body", wrap=True))

    def _on_accept_requested(self) -> None:
        self.accept()
        self.restore_wanted.emit(self._looked)


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
