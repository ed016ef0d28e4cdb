"""One sheet part, streamed: the fast middle of our xlsx reader.

The handlers know the seven elements that make up sheet data and nothing else. Text goes straight
into a list from C; a cell becomes a value when it ends. What the sheet claims about its own
size is ignored; rows may come in any order, cells without a reference stand beside the last one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from accountplanner.domain.sentences import fixed, told
from accountplanner.exchange.reading.caps import MOST_COLUMNS, MOST_ROWS, CellCount
from accountplanner.exchange.reading.cells import (
    CellRange,
    CellValue,
    Marks,
    SheetRow,
    UncachedFormula,
)
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.marks import MarkingStyles
from accountplanner.exchange.reading.places import column_number, range_of, row_number
from accountplanner.exchange.reading.plain_rows import plain_row
from accountplanner.exchange.reading.plain_stretches import PlainStretches
from accountplanner.exchange.reading.typed_values import TypedValues
from accountplanner.exchange.reading.xml_parts import (
    DEEPEST,
    LONGEST_CELL,
    MOST_ATTRIBUTES,
    parse,
    refuse_nesting,
    safe_parser,
)

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MOST_SPARED = 10_000_000
_ROWS, _BLANK_CELLS, _FAR_CELLS = told("rows"), told("cells without a value"), told("cells far outside")
_MOST_MERGES = 100_000
_LONGEST_INDEX = 9
_DIGITS = "0123456789"


class SheetReader:
    """Reads one sheet part; afterwards `rows`, `merged`, `marks`, `beyond` and `doubled` say what it held.

    `dates` gives the kind of date format per style number, `marking` the styles by which people mark cells. `strings`
    are the shared ones.
    """

    def __init__(
        self,
        strings: Sequence[str],
        dates: Mapping[str, str],
        count: CellCount,
        marking: MarkingStyles | None = None,
        *,
        date1904: bool = False,
    ) -> None:
        self.rows: list[SheetRow] = []
        self.merged: list[CellRange] = []
        self.marks = Marks()
        self._marking = marking or MarkingStyles()
        self.beyond = 0
        self.doubled = 0
        self._spared = 0
        self._strings = strings
        self._typed = TypedValues(strings, dates, date1904=date1904).value
        self._count = count
        self._columns: dict[str, int] = {}
        self._pieces: list[str] = []
        self._depth = 0
        self._phonetic = False
        self._row = 0
        self._row_text = ""
        self._hidden = False
        self._cells: dict[int, CellValue] = {}
        self._formulas: list[int] = []
        self._strays: list[tuple[int, int, CellValue]] = []
        self._column = 0
        self._cell: dict[str, str] = {}
        self._value: str | None = None
        self._formula = False

    def read(self, chunks: Iterable[bytes], part: str) -> None:
        """Stream the part.

        Raises:
            FileRefusedError: it is damaged, or holds too much.
        """
        self._parser: XMLParserType = safe_parser()
        self._parser.StartElementHandler = self._open_root
        self._stretches = PlainStretches(self._parser, "sheetData", "row", self._take_plain)
        parse(self._parser, self._stretches.left(chunks), part)
        # They know this reader: what it read would stay until the garbage is looked through.
        del self._parser, self._stretches
        self._settle_rows()

    # --- around the sheet data ----------------------------------------------------------------------------------

    def _open_root(self, name: str, _attributes: dict[str, str]) -> None:
        # Names are compared with the root's prefix before them, which costs nothing per cell.
        prefix = name[: -len("worksheet")] if name.endswith("worksheet") else ""
        self._c, self._v, self._f, self._t = (prefix + local for local in "cvft")
        self._row_name, self._phonetic_name = prefix + "row", prefix + "rPh"
        self._data, self._merge = prefix + "sheetData", prefix + "mergeCell"
        self._watch_outside()

    def _watch_outside(self) -> None:
        self._parser.StartElementHandler = self._start_outside
        self._parser.EndElementHandler = self._end_outside
        self._parser.CharacterDataHandler = None

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        self._descend(attributes)
        if name == self._data:
            self._stretches.opened()
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._pieces.append
        elif name == self._merge and len(self.merged) < _MOST_MERGES:
            self._note_merge(attributes.get("ref", ""))

    def _end_outside(self, _name: str) -> None:
        self._depth -= 1

    def _descend(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST or len(attributes) > MOST_ATTRIBUTES:
            refuse_nesting()

    def _note_merge(self, reference: str) -> None:
        if (found := range_of(reference)) is not None:
            self.merged.append(found)

    # --- inside it: these run once per element of every cell -----------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            self._cell = attributes
            self._value = None
            self._formula = False
        elif name == self._v:
            self._pieces.clear()
        elif name == self._row_name:
            self._start_row(attributes)
        elif name == self._t:
            self._pieces.clear()
        elif name == self._f:
            self._formula = True
        else:
            self._descend(attributes)
            self._phonetic |= name == self._phonetic_name

    def _end(self, name: str) -> None:
        if name == self._v:
            self._value = "".join(self._pieces)
        elif name == self._c:
            self._end_cell()
        elif name == self._row_name:
            self._end_row()
            self._stretches.closed()
        elif name == self._t:
            if not self._phonetic:
                self._value = (self._value or "") + "".join(self._pieces)
        elif name == self._data:
            self._depth -= 1
            self._watch_outside()
        elif name != self._f:
            self._depth -= 1
            self._phonetic &= name != self._phonetic_name

    def _spare(self, what: str) -> None:
        """Count what costs time and gives nothing: a small file could else hold a processor for minutes."""
        self._spared += 1
        if self._spared > MOST_SPARED:
            raise FileRefusedError(told("it holds more than {most:,} {what}", most=MOST_SPARED, what=fixed(what)))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._spare(_ROWS)
        text = attributes.get("r", "")
        self._row = row_number(text) if text else self._row + 1
        self._row_text = text or str(self._row)
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._cells = {}
        self._formulas = []
        self._column = 0

    def _take_plain(self, text: str) -> bool:
        """Take a whole row that is spelt plainly; the same as its handlers would."""
        row = plain_row(text)
        if row is None:
            return False
        columns = [self._columns.get(letters) or self._learn_column(letters) for letters in row.letters]
        if (columns and max(columns) > MOST_COLUMNS) or len(text) > LONGEST_CELL:
            return False
        self._start_row(row.attributes)
        cells, strings, known = self._cells, self._strings, len(self._strings)
        for column, kind, style, value in zip(columns, row.kinds, row.styles, row.values, strict=True):
            if not value:
                continue
            if kind == "inlineStr" and "_x" not in value:
                cells[column] = value
            elif kind == "s" and len(value) <= _LONGEST_INDEX and value.isdecimal() and int(value) < known:
                if text_there := strings[int(value)]:
                    cells[column] = text_there
            elif (typed := self._typed(kind or "n", style or "", value)) is not None:
                cells[column] = typed
        if self._marking:
            self._note_marks(zip(columns, row.styles, strict=True))
        self._end_row()
        return True

    def _note_marks(self, styles: Iterable[tuple[int, str | None]]) -> None:
        for column, style in styles:
            if column in self._cells and style is not None:
                self._marking.note(self.marks, self._row, column, style)

    def _end_row(self) -> None:
        if not self._cells:
            return
        self._count.add(len(self._cells))
        if self._row > MOST_ROWS:
            self.beyond += len(self._cells)
        else:
            self.rows.append(SheetRow(self._row, self._cells, tuple(self._formulas), self._hidden))

    def _end_cell(self) -> None:
        attributes = self._cell
        reference = attributes.get("r")
        if reference is None:
            column = self._column = self._column + 1
            row_text = self._row_text
        else:
            letters = reference.rstrip(_DIGITS)
            column = self._column = self._columns.get(letters) or self._learn_column(letters)
            row_text = reference[len(letters) :]
        value = self._value_of(attributes)
        if value is None:
            self._spare(_BLANK_CELLS)
            return
        if column > MOST_COLUMNS:
            self.beyond += 1
            self._spare(_FAR_CELLS)
        elif row_text != self._row_text:
            self._strays.append((row_number(row_text), column, value))
        else:
            if column in self._cells:
                self.doubled += 1
            self._cells[column] = value
            if self._marking:
                self._note_marks([(column, attributes.get("s"))])
            if self._formula:
                self._formulas.append(column)

    def _value_of(self, attributes: dict[str, str]) -> CellValue | None:
        text = self._value
        kind = attributes.get("t", "n")
        if not text:
            return UncachedFormula() if self._formula and (text is None or kind != "str") else None
        return self._typed(kind, attributes.get("s", ""), text)

    def _learn_column(self, letters: str) -> int:
        number = self._columns[letters] = column_number(letters)
        return number

    # --- when all has been seen -------------------------------------------------------------------------------------

    def _settle_rows(self) -> None:
        """Put rows in order; the last of two cells in one place is what spreadsheet programs show."""
        numbers = [row.number for row in self.rows]
        for number, column, value in self._strays:
            self._count.add(1)
            if number > MOST_ROWS:
                self.beyond += 1
            else:
                self.rows.append(SheetRow(number, {column: value}))
        if not self._strays and all(map(int.__lt__, numbers, numbers[1:])):
            return
        united: dict[int, SheetRow] = {}
        for row in self.rows:
            if (earlier := united.get(row.number)) is not None:
                self.doubled += len(earlier.cells.keys() & row.cells.keys())
                row = SheetRow(  # noqa: PLW2901 - the row as it stands after both
                    row.number, earlier.cells | row.cells, earlier.formulas + row.formulas, earlier.hidden or row.hidden
                )
            united[row.number] = row
        self.rows = [united[number] for number in sorted(united)]
