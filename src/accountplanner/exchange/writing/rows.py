"""Half a million cells, spelt at once: XlsxWriter draws the workbook, and we its rows and its shared strings.

The library keeps an object for each cell and looks at each again when the file is made, which takes most of the time
of an export. What stands here replaces the two inner loops by its own points of extension and writes the same XML. If
a new version of the library passes them by, the file lacks cells and the comparison with the plan refuses it.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.worksheet import Worksheet

from accountplanner.domain.garbage import let_go
from accountplanner.exchange.shown import Shown
from accountplanner.exchange.writing.look import column_letters

_LONGEST = 32_767
_LAST_COLUMN = 16_383
_STRINGS_AT_ONCE = 5_000
_ESCAPED = re.compile("_x[0-9a-fA-F]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class RowSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose rows below the header are spelt as they come; `book` must be a `RowBook`."""

    def __init__(self) -> None:
        super().__init__()
        self._spelt: list[str] = []
        self._heads: list[str] = []
        self._beside = -1

    def set_beside(self, column: int, form: Any) -> int:  # noqa: ANN401 - XlsxWriter has no types
        """Give this column and all to the right of it a format; as the library, -1 for too far."""
        self._beside = column
        return int(self.set_column(column, column, None, form))

    def begin_rows(self, last_row: int, columns: int) -> int:
        """Say how far the rows will reach (rows are counted from 0); as the library, -1 for too far."""
        self._heads = [f'<c r="{column_letters(column)}' for column in range(columns)]
        return int(self._check_dimensions(last_row, columns - 1))

    def spell_row(self, row: int, cells: Iterable[tuple[int, Shown, int]], height: float = 0) -> int:
        """Spell one row: column, value and number of its format for each cell. As the library, -2 for a text too long."""
        number, heads = row + 1, self._heads
        index_of = self.str_table._get_shared_string_index  # noqa: SLF001 - the library's own way to its strings
        tall = f' ht="{height:.16g}" customHeight="1"' if height else ""
        parts = [f'<row r="{number}" spans="1:{len(heads)}"{tall}>']
        for column, cell, form in cells:
            if cell == "":
                parts.append(f'{heads[column]}{number}" s="{form}"/>')
            elif isinstance(cell, str):
                if len(cell) > _LONGEST // 2 and len(cell.encode("utf-16-le", "surrogatepass")) > 2 * _LONGEST:
                    return -2
                parts.append(f'{heads[column]}{number}" s="{form}" t="s"><v>{index_of(cell)}</v></c>')
            else:
                parts.append(f'{heads[column]}{number}" s="{form}"><v>{self._number(cell)}</v></c>')
        parts.append("</row>")
        self._spelt.append("".join(parts))
        return 0

    def _number(self, cell: Decimal | date) -> str:
        return f"{cell if isinstance(cell, Decimal) else self._convert_date_time(cell):.16G}"

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:  # noqa: ANN401
        # The library would keep and compare an object for each of sixteen thousand columns.
        super()._write_col_info(col_min, _LAST_COLUMN if col_min == self._beside else col_max, col_info)

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.write("".join(self._spelt))
        self._spelt.clear()


class RowBook(Workbook):  # type: ignore[misc]
    """A workbook whose shared strings are spelt at once."""

    worksheet_class = RowSheet

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - passed on as they come
        super().__init__(*arguments, **options)
        self.str_table = _StringTable()

    def let_go(self) -> None:
        """Free what was written. The library's objects know each other, so only the collector would, all at once."""
        let_go(self.str_table.string_array)
        for sheet in self.worksheets():
            sheet.table.clear()
            # Every cell of every table, so that no merged range may overlap one.
            sheet.table_cells.clear()

    def _write_workbook_pr(self) -> None:
        """Lock the structure, without a password, right behind the properties, where the schema has its place for it."""
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])

    def _get_packager(self) -> "_RowPackager":
        return _RowPackager()


class _RowPackager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        strings = _Strings()
        strings.string_table = self.workbook.str_table
        if self.workbook.str_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as the library does it
            strings._assemble_xml_file()  # noqa: SLF001


class _StringTable(SharedStringTable):  # type: ignore[misc]
    string_table: dict[str, int]

    def _sort_string_data(self) -> None:
        """Strings are numbered in the order in which they came, which is how a dictionary keeps them."""
        self.string_array = list(self.string_table)
        self.string_table.clear()


class _Strings(SharedStrings):  # type: ignore[misc]
    def _write_sst_strings(self) -> None:
        texts = self.string_table.string_array
        for start in range(0, len(texts), _STRINGS_AT_ONCE):
            self.fh.write("".join(map(_string, texts[start : start + _STRINGS_AT_ONCE])))


def _string(text: str) -> str:
    """One shared string. Unlike the library's, a text that looks like rich text stays the text it is."""
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    if not text.isprintable() or "_x" in text:
        text = _ESCAPED.sub(_escaped, text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<si><t{kept}>{text}</t></si>"


def _escaped(found: re.Match[str]) -> str:
    """What XML cannot hold as `_x000D_`, and what looks like that with its underscore escaped."""
    return f"_x005F{found[0]}" if len(found[0]) > 1 else f"_x{ord(found[0]):04X}_"
