"""Bringing tables in, sending workbooks and taking them back, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.cli.conftest import NORTHWIND

from accountplanner.exchange.filling import Answer, fill_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")
CUSTOMERS = NORTHWIND / "customers.csv"


def test_a_preview_changes_nothing_and_the_import_does_what_it_said(done: Callable[..., Outcome]) -> None:
    before = done("dump").out
    preview = done("import", CUSTOMERS, "--map", "northwind", "--preview", "--json").json
    assert done("dump").out == before
    assert (preview["applied"], preview["step"]) == (False, 0)
    assert preview["counts"]["records"] == {"account": 91, "contact": 91}
    done_import = done("import", CUSTOMERS, "--map", "northwind", "--json").json
    assert done_import["applied"]
    assert done_import["counts"]["records"] == preview["counts"]["records"]
    assert done("show", "account", "ALFKI", "--json").json["values"]["postal_code"] == "12209"


@pytest.mark.slow
def test_one_change_is_left_out_by_its_id(
    done: Callable[..., Outcome], call: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("import", CUSTOMERS, "--map", "northwind")
    sent, back = tmp_path / "sent.xlsx", tmp_path / "back.xlsx"
    done("export", "team", sent)
    fill_workbook(
        sent,
        back,
        [
            Answer("Accounts", "Berglunds snabbköp", "City", "Umeå"),
            Answer("Accounts", "Ernst Handel", "City", "Linz"),
        ],
    )
    listed = [line.split("\t") for line in done("import", back, "--preview").out.splitlines() if "\t" in line]
    (unwanted,) = [line[-1] for line in listed if "Linz" in line]
    assert call("import", back, "--leave-out", "nothing").code == 2
    done("import", back, "--leave-out", unwanted)
    assert done("show", "account", "Berglunds snabbköp", "--json").json["values"]["city"] == "Umeå"
    assert done("show", "account", "Ernst Handel", "--json").json["values"]["city"] == "Graz"


def test_a_file_imported_again_changes_nothing(done: Callable[..., Outcome]) -> None:
    done("import", CUSTOMERS, "--map", "northwind")
    before = done("dump").out
    again = done("import", CUSTOMERS, "--map", "northwind")
    assert "was imported before" in again.out
    assert done("dump").out == before


def test_an_import_is_one_step(done: Callable[..., Outcome]) -> None:
    before = done("dump").out
    done("import", CUSTOMERS, "--map", "northwind")
    done("undo")
    assert done("list", "account", "--json").json == []
    assert before
    done("redo")
    assert len(done("list", "account", "--limit", "0", "--json").json) == 91


@pytest.mark.slow
def test_a_file_imported_again_after_undo_changes_nothing_and_offers_redo(
    done: Callable[..., Outcome], tmp_path: Path
) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("Company,City\nContoso,Graz\n", encoding="utf-8")
    step = done("import", table, "--json").json["step"]
    done("undo")
    done("add", "account", "Fabrikam")
    before = done("dump").out
    again = done("import", table)
    assert "was undone; it stays undone. To bring it back: accountplanner redo --step" in again.out
    assert done("import", table, "--preview", "--json").json["undone"][0]["step"] == step
    assert done("dump").out == before
    done("redo", "--step", step)
    assert {row["name"] for row in done("list", "account", "--json").json} == {"Contoso", "Fabrikam"}
    assert "undone" not in done("import", table).out


def test_bad_cells_come_back_with_their_place(call: Callable[..., Outcome], tmp_path: Path) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("Company,Employees,Country\nContoso,twelve,Austria\nFabrikam,12,Austria\n", encoding="utf-8")
    outcome = call("import", table, "--json")
    assert outcome.code == 1
    problem = outcome.json["problems"][0]
    assert (problem["row"], problem["column"], problem["found"]) == (2, "Employees", "twelve")
    assert "Fabrikam" in [row["name"] for row in call("list", "account", "--json").json]


def test_a_row_with_a_bad_cell_is_written_out_mended_and_brought_again(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    table, rejected = tmp_path / "accounts.csv", tmp_path / "rejected.csv"
    table.write_text("Company,Employees,Country\nContoso,twelve,Austria\nFabrikam,12,Austria\n", encoding="utf-8")
    first = call("import", table, "--rejected", rejected)
    assert (first.code, "review list" in first.err) == (1, False)
    rejected.write_text(rejected.read_text(encoding="utf-8-sig").replace(",twelve,", ",13,"), encoding="utf-8")
    done("import", rejected)
    assert {(row["name"], row["employees"]) for row in done("list", "account", "--json").json} == {
        ("Contoso", "13"),
        ("Fabrikam", "12"),
    }


def test_columns_nothing_is_known_of_are_named(done: Callable[..., Outcome], tmp_path: Path) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("Company,Country,Qwertz\nContoso,Austria,7b\n", encoding="utf-8")
    assert "accounts: these columns were left alone: Qwertz." in done("import", table).out


@pytest.mark.parametrize(("name", "word"), [("rejected.xlsx", "CSV"), ("accounts.csv", "the list itself")])
def test_rejected_rows_go_into_a_csv_file_of_their_own(
    call: Callable[..., Outcome], tmp_path: Path, name: str, word: str
) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("Company,Employees\nContoso,twelve\n", encoding="utf-8")
    outcome = call("import", table, "--rejected", tmp_path / name)
    assert (outcome.code, word in outcome.err) == (2, True)
    assert table.read_text(encoding="utf-8").startswith("Company,")
    assert call("list", "account", "--json").json == []


@pytest.mark.parametrize("name", ["nothing.xlsx", "broken.xlsx"])
def test_a_file_that_cannot_be_read_is_3(call: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    outcome = call("import", tmp_path / name)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.count("\n") == 1
    assert name in outcome.err


def test_a_mapping_nobody_knows_is_2(call: Callable[..., Outcome]) -> None:
    outcome = call("import", CUSTOMERS, "--map", "eastwind")
    assert outcome.code == 2
    assert "northwind" in outcome.err


def test_a_team_workbook_comes_back_untouched_and_edited(done: Callable[..., Outcome], tmp_path: Path) -> None:
    done("add", "account", "Contoso", "city=Graz")
    book = tmp_path / "team.xlsx"
    exported = done("export", "team", book, "--json").json
    assert exported[0]["path"] == str(book)
    before = done("dump").out
    assert done("import", book, "--json").json["counts"]["changed"] == 0
    assert done("dump").out == before
    _type_over(book, "Graz", "Wien")
    assert done("import", book, "--json").json["counts"]["changed"] == 1
    assert done("show", "account", "Contoso", "--json").json["values"]["city"] == "Wien"


def test_a_conflict_waits_in_the_queue_until_it_is_resolved(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("add", "account", "Contoso", "city=Graz")
    book = tmp_path / "team.xlsx"
    done("export", "team", book)
    _type_over(book, "Graz", "Wien")
    done("set", "account", "Contoso", "city", "Linz")
    assert call("import", book).code == 1
    item = done("review", "list", "--json").json[0]
    assert (item["kind"], {value["value"] for value in item["values"]}) == ("conflict", {"Wien", "Linz"})
    assert "City [1]" in done("show", "account", "Contoso").out
    assert "is a conflict" in call("review", "accept", item["id"]).err
    assert call("review", "resolve", item["id"]).code == 2
    number = next(value["number"] for value in item["values"] if value["value"] == "Wien")
    done("review", "resolve", item["id"], number)
    assert done("show", "account", "Contoso", "--json").json["values"]["city"] == "Wien"
    assert done("review", "list", "--json").json == []
    assert done("review", "list").out == "Nothing waits for you.\n"
    assert done("review", "accept", "all").out == "Nothing to change.\n"
    assert call("review", "accept", "").code == 2


@pytest.mark.slow
def test_torn_rows_are_shown_before_anything_is_decided(call: Callable[..., Outcome], workspace: Path) -> None:
    assert workspace.is_dir()
    wild = NORTHWIND.with_name("northwind-wild")
    outcome = call("import", wild / "suppliers.csv", wild / "products.csv", wild / "categories.csv", "--preview")
    told = outcome.out.partition("all at once by --rejoin:\n")[2].splitlines()
    assert len([line for line in told if line.startswith("  suppliers, row ")]) == 9
    joined = call(
        "import", wild / "suppliers.csv", wild / "products.csv", wild / "categories.csv", "--rejoin", "--json"
    )
    assert joined.json["rejoined"] == 9
    made = call("list", "partner", "--json").json[0]["id"]
    assert "list “northwind”" in call("show", "partner", made).out


@pytest.mark.slow
def test_a_number_chosen_from_an_older_list_chooses_nothing(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("add", "account", "Contoso", "city=Graz")
    books = [tmp_path / "one.xlsx", tmp_path / "other.xlsx"]
    for book, city in zip(books, ("Wien", "Bern"), strict=True):
        done("export", "team", book)
        _type_over(book, "Graz", city)
    done("set", "account", "Contoso", "city", "Linz")
    assert call("import", books[0]).code == 1
    chosen = done("review", "list", "--json").json[0]["id"]
    assert "whole id" in call("review", "resolve", chosen.partition(".")[0], "1").err
    assert call("import", books[1]).code == 1
    refused = call("review", "resolve", chosen, "1")
    assert (refused.code, refused.err.startswith("Other values stand there by now")) == (2, True)
    item = done("review", "list", "--json").json[0]
    assert {value["value"] for value in item["values"]} == {"Linz", "Wien", "Bern"}
    bern = next(value["number"] for value in item["values"] if value["value"] == "Bern")
    done("review", "resolve", item["id"], bern)
    assert done("show", "account", "Contoso", "--json").json["values"]["city"] == "Bern"


def test_a_partner_workbook_holds_their_accounts_only(done: Callable[..., Outcome], tmp_path: Path) -> None:
    done("add", "account", "Contoso")
    done("add", "account", "Hidden Ltd")
    done("partner", "add", "Reseller", "city=Linz")
    done("partner", "scope", "Reseller", "Contoso")
    assert [each["name"] for each in done("partner", "scope", "Reseller", "--json").json] == ["Contoso"]
    book = tmp_path / "partner.xlsx"
    done("export", "partner", "--partner", "Reseller", book)
    shown = {str(cell.value) for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row}
    assert any("Contoso" in text for text in shown)
    assert not any("Hidden" in text for text in shown)
    assert done("export", "partner", "--all", "--out", tmp_path / "all", "--json").json[0]["path"].endswith(".xlsx")
    done("partner", "scope", "Reseller", "Contoso", "--remove")
    assert [each["accounts"] for each in done("partner", "list", "--json").json] == [0]


def test_only_the_accounts_named_are_asked_about(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("partner", "add", "Reseller")
    for name in ("Contoso", "Fabrikam"):
        done("add", "account", name)
        done("partner", "scope", "Reseller", name)
    book = tmp_path / "partner.xlsx"
    done("export", "partner", "--partner", "Reseller", "--ask", "Fabrikam", book)
    sheet = openpyxl.load_workbook(book)["Accounts"]
    opened = {row[1].value: any(cell.fill.fgColor.rgb == "FFFFF6D6" for cell in row) for row in sheet.iter_rows(2, 3)}
    assert opened == {"Fabrikam": True, "Contoso": False}
    assert call("export", "partner", "--partner", "Reseller", "--ask", "Nobody", book).code == 2
    assert call("export", "partner", "--partner", "Reseller", tmp_path).code == 2
    assert not [each for each in tmp_path.parent.iterdir() if each.name.startswith(f"{tmp_path.name} (")]


def test_partners_of_one_name_get_a_workbook_each(done: Callable[..., Outcome], tmp_path: Path) -> None:
    for account in ("Contoso", "Fabrikam"):
        done("add", "account", account)
        done("partner", "add", "Reseller")
    for partner, account in zip(done("partner", "list", "--json").json, ("Contoso", "Fabrikam"), strict=True):
        done("partner", "scope", partner["id"], account)
    written = done("export", "partner", "--all", "--out", tmp_path / "all", "--json").json
    assert len({each["path"].casefold() for each in written}) == len(list((tmp_path / "all").iterdir())) == 2


def test_a_dump_for_a_partner_holds_what_they_may_see(
    call: Callable[..., Outcome], done: Callable[..., Outcome]
) -> None:
    done("add", "account", "Contoso", "city=Graz")
    done("add", "account", "Hidden Ltd")
    done("partner", "add", "Reseller")
    done("partner", "scope", "Reseller", "Contoso")
    shown = done("dump", "--clearance", "partner:Reseller")
    assert [each["fields"] for each in shown.json["accounts"]] == [{"name": "Contoso", "city": "Graz"}]
    done("set", "account", "Hidden Ltd", "city", "Wien")
    assert done("dump", "--clearance", "partner:Reseller").out == shown.out
    assert call("dump", "--clearance", "everybody").code == 2
    assert call("dump", "--clearance", "partner:Nobody").code == 2


@pytest.mark.parametrize("arguments", [(), ("--all",), ("--partner", "Reseller"), ("a.xlsx",), ("--all", "a.xlsx")])
def test_a_partner_workbook_needs_a_partner_and_a_place(
    call: Callable[..., Outcome], arguments: tuple[str, ...]
) -> None:
    outcome = call("export", "partner", *arguments)
    assert (outcome.code, outcome.err) == (2, "Write either --partner NAME FILE or --all --out DIR.\n")


@pytest.mark.slow
def test_rungs_are_proposed_as_of_a_day_and_taken_on(done: Callable[..., Outcome]) -> None:
    done("import", *sorted(NORTHWIND.glob("*.csv")), "--map", "northwind", "--currency", "USD")
    assert done("list", "purchase", "--where", "order_number=10248", "--json").json[0]["amount"].endswith(" USD")
    early = done("--as-of", "1996-07-05", "ladder", "list", "VINET", "--json").json[0]
    assert (early["rung"], early["distinct_orders"]) == ("customer", 1)
    later = done("--as-of", "1998-05-06", "ladder", "list", "VINET", "--json").json[0]
    assert (later["rung"], later["distinct_orders"], later["proven"]) == ("client", 5, True)
    assert done("--as-of", "1998-05-06", "show", "account", "VINET", "--json").json["ladder"] == later
    done("--as-of", "1998-05-06", "ladder", "accept", "VINET")
    assert done("ladder", "list", "VINET", "--json").json[0]["holds"] == "client"


def _type_over(book: Path, old: str, new: str) -> None:
    """Do what a person with Excel does, in every visible cell that shows the old value."""
    workbook = openpyxl.load_workbook(book)
    for sheet in workbook:
        for row in sheet.iter_rows() if sheet.sheet_state == "visible" else ():
            for cell in row:
                if cell.value == old:
                    cell.value = new
    workbook.save(book)


def test_a_receipt_says_what_became_of_each_answer(done: Callable[..., Outcome], tmp_path: Path) -> None:
    done("import", CUSTOMERS, "--map", "northwind")
    done("partner", "add", "Nordic Foods")
    done("partner", "scope", "Nordic Foods", "Berglunds snabbköp")
    sent, back = tmp_path / "sent.xlsx", tmp_path / "back.xlsx"
    done("export", "partner", "--partner", "Nordic Foods", sent)
    assert done("receipt", "Nordic Foods", "--json").json == []
    workbook = openpyxl.load_workbook(sent)
    sheet = workbook["Accounts"]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(2, headers.index("Website") + 1).value = "www.berglunds.example"
    workbook["Partner notes"]["B2"] = "They open a second kitchen"
    workbook.save(back)
    workbook.close()
    done("import", back)
    lines = done("receipt", "Nordic Foods", "--json").json
    answers = {("Berglunds snabbköp", "www.berglunds.example"), ("They open a second kitchen",) * 2}
    assert {(line["about"], line["answer"]) for line in lines} == answers
    assert {line["outcome"] for line in lines} == {"Taken over, thank you"}


@pytest.mark.slow
def test_whoever_sits_at_a_terminal_is_asked_for_a_password_where_personal_answers_may_leave(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = ["sesame", "open", "sesame", "sesame"]

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return answers.pop(0)

    monkeypatch.setattr("accountplanner.cli.passphrases._is_attended", lambda: True)
    monkeypatch.setattr("getpass.getpass", typed)
    team = tmp_path / "team.xlsx"
    refused = call("export", "team", team)
    assert (refused.code, refused.err) == (3, "The two passwords differ; nothing was written.\n")
    assert not team.exists()
    assert "encrypted with the password" in done("export", "team", team).out
    assert all("may hold personal answers" in prompt for prompt in asked[::2])
    # Neither what has no personal answers nor who says so is asked.
    for plain in (("--department", "service"), ("--no-password",)):
        assert "encrypted" not in done("export", "team", team, *plain).out
    assert answers == []
    assert call("export", "team", team, "--no-password", "--password-file", team).code == 2


@pytest.mark.slow
def test_a_workbook_leaves_and_comes_back_under_its_password(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("add", "account", "Alpine")
    done("add", "contact", "Kari", "account=Alpine")
    done("set", "contact", "Kari", "mackay_hobbies", "kites")
    word, team = tmp_path / "word.txt", tmp_path / "team.xlsx"
    word.write_text("sesame\n", encoding="utf-8")
    plain = call("export", "team", tmp_path / "plain.xlsx")
    assert plain.code == 0
    assert "not encrypted" in plain.err
    assert "--password-file" in plain.err
    locked = done("export", "team", team, "--password-file", word)
    assert "encrypted with the password" in locked.out
    assert "not encrypted" not in locked.err
    refused = call("import", team)
    assert refused.code == 3
    assert refused.err.startswith("“team.xlsx” cannot be read: it is locked with a password. To open it, ")
    assert "--password-file" in refused.err
    assert done("import", team, "--password-file", word, "--json").json["step"] == 0
    monkeypatch.setenv("ACCOUNTPLANNER_EXPORT_PASSWORD", "sesame")
    assert done("export", "team", tmp_path / "again.xlsx", "--json").json[0]["locked"] is True


@pytest.mark.slow
def test_a_cell_that_a_spreadsheet_program_damaged_is_told_listed_and_left_as_it_was(
    done: Callable[..., Outcome], call: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("import", CUSTOMERS, "--map", "northwind")
    file = tmp_path / "team.xlsx"
    done("export", "team", file)
    book = openpyxl.load_workbook(file)
    (cell,) = (cell for row in book["Accounts"].iter_rows() for cell in row if cell.value == "05021")
    cell.value = 5021
    book.save(file)
    preview = call("import", file, "--preview").out
    assert "found “5021”, expected “05021”: a spreadsheet program made a number" in preview
    assert call("import", file).code == 1
    (listed,) = call("review", "list", "--json").json
    assert (listed["kind"], listed["label"]) == ("damage", "Postal code")
    assert "“05021” stays" in listed["reason"]
    done("review", "accept", "all")
    assert done("show", "account", "ANATR", "--json").json["values"]["postal_code"] == "05021"
    assert call("review", "list", "--json").json == []
    assert call("import", file).code == 0
