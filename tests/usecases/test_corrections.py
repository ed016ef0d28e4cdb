"""Bad cells of a list put right by hand before it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import apply_import, import_files, preview_import
from accountplanner.usecases.mapping_choices import Correction, correction_of, may_be_corrected

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")

LIST = "Customer number,Company,Contract end,Employees\nA1,Alpine,32.13.2026,12\nB2,Borealis,2027-01-31,many\n"


def listed(path: Path) -> Path:
    path.write_text(LIST, "utf-8")
    return path


def test_a_cell_put_right_comes_in_as_if_it_had_stood_there(ann: Session, tmp_path: Path) -> None:
    file = listed(tmp_path / "customers.csv")
    problems = {problem.found: problem for problem in preview_import(ann, [file]).plan.problems}
    assert {"32.13.2026", "many"} <= problems.keys()
    assert all(map(may_be_corrected, problems.values()))
    fixes: tuple[Correction, ...] = (
        correction_of(problems["32.13.2026"], "31.12.2026"),
        correction_of(problems["many"], "lots"),
    )
    again = preview_import(ann, [file], ImportOptions(corrections=fixes))
    (left,) = [problem for problem in again.plan.problems if problem.column == "Employees"]
    assert left.found == "lots"
    fixes = (*fixes, correction_of(left, "40"))
    ready = preview_import(ann, [file], ImportOptions(corrections=fixes))
    assert ready.plan.problems == []
    apply_import(ann, ready)
    accounts = {each.values["name"]: each.values for each in ann.store.every("account")}
    assert accounts["Alpine"]["contract_end"] == "2026-12-31"
    assert accounts["Borealis"]["employees"] == "40"
    assert file.read_text("utf-8") == LIST


def test_the_file_again_without_the_corrections_takes_nothing_back(ann: Session, tmp_path: Path) -> None:
    file = listed(tmp_path / "customers.csv")
    fixes = (Correction("customers", 2, "Contract end", "32.13.2026", "31.12.2026"),)
    apply_import(ann, preview_import(ann, [file], ImportOptions(corrections=fixes)))
    import_files(ann, [file])
    accounts = {each.values["name"]: each.values for each in ann.store.every("account")}
    assert accounts["Alpine"]["contract_end"] == "2026-12-31"


def test_a_correction_is_made_only_where_the_cell_shows_what_was_found(ann: Session, tmp_path: Path) -> None:
    file = listed(tmp_path / "customers.csv")
    astray = (Correction("customers", 3, "Contract end", "32.13.2026", "31.12.2026"),)
    apply_import(ann, preview_import(ann, [file], ImportOptions(corrections=astray)))
    accounts = {each.values["name"]: each.values for each in ann.store.every("account")}
    assert accounts["Borealis"]["contract_end"] == "2027-01-31"
