# ruff: noqa: INP001 - a tool stands alone and is no package
"""A board of all the widgets an account page does not show."""

from gallery_account import AccountScene
from gallery_customer import NAMES
from PySide6.QtWidgets import QHBoxLayout, QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.banner import Banner
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable


class BoardScene:
    """Buttons, inputs, banners, a table and an empty state, beside a value being corrected."""

    def __init__(self, theme: Theme, formats: Formats) -> None:
        self._theme = theme
        self._formats = formats
        self._account = AccountScene(theme, formats)

    def page(self) -> QWidget:
        """Make the page."""
        columns = CardColumns("Board")
        columns.show_cards(
            ((self._buttons(), self._account.known(is_editing=True), self._banners()), (self._table(), self._empty()))
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
            [(name, str(10248 + place), 17400 + place * 90155) for place, (name, *_rest) in enumerate(NAMES)]
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
