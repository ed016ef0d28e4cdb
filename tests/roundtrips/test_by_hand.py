"""A person with LibreOffice, at a real one: what they type, sort, filter and fill is what follows, on the right rows."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from tests.roundtrips import programs

from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.importing import preview_import

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet
    from tests.roundtrips.conftest import Territories

    from accountplanner.usecases.import_plans import ImportPlan

pytestmark = pytest.mark.slow


class Calc:
    """A partner's workbook of Northwind, open in Calc: forty accounts below one row of headers."""

    def __init__(self, territories: Territories, bench: programs.Bench) -> None:
        self._territory, self.bench = territories.northwind, bench
        self.session = territories.northwind.session
        self.is_protected = False
        self._saved = bench.folder / "by-hand.xlsx"
        book = openpyxl.load_workbook(self._territory.partner)
        sheet = book["Accounts"]
        self.columns = {str(cell.value): get_column_letter(number) for number, cell in enumerate(sheet[1], 1)}
        self.rows = {str(row[1].value): row[1].row for row in sheet.iter_rows(min_row=2) if row[1].value}
        self.last = f"{get_column_letter(sheet.max_column)}{max(self.rows.values())}"
        book.close()

    def place(self, account: str, header: str) -> str:
        return f"{self.columns[header]}{self.rows[account]}"

    def does(self, *steps: tuple[str, ...]) -> ImportPlan:
        """Take steps on the sheet of accounts, save, and bring the file in."""
        way = "protected-sheet" if self.is_protected else "sheet"
        opening = (("open", self._territory.partner), (way, "Accounts"))
        programs.in_libreoffice(self.bench, *opening, *steps, ("save", self._saved))
        return preview_import(self.session, [self._saved]).plan

    def titles(self) -> dict[str, str]:
        return self.session.store.titles([each.record for each in self.session.store.every("account")])


@pytest.fixture
def calc(territories: Territories, bench: programs.Bench) -> Calc:
    return Calc(territories, bench)


def said(calc: Calc, plan: ImportPlan) -> set[tuple[str, str, str | None]]:
    titles = calc.titles()
    return {(titles[each.record], each.field, each.value) for each in plan.statements}


def test_what_is_typed_into_cells_comes_as_it_was_typed(calc: Calc) -> None:
    plan = calc.does(
        ("type", calc.place("Bon app'", "Phone"), "0099 1"),
        ("type", calc.place("Berglunds snabbköp", "Phone"), "00123"),
        ("type", calc.place("Around the Horn", "Website"), "1-2"),
        ("type", calc.place("Bottom-Dollar Markets", "Phone"), "1E5"),
        ("type", calc.place("Bólido Comidas preparadas", "Key problems as they see them"), "=1+1 is what they say"),
    )
    assert said(calc, plan) == {
        ("Bon app'", "phone", "0099 1"),
        ("Berglunds snabbköp", "phone", "00123"),
        ("Around the Horn", "website", "1-2"),
        ("Bottom-Dollar Markets", "phone", "1E5"),
        ("Bólido Comidas preparadas", "key_problems", "=1+1 is what they say"),
    }
    assert (plan.suggestions, plan.problems, plan.held) == ([], [], [])


def test_sorted_with_its_keys_a_list_still_says_what_was_typed(calc: Calc) -> None:
    plan = calc.does(("type", calc.place("Bon app'", "Phone"), "0099 1"), ("sort", f"A2:{calc.last}", "3"))
    assert said(calc, plan) == {("Bon app'", "phone", "0099 1")}
    assert (plan.suggestions, plan.problems, plan.held) == ([], [], [])


def test_sorted_without_its_keys_nothing_lands_on_another_account(calc: Calc) -> None:
    plan = calc.does(("sort", f"B2:{calc.last}", "2"))
    assert plan.statements == []
    assert any("sorted without column A" in sentence for sentence in plan.held)


def test_what_is_typed_into_a_filtered_list_lands_on_the_rows_seen(calc: Calc) -> None:
    plan = calc.does(
        ("filter", f"A1:{calc.last}", "3", "Berlin"), ("type", calc.place("Alfreds Futterkiste", "Phone"), "0099 1")
    )
    assert said(calc, plan) == {("Alfreds Futterkiste", "phone", "0099 1")}
    assert plan.removed == 0


def test_a_cell_filled_down_is_an_answer_for_each_row(calc: Calc) -> None:
    first, last = calc.place("Alfreds Futterkiste", "Website"), calc.rows["Alfreds Futterkiste"] + 2
    plan = calc.does(("type", first, "www.example.org"), ("fill-down", f"{first}:{first[0]}{last}"))
    assert [(field, value) for _, field, value in said(calc, plan)] == [("website", "www.example.org")] * 3
    assert len({record for record, _, _ in said(calc, plan)}) == 3


def test_what_is_struck_through_or_coloured_is_noticed(calc: Calc) -> None:
    row, last = calc.rows["Bon app'"], calc.last.rstrip("0123456789")
    phone, red = calc.place("Berglunds snabbköp", "Phone"), str(0xFF0000)
    coloured = f"A{calc.rows['Around the Horn']}:{last}{calc.rows['Around the Horn']}"
    plan = calc.does(("strike", f"A{row}:{last}{row}"), ("strike", phone), ("colour", coloured, red))
    assert plan.statements == []
    assert [calc.titles()[each.record] for each in plan.suggestions if each.kind == "removal"] == ["Bon app'"]
    (cleared,) = [each for each in plan.suggestions if each.kind == "value"]
    assert (calc.titles()[cleared.record], cleared.field) == ("Berglunds snabbköp", "phone")
    (told,) = plan.notices
    assert "a colour of somebody’s own: Around the Horn" in told


def test_a_number_pasted_over_the_text_format_is_kept_or_asked(calc: Calc) -> None:
    plan = calc.does(("paste-over", calc.place("Antonio Moreno Taquería", "Phone"), "0815"))
    (listed,) = plan.suggestions
    assert plan.statements == []
    assert "zeros in front may be lost" in listed.reason
    assert listed.value == "815"


# --- on the sheet as it is sent: protected --------------------------------------------------------------------------


def test_a_protected_sheet_is_sorted_filtered_and_answered(calc: Calc) -> None:
    calc.is_protected = True
    plan = calc.does(
        ("sort", f"A2:{calc.last}", "3"),
        ("filter", f"A1:{calc.last}", "3", "Århus"),
        ("type", f"{calc.columns['Phone']}2", "0099 1"),
        ("type", f"{calc.columns['Phone']}1", "Telephone"),
    )
    assert {(field, value) for _, field, value in said(calc, plan)} == {("phone", "0099 1")}
    assert (plan.suggestions, plan.problems, plan.held) == ([], [], []), "the header stayed as it was"


def test_on_a_protected_sheet_rows_come_and_go(calc: Calc) -> None:
    calc.is_protected = True
    plan = calc.does(("insert-row", "3"), ("take-out-row", "2"))
    assert plan.statements == []
    assert plan.removed == 1


def test_checks_on_typing_follow_the_key_when_rows_are_sorted(calc: Calc) -> None:
    calc.is_protected = True
    accounts = [each.record for each in calc.session.store.every("account")]
    partner = calc.session.store.every("partner")[0].record
    asked = export_partner(calc.session, partner, calc.bench.folder / "asked.xlsx", [accounts[0]]).path
    sorted_ = calc.bench.folder / "sorted.xlsx"
    steps = (("open", asked), ("protected-sheet", "Accounts"), ("sort", f"A2:{calc.last}", "2"), ("save", sorted_))
    programs.in_libreoffice(calc.bench, *steps)
    wanted = calc.titles()[accounts[0]]
    for file in (asked, sorted_):
        assert may_answer(calc, file) == {wanted}


def may_answer(calc: Calc, file: Path) -> set[str]:
    """The accounts whose phone takes what is typed, as LibreOffice reckons the check of the cell."""
    book = openpyxl.load_workbook(file)
    sheet = book["Accounts"]
    column = calc.columns["Phone"]
    checks = {row: _check_of(sheet, f"{column}{row}") for row in range(2, sheet.max_row + 1)}
    for row, (formula, first) in checks.items():
        sheet[f"AZ{row}"] = "=" + formula.replace(f"$A{first}", f"$A{row}")
    book.calculation.calcMode = "auto"
    reckoned = calc.bench.folder / f"reckoned-{file.name}"
    book.save(reckoned)
    book.close()
    (told,) = programs.by_libreoffice(
        programs.Bench(calc.bench.profile, calc.bench.folder / "told"), [reckoned], "xlsx"
    )
    with warnings.catch_warnings(action="ignore"):
        shown = openpyxl.load_workbook(told, data_only=True)["Accounts"]
    return {str(row[1].value) for row in shown.iter_rows(min_row=2) if row[51].value}


def _check_of(sheet: Worksheet, place: str) -> tuple[str, int]:
    """The formula of a cell's check, and the row it speaks of: as written that is the first one of its range."""
    check = next(each for each in sheet.data_validations.dataValidation if place in each.sqref)
    return check.formula1, min(each.min_row for each in check.sqref.ranges)
