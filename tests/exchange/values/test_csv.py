"""A sheet of ours saved as CSV: every cell is a text, so nothing is taken without a person, and damage is seen."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl
import pytest

from accountplanner.exchange.keys import may_hold_keys
from accountplanner.exchange.returned.findings import EXPORT_KNOWN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.exchange.returning import Exported

    from accountplanner.exchange.derivation import Derivation


def _saved_apart(export: Exported, target: Path, changes: dict[tuple[str, str], str], encoding: str = "utf-8") -> Path:
    """Write the sheet of accounts as Excel would, dates and numbers as shown, with some cells (row, header) changed."""
    book = openpyxl.load_workbook(export.path)
    rows = [[_shown(cell.value) for cell in row] for row in book["Accounts"].iter_rows()]
    book.close()
    for (name, header), text in changes.items():
        next(row for row in rows if row[1] == name)[rows[0].index(header)] = text
    with target.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return target


def _shown(value: object) -> str:
    if isinstance(value, (int, float)):
        return f"{value:,.2f}"
    return "" if value is None else str(value).removesuffix(" 00:00:00")


def _derived(export: Exported, path: Path) -> Derivation:
    assert may_hold_keys(path.read_bytes())
    assert export.read(path, stored=True).tier == EXPORT_KNOWN
    return export.derive(path, stored=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_untouched_it_says_nothing(team_export: Exported, tmp_path: Path, encoding: str) -> None:
    derived = _derived(team_export, _saved_apart(team_export, tmp_path / "a.csv", {}, encoding))
    assert (derived.statements, derived.suggestions, derived.problems, derived.removed) == ((), (), (), ())


def test_an_answer_waits_for_a_person(team_export: Exported, tmp_path: Path) -> None:
    derived = _derived(team_export, _saved_apart(team_export, tmp_path / "a.csv", {("Borealis", "City"): "Bergen"}))
    (listed,) = derived.suggestions
    assert derived.statements == ()
    assert [(each.field, each.value) for each in listed.statements] == [("city", "Bergen")]


@pytest.mark.parametrize(
    ("header", "text", "kept"),
    [("Customer number", "1", "00001"), ("Postal code", "1001", "01001"), ("Phone", "4.72202E+09", "+47 22 01 55 01")],
)
def test_damage_is_seen_and_kept(team_export: Exported, tmp_path: Path, header: str, text: str, kept: str) -> None:
    derived = _derived(team_export, _saved_apart(team_export, tmp_path / "a.csv", {("Borealis", header): text}))
    (listed,) = derived.suggestions
    assert (derived.statements, listed.kind, listed.statements) == ((), "damage", ())
    assert f"“{kept}” stays" in listed.reason


def test_somebodys_own_list_is_none_of_ours() -> None:
    assert not may_hold_keys(b"Company;Phone\r\nContoso;+47 22 00 00 00\r\n")
