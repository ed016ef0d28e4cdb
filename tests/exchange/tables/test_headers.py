"""Lists nobody has mapped yet: what the program proposes, and how sure it says it is."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from accountplanner.exchange.reading.files import tables_of
from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.derive import derive_records
from accountplanner.exchange.tables.headers import propose_mapping
from accountplanner.exchange.tables.mapping_text import read_mapping, write_mapping
from accountplanner.exchange.tables.proposals import TableProposal
from accountplanner.exchange.tables.settling import settled_mapping

DATA = Path(__file__).parents[2] / "data"


def table(name: str, header: list[str], *rows: list[str]) -> RawTable:
    return RawTable(name, tuple(header), tuple(RawRow(number, tuple(row)) for number, row in enumerate(rows, 2)))


def fields(proposal: TableProposal) -> dict[str, str]:
    return {each.column: f"{each.kind}.{each.field}" for each in proposal.columns if each.field}


def customers() -> RawTable:
    rows = [
        [
            f"{number:04}",
            f"Firma {number} GmbH",
            "Weg 1",
            "01067",
            "Dresden",
            "Deutschland",
            f"0351 12345{number}",
            f"a{number}@b{number}.de",
            "Anna Alt",
            "x",
        ]
        for number in range(20)
    ]
    return table(
        "Kunden",
        ["Kd-Nr", "Firma", "Straße", "PLZ", "Ort", "Land", "Telefon", "Mail", "Ansprechpartner", "Bemerkung"],
        *rows,
    )


@pytest.mark.parametrize(
    ("addresses", "field"),
    [
        (["ute@b.example", "p.lindgren@l.example", "lucia@o.example", "office@k.example"], "contact.email"),
        (["info@b.example", "office@l.example", "lucia@o.example", ""], "account.email"),
    ],
)
def test_addresses_made_of_the_contacts_names_are_theirs(addresses: list[str], field: str) -> None:
    people = ["Ute Holtkamp", "Per Lindgren", "Lucía Ortega", "Jan Kok"]
    rows = ([f"Firma {at}", each, addresses[at]] for at, each in enumerate(people))
    (proposal,) = propose_mapping([table("Kunden", ["Company", "Contact person", "E-mail"], *rows)])
    assert fields(proposal) == {"Company": "account.name", "Contact person": "contact.name", "E-mail": field}


def test_a_german_customer_list() -> None:
    (proposal,) = propose_mapping([customers()])
    assert (proposal.kind, proposal.key) == ("account", ("Kd-Nr",))
    assert fields(proposal) == {
        "Kd-Nr": "account.number",
        "Firma": "account.name",
        "Straße": "account.address",
        "PLZ": "account.postal_code",
        "Ort": "account.city",
        "Land": "account.country",
        "Telefon": "account.phone",
        "Mail": "account.email",
        "Ansprechpartner": "contact.name",
    }
    assert proposal.unmapped == ("Bemerkung",)


def test_a_customer_list_whose_name_says_nothing_is_no_list_of_partners() -> None:
    header = ["Kundennummer", "Firma", "Telefon", "Land", "Ort", "PLZ", "Ansprechpartner"]
    row = ["00012", "Müller & Söhne GmbH", "0049 30 123456", "Germany", "Köln", "01067", "Jürgen Weiß"]
    (proposal,) = propose_mapping([table("Tabelle1", header, row)])
    assert proposal.kind == "account"
    assert fields(proposal)["Ansprechpartner"] == "contact.name"


def test_each_column_shows_three_values_and_why() -> None:
    (proposal,) = propose_mapping([customers()])
    name = proposal.columns[1]
    assert name.samples == ("Firma 0 GmbH", "Firma 1 GmbH", "Firma 2 GmbH")
    assert name.why
    assert 0.9 <= name.confidence <= 1


@pytest.mark.parametrize(
    ("header", "value", "field"),
    [
        ("Col5", "a{}@x.com", "contact.email"),
        ("Reach them", "+49 351 12345{}", "contact.phone"),
        ("Emial", "a{}@x.com", "contact.email"),
    ],
)
def test_values_tell_where_headers_do_not(header: str, value: str, field: str) -> None:
    people = table(
        "people", ["Full name", "Position", header], *([f"A {n}", "Buyer", value.format(n)] for n in range(9))
    )
    (proposal,) = propose_mapping([people])
    assert fields(proposal)[header] == field


def test_a_header_is_not_believed_against_its_values() -> None:
    firms = table("customers", ["Company", "Phone"], *([f"Firm {n}", "call the reception"] for n in range(9)))
    (proposal,) = propose_mapping([firms])
    assert "Phone" not in fields(proposal)


def test_people_with_their_organisation_become_contacts_of_accounts() -> None:
    people = table(
        "people",
        ["First name", "Surname", "Company", "E-mail"],
        *([f"A{n}", "B", "Acme Ltd", f"a{n}@acme.com"] for n in range(3)),
    )
    proposals = propose_mapping([people])
    derived = derive_records([people], settled_mapping(proposals, "fair", "EUR"), b"secret")
    assert Counter(each.kind for each in derived.records) == {"contact": 3, "account": 1}
    account = next(each for each in derived.records if each.kind == "account")
    contact = next(each for each in derived.records if each.kind == "contact")
    assert contact.values == {"name": "A0 B", "email": "a0@acme.com", "account": account.record}


def _people_of_customers(*rows: list[str]) -> RawTable:
    header = ["Cust. no.", "COMPANY NAME ", "Street / no", "Town", "Contact person", "Function", "E-mail addr."]
    return table("Tabelle1", header, *rows)


_PETRA = ["10023", "Hofmann Feinkost", "Ringstr. 4", "Leipzig", "Petra Lang", "Purchasing", "p.lang@hofmann.example"]
_UWE = ["10023", "Hofmann Feinkost", "Ringstr. 4", "Leipzig", "Uwe Brandt", "Kitchen", "u.brandt@hofmann.example"]
_ANKE = ["10044", "Bergmann & Söhne", "Am Markt 1", "Erfurt", "Anke Vogt", "Buyer", "a.vogt@bergmann.example"]


def test_several_people_at_one_company_are_people_and_their_companies_keep_their_addresses() -> None:
    people = _people_of_customers(_PETRA, _UWE, _ANKE)
    (proposal,) = propose_mapping([people])
    assert proposal.kind == "contact"
    derived = derive_records([people], settled_mapping([proposal], "mine", "EUR"), b"secret")
    accounts = {each.record: each.values for each in derived.records if each.kind == "account"}
    assert sorted(accounts.values(), key=lambda each: each["number"]) == [
        {"number": "10023", "name": "Hofmann Feinkost", "address": "Ringstr. 4", "city": "Leipzig"},
        {"number": "10044", "name": "Bergmann & Söhne", "address": "Am Markt 1", "city": "Erfurt"},
    ]
    contacts = [each.values for each in derived.records if each.kind == "contact"]
    assert [(each["name"], each["title"], accounts[each["account"]]["name"]) for each in contacts] == [
        ("Petra Lang", "Purchasing", "Hofmann Feinkost"),
        ("Uwe Brandt", "Kitchen", "Hofmann Feinkost"),
        ("Anke Vogt", "Buyer", "Bergmann & Söhne"),
    ]
    assert not derived.problems


def test_one_contact_for_each_customer_keeps_what_they_do_there() -> None:
    (proposal,) = propose_mapping([_people_of_customers(_PETRA, _ANKE)])
    assert (proposal.kind, proposal.key) == ("account", ("Cust. no.",))
    assert fields(proposal)["Function"] == "contact.title"


@pytest.mark.parametrize("folder", ["northwind", "northwind-wild"])
def test_northwind_is_understood_without_its_mapping(folder: str) -> None:
    tables = [each for path in sorted((DATA / folder).glob("*.csv")) for each in tables_of(path)]
    kinds = {each.table: each.kind for each in propose_mapping(tables)}
    assert kinds == {
        "categories": "offering",
        "customers": "account",
        "employees": "colleague",
        "order-details": "purchase",
        "orders": "purchase",
        "products": "offering",
        "suppliers": "partner",
    }


def test_a_settled_proposal_brings_northwind_in_to_the_cent() -> None:
    tables = tables_of(DATA / "northwind" / "northwind.xlsx")
    mapping = settled_mapping(propose_mapping(tables), "nw", "EUR")
    derived = derive_records(tables, read_mapping(write_mapping(mapping)), b"secret")
    purchases = [each.values for each in derived.records if each.kind == "purchase"]
    assert Counter(each.kind for each in derived.records) == {
        "account": 91, "contact": 91, "partner": 29, "colleague": 9, "offering": 85, "purchase": 2155,
    }  # fmt: skip
    assert not derived.problems
    assert sum(Decimal(each["amount"].split()[0]) for each in purchases) == Decimal("1265793.29")
    assert all(each["account"] and each["colleague"] and each["offering"] for each in purchases)


def test_an_empty_table_gets_a_proposal_too() -> None:
    (proposal,) = propose_mapping([table("customers", ["Company", "City"])])
    assert fields(proposal) == {"Company": "account.name", "City": "account.city"}


@pytest.mark.slow
def test_a_table_as_wide_as_a_sheet_can_be_is_looked_at_from_the_left() -> None:
    header = ["Company", *(f"sample {number}" for number in range(16_000))]
    (proposal,) = propose_mapping([table("measured", header, ["Alpine Foods", *["1"] * 16_000])])
    assert fields(proposal)["Company"] == "account.name"
    assert len(proposal.columns) == 1_000
