"""What an import proposed stays to be decided: a decision that is undone puts it back, every further value is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import (
    bring,
    column_of,
    filled,
    reworked,
    row_of,
    say,
    sent,
    small_picture,
    values,
)

from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.importing import preview_import
from accountplanner.usecases.reviewing import Decision, decide
from accountplanner.usecases.waiting import queue

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def _rows_with_something_to_propose(workbook: openpyxl.Workbook) -> None:
    sheet = workbook["Accounts"]
    sheet.delete_rows(row_of(sheet, "Alpine"))
    last = sheet.max_row + 1
    sheet.cell(last, column_of(sheet, "Name")).value = "Epsilon"


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_a_decision_that_is_undone_puts_the_suggestions_back(ann: Session, tmp_path: Path, answer: str) -> None:
    small_picture(ann)
    book = sent(ann, tmp_path / "team.xlsx")
    bring(ann, reworked(book, tmp_path / "copy.xlsx", _rows_with_something_to_propose))
    proposed = queue(ann)
    assert sorted(item.kind for item in proposed) == ["removal", "row"]
    decide(ann, [Decision("all", answer)])
    assert queue(ann) == []
    undo(ann)
    assert queue(ann) == proposed
    assert len(ann.store.records_titled("account", "Alpine")) == 1
    assert ann.store.records_titled("account", "Epsilon") == []
    redo(ann)
    assert queue(ann) == []
    undo(ann)
    decide(ann, [Decision("all", "accept")])
    assert len(ann.store.records_titled("account", "Epsilon")) == 1


def test_one_more_value_where_values_differ_already_needs_a_person(ann: Session, tmp_path: Path) -> None:
    alpine = small_picture(ann).accounts["Alpine"]
    book = sent(ann, tmp_path / "team.xlsx")
    say(ann, alpine, "city", "Moss")
    for city in ("Hamar", "Drammen"):
        copy = filled(book, tmp_path / f"{city}.xlsx", ("Accounts", "Alpine", "City", city))
        foreseen = preview_import(ann, [copy]).counts
        done = bring(ann, copy).counts
        assert done.conflicts == foreseen.conflicts == 1
        assert done.needs_person
    assert values(ann, alpine, "city") == {"Moss", "Hamar", "Drammen"}
