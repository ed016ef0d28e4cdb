"""Checks on typing: drop-downs and dates for cells to be filled, a refusal for those that are only to be read.

Locked cells would be simpler, but Excel sorts no range of a protected sheet in which a single cell is locked. So every
cell below the headers is unlocked, and a check refuses what is typed where nothing is asked. A check stays in its place
when rows are sorted; these ask the key of the row they find themselves in, so they go on being right.

Sheets of partners are protected as well, without a password: headers stay, rows may be sorted, filtered, formatted and
remarked upon. Those of colleagues are not: on a protected sheet Excel lets nobody add or take out a row of a table, and
both are things a colleague says with a workbook. What is locked in every workbook is its structure.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from accountplanner.domain.fields import Field, FieldType
from accountplanner.exchange.contract import LISTS_SHEET, Column, WorkbookKind
from accountplanner.exchange.keys import ALIAS_LENGTH, SPARE_MARK
from accountplanner.exchange.writing.look import column_letters
from accountplanner.exchange.writing.plan import Plan, RecordSheet
from accountplanner.exchange.writing.words import (
    CHOOSE,
    CHOOSE_ASKED,
    CHOOSE_TITLE,
    DATE_HINT,
    DATE_TITLE,
    HEADER_HINT,
    HEADER_TITLE,
    HINTS,
    KEY_HINT,
    KEY_TITLE,
    READ_HINT,
    READ_TITLE,
)

NEVER = "=1=0"
_NEW = f'LEFT($A2,1)="{SPARE_MARK}"'
_FIRST_DAY = date(1900, 3, 1)


class Place(NamedTuple):
    """A range: first row and column, last row and column, all counted from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Guard(NamedTuple):
    """A check on what is typed into a range, as XlsxWriter wants it described."""

    place: Place
    described: Mapping[str, object]


def guards(sheet: RecordSheet, plan: Plan) -> Iterator[Guard]:
    """The checks of one sheet of records."""
    last, width = max(1, len(sheet.rows)), len(sheet.fields)
    yield Guard(Place(0, 0, 0, width), refusal(NEVER, HEADER_TITLE, HEADER_HINT))
    yield Guard(Place(1, 0, last, 0), refusal(NEVER, KEY_TITLE, KEY_HINT))
    for column in range(1, width + 1):
        described = _described(sheet, plan, column)
        if described is not None:
            yield Guard(Place(1, column, last, column), described)


def formulas(plan: Plan) -> Iterator[str]:
    """The formulas of all checks as the file holds them, for whoever accounts for its texts."""
    for sheet in plan.sheets:
        for guard in guards(sheet, plan):
            formula = guard.described.get("source") or guard.described["value"]
            if isinstance(formula, str):
                yield formula.removeprefix("=")


def refusal(formula: str, title: str, told: str) -> dict[str, object]:
    """Refuse what is typed where the formula does not hold."""
    return {
        "validate": "custom",
        "value": formula,
        "error_type": "stop",
        "error_title": title,
        "error_message": told,
    }


def _described(sheet: RecordSheet, plan: Plan, column: int) -> dict[str, object] | None:
    known, layout = sheet.fields[column - 1], sheet.content.layout.columns[column - 1]
    if column in sheet.lists:
        return _choice(plan, sheet.lists[column]) | _hint(known)
    if known.type is FieldType.DATE and layout.open_on_new:
        return _DATE
    open_where = _open_where(sheet, plan, layout)
    return refusal(open_where, READ_TITLE, READ_HINT) if open_where else None


def _open_where(sheet: RecordSheet, plan: Plan, column: Column) -> str:
    """The condition under which a cell of the column may be filled, blank for anywhere."""
    if not column.open:
        return f"={_NEW}" if column.open_on_new else NEVER
    if plan.facts.kind is WorkbookKind.TEAM or not any(row.look == "read" for row in sheet.rows):
        return ""
    if not sheet.asked:
        return f"={_NEW}"
    asked = f"COUNTIF({_of_list(plan, sheet.asked)},LEFT($A2,{ALIAS_LENGTH}))>0"
    return f"=OR({_NEW},{asked})"


def _choice(plan: Plan, name: str) -> dict[str, object]:
    # No condition on the row here: programs that know no computed lists would take the whole drop-down away.
    return {
        "validate": "list",
        "source": f"={_of_list(plan, name)}",
        "error_type": "warning",
        "error_title": CHOOSE_TITLE,
        "error_message": CHOOSE_ASKED if plan.facts.kind is WorkbookKind.PARTNER else CHOOSE,
    }


def _hint(known: Field) -> dict[str, object]:
    if known.id not in HINTS:
        return {}
    title, text = HINTS[known.id]
    return {"input_title": title, "input_message": text}


def _of_list(plan: Plan, name: str) -> str:
    """Where the items of a drop-down stand."""
    at = column_letters(list(plan.lists).index(name))
    return f"'{LISTS_SHEET}'!${at}$2:${at}${len(plan.lists[name]) + 1}"


_DATE: dict[str, object] = {
    "validate": "date",
    "criteria": ">=",
    "value": _FIRST_DAY,
    "error_type": "warning",
    "error_title": DATE_TITLE,
    "error_message": DATE_HINT,
}
