"""A person with LibreOffice, at a real one: what they type, sort, filter and fill is what follows, on the right rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from tests.roundtrips import programs

from accountplanner.usecases.importing import preview_import

if TYPE_CHECKING:
    from tests.roundtrips.conftest import Territories

    from accountplanner.usecases.import_plans import ImportPlan

pytestmark = pytest.mark.slow


class Calc:
    """A partner's workbook of Northwind, open in Calc: forty accounts below one row of headers."""

    def __init__(self, territories: Territories, bench: programs.Bench) -> None:
        self._territory, self._bench = territories.northwind, bench
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
        opening = (("open", self._territory.partner), ("sheet", "Accounts"))
        programs.in_libreoffice(self._bench, *opening, *steps, ("save", self._saved))
        return preview_import(self._territory.session, [self._saved]).plan

    def titles(self) -> dict[str, str]:
        return self._territory.session.store.titles(
            [each.record for each in self._territory.session.store.every("account")]
        )


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


def test_a_number_pasted_over_the_text_format_is_kept_or_asked(calc: Calc) -> None:
    plan = calc.does(("paste-over", calc.place("Antonio Moreno Taquería", "Phone"), "0815"))
    (listed,) = plan.suggestions
    assert plan.statements == []
    assert "zeros in front may be lost" in listed.reason
    assert "“815”" in listed.reason
