"""Compares a workbook with its base, inside the guarded child: only what differs leaves it."""

from collections import Counter
from dataclasses import dataclass, field

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.exchange.base import Base, BaseSheet
from accountplanner.exchange.keys import RowKey
from accountplanner.exchange.reading.cells import CellValue, SheetRow, cell_text
from accountplanner.exchange.returned.columns import ColumnFinder, ColumnMap
from accountplanner.exchange.returned.findings import AddedColumn, KeylessRow, Place, Remark
from accountplanner.exchange.returned.penned import colour_notices, note_struck
from accountplanner.exchange.returned.recognition import Recognition, Shower
from accountplanner.exchange.returned.remarks import RemarkTaker
from accountplanner.exchange.returned.rows import KnownSheet, RowDifference, parts_of
from accountplanner.exchange.returned.same import is_blank, same_check, states_nothing
from accountplanner.exchange.returned.sheets import FoundSheet, KeyedRow, header_likeness

_PLAINLY = 0.2
_COMPUTED = told("it was computed by a formula")
_OTHER_FORMAT = told("the workbook came back in another file format, which loses errors and formulas")
_OTHER_EXPORT = told("the row comes from another export of this data")
_HEADER_CHANGED = told("the header of its column was changed")
_MOVED = told("the row was moved to another sheet")


@dataclass(slots=True)
class Comparison:
    """Everything found so far.

    `incomplete` are the kinds whose sheet hides rows or was too large, `shifted` counts rows that stand beside the keys
    of others, `mixed` says that the file as a whole is to be held for it. `resorted` names the columns
    that were sorted by themselves; `exports` counts the rows of records by the export their keys name.
    """

    base: Base
    exact: bool
    found: list[FoundSheet] = field(default_factory=list)
    known: dict[str, KnownSheet] = field(default_factory=dict)
    sheets: dict[str, KnownSheet] = field(default_factory=dict)
    rows: dict[tuple[str, int], RowDifference] = field(default_factory=dict)
    copies: list[RowDifference] = field(default_factory=list)
    keyless: list[KeylessRow] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    added: list[AddedColumn] = field(default_factory=list)
    kinds_seen: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)
    shifted: int = 0
    mixed: bool = False
    resorted: list[tuple[str, str]] = field(default_factory=list)
    exports: Counter[str] = field(default_factory=Counter)
    cells: int = 0

    def __post_init__(self) -> None:
        for sheet in self.base.sheets:
            each = self.sheets[sheet.kind] = _known_sheet(sheet, self.base)
            self.known.update(dict.fromkeys(sheet.rows, each))
            self.known.update(dict.fromkeys(sheet.spares, each))

    def take(self, found: FoundSheet) -> None:
        """Compare one sheet."""
        self.exports.update(row.key.export for row in found.rows if row.key and not row.key.is_spare)
        reading = _SheetReading(self, found)
        reading.take_rows()

    @property
    def record_rows(self) -> int:
        """How many rows of records were found."""
        return sum(1 for row in self.rows.values() if row.part == 1 and row.alias in row.known.base.rows)


def _known_sheet(sheet: BaseSheet, base: Base) -> KnownSheet:
    fields = [known_field(sheet.kind, key) for key in sheet.fields]
    checks = [same_check(known, base.titles, base.currency) for known in fields]
    spellings: list[dict[str, str]] = []
    for known in fields:
        labels = dict(known.choices) if known else {}
        for kind in known.refers_to if known else ():
            labels |= base.titles.get(kind, {})
        spellings.append(labels)
    return KnownSheet(sheet, checks, Recognition(sheet, checks, Shower(spellings)))


class _SheetReading:
    """Goes through the rows of one found sheet."""

    def __init__(self, comparison: Comparison, found: FoundSheet) -> None:
        self._to = comparison
        self._found = found
        self._name = found.sheet.name
        self._maps: dict[str, ColumnMap] = {}
        self.main = self._main_sheet()
        self._merged = found.sheet.merged

    def take_rows(self) -> None:
        if self.main is None:
            self._note(
                0,
                "",
                told("{count} rows of another export", count=len(self._found.rows)),
                told("rows of this one"),
                "strangers",
            )
            return
        self._to.kinds_seen.add(self.main.base.kind)
        if self._found.sheet.beyond or any(row.hidden for row in self._found.sheet.rows):
            self._to.incomplete.add(self.main.base.kind)
        columns = self._map(self.main)
        for header in columns.missing:
            self._note(
                0, header, told("no such column"), told("the column; nothing in it counts as cleared"), "missing"
            )
        for keyed in self._found.rows:
            self._take(keyed)
        remarks = RemarkTaker(self._found, self.main.base, self._to.base.titles, columns)
        self._to.added += remarks.added_columns()
        self._to.remarks += remarks.comments()
        self._to.notices += colour_notices(self._found, self.main.base, self._to.base.titles)

    def _main_sheet(self) -> KnownSheet | None:
        """The base sheet most rows belong to, unless the header plainly says another one."""
        if self._found.kind:
            return self._to.sheets.get(self._found.kind)
        counted: dict[str, int] = {}
        for row in self._found.rows:
            known = self._to.known.get(row.key.alias) if row.key else None
            if known is not None:
                counted[known.base.kind] = counted.get(known.base.kind, 0) + 1
        kind = max(sorted(counted), key=lambda each: counted[each], default="")
        likeness = header_likeness(self._found.header, self._to.base)
        likeliest = max(sorted(likeness), key=lambda each: likeness[each], default="")
        if likeliest and likeness[likeliest] > likeness.get(kind, 0.0) + _PLAINLY:
            kind = likeliest
        return self._to.sheets.get(kind)

    def _map(self, known: KnownSheet) -> ColumnMap:
        kind = known.base.kind
        if kind not in self._maps:
            finder = ColumnFinder(self._found, known.base, known.checks)
            self._maps[kind] = finder.find() if known is self.main else finder.find_moved(self._at_home(known))
        return self._maps[kind]

    def distances(self) -> dict[int, int]:
        """How far from its key each field of the sheet's own kind stands."""
        fields = self._map(self.main).fields if self.main is not None else {}
        return {column - self._found.key_column: index for column, index in fields.items()}

    def _at_home(self, known: KnownSheet) -> dict[int, int]:
        """The distances on the kind's own sheet in this file: a column that was inserted there moved with the row."""
        others = (_SheetReading(self._to, each) for each in self._to.found if each is not self._found)
        return next((each.distances() for each in others if each.main is known), {})

    def _note(self, row: int, column: str, found: str, expected: str, code: str) -> None:
        self._to.notices.append(Problem(self._name, row, column, found, expected, code))

    def _take(self, keyed: KeyedRow) -> None:
        known = self._to.known.get(keyed.key.alias) if keyed.key else None
        if keyed.key is None or known is None:
            self._take_keyless(keyed)
            return
        difference = self._difference(keyed.row, keyed.key, known)
        if keyed.key.export != self._to.base.export:
            difference.doubt = _OTHER_EXPORT
        elif known is not self.main:
            difference.doubt = _MOVED
        if struck := self._found.sheet.marks.struck.get(keyed.row.number):
            note_struck(difference, self._map(known).fields, struck)
        name = keyed.key.alias, keyed.key.part
        if name in self._to.rows:
            self._to.copies.append(difference)
        else:
            self._to.rows[name] = difference

    def _difference(self, row: SheetRow, key: RowKey, known: KnownSheet) -> RowDifference:
        columns = self._map(known)
        base = known.base.rows.get(key.alias)
        values = parts_of(base, key.part) if base is not None else [""] * len(known.base.fields)
        place = Place(self._name, row.number)
        difference = RowDifference(key.alias, known, place, {}, [], 0, part=key.part, hidden=row.hidden)
        # What stands in this loop is done for every cell of the workbook.
        fields, checks, cells = columns.fields, known.checks, difference.cells
        taken = same = 0
        for column, found in row.cells.items():
            index = fields.get(column)
            if index is None:
                self._note_moved(known, row.number, column, found)
                continue
            taken += 1
            value = values[index]
            cells[index] = found
            if value == found or (value and not states_nothing(found) and checks[index](value, found)):
                same += 1
            elif not is_blank(found):
                self._differs(difference, row, column, index)
        difference.same = same
        self._to.cells += taken
        return difference

    def _note_moved(self, known: KnownSheet, row: int, column: int, found: CellValue) -> None:
        if known is not self.main and column != self._found.key_column and not is_blank(found):
            name, expected = told("column {number}", number=column), told("a cell of the row moved here")
            self._note(row, name, cell_text(found), expected, "moved")

    def _differs(self, difference: RowDifference, row: SheetRow, column: int, index: int) -> None:
        found = row.cells[column]
        header = self._map(difference.known).headers[column]
        if states_nothing(found):
            self._note(
                row.number,
                header,
                told("an error or a formula without a result"),
                told("a value; nothing is changed"),
                "error",
            )
            return
        if self._is_covered(row.number, column):
            self._note(
                row.number, header, cell_text(found), told("a cell of its own, not part of a merged one"), "merged"
            )
            return
        difference.changed.append((index, found, self._doubt(row, column, self._map(difference.known))))

    def _is_covered(self, row: int, column: int) -> bool:
        return any(merged.covers(row, column) for merged in self._merged)

    def _doubt(self, row: SheetRow, column: int, columns: ColumnMap) -> str:
        if column in row.formulas:
            return _COMPUTED
        if not self._to.exact:
            return _OTHER_FORMAT
        return _HEADER_CHANGED if column in columns.doubtful else ""

    def _take_keyless(self, keyed: KeyedRow) -> None:
        known, row = self.main, keyed.row
        if known is None:
            return
        columns = self._map(known)
        cells = {
            columns.fields[column]: found
            for column, found in row.cells.items()
            if column in columns.fields
            and not is_blank(found)
            and not states_nothing(found)
            and not self._is_covered(row.number, column)
        }
        if cells:
            named = tuple(
                (known.base.fields[index], found) for index, found in sorted(cells.items(), key=lambda c: c[0])
            )
            place, foreign = Place(self._name, row.number), keyed.key is not None and not keyed.key.is_spare
            self._to.keyless.append(KeylessRow(known.base.kind, named, place, _why_keyless(keyed), foreign))


def _why_keyless(keyed: KeyedRow) -> str:
    if keyed.key is not None:
        return told("its key belongs to no row of this export")
    return told("its key was damaged") if keyed.damaged else told("it has no key")
