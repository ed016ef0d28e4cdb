"""A workbook before it is drawn: every cell of every sheet, in order.

The plan is made from the projected content alone. The drawing follows it, and the finished file is
compared with it, so nothing else can get in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.money import minor_digits
from accountplanner.exchange.contract import (
    CLEAR_MARK,
    CONTRACT_VERSION,
    GUIDE_SHEET,
    KEY_HEADER,
    LISTS_SHEET,
    RECEIPT_SHEET,
    SYNC_SHEET,
    WorkbookKind,
)
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.keys import row_key
from accountplanner.exchange.long_texts import in_parts
from accountplanner.exchange.projection import Content, Row, SheetContent
from accountplanner.exchange.receipt import RECEIPT_HEADERS
from accountplanner.exchange.shown import NO, SHOWN_AS_IS, YES, Shown, currency_of, shown_value
from accountplanner.exchange.sync import Manifest, sync_rows, with_chunks
from accountplanner.exchange.writing.words import NO_RECEIPT, GuideLine, guide_lines

MOST_TITLES_LISTED = 1_000


class PlannedRow(NamedTuple):
    """One row of a record sheet. `look` is asked, read, plain or spare; `marked` are columns in conflict."""

    cells: tuple[Shown, ...]
    look: str = "plain"
    marked: frozenset[int] = frozenset()
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """A sheet of records, its key column included."""

    content: SheetContent
    fields: tuple[Field, ...]
    header: tuple[str, ...]
    rows: list[PlannedRow]
    lists: Mapping[int, str]
    """Per column (counted from 0) the name of the drop-down list it uses."""
    asked: str = ""
    """The name of the list of rows that are asked, where others are not."""

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.content.layout.name


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole workbook. `lists` are the drop-downs: name and items, drawn on a hidden sheet."""

    facts: ExportFacts
    guide: list[GuideLine]
    sheets: list[RecordSheet]
    lists: dict[str, list[str]]
    receipt: list[tuple[str, ...]] | None
    sync: list[tuple[str, str, str]]
    manifest: Manifest
    contract: int = CONTRACT_VERSION

    def texts(self) -> Iterator[tuple[str, list[tuple[Shown, ...]]]]:
        """Per sheet, all rows as they must stand in the file; the guide is laid out by the drawing."""
        for sheet in self.sheets:
            yield sheet.name, [sheet.header, *(row.cells for row in sheet.rows)]
        if self.receipt is not None:
            yield RECEIPT_SHEET, [RECEIPT_HEADERS, *self.receipt]
        yield LISTS_SHEET, list_rows(self.lists)
        yield SYNC_SHEET, [tuple(row) for row in self.sync]

    @property
    def sheet_names(self) -> list[str]:
        """All sheets in their order."""
        return [GUIDE_SHEET, *(name for name, _ in self.texts())]


@dataclass(slots=True)
class _Lists:
    lists: dict[str, list[str]] = field(default_factory=dict)

    def for_field(self, field_: Field, titles: Mapping[str, Mapping[str, str]]) -> str:
        """The name of the list of a field's values, blank where there is none or it is too long."""
        if field_.type is FieldType.YES_NO:
            name, items = "yes or no", [YES, NO]
        elif field_.type is FieldType.CHOICE:
            name, items = field_.id, [label for _, label in field_.choices]
        elif field_.type is FieldType.REFERENCE and len(field_.refers_to) == 1:
            name = field_.refers_to[0]
            items = sorted(titles.get(name, {}).values(), key=str.casefold)
        else:
            return ""
        if not 0 < len(items) <= MOST_TITLES_LISTED:
            return ""
        self.lists[name] = [*items, CLEAR_MARK]
        return name

    def for_asked(self, sheet: SheetContent) -> str:
        """The name of the list of asked rows, by their aliases; blank where all are, or none."""
        asked = [row.alias for row in sheet.rows if row.asked]
        if not asked or len(asked) == len(sheet.rows):
            return ""
        name = f"asked in {sheet.layout.name}"
        self.lists[name] = asked
        return name


def plan_workbook(content: Content, manifest: Manifest, payload: bytes) -> Plan:
    """Lay out a workbook. `payload` goes into the hidden sheet, the manifest before it."""
    lists = _Lists()
    sheets = [_record_sheet(content, sheet, lists) for sheet in content.sheets]
    partner = content.facts.kind is WorkbookKind.PARTNER
    receipt = [tuple(line) for line in content.receipt] or [(NO_RECEIPT,)]
    return Plan(
        content.facts,
        guide_lines(content.facts),
        sheets,
        lists.lists,
        receipt if partner else None,
        sync_rows(manifest, payload),
        with_chunks(manifest, payload),
    )


def list_rows(lists: Mapping[str, list[str]]) -> list[tuple[Shown, ...]]:
    """The hidden sheet of drop-downs: one column a list, its name in the first row."""
    longest = max((len(items) for items in lists.values()), default=0)
    rows: list[tuple[Shown, ...]] = [tuple(lists)]
    rows += [tuple(items[index] if index < len(items) else "" for items in lists.values()) for index in range(longest)]
    return rows


def money_format(currency: str) -> str:
    """The number format of an amount, with the currency in the cell."""
    digits = minor_digits(currency)
    decimals = "." + "0" * digits if digits else ""
    return f'#,##0{decimals} "{currency}"'


def _record_sheet(content: Content, sheet: SheetContent, lists: _Lists) -> RecordSheet:
    layout = sheet.layout
    fields = tuple(known for column in layout.columns if (known := known_field(layout.kind, column.field)) is not None)
    turned = [index for index, known in enumerate(fields) if known.type not in SHOWN_AS_IS]
    named = {
        index: name
        for index, known in enumerate(fields, 1)
        if layout.columns[index - 1].open_on_new and (name := lists.for_field(known, content.titles))
    }
    rows = [planned for row in sheet.rows for planned in _rows(content, fields, turned, row)]
    blank = ("",) * len(fields)
    rows += [PlannedRow((row_key(alias, content.facts.short), *blank), "spare") for alias in sheet.spares]
    header = (KEY_HEADER, *(column.header for column in layout.columns))
    asked = lists.for_asked(sheet) if content.facts.kind is WorkbookKind.PARTNER else ""
    return RecordSheet(sheet, fields, header, rows, named, asked)


def _rows(content: Content, fields: tuple[Field, ...], turned: list[int], row: Row) -> Iterator[PlannedRow]:
    """One row, and more where a text does not fit into a cell."""
    cells: list[Shown] = list(row.cells)
    for index in turned:
        cells[index] = shown_value(fields[index], row.cells[index], content.titles)
    has_money = any(fields[index].type is FieldType.MONEY for index in turned)
    partner = content.facts.kind is WorkbookKind.PARTNER
    look = ("asked" if row.asked else "read") if partner else "plain"
    currencies = tuple(
        currency_of(known, cell, content.facts.currency) if known.type is FieldType.MONEY else ""
        for known, cell in zip(fields, row.cells, strict=True)
        if has_money
    )
    # That two of us differ is nothing a partner should learn from a colour.
    marked = frozenset() if partner else frozenset(i for i, f in enumerate(fields, 1) if f.key in row.conflicts)
    for part, texts in enumerate(in_parts(cells), 1):
        key = row_key(row.alias, content.facts.short, part)
        yield PlannedRow((key, *texts), look, marked if part == 1 else frozenset(), currencies)
