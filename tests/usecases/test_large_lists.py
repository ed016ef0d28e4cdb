"""Lists of a hundred thousand rows: taken in by parts, read once, and refused where they are too large; small ones stand for them here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from accountplanner.domain.errors import RefusedError
from accountplanner.usecases import foreign_tables, import_writing
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.history import redo, steps, undo
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.usecases.session import Session


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Somebody's own workbook of twelve people at four customers."""
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("People")
        sheet.write_row(0, 0, ["Contact name", "E-mail", "Company name", "City"])
        for row in range(1, 13):
            firm = f"Firm {row % 4}"
            sheet.write_row(row, 0, [f"Person {row}", f"p{row}@firm{row % 4}.example", firm, f"Town {row % 4}"])
    return path


def test_what_comes_in_by_parts_is_one_sound_step(
    ann: Session, people: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(import_writing, "_AT_ONCE", 7)
    with caplog.at_level(logging.INFO, "accountplanner"):
        counts = import_files(ann, [people]).counts
    assert (counts.new, counts.problems) == (16, 0)
    assert sum(message.startswith("Reading “people.xlsx” took") for message in caplog.messages) == 1
    assert verify(ann) == []
    assert [each.title for each in steps(ann) if each.undoable] == ["Import of people.xlsx"]
    came = dump(ann)
    undo(ann)
    assert not any(ann.store.counts().values())
    redo(ann)
    assert (ann.store.counts()["contact"], ann.store.counts()["account"]) == (12, 4)
    assert import_files(ann, [people]).step == 0
    assert verify(ann) == []
    assert b"Person 12" in came


def test_a_list_that_is_too_large_is_refused_with_what_to_do(
    ann: Session, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_tables, "_MOST_VALUES", 40)
    with pytest.raises(RefusedError, match=r"“people” holds \d+ values, and at most 40 .* Split it into several files"):
        import_files(ann, [people])
    assert not any(ann.store.counts().values())
    assert not ann.store.archive.files()
