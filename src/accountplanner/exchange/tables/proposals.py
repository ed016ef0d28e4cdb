"""What is proposed for a list nobody has mapped yet: values that a person looks through."""

from dataclasses import dataclass
from itertools import islice

from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.contents import values_of
from accountplanner.exchange.tables.mapping import Join

_MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column: the field it probably is (blank: left alone), how sure, why, and three of its values.

    `kind` differs from the table's where the row also makes a second record, such as the contact
    in a list of customers. A reference by key names the table it leads to in `refers_to`; without it,
    a reference is by name.
    """

    column: str
    kind: str
    field: str
    confidence: float
    samples: tuple[str, ...]
    why: str = ""
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class TableProposal:
    """One table: what its rows stand for, what tells them apart, and its columns in order.

    With a `join`, a row is completed by the row of another table that has the same value in that
    column, as an order line is by its order; the other table then makes no records of its own.
    """

    table: str
    kind: str
    confidence: float
    key: tuple[str, ...]
    columns: tuple[ColumnProposal, ...]
    join: Join | None = None

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Columns nothing is proposed for."""
        return tuple(each.column for each in self.columns if not each.field)


class ListedTable:
    """A table with the values of each column at hand."""

    def __init__(self, table: RawTable) -> None:
        self.table = table
        rows = [row.cells for row in table.rows if len(row.cells) <= len(table.header)]
        self.cells = [[row[at] if at < len(row) else "" for row in rows] for at in range(len(table.header))]
        self.values = [values_of(cells) for cells in self.cells]

    @property
    def columns(self) -> list[int]:
        """The places of the columns that have a header, as far as anybody would look through them."""
        named = (at for at, name in enumerate(self.table.header) if name)
        return list(islice(named, _MOST_COLUMNS))

    def is_key(self, at: int) -> bool:
        """Whether a column alone tells the rows apart."""
        filled = [cell.strip() for cell in self.cells[at]]
        return bool(filled) and all(filled) and len(set(filled)) == len(filled)

    def tells_apart(self, names: list[str]) -> bool:
        """Whether some columns together tell the rows apart."""
        places = [self.table.header.index(name) for name in names]
        rows = list(zip(*(self.cells[place] for place in places), strict=True))
        return len(set(rows)) == len(rows)
