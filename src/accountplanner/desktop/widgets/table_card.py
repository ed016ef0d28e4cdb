"""A table on a card of its own, as high as its rows need and no higher than there is room."""

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.rows_table import RowsTable


class TableCard(Card):
    """Frames a table as the other topics of a page are framed; few rows leave no empty box below them."""

    def __init__(self, theme: Theme, table: RowsTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        table.follow_rows()
        self.add_wide(table)
