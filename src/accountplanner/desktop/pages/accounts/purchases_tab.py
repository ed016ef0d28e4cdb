"""What an account has bought: sums and bars on top, every order line below."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.cell_sources import CellSources
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.bars import Bars
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.table_card import TableCard
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.money import Money
from accountplanner.usecases.account_pages import PurchaseBook, PurchaseLine


@dataclass(frozen=True)
class _Written:
    """Writes the cells of order lines."""

    formats: Formats

    def day(self, line: PurchaseLine) -> str:
        return self.formats.full_date(date.fromisoformat(line.ordered_on)) if line.ordered_on else ""

    def quantity(self, line: PurchaseLine) -> str:
        return self.formats.number(_trimmed(line.quantity)) if line.quantity else ""

    def price(self, line: PurchaseLine) -> str:
        return self._money(line.unit_price)

    def discount(self, line: PurchaseLine) -> str:
        share = Decimal(line.discount or 0)
        return self.formats.percent(share) if share else ""

    def amount(self, line: PurchaseLine) -> str:
        return self._money(line.amount)

    def _money(self, canonical: str) -> str:
        if not canonical:
            return ""
        money = Money.parse(canonical)
        return self.formats.money(money.minor, money.currency)


class PurchaseFigures(Card):
    """The sums and the last quarters, also shown beside the fields of an account."""

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(theme, say("Purchases"), parent=parent)
        self._formats = formats
        self._total = Label("", "figure")
        self._orders = Label("", "small", "muted")
        self._bars = Bars(theme, say("Purchases by quarter"))
        self._span = Label("", "small", "muted")
        self.head.addWidget(self._total)
        self.body.addWidget(self._bars)
        foot = QHBoxLayout()
        foot.addWidget(self._orders, 1)
        foot.addWidget(self._span)
        self.body.addLayout(foot)

    def show_book(self, book: PurchaseBook) -> None:
        """Show the sums; the card is hidden while nothing was bought."""
        self.setVisible(bool(book.lines))
        written = [self._formats.money(money.minor, money.currency) for money in book.totals]
        self._total.setText(" + ".join(written))
        self._orders.setText(say_count("{count} order", "{count} orders", book.orders))
        labels = [label for label, _ in book.quarters]
        self._bars.show_values([float(minor) for _, minor in book.quarters], labels)
        self._bars.setVisible(len(labels) > 1)
        self._span.setText(f"{labels[0]} – {labels[-1]}" if len(labels) > 1 else "".join(labels))


class PurchasesTab(QStackedWidget):
    """Shows the order lines. `import_requested` comes from the empty page."""

    import_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        written = _Written(desk.formats)
        columns = [
            Column[PurchaseLine](say("Order"), _order, _order_key),
            Column[PurchaseLine](say("Date"), written.day, _day),
            Column[PurchaseLine](say("Offering"), _offering, _offering),
            Column[PurchaseLine](say("Quantity"), written.quantity, _quantity, align_right=True),
            Column[PurchaseLine](say("Price"), written.price, _price, align_right=True),
            Column[PurchaseLine](say("Discount"), written.discount, _discount, align_right=True),
            Column[PurchaseLine](say("Amount"), written.amount, _amount, align_right=True),
        ]
        self._model: RowsModel[PurchaseLine] = RowsModel(columns, _record, self)
        self._figures = PurchaseFigures(desk.theme, desk.formats)
        self.table = RowsTable(desk.theme, self._model, say("Purchases"))
        fields = ("order_number", "ordered_on", "offering", "quantity", "unit_price", "discount", "amount")
        self.sources = CellSources(desk, self.table, dict(enumerate(fields)))
        self._filled = QWidget()
        self._nothing_yet = EmptyState(
            desk.theme,
            say("No purchases are known. They come in with a list of orders."),
            say("Import a file"),
            "import",
        )
        self._nothing_yet.action_requested.connect(self.import_requested)
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(Space.PAGE, Space.PAGE - 4, Space.PAGE, Space.LARGE)
        column.setSpacing(Space.LARGE)
        column.addWidget(self._figures)
        column.addWidget(TableCard(desk.theme, self.table))
        column.addStretch(1)
        self.addWidget(self._filled)
        self.addWidget(self._nothing_yet)

    def show_book(self, book: PurchaseBook) -> None:
        """Show the order lines of an account."""
        self._figures.show_book(book)
        self._model.show_rows(book.lines)
        self.setCurrentWidget(self._filled if book.lines else self._nothing_yet)

    def forget(self) -> None:
        """Show nothing of any account any more."""
        self.show_book(PurchaseBook())


def _record(line: PurchaseLine) -> str:
    return line.record


def _order(line: PurchaseLine) -> str:
    return line.order_number


def _order_key(line: PurchaseLine) -> tuple[int, str]:
    return len(line.order_number), line.order_number


def _day(line: PurchaseLine) -> str:
    return line.ordered_on


def _offering(line: PurchaseLine) -> str:
    return line.offering


def _quantity(line: PurchaseLine) -> Decimal:
    return Decimal(line.quantity or 0)


def _price(line: PurchaseLine) -> Decimal:
    return _minor(line.unit_price)


def _amount(line: PurchaseLine) -> Decimal:
    return _minor(line.amount)


def _discount(line: PurchaseLine) -> Decimal:
    return Decimal(line.discount or 0)


def _minor(canonical: str) -> Decimal:
    return Money.parse(canonical).as_decimal() if canonical else Decimal(0)


def _trimmed(quantity: str) -> Decimal:
    number = Decimal(quantity)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
