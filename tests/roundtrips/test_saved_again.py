"""Saved again by real programs, in every format they know: nothing that a person would have to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exchange.values.cells import Sent
from tests.roundtrips import programs

from accountplanner.exchange.filling import Answer, fill_workbook
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.importing import apply_import, preview_import

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.roundtrips.conftest import Territories, Territory

    Save = Callable[[programs.Bench, Sequence[Path], str], list[Path]]

pytestmark = pytest.mark.slow

SAVES = [
    pytest.param(save, ending, id=f"{save.__name__.removeprefix('by_')}-{ending}")
    for save, endings in (
        (programs.by_libreoffice, ("xlsx", "ods", "xls")),
        (programs.by_gnumeric, ("xlsx", "ods", "xls")),
        (programs.by_sheetjs, ("xlsx", "ods", "xls")),
        (programs.by_careful_sheetjs, ("xlsx", "ods", "xls")),
        (programs.by_openpyxl, ("xlsx",)),
    )
    for ending in endings
]


def assert_says_nothing(territory: Territory, file: Path, *told: str) -> None:
    """Neither the preview nor the import itself has anything to tell but this, and no record has changed."""
    before = dump(territory.session)
    preview = preview_import(territory.session, [file])
    plan = preview.plan
    assert plan.files[0].name == file.name
    assert (plan.statements, plan.suggestions, plan.problems, plan.held, plan.removed) == ([], [], [], [], 0)
    assert len(plan.notices) == len(told), plan.notices
    assert all(words in notice for words, notice in zip(told, plan.notices, strict=True)), plan.notices
    assert apply_import(territory.session, preview).step == 0
    assert dump(territory.session) == before


@pytest.mark.parametrize("name", ["sample", "northwind"])
@pytest.mark.parametrize(("save", "ending"), SAVES)
def test_a_mere_save_changes_nothing(
    territories: Territories, bench: programs.Bench, save: Save, ending: str, name: str
) -> None:
    territory = territories.named(name)
    # SheetJS cuts every cell of an xls after 255 letters, those of the hidden part among them.
    cut = ending == "xls" and save in {programs.by_sheetjs, programs.by_careful_sheetjs}
    for saved in save(bench, territory.sent, ending):
        assert_says_nothing(territory, saved, *(["hidden part is gone"] if cut else []))


@pytest.mark.parametrize(
    ("name", "sheets"), [("sample", ("Accounts", "Contacts", "Cases")), ("northwind", ("Purchases",))]
)
@pytest.mark.parametrize("save", [programs.sheets_by_libreoffice, programs.sheets_by_gnumeric])
def test_sheets_saved_apart_as_csv_change_nothing(
    territories: Territories,
    bench: programs.Bench,
    save: Callable[[programs.Bench, Path], list[Path]],
    name: str,
    sheets: tuple[str, ...],
) -> None:
    territory = territories.named(name)
    saved = {file.stem.rpartition("-")[2]: file for file in save(bench, territory.team)}
    for sheet in sheets:
        assert_says_nothing(territory, saved[sheet], "hidden part is gone", "this sheet alone")


def test_a_long_text_that_a_save_has_cut_stays_whole(bench: programs.Bench, tmp_path: Path) -> None:
    problems = "They wait for an answer since Monday. " * 20
    sent = Sent(tmp_path, {"key_problems": problems.strip()})
    (saved,) = programs.by_sheetjs(bench, [sent.path], "xls")
    came = sent.read(saved, stored=True)
    (listed,) = came.derived.suggestions
    assert (came.edits, listed.kind, listed.statements) == ([], "damage", ())
    assert "cut off at the limit of a cell" in listed.reason


@pytest.mark.parametrize(("save", "ending"), SAVES)
def test_an_answer_comes_through_and_nothing_else(
    territories: Territories, bench: programs.Bench, tmp_path: Path, save: Save, ending: str
) -> None:
    territory = territories.northwind
    answered = tmp_path / "answered.xlsx"
    fill_workbook(territory.partner, answered, [Answer("Accounts", "Berglunds snabbköp", "Phone", "0046 921 007")])
    (saved,) = save(bench, [answered], ending)
    plan = preview_import(territory.session, [saved]).plan
    proposed = [statement for each in plan.suggestions for statement in each.statements]
    said = plan.statements if ending == "xlsx" else proposed
    assert [(each.field, each.value) for each in said] == [("phone", "0046 921 007")]
    assert (len(plan.statements) + len(plan.suggestions), plan.problems, plan.held) == (1, [], [])
