"""How somebody's lists become our records: declared once, saved as TOML, used by every laptop alike.

A mapping says of each table how it is recognised, which record kinds a row makes, and which
columns are left out on purpose. Record ids hang on the source name, the table's label and the
row's own key, so these three must not change once a list has been imported.

Columns are named by their header; capitals, blanks and punctuation do not count, so that
`CustomerID`, `customerID` and `customer id` are one column.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from accountplanner.exchange.reading.raw import RawTable


def folded(header: str) -> str:
    """The form under which two headers are one column."""
    return re.sub(r"[\W_]+", "", header.casefold())


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that hold the key of a row in another table (or in the same one).

    `table` is that table's label, `kind` the record kind it makes there. Without a `required`
    record the row makes no sense and is rejected.

    A `named` reference holds what people call the record: its title, its number, an e-mail address or
    a domain. It may be any record known, whoever made it; the first column that leads to one counts.
    Of several required named references one is enough.
    """

    field: str
    table: str
    kind: str
    columns: tuple[str, ...]
    required: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class RecordMapping:
    """One record kind made of each row.

    `fields` leads from field keys to columns, `joined` to several columns put together with a
    blank. `fixed` values are the same in every row. `line_amount` names the field that gets price
    times quantity less discount, taken from the fields `unit_price`, `quantity` and `discount`.
    Where the columns of `only_with` are all blank, the row makes no such record. One that is made
    `unless_known` is there only where a named reference of the row found nobody.
    """

    kind: str
    key: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    line_amount: str = ""
    only_with: tuple[str, ...] = ()
    unless_known: bool = False

    def columns(self) -> Iterable[str]:
        """Every column this record is made of."""
        yield from self.key
        yield from self.fields.values()
        for columns in self.joined.values():
            yield from columns
        for reference in self.references:
            yield from reference.columns


@dataclass(frozen=True, slots=True)
class Join:
    """Another table whose row of the same key is read as if its cells stood in this row."""

    table: str
    on: str


@dataclass(frozen=True, slots=True)
class Rejoined:
    """Neighbouring cells that an unquoted separator had torn apart, remembered with the mapping.

    They belong to `column` wherever these very pieces stand there in a row that is too wide.
    """

    column: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a source: how it is recognised and what its rows make.

    It is the table of one of these `names` (file or sheet) that has the `header` columns, or any
    table that has them when no name fits.
    """

    label: str
    names: tuple[str, ...]
    header: tuple[str, ...]
    records: tuple[RecordMapping, ...] = ()
    join: Join | None = None
    not_taken: tuple[str, ...] = ()
    rejoined: tuple[Rejoined, ...] = ()

    def recognises(self, table: RawTable) -> bool:
        """Say whether a table has the columns this one is known by."""
        return {folded(column) for column in self.header} <= {folded(column) for column in table.header}

    def is_named(self, table: RawTable) -> bool:
        """Say whether a table also goes by one of the names."""
        return folded(table.name) in {folded(name) for name in self.names}


@dataclass(frozen=True, slots=True)
class TableMapping:
    """All tables of one source. Texts in `blanks` state nothing, as an empty cell does."""

    name: str
    source: str
    currency: str
    tables: tuple[TableSpec, ...]
    blanks: tuple[str, ...] = ()
    title: str = ""

    def spec(self, label: str) -> TableSpec:
        """The table with this label."""
        return next(spec for spec in self.tables if spec.label == label)

    def source_of(self, label: str) -> str:
        """The name under which the records of one table get their ids."""
        return f"{self.source}/{label}"

    def assigned(self, tables: Iterable[RawTable]) -> dict[str, RawTable]:
        """Find the table for each label; tables that fit none are not in the answer.

        A table of the right name goes before one that only has the columns.
        """
        found: dict[str, RawTable] = {}
        remaining = list(tables)
        for by_name in (True, False):
            for spec in self.tables:
                if spec.label in found:
                    continue
                fitting = [each for each in remaining if spec.recognises(each) and spec.is_named(each) >= by_name]
                if fitting:
                    found[spec.label] = fitting[0]
                    remaining.remove(fitting[0])
        return found

    def fits(self, tables: Iterable[RawTable]) -> bool:
        """Say whether it was made for any of these tables."""
        return bool(self.assigned(tables))

    def in_currency(self, currency: str) -> "TableMapping":
        """The same with amounts in another currency."""
        return replace(self, currency=currency)

    def remembering(self, label: str, rejoined: Iterable[Rejoined]) -> "TableMapping":
        """The same, with more rejoinings that apply by themselves from now on."""
        tables = tuple(
            replace(spec, rejoined=tuple(dict.fromkeys((*spec.rejoined, *rejoined)))) if spec.label == label else spec
            for spec in self.tables
        )
        return replace(self, tables=tables)
