"""Whatever people do to the structure of a workbook, in any order: no field is cleared, no record goes, no answer strays.

Each typed answer names the row it was typed into, as the person saw it. Afterwards it must be found again: as an
edit or a suggestion for that very record and field, on a new record, or as a finding with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from tests.exchange.returning import Exported, account_id, contact_id, exported, facts_of, picture
from tests.exchange.structure import spreadsheet as xl

from accountplanner.domain.statements import EXISTS
from accountplanner.exchange.contract import SYNC_SHEET, WorkbookKind
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_team

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

    from accountplanner.exchange.derivation import Derivation

_TAG = re.compile(r"zz\d+zz")
_HEADERS = {
    "account": {"City": "city", "Industry": "industry", "Region": "region", "Address": "address"},
    "contact": {"Job title": "title", "Department": "department"},
}


@dataclass
class Person:
    """Somebody at work in a workbook, and what they typed where."""

    book: openpyxl.Workbook
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    blurred: bool = False
    deleted: bool = False

    def sheets(self) -> list[tuple[str, Worksheet]]:
        """The sheets that show accounts or contacts, under whatever name."""
        found: list[tuple[str, Worksheet]] = []
        for name in self.book.sheetnames:
            on = xl.sheet(self.book, name)
            headers = [cell.value for cell in on[1]]
            if on.sheet_state == "visible" and "Name" in headers:
                found.append(("contact" if "Job title" in headers else "account", on))
        return found

    def forget(self, values: Iterable[object]) -> None:
        """Of answers among these it cannot be told any more for whom they were meant."""
        for value in values:
            if str(value) in self.typed:
                self.typed[str(value)] = "", ""

    def tag(self, kind: str = "", title: str = "", key: str = "") -> str:
        """A text nobody else types; it is remembered for which record and field it is meant."""
        text = f"zz{len(self.typed)}zz"
        self.typed[text] = ("" if self.blurred else _record(kind, title), key)
        return text


def _record(kind: str, title: str) -> str:
    number = next((n for n, each in enumerate(picture()[:10]) if each.values["name"] == title), None)
    if kind == "account" and number is not None:
        return account_id(number)
    found = re.fullmatch(r"Kari Nordmann (\d)", title)
    return contact_id(int(found[1])) if kind == "contact" and found else ""


def _rows(on: Worksheet) -> list[int]:
    at = _name_column(on)
    return [number for number in range(2, on.max_row + 1) if on.cell(number, at).value]


def _name_column(on: Worksheet) -> int:
    return next(int(cell.column) for cell in on[1] if cell.value == "Name")


def _pick(person: Person, choice: int) -> tuple[str, Worksheet, int] | None:
    options = [(kind, on, number) for kind, on in person.sheets() for number in _rows(on)]
    return options[choice % len(options)] if options else None


# --- what people do -------------------------------------------------------------------------------------------------


def type_answer(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is None:
        return
    kind, on, number = picked
    columns = [(cell.column, _HEADERS[kind][str(cell.value)]) for cell in on[1] if cell.value in _HEADERS[kind]]
    if columns:
        at, key = columns[other % len(columns)]
        title = str(on.cell(number, _name_column(on)).value)
        xl.write(on, number, int(at), person.tag(kind, title, key))


def sort_with_keys(person: Person, choice: int, _other: int) -> None:
    _sort(person, choice, first=1)


def sort_without_keys(person: Person, choice: int, _other: int) -> None:
    _sort(person, choice, first=2)


def sort_some_rows_without_keys(person: Person, choice: int, other: int) -> None:
    _sort(person, choice, first=2, rows=slice(other % 4, 4 + other % 6))


def sort_rows_with_empty_ones(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        rows = list(range(2, on.max_row + 1))
        ordered = sorted(xl.contents(on, rows, 2, on.max_column), key=lambda cells: str(cells[0] or ""))
        xl.put(on, rows, 2, ordered)


def _sort(person: Person, choice: int, *, first: int, rows: slice = slice(None)) -> None:
    picked = _pick(person, choice)
    if picked is None:
        return
    on = picked[1]
    by = _name_column(on)
    numbers = _rows(on)[rows]
    content = xl.contents(on, numbers, first, on.max_column)
    reverse = bool(choice % 2)
    xl.put(on, numbers, first, sorted(content, key=lambda cells: str(cells[by - first] or ""), reverse=reverse))


def sort_one_column(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        at = 2 + other % max(1, on.max_column - 1)
        numbers = _rows(on)
        content = xl.contents(on, numbers, at, at)
        xl.put(on, numbers, at, sorted(content, key=lambda cells: str(cells[0] or ""), reverse=True))
        person.blurred = True
        if on.cell(1, at).value != "City":
            # Where nothing stood before, no program can know where an answer was typed.
            person.forget(cells[0] for cells in content)


def insert_row(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        _, on, number = picked
        on.insert_rows(number)
        xl.write(on, number, _name_column(on), person.tag())


def fill_empty_row(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        spare = [n for n in range(2, on.max_row + 1) if str(on.cell(n, 1).value or "").startswith("n")]
        spare = [n for n in spare if not on.cell(n, _name_column(on)).value]
        if spare:
            xl.write(on, spare[0], _name_column(on), person.tag())


def duplicate_row(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        _, on, number = picked
        cells = xl.contents(on, [number], 1, on.max_column)
        xl.put(on, [on.max_row + 1 + other % 3], 1, cells)


def delete_row(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        picked[1].delete_rows(picked[2])
        person.deleted = True


def move_row_to_another_sheet(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None and len(person.sheets()) > 1:
        _, on, number = picked
        to = next(each for _, each in person.sheets() if each is not on)
        cells = xl.contents(on, [number], 1, on.max_column)
        on.delete_rows(number)
        xl.put(to, [to.max_row + 1], 1, cells)
        person.blurred = person.deleted = True


def insert_column(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        _, on, number = picked
        at = 2 + other % on.max_column
        on.insert_cols(at)
        xl.write(on, 1, at, "Remarks")
        xl.write(on, number, at, person.tag())


def rename_column(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        at = 2 + other % max(1, on.max_column - 1)
        if on.cell(1, at).value not in {"Name", "Job title"}:
            xl.write(on, 1, at, f"Renamed {other}")


def delete_column(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        at = 2 + other % max(1, on.max_column - 1)
        if on.cell(1, at).value not in {"Name", "Job title"}:
            on.delete_cols(at)


def move_column_to_the_end(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        at, rows = 2 + other % max(1, on.max_column - 1), list(range(1, on.max_row + 1))
        content = xl.contents(on, rows, at, at)
        on.delete_cols(at)
        xl.put(on, rows, on.max_column + 1, content)


def rename_sheet(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        picked[1].title = f"Sheet {len(person.typed)}{choice}"[:25]


def copy_sheet(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None and len(person.book.worksheets) < 12:
        person.book.copy_worksheet(picked[1])


def hide_rows(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        xl.hide(picked[1], _rows(picked[1])[:: 1 + other % 3])


def merge_cells(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        _, on, number = picked
        at = 3 + other % max(1, on.max_column - 3)
        covered = [on.cell(number + 1, at), on.cell(number, at)]
        if any(isinstance(cell, MergedCell) or str(cell.coordinate) in on.merged_cells for cell in covered):
            return
        on.merge_cells(start_row=number, end_row=number + 1, start_column=at, end_column=at)


def drop_hidden_sheet(person: Person, _choice: int, _other: int) -> None:
    if SYNC_SHEET in person.book.sheetnames:
        del person.book[SYNC_SHEET]


def drop_keys(person: Person, choice: int, _other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        on = picked[1]
        for number in range(2, on.max_row + 1):
            xl.write(on, number, 1, None)
        person.deleted = True


def comment(person: Person, choice: int, other: int) -> None:
    picked = _pick(person, choice)
    if picked is not None:
        _, on, number = picked
        cell = on.cell(number, 2 + other % max(1, on.max_column - 1))
        if not isinstance(cell, MergedCell):
            cell.comment = Comment(person.tag(), "Kari")


_WORK = [
    type_answer,
    type_answer,
    type_answer,
    sort_with_keys,
    sort_without_keys,
    sort_some_rows_without_keys,
    sort_rows_with_empty_ones,
    sort_one_column,
    insert_row,
    fill_empty_row,
    duplicate_row,
    delete_row,
    move_row_to_another_sheet,
    insert_column,
    rename_column,
    delete_column,
    move_column_to_the_end,
    rename_sheet,
    copy_sheet,
    hide_rows,
    merge_cells,
    drop_hidden_sheet,
    drop_keys,
    comment,
]
_STEPS = st.lists(st.tuples(st.sampled_from(_WORK), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8)


# --- what must hold -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    content = project_team(facts_of(WorkbookKind.TEAM), picture(), b"team")
    kept = tuple(each for each in content.sheets if each.layout.kind in {"account", "contact"})
    return exported(tmp_path_factory.mktemp("any") / "team.xlsx", replace(content, sheets=kept))


def _returned(export: Exported, person: Person) -> Derivation:
    file = export.path.with_name("returned.xlsx")
    person.book.save(file)
    person.book.close()
    return export.derive(file, stored=True)


def _in_cells(person: Person) -> set[str]:
    """What still stands somewhere in the cells and comments of the sheets that show records."""
    texts = [
        text
        for on in person.book.worksheets
        for cells in on.iter_rows()
        for cell in cells
        for text in (str(cell.value or ""), cell.comment.text if cell.comment else "")
    ]
    return {tag for text in texts for tag in _TAG.findall(text)}


def _told(derived: Derivation) -> set[str]:
    suggestions = [*derived.suggestions, *derived.removed]
    texts = [statement.value or "" for statement in derived.statements]
    texts += [statement.value or "" for each in suggestions for statement in each.statements]
    texts += [text for each in suggestions for text in (each.value, each.reason)]
    texts += [problem.sentence() for problem in (*derived.problems, *derived.notices)]
    return {tag for text in texts for tag in _TAG.findall(text)}


def _check(person: Person, derived: Derivation, present: set[str]) -> None:
    ours = {account_id(n) for n in range(10)} | {contact_id(n) for n in range(10)}
    said = [*derived.statements, *(statement for each in derived.suggestions for statement in each.statements)]
    assert all(statement.value is not None for statement in said), "nothing is cleared"
    assert all(statement.value == "yes" for statement in said if statement.field == EXISTS), "nothing is deleted"
    assert person.deleted or derived.removed == ()
    titles = {each.values["name"] for each in picture() if "name" in each.values}
    new = {(each.record, each.value) for each in derived.statements if each.record not in ours}
    assert not [value for _, value in new if value in titles], "nobody is there twice"
    for statement in said:
        for tag in _TAG.findall(statement.value or ""):
            record, key = person.typed[tag]
            if statement.record in ours and record:
                assert (statement.record, statement.field) == (record, key), "an answer strayed"
    assert present <= _told(derived), "a typed value is lost"


def _try(export: Exported, steps: list[tuple[object, int, int]]) -> None:
    person = Person(xl.opened(export.path))
    for work, choice, other in steps:
        work(person, choice, other)  # type: ignore[operator]
    present = _in_cells(person)
    _check(person, _returned(export, person), present)


def _try_many(export: Exported, examples: int) -> None:
    @given(_STEPS)
    @settings(max_examples=examples, deadline=None)
    def whatever_is_done(steps: list[tuple[object, int, int]]) -> None:
        _try(export, steps)

    whatever_is_done()


def test_most_accounts_gone_hold_a_file_of_many_contacts(tmp_path: Path) -> None:
    many = [
        PlainRecord("contact", f"contact:{number:026d}", {"name": f"Ola {number}", "account": account_id(0)})
        for number in range(80)
    ]
    export = exported(tmp_path / "team.xlsx", project_team(facts_of(WorkbookKind.TEAM), [*picture(), *many], b"team"))
    book = xl.opened(export.path)
    xl.sheet(book, "Accounts").delete_rows(2, 5)
    book.save(tmp_path / "returned.xlsx")
    derived = export.derive(tmp_path / "returned.xlsx", stored=True)
    assert "5 of 10 rows of “Accounts” are not in the workbook any more." in derived.held


def test_a_row_moved_from_a_sheet_with_an_added_column_keeps_its_answer_in_its_field(export: Exported) -> None:
    _try(export, [(type_answer, 24, 1), (insert_column, 0, 30), (move_row_to_another_sheet, 4, 0)])


def test_a_row_moved_to_another_sheet_and_sorted_away_from_its_key_makes_nobody_twice(export: Exported) -> None:
    work = [(fill_empty_row, 0), (move_row_to_another_sheet, 39), (type_answer, 0), (sort_without_keys, 0)]
    _try(export, [(each, choice, 0) for each, choice in work])


@pytest.mark.slow
def test_no_answer_is_lost_or_strays_whatever_is_done_to_a_workbook(export: Exported) -> None:
    _try_many(export, 20)


@pytest.mark.slow
def test_no_answer_is_lost_or_strays_in_many_workbooks(export: Exported) -> None:
    _try_many(export, 500)
