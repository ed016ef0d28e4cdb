"""One thing somebody did: what, who, when, about whom, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill, RoundBadge
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import ElidedLabel
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.doings import Doing


class DoingRow(QWidget):
    """Emits `undo_wanted` or `redo_wanted` with the step.

    `back` is the button of what can be taken back or done again.
    """

    undo_wanted = Signal(object)
    redo_wanted = Signal(object)

    def __init__(self, desk: Desk, doing: Doing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.doing = doing
        theme = self._theme = desk.theme
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
        self.back = self._way_back()
        self._is_asked = False
        if self.back is not None:
            row.addWidget(self.back)
            self.setFocusProxy(self.back)

    def offer_again(self) -> None:
        """Let the way back be asked for, though it was asked for before."""
        self._is_asked = False
        self.show()

    def _way_back(self) -> Button | None:
        words = {"stands": (say("Undo"), "undo"), "undone": (say("Redo"), "redo")}.get(self.doing.state)
        if words is None:
            return None
        button = Button(self._theme, words[0], "link", words[1])
        said = say("Undo: {step}", step=title_of(self.doing)) if words[1] == "undo" else ""
        button.setAccessibleName(said or say("Redo: {step}", step=title_of(self.doing)))
        button.clicked.connect(self._on_back_clicked)
        return button

    def _on_back_clicked(self) -> None:
        """Ask once. Switched off, the button would let go of the keyboard before the step stands there anew."""
        if not self._is_asked:
            self._is_asked = True
            (self.undo_wanted if self.doing.state == "stands" else self.redo_wanted).emit(self.doing)


def title_of(doing: Doing) -> str:
    """What was done; a colleague's batch is named by what it is about."""
    return doing.title or say_count("Changes to {count} record", "Changes to {count} records", doing.records)


def who_of(doing: Doing) -> str:
    """Who did it."""
    return named_or_colleague(doing.who)


def named_or_colleague(who: str) -> str:
    """Somebody's name, or what to call a colleague nobody knows by name."""
    return who or say("a colleague")


def _about(doing: Doing) -> list[str]:
    named = [title for title in doing.titles if title and title not in doing.title]
    more = doing.records - len(doing.titles)
    if named and more > 0:
        named.append(say("and {count} more", count=more))
    return [", ".join(named)] if named else []


def _state_words(doing: Doing) -> str:
    words = {"undone": say("undone"), "final": say("cannot be undone"), "theirs": say("came with an exchange")}
    return words.get(doing.state, "")
