"""Copies of workbooks in people's hands, and what people with nothing but a spreadsheet program do to them.

A copy remembers what its people meant: which cells of which records they filled with what. Whatever else they
did to the rows and columns, nothing but that may come of it.
"""

from __future__ import annotations

import csv
import io
import random
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import openpyxl
from tests.usecases.any_exchange.excel_97 import save_excel_97
from tests.usecases.any_exchange.open_document import save_open_document
from typing_extensions import override

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field
from accountplanner.exchange.contract import CLEAR_MARK, KEY_HEADER, SYNC_SHEET
from accountplanner.exchange.keys import parse_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from accountplanner.exchange.export_record import ExportRecord

Where = tuple[str, str]
"""Record and field."""

SHEETS = {"account": "Accounts", "contact": "Contacts"}
TYPED = {
    ("account", "city"): ("Moss", "Hamar"),
    ("account", "phone"): ("+47 1", "+47 2"),
    ("account", "website"): ("www.a.example", "www.b.example"),
    ("account", "industry"): ("Fish", "Wine"),
    ("account", "tier"): ("A", "B"),
    ("account", "employees"): (12, 120),
    ("account", "revenue"): (1234.56, 99.5),
    ("account", "contract_end"): ("2027-01-31", "2027-02-28"),
    ("account", "satisfaction"): ("Very satisfied", "Unhappy"),
    ("account", "key_problems"): ("Line one\nline two", "Other"),
    ("contact", "title"): ("Buyer", "Chef"),
    ("contact", "phone"): ("+47 3", "+47 4"),
}
"""What people type: few values, so that they meet. Words that are like no other come from the machine."""
MISTAKES = {"tier": "Z9", "satisfaction": "so so", "contract_end": "soon", "employees": "many", "revenue": "lots"}
"""What an account's fields take from nobody."""


@dataclass(repr=False)
class Copy:
    """A workbook as one person has it.

    `meant` are the cells filled and all that they may mean: a row that stands there twice can say two things.
    `rows` are the titles by which people recognise records, `bases` what the cells showed when the workbook
    left. `sure` says that nothing was done that may cost the program its certainty, `whole` that every filled
    cell still stands there under a name.
    """

    path: Path
    record: ExportRecord
    kind: str
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    bases: dict[Where, object] = field(default_factory=dict)
    meant: dict[Where, frozenset[str | None]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    sure: bool = True
    whole: bool = True
    done: list[str] = field(default_factory=list)

    @override
    def __repr__(self) -> str:
        return self.path.name

    def fork(self, path: Path) -> Copy:
        """Hand a second copy to somebody."""
        path.write_bytes(self.path.read_bytes())
        rows = {kind: dict(titles) for kind, titles in self.rows.items()}
        return replace(self, path=path, rows=rows, meant=dict(self.meant), new=list(self.new), done=list(self.done))


def copy_of(path: Path, record: ExportRecord) -> Copy:
    """A fresh copy out of an export; titles that two rows share recognise neither."""
    copy = Copy(path, record, record.facts.kind.value)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for kind, name in SHEETS.items():
        copy.rows[kind] = _read_rows(copy, kind, book[name])
    book.close()
    return copy


def _read_rows(copy: Copy, kind: str, sheet: Worksheet) -> dict[str, str]:
    titles: dict[str, list[str]] = {}
    headers = [cell.value for cell in sheet[1]]
    layout = copy.record.sheet(kind)
    fields = {column.header: column.field for column in (layout.columns if layout else ())}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        key = parse_key(str(row[0]))
        if key and key.alias in copy.record.aliases and row[1]:
            record = copy.record.aliases[key.alias]
            titles.setdefault(str(row[1]), []).append(record)
            shown = zip(headers, row, strict=True)
            copy.bases |= {(record, fields[str(header)]): value for header, value in shown if header in fields}
    return {title: held[0] for title, held in titles.items() if len(held) == 1}


@dataclass
class Desk:
    """One session of somebody with a spreadsheet program: opened, worked on, saved."""

    copy: Copy
    book: openpyxl.Workbook
    dice: random.Random
    word: Callable[[str, str], str]

    def sheet(self, kind: str) -> Worksheet | None:
        """The sheet of a kind, under whatever name it goes now: people know it by what is in it."""
        headers = {"account": "Customer number", "contact": "Account"}
        for sheet in self.book.worksheets:
            if any(cell.value == headers[kind] for cell in sheet[1]) and sheet.sheet_state == "visible":
                found: Worksheet = sheet
                return found
        return None

    # --- cells ------------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Type something over what stands in an open cell of a row that is recognised by its title."""
        kind, key = self.dice.choice([*TYPED, ("account", "city"), ("account", "phone")])
        self.fill(kind, key, self.dice.choice([*TYPED[kind, key], "word", CLEAR_MARK]))

    def revert(self) -> None:
        """Type again what had stood there when the workbook left."""
        if self.copy.meant:
            record, key = self.dice.choice(sorted(self.copy.meant))
            self.fill(record.partition(":")[0], key, "base", record)

    def fill(self, kind: str, key: str, typed: object, record: str = "") -> None:
        """Fill one cell; remember what it means."""
        sheet, layout = self.sheet(kind), self.copy.record.sheet(kind)
        column = layout.column(key) if layout else None
        titles = {title: held for title, held in self.copy.rows[kind].items() if record in {"", held}}
        if sheet is None or column is None or not column.open or not titles:
            return
        title = self.dice.choice(sorted(titles))
        place, at = _row(sheet, title), _column(sheet, column.header)
        if place is None or at is None or not self._is_asked(titles[title]):
            return
        if typed == "word":
            typed = self.word(titles[title], key) if key in {"city", "industry", "key_problems", "title"} else "7"
            if key in {"tier", "satisfaction", "contract_end", "revenue", "website"}:
                return
        base = self.copy.bases.get((titles[title], key))
        if typed == "base":
            typed = base
        if key == "parent":
            # It may close a circle, and waits then.
            self.copy.sure = False
        if typed is None or sheet.cell(place, at).value == typed:
            return
        sheet.cell(place, at).value = typed  # type: ignore[assignment]
        self._remember(titles[title], key, typed, base)

    def _is_asked(self, record: str) -> bool:
        asked = {self.copy.record.aliases[alias] for alias in self.copy.record.asked}
        return self.copy.kind == "team" or record in asked

    def _remember(self, record: str, key: str, typed: object, base: object) -> None:
        where, before = (record, key), self.copy.meant.get((record, key), frozenset())
        if typed == base:
            if self.copy.sure:
                self.copy.meant.pop(where, None)
            return
        known = known_field(record.partition(":")[0], key)
        assert known is not None
        value = None if typed == CLEAR_MARK else canonical_value(known, str(typed), self.copy.record.facts.currency)
        if known.refers_to and value is not None:
            value = self.copy.rows["account"][str(typed)]
        self.copy.meant[where] = frozenset({value}) if self.copy.sure else before | {value}

    def place_under(self) -> None:
        """Say of an account that it belongs to another one, or to itself."""
        if self.copy.rows["account"]:
            self.fill("account", "parent", self.dice.choice(sorted(self.copy.rows["account"])))

    def mistake(self, key: str) -> str:
        """Fill a cell with what does not fit; gives the record whose row it is, if there is such a row."""
        sheet, layout = self.sheet("account"), self.copy.record.sheet("account")
        column = layout.column(key) if layout else None
        titles = sorted(title for title, record in self.copy.rows["account"].items() if self._is_asked(record))
        if sheet is None or column is None or not column.open or not titles:
            return ""
        title = self.dice.choice(titles)
        place, at = _row(sheet, title), _column(sheet, column.header)
        if place is None or at is None:
            return ""
        sheet.cell(place, at).value = MISTAKES[key]
        record = self.copy.rows["account"][title]
        self._forget(lambda where: where == (record, key))
        return record

    def add_row(self) -> None:
        """Fill the first empty row."""
        self._add("account" if self.copy.kind == "team" else "contact", {})

    def add_pair(self) -> None:
        """A new account, and somebody at it: one row names the other."""
        name = self._add("account", {}) if self.copy.kind == "team" else ""
        if name:
            self._add("contact", {"Account": name})

    def _add(self, kind: str, beside: dict[str, str]) -> str:
        sheet = self.sheet(kind)
        at = _column(sheet, "Name") if sheet else None
        if sheet is None or at is None:
            return ""
        name = self.word("", "name")
        row = next((n for n in range(2, sheet.max_row + 2) if sheet.cell(n, at).value is None), sheet.max_row + 1)
        for header, text in {"Name": name, **beside}.items():
            if (column := _column(sheet, header)) is not None:
                sheet.cell(row, column).value = text
        self.copy.new.append(name)
        return name

    # --- rows, columns, sheets --------------------------------------------------------------------------------------

    def sort_all(self) -> None:
        """Sort whole rows, keys and all."""
        sheet = self._any_sheet()
        self._reorder(sheet, 1)

    def sort_visible(self) -> None:
        """Sort without column A: every key stays where it was, beside somebody else."""
        sheet = self._any_sheet()
        if self._reorder(sheet, 2):
            self.copy.sure = False

    def _reorder(self, sheet: Worksheet, first: int) -> bool:
        filled = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 2).value is not None]
        rows = [[sheet.cell(row, at).value for at in range(first, sheet.max_column + 1)] for row in filled]
        mixed = list(rows)
        self.dice.shuffle(mixed)
        for row, values in zip(filled, mixed, strict=True):
            for at, value in enumerate(values, first):
                sheet.cell(row, at).value = value
        return mixed != rows

    def insert_row(self) -> None:
        sheet = self._any_sheet()
        sheet.insert_rows(self.dice.randint(2, sheet.max_row))

    def duplicate_row(self) -> None:
        """Copy a row with its key and paste it at the end, as people do who want another like it."""
        sheet = self._any_sheet()
        row = self.dice.randint(2, max(2, sheet.max_row))
        last = sheet.max_row + 1
        for at in range(1, sheet.max_column + 1):
            sheet.cell(last, at).value = sheet.cell(row, at).value
        self.copy.sure = False

    def delete_row(self) -> None:
        kind = self.dice.choice(sorted(SHEETS))
        sheet = self.sheet(kind)
        titles = sorted(self.copy.rows[kind])
        if sheet is None or not titles:
            return
        title = self.dice.choice(titles)
        row = _row(sheet, title)
        if row is None:
            return
        sheet.delete_rows(row)
        if _row(sheet, title) is not None:
            # One of two was deleted; what had been filled may have stood in it.
            self.copy.whole = False
            return
        record = self.copy.rows[kind].pop(title)
        self._forget(lambda where: where[0] == record)

    def _forget(self, gone: Callable[[Where], bool]) -> None:
        self.copy.meant = {where: value for where, value in self.copy.meant.items() if not gone(where)}

    def insert_column(self) -> None:
        sheet = self._any_sheet()
        at = self.dice.randint(2, sheet.max_column)
        sheet.insert_cols(at)
        sheet.cell(1, at).value = "My remarks"
        sheet.cell(2, at).value = "call them on Friday"
        self.copy.new.append("My remarks: call them on Friday")

    def rename_column(self) -> None:
        sheet = self._any_sheet()
        at = self.dice.randint(3, sheet.max_column)
        if sheet.cell(1, at).value not in {"Customer number", "Account"}:
            sheet.cell(1, at).value = "Renamed"
            self.copy.sure = self.copy.whole = False

    def delete_column(self) -> None:
        kind = self.dice.choice(sorted(SHEETS))
        sheet, layout = self.sheet(kind), self.copy.record.sheet(kind)
        if sheet is None or layout is None:
            return
        at = self.dice.randint(3, sheet.max_column)
        header = sheet.cell(1, at).value
        if header in {"Customer number", "Account"}:
            return
        sheet.delete_cols(at)
        gone = {column.field for column in layout.columns if column.header == header}
        self._forget(lambda where: where[0].startswith(f"{kind}:") and where[1] in gone)
        if not gone and header != "My remarks":
            self.copy.whole = False

    def move_column(self) -> None:
        sheet = self._any_sheet()
        at = self.dice.randint(2, sheet.max_column)
        last = sheet.max_column + 1
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, last).value = sheet.cell(row, at).value
        sheet.delete_cols(at)

    def rename_sheet(self) -> None:
        self._any_sheet().title = f"Sheet {self.dice.randint(1, 999)}"

    def lose_sync(self) -> None:
        if SYNC_SHEET in self.book.sheetnames:
            del self.book[SYNC_SHEET]

    def lose_properties(self) -> None:
        # The types of openpyxl know nothing of these yet.
        properties = getattr(self.book, "custom_doc_props")  # noqa: B009
        for name in list(properties.names):
            del properties[name]

    def lose_keys(self) -> None:
        sheet = self._any_sheet()
        if sheet.cell(1, 1).value == KEY_HEADER:
            sheet.delete_cols(1)
            self.copy.sure = False

    def save_noisily(self) -> None:
        """What programs do to values when they save: other line ends, fewer digits, spaces around."""
        for sheet in self.book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            for row in sheet.iter_rows(min_row=2, min_col=2):
                for cell in row:
                    if isinstance(cell.value, str) and not cell.value.startswith("="):
                        cell.value = " " + cell.value.replace("\n", "\r\n") + " "
                    elif isinstance(cell.value, float):
                        cell.value = float(f"{cell.value:.15g}")

    def _any_sheet(self) -> Worksheet:
        sheets = [sheet for kind in SHEETS if (sheet := self.sheet(kind)) is not None]
        return self.dice.choice(sheets)


ACTS: dict[str, Callable[[Desk], None]] = {
    name: getattr(Desk, name)
    for name in (
        "edit", "revert", "place_under", "add_row", "add_pair", "sort_all", "sort_visible", "insert_row", "duplicate_row", "delete_row",
        "insert_column", "rename_column", "delete_column", "move_column", "rename_sheet", "lose_sync",
        "lose_properties", "lose_keys", "save_noisily",
    )
}  # fmt: skip


def work_on(copy: Copy, acts: list[str], dice: random.Random, word: Callable[[str, str], str]) -> None:
    """Open a copy, do some things, save it in its place."""
    with at_desk(copy, dice, word) as desk:
        for act in acts:
            copy.done.append(act)
            ACTS[act](desk)


@contextmanager
def at_desk(copy: Copy, dice: random.Random, word: Callable[[str, str], str]) -> Iterator[Desk]:
    """Open a copy, and save it in its place afterwards."""
    book = openpyxl.load_workbook(io.BytesIO(copy.path.read_bytes()))
    yield Desk(copy, book, dice, word)
    book.save(copy.path)
    book.close()


def save_as_csv(copy: Copy, kind: str, file: Path) -> bool:
    """Save one sheet as text, as spreadsheet programs do; false where there is no such sheet any more."""
    book = openpyxl.load_workbook(io.BytesIO(copy.path.read_bytes()))
    sheet = Desk(copy, book, random.Random(0), lambda *_: "").sheet(kind)  # noqa: S311 - never thrown
    if sheet is not None:
        with file.open("w", newline="", encoding="utf-8-sig") as text:
            rows = sheet.iter_rows(values_only=True)
            csv.writer(text).writerows(["" if cell is None else cell for cell in row] for row in rows)
    book.close()
    return sheet is not None


FORMATS = {".ods": save_open_document, ".xls": save_excel_97}


def save_as(copy: Copy, file: Path) -> None:
    """Save the whole copy in the format that the name of the new file ends in."""
    book = openpyxl.load_workbook(io.BytesIO(copy.path.read_bytes()))
    FORMATS[file.suffix](book, file)
    book.close()


def _column(sheet: Worksheet, header: str) -> int | None:
    return next((int(cell.column) for cell in sheet[1] if cell.value == header), None)


def _row(sheet: Worksheet, title: str) -> int | None:
    at = _column(sheet, "Name")
    if at is None:
        return None
    rows = range(2, sheet.max_row + 1)
    return next((row for row in rows if str(sheet.cell(row, at).value or "").strip() == title), None)
