"""The proof of foreign tables: Northwind goes in with nothing changed that was not asked for."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.usecases.conftest import Laptops, StandingClock

from accountplanner.domain.money import Money
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.import_plans import ImportOptions, ImportResult
from accountplanner.usecases.importing import apply_import, import_files, preview_import
from accountplanner.usecases.ladder import accept_proposals, held_rung, proposals
from accountplanner.usecases.reviewing import accept, queue
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import verify

Files = Callable[[str], list[Path]]


def _rows(files: list[Path], name: str) -> list[dict[str, str]]:
    path = next(path for path in files if path.stem == name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory, northwind: Files) -> Iterator[tuple[Session, ImportResult]]:
    """A workspace with Northwind in it, only to be looked at, and what was said of the import."""
    laptops = Laptops(tmp_path_factory.mktemp("brought"))
    session = laptops.found()
    yield session, import_files(session, northwind("clean"))
    laptops.close()


@pytest.fixture(scope="module")
def holder(brought: tuple[Session, ImportResult]) -> Session:
    return brought[0]


def test_everything_comes_in_and_reads_back_as_it_stood(
    brought: tuple[Session, ImportResult], northwind: Files
) -> None:
    files = northwind("clean")
    holder, result = brought
    assert result.counts.records == {
        "account": 91, "contact": 91, "colleague": 9, "partner": 29, "offering": 85, "purchase": 2155,
    }  # fmt: skip
    accounts = {each.values["number"]: each.values for each in holder.store.every("account")}
    contacts = {each.values["account"]: each.values for each in holder.store.every("contact")}
    ids = {each.values["number"]: each.record for each in holder.store.every("account")}
    for row in _rows(files, "customers"):
        held = accounts[row["CustomerID"]]
        for column, key in (
            ("CompanyName", "name"), ("Address", "address"), ("City", "city"), ("Region", "region"),
            ("PostalCode", "postal_code"), ("Country", "country"), ("Phone", "phone"), ("Fax", "fax"),
        ):  # fmt: skip
            assert held.get(key, "") == row[column], (row["CustomerID"], column)
        person = contacts[ids[row["CustomerID"]]]
        assert (person["name"], person["title"]) == (row["ContactName"], row["ContactTitle"])


def test_partners_read_back_as_they_stood_blanks_at_the_end_included(holder: Session, northwind: Files) -> None:
    files = northwind("clean")
    partners = {each.values["number"]: each.values for each in holder.store.every("partner")}
    for row in _rows(files, "suppliers"):
        held = partners[row["SupplierID"]]
        for column, key in (
            ("CompanyName", "name"), ("ContactName", "contact_name"), ("ContactTitle", "contact_title"),
            ("Address", "address"), ("City", "city"), ("Region", "region"), ("PostalCode", "postal_code"),
            ("Country", "country"), ("Phone", "phone"), ("Fax", "fax"), ("HomePage", "website"),
        ):  # fmt: skip
            assert held.get(key, "") == row[column], (row["SupplierID"], column)


def test_purchases_keep_price_quantity_and_discount_and_add_up(holder: Session, northwind: Files) -> None:
    files = northwind("clean")
    purchases = holder.store.every("purchase")
    offerings = {each.record: each.values.get("number") for each in holder.store.every("offering")}
    held = Counter(
        (
            p.values["order_number"],
            offerings[p.values["offering"]],
            Money.parse(p.values["unit_price"]).as_decimal(),
            Decimal(p.values["quantity"]),
            Decimal(p.values.get("discount", "0")),
        )
        for p in purchases
    )
    stood = Counter(
        (r["OrderID"], r["ProductID"], Decimal(r["UnitPrice"]), Decimal(r["Quantity"]), Decimal(r["Discount"]))
        for r in _rows(files, "order-details")
    )
    assert held == stood
    amounts = [Money.parse(p.values["amount"]) for p in purchases]
    assert sum(amount.minor for amount in amounts) == 126_579_329
    assert {amount.currency for amount in amounts} == {"EUR"}
    assert len({p.values["order_number"] for p in purchases}) == 830


@pytest.mark.slow
def test_colleagues_carry_nothing_but_name_title_reports_to_and_extension(ann: Session, northwind: Files) -> None:
    import_files(ann, northwind("wild"), ImportOptions(rejoin=True))
    colleagues = ann.store.every("colleague")
    assert {key for each in colleagues for key in each.values} == {"name", "title", "reports_to", "extension"}
    written = dump(ann).decode()
    for secret in ("1948-12-08", "507 - 20th Ave", "(206) 555-9857", "Toastmasters"):
        assert secret not in written


def test_the_ladder_proposes_from_distinct_orders_as_of_a_day(laptops: Laptops, northwind: Files) -> None:
    clock = StandingClock(day=date(1998, 5, 6))
    session = laptops.found(clock=clock)
    import_files(session, northwind("clean"))
    found = proposals(session)
    assert Counter((each.proposal.rung, each.proposal.proven) for each in found) == {
        ("client", True): 88, ("customer", True): 1, ("prospect", False): 2,
    }  # fmt: skip
    by_name = {each.name: each for each in found}
    assert by_name["Centro comercial Moctezuma"].proposal.distinct_orders == 1
    accept_proposals(session, found)
    assert held_rung(session, by_name["Alfreds Futterkiste"].account) == "client"
    assert not any(each.is_new for each in proposals(session))


@pytest.mark.slow
def test_torn_rows_wait_for_one_decision_and_then_equal_the_clean_list(laptops: Laptops, northwind: Files) -> None:
    clean, wild = laptops.found("Clean"), laptops.found("Wild")
    import_files(clean, northwind("clean"))
    first = import_files(wild, northwind("wild"))
    assert first.counts.records["account"] == 91 - 24
    waiting = queue(wild)
    assert [item.kind for item in waiting] == ["rejoin"]
    assert "209 torn rows" in waiting[0].title
    accept(wild, [waiting[0].id])
    assert queue(wild) == []
    for kind in ("account", "partner", "purchase", "offering", "colleague", "contact"):
        assert _compared(wild, kind) == _compared(clean, kind)
    again = import_files(wild, northwind("wild"))
    assert (again.counts.new, again.step, queue(wild)) == (0, 0, [])


def _compared(session: Session, kind: str) -> Counter[str]:
    """What a kind's records say, white space and accents aside; ids differ between two teams."""
    from accountplanner.domain.text import search_text  # noqa: PLC0415

    numbers = {
        each.record: each.values.get("number", each.values.get("name", ""))
        for k in _KINDS
        for each in session.store.every(k)
    }
    return Counter(
        repr(
            sorted(
                (k, " ".join(search_text(numbers.get(v, v)).replace("-", " ").replace("'", " ").split()))
                for k, v in each.values.items()
            )
        )
        for each in session.store.every(kind)
    )


_KINDS = ("account", "partner", "offering", "colleague", "contact")


@pytest.mark.slow
def test_importing_again_changes_nothing_and_one_undo_takes_all_back(ann: Session, northwind: Files) -> None:
    files = northwind("clean")
    import_files(ann, files)
    before = dump(ann)
    again = import_files(ann, files)
    assert (again.step, dump(ann)) == (0, before)
    assert any("imported before" in notice for notice in again.notices)
    undo(ann)
    assert not any(ann.store.counts().values())
    import_files(ann, files)
    assert not any(ann.store.counts().values()), "a file imported again after undo changes nothing"
    redo(ann)
    assert ann.store.counts()["purchase"] == 2155
    assert verify(ann) == []


def test_the_next_file_of_a_source_updates_only_changed_cells(ann: Session, tmp_path: Path) -> None:
    first, second = tmp_path / "customers.csv", tmp_path / "later" / "customers.csv"
    second.parent.mkdir()
    header = "CustomerID,CompanyName,ContactName,ContactTitle,Address,City,Region,PostalCode,Country,Phone,Fax\n"
    first.write_text(
        header + "A1,Alpha,Ada,Owner,Road 1,Bonn,,01234,Germany,1,\nB1,Beta,Bea,Owner,Road 2,Ulm,,0,Germany,2,\n"
    )
    second.write_text(
        header + "A1,Alpha,Ada,Owner,Road 9,Bonn,,01234,Germany,1,\nB1,Beta,Bea,Owner,Way 7,Ulm,,0,Germany,2,\n"
    )
    import_files(ann, [first])
    records = {each.values["number"]: each.record for each in ann.store.every("account")}
    set_value(ann, Typed(records["B1"], "address", "Typed by Ann"))
    preview = preview_import(ann, [second])
    assert preview.counts.conflicts == 1
    states = {(item.title, item.label): (item.state, item.before, item.after) for item in preview.items}
    assert states == {
        ("Alpha", "Address"): ("changed", "Road 1", "Road 9"),
        ("Beta", "Address"): ("conflict", "Typed by Ann", "Way 7"),
    }
    apply_import(ann, preview)
    register = ann.store.team.picture(records["B1"]).registers["address", ""]
    assert {sibling.value for sibling in register.siblings} == {"Typed by Ann", "Way 7"}


def test_a_row_that_may_be_a_known_account_waits_and_is_merged_only_by_a_person(ann: Session, tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(
        "Customer no,Company,City,Country,Phone\n7,Blauer See Delikatessen GmbH,Mannheim,Germany,0621-08460\n"
    )
    other.write_text(
        "Id,Customer name,Town,Country,Telephone\nX-7,Blauer See Delikatessen,Mannheim,Germany,0621 08460\n"
    )
    import_files(ann, [one])
    result = import_files(ann, [other])
    assert (result.counts.new, result.counts.suggestions) == (0, 1)
    item = queue(ann)[0]
    assert item.kind == "match"
    assert "phone" in item.reason.lower()
    accept(ann, [item.id])
    assert ann.store.counts()["account"] == 1
    undo(ann)
    assert ann.store.counts()["account"] == 1


def test_good_rows_are_not_held_hostage_and_bad_cells_say_where(ann: Session, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "Order no,Customer,Product,Order date,Quantity,Price\n1,Alpha,Tea,2026-01-05,2,3.50\n2,Alpha,Tea,31.31.2026,two,3.50\n"
    )
    preview = preview_import(ann, [file])
    assert preview.counts.problems >= 1
    places = {(problem.row, problem.column) for problem in preview.plan.problems}
    assert {row for row, _ in places} == {3}
    assert all(problem.found and problem.expected for problem in preview.plan.problems)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";")],
)
def test_lists_of_every_encoding_read_the_same(ann: Session, tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [("Customer no", "Company", "City", "Postal code"), ("007", "Berglunds snabbköp", "Luleå", "01067")]
    file = tmp_path / "list.csv"
    file.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    import_files(ann, [file])
    (account,) = ann.store.every("account")
    assert account.values["name"] == "Berglunds snabbköp"
    assert (account.values["number"], account.values["postal_code"]) == ("007", "01067")
