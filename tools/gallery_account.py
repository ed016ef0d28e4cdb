# ruff: noqa: INP001 - a tool stands alone and is no package
"""A whole account page, as the gallery shows it."""

from gallery_customer import FIELDS, NAMES, RUNGS, STORY, VALUES
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.avatar import Avatar
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.bars import Bars
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.hairline import Hairline
from accountplanner.desktop.widgets.ladder_bar import LadderBar
from accountplanner.desktop.widgets.paged_list_model import PagedListModel
from accountplanner.desktop.widgets.record_list import RecordList, RecordLook, RowMark, words_of
from accountplanner.desktop.widgets.ring import RingFigure
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.tab_bar import TabBar
from accountplanner.desktop.widgets.text import ElidedLabel, Label
from accountplanner.desktop.widgets.timeline import Timeline
from accountplanner.desktop.widgets.value_list import ValueList


class AccountScene:
    """An account page beside the list of accounts."""

    def __init__(self, theme: Theme, formats: Formats) -> None:
        self._theme = theme
        self._formats = formats

    def page(self) -> QWidget:
        """Make the page."""
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = self._list()
        records = side.findChild(RecordList)
        if records is not None:
            page.setFocusProxy(records)
        row.addWidget(side)
        row.addWidget(Hairline(is_standing=True))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(Hairline())
        columns = CardColumns("Overview")
        columns.show_cards(((self._promises(), self._question(), self.known()), (self._purchases(), self._story())))
        column.addWidget(columns, 1)
        row.addLayout(column, 1)
        return page

    def _list(self) -> QWidget:
        side = _ground("surface")
        side.setFixedWidth(336)
        column = QVBoxLayout(side)
        column.setContentsMargins(Space.SMALL, Space.MEDIUM, 0, 0)
        column.setSpacing(Space.MEDIUM)
        head = QHBoxLayout()
        head.setContentsMargins(Space.SMALL, 0, Space.LARGE, 0)
        head.addWidget(ElidedLabel("Accounts", "title"), 1)
        head.addWidget(Label("91", "body", "muted"))
        head.addStretch(1)
        head.addWidget(Button(self._theme, "New", icon="add"))
        column.addLayout(head)
        search = QHBoxLayout()
        search.setContentsMargins(Space.SMALL, 0, Space.LARGE, 0)
        search.addWidget(SearchField(self._theme, "Search accounts"))
        column.addLayout(search)
        chips = FilterChips(self._theme, (("all", "All"), ("mine", "Mine"), ("late", "Late"), ("disputes", "Disputes")))
        chips.choose("mine")
        filters = QHBoxLayout()
        filters.setContentsMargins(Space.SMALL, 0, Space.LARGE, 0)
        filters.addWidget(chips)
        column.addLayout(filters)
        column.addWidget(self._records(), 1)
        return side

    def _records(self) -> RecordList:
        looks = {
            str(place): RecordLook(str(place), name, f"{city}  ·  {when}", rung, _marks(mark))
            for place, (name, city, when, rung, mark) in enumerate(NAMES)
        }
        model = PagedListModel(lambda ids: [looks[one] for one in ids], words_of)
        records = RecordList(self._theme, model, "Accounts")
        model.setParent(records)
        model.show_ids(list(looks))
        records.select("4")
        records.setFocus()
        return records

    def _header(self) -> QWidget:
        head = _ground("surface")
        column = QVBoxLayout(head)
        column.setContentsMargins(Space.PAGE + 4, Space.LARGE, Space.PAGE, 0)
        column.setSpacing(Space.SMALL)
        top = QHBoxLayout()
        top.setSpacing(Space.LARGE)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel("Berglunds snabbköp", "name"))
        names.addWidget(ElidedLabel("Grocery · Luleå, Sweden · owner Nancy Davolio", "body", "muted"))
        top.addWidget(Avatar(self._theme, "Berglunds snabbköp"))
        top.addLayout(names, 1)
        known = RingFigure(self._theme, "", "how well we know")
        known.show_share(41 / 66, "41 of 66")
        steady = RingFigure(self._theme, "", "how they are")
        steady.show_share(0.8, "Steady")
        top.addWidget(known)
        top.addWidget(steady)
        column.addLayout(top)
        column.addLayout(self._ladder())
        column.addWidget(
            TabBar(
                self._theme, [(t, t) for t in ("Overview", "People", "Timeline", "Plan", "Partners", "History")], "Tabs"
            )
        )
        return head

    def _ladder(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        bar = LadderBar(self._theme, RUNGS)
        bar.show_position(4)
        row.addWidget(bar, 1)
        row.addWidget(Button(self._theme, "Visit brief"))
        row.addWidget(Button(self._theme, "Add note", "primary"))
        return row

    def _promises(self) -> Card:
        card = Card(self._theme, "Before you go in")
        promises = (
            ("Send the new cheese price list", "2 days late", Tone.BAD),
            ("Call back about the loading dock", "today", Tone.WARN),
            ("Samples for the Christmas table", "4 Dec", Tone.GOOD),
        )
        for text, when, tone in promises:
            row = QHBoxLayout()
            box = CheckBox(self._theme, text)
            box.setChecked(tone is Tone.GOOD)
            row.addWidget(box, 1)
            row.addWidget(Pill(self._theme, when, tone))
            card.body.addLayout(row)
        return card

    def _question(self) -> Card:
        card = Card(self._theme, "One question worth asking")
        card.body.addWidget(Label("“Who decides on the spring range now that Mr Lindqvist has retired?”", wrap=True))
        why = "Nobody has answered it since March. It would prove the step to Advocate."
        card.body.addWidget(Label(why, "small", "muted", wrap=True))
        return card

    def known(self, *, is_editing: bool = False) -> Card:
        """The card of what is known, with one value being corrected if that is wished."""
        card = Card(self._theme, "What we know", "All 41")
        values = ValueList(self._theme, self._formats, FIELDS)
        values.show_values(VALUES)
        card.add_wide(values)
        if is_editing:
            values.row("since").start_editing()
            values.row("since").refuse("Please write a date such as 22 Nov 2026.")
        return card

    def _purchases(self) -> Card:
        card = Card(self._theme, "Purchases")
        card.head.addWidget(Label(self._formats.money(2492700, "SEK"), "strong"))
        card.head.addWidget(Label("▲ 8 %", "small_strong", "good"))
        bars = Bars(self._theme, "Purchases in twelve months")
        amounts = (12, 20, 16, 26, 23, 30, 20, 23, 34, 30, 41, 45)
        bars.show_values(amounts, [str(amount) for amount in amounts])
        card.body.addWidget(bars)
        return card

    def _story(self) -> Card:
        card = Card(self._theme, "Everything everyone did", "Filter")
        note = QLineEdit()
        note.setPlaceholderText("What did you learn?  @person  !friday")
        story = Timeline(self._theme, "Everything everyone did")
        story.show_entries(STORY)
        card.body.addWidget(note)
        card.body.addSpacing(Space.SMALL)
        card.body.addWidget(story)
        return card


def _marks(icon: str) -> tuple[RowMark, ...]:
    return (RowMark(icon, Tone.BAD if icon == "conflict" else Tone.WARN, icon),) if icon else ()


def _ground(name: str) -> QWidget:
    widget = QWidget()
    widget.setProperty("ground", name)
    widget.setObjectName(f"ground_{name}")
    return widget
