# ruff: noqa: INP001 - a tool stands alone and is no package
"""The scenes of the gallery: a whole account page, and a board of all other widgets."""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from accountplanner.desktop.actions import COMMANDS, ActionRegistry
from accountplanner.desktop.crash import CrashReport
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.main_window import MainWindow, Shell
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.avatar import Avatar
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.banner import Banner
from accountplanner.desktop.widgets.bars import Bars
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.crash_dialog import CrashDialog
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.hairline import Hairline
from accountplanner.desktop.widgets.ladder_bar import LadderBar
from accountplanner.desktop.widgets.paged_list_model import PagedListModel
from accountplanner.desktop.widgets.palette import CommandPalette, PaletteEntry, Receive
from accountplanner.desktop.widgets.record_list import RecordList, RecordLook, RowMark, words_of
from accountplanner.desktop.widgets.ring import RingFigure
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.shortcut_sheet import ShortcutSheet
from accountplanner.desktop.widgets.tab_bar import TabBar
from accountplanner.desktop.widgets.text import ElidedLabel, Label
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.widgets.value_list import ValueList
from accountplanner.desktop.widgets.value_row import ShownValue
from accountplanner.desktop.widgets.value_text import ValueField, ValueKind

RUNGS = ("Prospect", "Customer", "Client", "Supporter", "Advocate", "Partner")
_NAMES = (
    ("Alfreds Futterkiste", "Berlin", "today", "Client", ""),
    ("Ana Trujillo Emparedados y helados", "México D.F.", "3 days ago", "Advocate", "dispute"),
    ("Antonio Moreno Taquería", "México D.F.", "2 weeks ago", "Customer", ""),
    ("Around the Horn", "London", "5 weeks ago", "Supporter", ""),
    ("Berglunds snabbköp", "Luleå", "today", "Supporter", "clock"),
    ("Blauer See Delikatessen", "Mannheim", "3 days ago", "Client", ""),
    ("Blondesddsl père et fils", "Strasbourg", "2 weeks ago", "Advocate", "clock"),
    ("Bólido Comidas preparadas", "Madrid", "5 weeks ago", "Customer", ""),
    ("Bon app'", "Marseille", "today", "Supporter", ""),
    ("Bottom-Dollar Markets", "Tsawassen", "3 days ago", "Prospect", ""),
    ("B's Beverages", "London", "2 weeks ago", "Client", ""),
    ("Cactus Comidas para llevar", "Buenos Aires", "5 weeks ago", "Advocate", ""),
    ("Centro comercial Moctezuma", "México D.F.", "never", "Prospect", ""),
)
_STORY = (
    TimelineEntry(
        "1",
        "visit",
        "Visit",
        "today",
        "Walked the new chilled section with Christina. They want smaller packs before Christmas.",
        Tone.ACCENT,
    ),
    TimelineEntry(
        "2",
        "dispute",
        "Dispute opened",
        "yesterday",
        "Invoice 10 848: two crates of tofu missing. Service has it.",
        Tone.BAD,
    ),
    TimelineEntry("3", "note", "Partner note", "18 Nov", "Nordic Foods: dock hours change in December.", Tone.INFO),
    TimelineEntry("4", "mail", "Marketing mail", "15 Nov", "Autumn catalogue, second mail this month.", Tone.WARN),
    TimelineEntry(
        "5", "phone", "Call", "12 Nov", "Moved from Client to Supporter: recommended us to a cousin in Umeå.", Tone.GOOD
    ),
)
_FIELDS = (
    ValueField("problem", "Key problem", ValueKind.LONG_TEXT),
    ValueField("buys", "Buys", ValueKind.LIST),
    ValueField("prefers", "Prefers", invitation="How do they like to be reached?"),
    ValueField("wallet", "Wallet", ValueKind.MONEY, currency="SEK"),
    ValueField("since", "Customer since", ValueKind.DATE),
    ValueField("tier", "Tier", ValueKind.CHOICE, choices=(("a", "A – strategic"), ("b", "B – grow"))),
)
_VALUES = {
    "problem": ShownValue("Deliveries arrive after the shop opens", "Christina Berglund said so · 12 Nov · sure"),
    "buys": ShownValue("Cheese\nSeafood\nCondiments", "38 orders since 2024"),
    "wallet": ShownValue("310000.00 SEK", "partner estimate · 14 months old, fading", Tone.WARN),
    "since": ShownValue("1996-08-12", "first order"),
    "tier": ShownValue("b", "two values: Nancy says B, Nordic Foods says A", Tone.BAD),
}


class Gallery:
    """One look of the program, drawn without a screen."""

    def __init__(self, look: str, desk: Path) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self._application = QApplication([])
        self._theme = Theme(self._application, ThemeChoice(look))
        self._theme.load_all_faces()
        self._formats = Formats()
        self._desk = desk

    def write(self, folder: Path, name: str) -> None:
        """Write the pictures of all scenes."""
        for scene, size in (("account", (1440, 900)), ("account", (1024, 640)), ("board", (1440, 1000))):
            window = self._window(scene)
            window.resize(*size)
            self._grab(window, folder / f"{scene}-{size[0]}-{name}.png")
            if scene == "account" and size[0] == 1440:
                self._floating(window, folder, name)
            window.close()

    def _floating(self, window: MainWindow, folder: Path, name: str) -> None:
        window.tell("Key problem of Berglunds snabbköp saved", window.repaint)
        window.banner.say("Two colleagues' workbooks are waiting in the shared folder.", Tone.INFO, "Look at them")
        self._grab(window, folder / f"toast-{name}.png")
        commands = [PaletteEntry(c.id, c.text, c.icon, "Command", "", c.shortcut) for c in COMMANDS]
        dialogs = {
            "palette": CommandPalette(self._theme, _find, commands, window),
            "form": self._form(window),
            "shortcuts": ShortcutSheet(self._theme, COMMANDS, window),
            "crash": CrashDialog(self._theme, CrashReport("KeyError in page.py:41", "Account Planner 0.1.0"), window),
        }
        for scene, dialog in dialogs.items():
            dialog.open()
            self._grab(dialog, folder / f"{scene}-{name}.png")
            dialog.close()

    def _form(self, window: MainWindow) -> FormDialog:
        form = FormDialog(
            self._theme, "New account", "Make the account", explanation="Only the name is needed.", parent=window
        )
        form.add_field("Name", QLineEdit("Königlich Essen"))
        form.add_field("Country", QLineEdit())
        form.show_error("There is an account with this name in Brandenburg already.")
        return form

    def _grab(self, widget: QWidget, path: Path) -> None:
        widget.show()
        loop = QEventLoop()
        QTimer.singleShot(120, loop.quit)
        loop.exec()
        widget.grab().save(str(path))

    def _window(self, scene: str) -> MainWindow:
        pages = dict.fromkeys(
            ("today", "accounts", "people", "ladder", "partners", "exchange", "reviews", "understanding", "settings"),
            self._account_page if scene == "account" else self._board,
        )
        shell = Shell(self._theme, ActionRegistry(self._theme), SettingsFile(self._desk), pages, _find)
        window = MainWindow(shell)
        window.show_area("accounts")
        window.show_count("today", 5)
        window.show_count("exchange", 3)
        window.fill_menu()
        return window

    def _account_page(self) -> QWidget:
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
        columns.show_cards(((self._promises(), self._question(), self._known()), (self._purchases(), self._story())))
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
            for place, (name, city, when, rung, mark) in enumerate(_NAMES)
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

    def _known(self, *, is_editing: bool = False) -> Card:
        card = Card(self._theme, "What we know", "All 41")
        values = ValueList(self._theme, self._formats, _FIELDS)
        values.show_values(_VALUES)
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
        story.show_entries(_STORY)
        card.body.addWidget(note)
        card.body.addSpacing(Space.SMALL)
        card.body.addWidget(story)
        return card

    def _board(self) -> QWidget:
        columns = CardColumns("Board")
        columns.show_cards(
            ((self._buttons(), self._known(is_editing=True), self._banners()), (self._table(), self._empty()))
        )
        return columns

    def _buttons(self) -> Card:
        card = Card(self._theme, "Buttons, pills and inputs")
        row = QHBoxLayout()
        for kind in ("plain", "primary", "danger", "link"):
            row.addWidget(Button(self._theme, kind.title(), kind, "add" if kind == "plain" else ""))
        row.addWidget(IconButton(self._theme, "more", "More"))
        row.addStretch(1)
        disabled = Button(self._theme, "Not now", "primary")
        disabled.setEnabled(False)
        row.addWidget(disabled)
        card.body.addLayout(row)
        pills = QHBoxLayout()
        for tone in Tone:
            pills.addWidget(Pill(self._theme, tone.value.title(), tone))
        pills.addStretch(1)
        card.body.addLayout(pills)
        return card

    def _banners(self) -> Card:
        card = Card(self._theme, "Banners")
        for tone in (Tone.INFO, Tone.WARN, Tone.BAD, Tone.GOOD):
            banner = Banner(self._theme)
            card.body.addWidget(banner)
            banner.say("The workspace lies in a synced folder, where copies may damage it.", tone, "Move it")
        return card

    def _table(self) -> Card:
        card = Card(self._theme, "Purchases, line by line")
        columns = (
            Column[tuple[str, str, int]]("Offering", lambda row: row[0], lambda row: row[0]),
            Column[tuple[str, str, int]]("Order", lambda row: row[1], lambda row: row[1]),
            Column[tuple[str, str, int]](
                "Amount", lambda row: self._formats.money(row[2], "EUR"), lambda row: row[2], align_right=True
            ),
        )
        rows: RowsModel[tuple[str, str, int]] = RowsModel(columns, lambda row: row[1])
        table = RowsTable(self._theme, rows, "Purchases")
        rows.setParent(table)
        rows.show_rows(
            [(name, str(10248 + place), 17400 + place * 90155) for place, (name, *_rest) in enumerate(_NAMES)]
        )
        table.setMinimumHeight(300)
        table.select("10251")
        card.body.addWidget(table)
        return card

    def _empty(self) -> Card:
        card = Card(self._theme)
        state = EmptyState(self._theme, "No contact at Berglunds snabbköp yet.", "Add a contact", "people")
        state.setMinimumHeight(220)
        card.body.addWidget(state)
        return card


def _find(typed: str, receive: Receive) -> None:
    found = [name for name in _NAMES if typed.casefold() in name[0].casefold()]
    receive(typed, [PaletteEntry(name[0], name[0], "accounts", "Account", name[1]) for name in found[:4]])


def _marks(icon: str) -> tuple[RowMark, ...]:
    return (RowMark(icon, Tone.BAD if icon == "conflict" else Tone.WARN, icon),) if icon else ()


def _ground(name: str) -> QWidget:
    widget = QWidget()
    widget.setProperty("ground", name)
    widget.setObjectName(f"ground_{name}")
    return widget
