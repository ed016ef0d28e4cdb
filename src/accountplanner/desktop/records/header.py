"""The head of a record's page, which never scrolls away: who it is, where it stands, what needs attention."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.avatar import Avatar
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.ladder_bar import LadderBar
from accountplanner.desktop.widgets.ring import AskedRing
from accountplanner.desktop.widgets.sparkline import Sparkline
from accountplanner.desktop.widgets.standing import Standing, put_in_order
from accountplanner.desktop.widgets.text import ElidedLabel, NameLabel
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.ladder import LADDER

_LEAST_LETTERS = 10
_LETTERS_OF_NAME = 22
_TREND_FROM_PX = 760


@dataclass(frozen=True)
class Figure:
    """A share from 0 to 1 with its word; `None` is a figure nobody knows."""

    share: float | None
    title: str
    tone: Tone


@dataclass(frozen=True)
class Mark:
    """A word in the header about something that needs attention."""

    text: str
    tone: Tone


class RecordHeader(QWidget):
    """Shows a name, a line below it, figures, marks, and for accounts the ladder.

    `primary` is the words of the one main button, empty for none; `back` those of the way back.
    """

    primary_requested = Signal()
    ladder_requested = Signal()
    accept_requested = Signal()
    back_requested = Signal()
    brief_requested = Signal()

    def __init__(
        self, theme: Theme, *, primary: str = "", has_ladder: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._build_widgets(primary)
        self._has_ladder = has_ladder
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build_layout()
        self._connect()
        self.primary.setVisible(bool(primary))
        self.back.hide()

    def _build_widgets(self, primary: str) -> None:
        theme = self._theme
        self.back = Button(theme, "", "link", "chevron-left")
        self._avatar = Avatar(theme, "", 52)
        self._name = NameLabel("", "name", least_letters=_LETTERS_OF_NAME)
        self._subtitle = ElidedLabel("", "body", "muted", least_letters=_LEAST_LETTERS)
        self.knowledge = AskedRing(theme, say("how well we know"), say("known"))
        self.health = AskedRing(theme, say("how they are"), say("their mood"))
        self._has_trend = False
        self._trend = Sparkline(theme, say("Touches month by month"))
        self._touch = ElidedLabel("", "small", "muted", least_letters=_LEAST_LETTERS)
        self._next = ElidedLabel("", "small", "muted", least_letters=_LEAST_LETTERS)
        self._marks = QWidget()
        self._marks_layout = QHBoxLayout(self._marks)
        self._pills = Standing(self._pill)
        self.ladder = LadderBar(theme, [say_label(rung.name) for rung in LADDER])
        self._standing = Pill(theme, "")
        self.accept = Button(theme, say("Accept"))
        self.primary = Button(theme, primary, "primary")
        self.brief = Button(theme, say("Visit brief"), "plain", "visit")
        self.brief.setToolTip(say("What to know before the visit, on one page (Ctrl+B)"))
        self.menu = QMenu(self)
        self.more = IconButton(theme, "more", say("More to do with this record"))
        self.more.setMenu(self.menu)
        self._name_row = QHBoxLayout()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._home: QBoxLayout = self._line
        self._buttons = QWidget()

    def show_name(self, name: str, subtitle: str, marks: Sequence[Mark] = ()) -> None:
        """Show whose page this is."""
        self._avatar.show_name(name)
        self._name.show_text(name)
        self._subtitle.show_text(subtitle)
        put_in_order(self._marks_layout, self._pills.show(marks))
        self._marks.setVisible(bool(marks))
        self._fit_line()

    def show_ladder(self, step: int, standing: str, *, is_proposed: bool, may_accept: bool) -> None:
        """Show the rung and, in words, whether somebody holds it or the orders only propose it."""
        self.ladder.show_position(step, is_proposed=is_proposed)
        self._standing.show_text(standing, Tone.INFO if is_proposed else Tone.NEUTRAL)
        self._standing.setVisible(bool(standing))
        self.accept.setVisible(may_accept)

    def show_figures(self, knowledge: Figure, health: Figure | None = None) -> None:
        """Show how well we know them and how they are: two rings, never one figure."""
        for ring, figure in ((self.knowledge, knowledge), (self.health, health)):
            ring.setVisible(figure is not None)
            if figure is not None:
                ring.show_share(figure.share, figure.title, figure.tone)

    def forget_figures(self) -> None:
        """Show no figure and no fact any more."""
        for ring in (self.knowledge, self.health):
            ring.show_share(None, "")
            ring.hide()
        self.show_facts("", "")
        self.show_trend((), "")

    def show_facts(self, last_touch: str, next_step: str, *, is_late: bool = False) -> None:
        """Show when somebody was last in touch, and what comes next."""
        self._touch.show_text(last_touch)
        self._next.show_text(next_step)
        self._next.set_tone("bad" if is_late else "muted")
        for label in (self._touch, self._next):
            label.setVisible(bool(label.whole_text()))

    def show_trend(self, touches: Sequence[int], words: str) -> None:
        """Show how often somebody was in touch, month by month; the words say it."""
        self._trend.show_values([float(each) for each in touches], words)
        self._has_trend = any(touches)
        self._fit_trend()

    def show_back(self, words: str) -> None:
        """Offer a way back, or none for no words."""
        self.back.setText(words)
        self.back.setVisible(bool(words))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_line()
        self._fit_trend()

    def _fit_line(self) -> None:
        if not self._has_ladder:
            self._place_buttons()
        self._fit_beside()

    def _fit_trend(self) -> None:
        """Leave the words of the last touch and the next step their room on a narrow page."""
        self._trend.setVisible(self._has_trend and self.width() >= self._theme.scaled(_TREND_FROM_PX))

    def _place_buttons(self) -> None:
        """Without a ladder there is room for the buttons beside the name, unless the page is narrow."""
        row = self._name_row
        # As for a name of usual length: the head keeps its height from one record to the next.
        name = self._name.fontMetrics().averageCharWidth() * _LETTERS_OF_NAME
        widths = [self._avatar.width(), name, self._buttons.sizeHint().width()]
        widths += [ring.sizeHint().width() for ring in (self.knowledge, self.health) if not ring.isHidden()]
        needed = sum(widths) + (len(widths) - 1) * row.spacing() + 2 * Space.PAGE
        home = row if needed <= self.width() else self._line
        if self._home is not home:
            self._home.removeWidget(self._buttons)
            home.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)
            self._home = home

    def _fit_beside(self) -> None:
        """Put the buttons below the ladder, or the marks, where there is no room beside each other."""
        beside = self.ladder if self._has_ladder else self._marks
        smallest = QSize() if beside.isHidden() else beside.minimumSizeHint().expandedTo(beside.minimumSize())
        needed = self._buttons.sizeHint().width() + max(0, smallest.width())
        has_room = needed + 2 * Space.PAGE + Space.MEDIUM <= self.width()
        policy = QSizePolicy.Policy.Minimum if has_room else QSizePolicy.Policy.Preferred
        self._buttons.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill_name_row()
        column.addLayout(self._name_row)
        column.addLayout(self._line)
        column.addLayout(self._facts_row())
        self._fill_line()

    def _fill_name_row(self) -> None:
        row = self._name_row
        row.setSpacing(Space.LARGE)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._subtitle)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for ring in (self.knowledge, self.health):
            row.addWidget(ring, 0, Qt.AlignmentFlag.AlignVCenter)
            ring.hide()

    def _fill_line(self) -> None:
        """The ladder, or the marks of who has none, with the buttons beside."""
        self._marks_layout.setContentsMargins(0, 0, 0, 0)
        self._marks_layout.setSpacing(Space.SMALL)
        self._line.setSpacing(Space.MEDIUM)
        if self._has_ladder:
            self._line.addWidget(self.ladder, 1)
        else:
            self._line.addWidget(self._marks, 1, Qt.AlignmentFlag.AlignLeft)
        self._line.addWidget(self._buttons)
        buttons = FlowLayout(self._buttons, Space.MEDIUM)
        for widget in (self._standing, self.accept, self.brief, self.primary, self.more):
            buttons.addWidget(widget)
        if not self._has_ladder:
            self.ladder.setParent(self)
            for useless in (self.ladder, self._standing, self.accept):
                useless.hide()

    def _facts_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.LARGE)
        row.addWidget(self._trend)
        row.addWidget(self._touch, 1)
        row.addWidget(self._next, 1)
        if self._has_ladder:
            row.addWidget(self._marks)
        self.show_facts("", "")
        self.show_trend((), "")
        return row

    def _pill(self, mark: Mark) -> Pill:
        return Pill(self._theme, mark.text, mark.tone)

    def _connect(self) -> None:
        self.primary.clicked.connect(self.primary_requested)
        self.brief.clicked.connect(self.brief_requested)
        self.ladder.move_requested.connect(self.ladder_requested)
        self.accept.clicked.connect(self.accept_requested)
        self.back.clicked.connect(self.back_requested)
