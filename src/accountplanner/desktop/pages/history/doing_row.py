"""One thing somebody did: what, who, when, about whom, and the way back."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill, RoundBadge
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import ElidedLabel
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.doings import Doing


class DoingRow(QWidget):
    """Emits `undo_wanted` or `redo_wanted` with the step; only what can be taken back or done again has a button."""

    undo_wanted = Signal(object)
    redo_wanted = Signal(object)

    def __init__(self, desk: Desk, doing: Doing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.doing = doing
        theme = desk.theme
        is_undo = doing.state in ("undone", "undoes")
        icon = "undo" if is_undo else "import" if not doing.is_mine else "edit"
        time = desk.formats.time(doing.at)
        self.title = ElidedLabel(title_of(doing), "body" if is_undo else "strong", "muted" if is_undo else "text")
        self.facts = ElidedLabel(" · ".join((who_of(doing), time, *_about(doing))), "small", "muted")
        self.setAccessibleName(f"{title_of(doing)}, {who_of(doing)}, {desk.formats.moment(doing.at)}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.HAIR, Space.SMALL, Space.HAIR)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(RoundBadge(theme, icon, "", Tone.NEUTRAL if is_undo else Tone.ACCENT))
        row.addLayout(words, 1)
        if state := _state_words(doing):
            row.addWidget(Pill(theme, state, Tone.NEUTRAL), 0, Qt.AlignmentFlag.AlignVCenter)
        self._is_asked = False
        self.undo = Button(theme, say("Undo"), "link", "undo")
        self.redo = Button(theme, say("Redo"), "link", "redo")
        self._offer(row, self.undo, say("Undo: {step}", step=self.title.text()), is_wanted=doing.state == "stands")
        self._offer(row, self.redo, say("Redo: {step}", step=self.title.text()), is_wanted=doing.state == "undone")
        self.undo.clicked.connect(self._on_undo_clicked)
        self.redo.clicked.connect(self._on_redo_clicked)

    def _offer(self, row: QHBoxLayout, button: Button, name: str, *, is_wanted: bool) -> None:
        button.setAccessibleName(name)
        row.addWidget(button)
        button.setVisible(is_wanted)
        if is_wanted:
            self.setFocusProxy(button)

    def _on_undo_clicked(self) -> None:
        self._ask(self.undo_wanted)

    def _on_redo_clicked(self) -> None:
        self._ask(self.redo_wanted)

    def _ask(self, wanted: SignalInstance) -> None:
        """Ask once. Switched off, the button would let go of the keyboard before the step stands there anew."""
        if not self._is_asked:
            self._is_asked = True
            wanted.emit(self.doing)


def title_of(doing: Doing) -> str:
    """What was done; a colleague's batch is named by what it is about."""
    return doing.title or say_count("{count} record", "{count} records", doing.records)


def who_of(doing: Doing) -> str:
    """Who did it."""
    return doing.who or say("a colleague")


def _about(doing: Doing) -> list[str]:
    named = [title for title in doing.titles if title and title not in doing.title]
    more = doing.records - len(doing.titles)
    if named and more > 0:
        named.append(say("and {count} more", count=more))
    return [", ".join(named)] if named else []


def _state_words(doing: Doing) -> str:
    words = {"undone": say("undone"), "final": say("cannot be undone"), "theirs": say("came with an exchange")}
    return words.get(doing.state, "")
