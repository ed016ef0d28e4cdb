"""Cards as the programs of the world write them, and the card we write, which reads back the same."""

from __future__ import annotations

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accountplanner.domain.text import clean_line
from accountplanner.exchange.personal.card_writing import Card, write_card
from accountplanner.exchange.personal.vcard import CARD_COLUMNS, read_cards
from accountplanner.exchange.reading.errors import FileRefusedError

OUTLOOK = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;LANGUAGE=de;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.\r\n"
    "FN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:J=F6rg M=FCller\r\n"
    "ORG:Alpine GmbH;Einkauf\r\nTITLE:Leiter Einkauf\r\n"
    "TEL;WORK;VOICE:+49 351 123450\r\nTEL;WORK;FAX:+49 351 123459\r\nTEL;CELL;VOICE:+49 170 1234567\r\n"
    "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Hauptstr. 1=0D=0A=\r\nHinterhaus;Dresden;Sachsen;01067;Deutschland\r\n"
    "EMAIL;PREF;INTERNET:joerg@alpine.example\r\n"
    "PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQSkZJRgABAQ\r\n\r\n"
    "BDAY:19780613\r\nREV:20260301T101010Z\r\nEND:VCARD\r\n"
).encode("cp1252")
APPLE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//macOS 14//EN\r\nN:Nordmann;Kari;;;\r\nFN:Kari Nordmann\r\n"
    "ORG:Nordlys\\, AS;\r\nitem1.EMAIL;type=INTERNET;type=pref:kari@nordlys.example\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
    "EMAIL;type=INTERNET;type=HOME:kari@home.example\r\nitem2.TEL;type=IPHONE;type=CELL:+47 900 11 222\r\n"
    "item3.ADR;type=HOME;type=pref:;;Fjordveien 2;Oslo;;0150;Norge\r\n"
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\nX-SOCIALPROFILE;type=x:https://x.example/kari\r\n"
    "NOTE:First line\\nSecond \\, line\r\n with a fold\r\nUID:abc-1\r\nEND:VCARD\r\n"
)
GOOGLE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ola Hansen\r\nN:Hansen;Ola;;;\r\nitem1.ORG:Borealis\r\nTITLE:CTO\r\n"
    "EMAIL;TYPE=INTERNET:ola@borealis.example\r\nTEL:+47 22 33 44 55\r\nitem2.URL:https\\://borealis.example\r\n"
    "CATEGORIES:myContacts\r\nEND:VCARD\r\n"
)
NEXTCLOUD = (
    "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:4fbe8971\nFN:Siv Lund\nN:Lund;Siv;;;\nORG:Café Nord\n"
    "EMAIL;PREF=2;TYPE=work:second@nord.example\nEMAIL;PREF=1;TYPE=home:siv@nord.example\n"
    'TEL;VALUE=uri;TYPE="voice,work":tel:+47-77-00-11-22;ext=5\nBDAY:--0613\nPHOTO:data:image/png;base64,iVBOR\n'
    "END:VCARD\n"
)


def people(data: bytes | str) -> list[dict[str, str]]:
    table = read_cards(data.encode() if isinstance(data, str) else data, "people")
    return [{name: cell for name, cell in zip(CARD_COLUMNS, row.cells, strict=True) if cell} for row in table.rows]


def test_outlook_with_quoted_printable_in_an_old_charset() -> None:
    (person,) = people(OUTLOOK)
    assert person["Name"] == "Jörg Müller"
    assert (person["Company"], person["Company and unit"]) == ("Alpine GmbH", "Alpine GmbH, Einkauf")
    assert (person["Phone"], person["Mobile"]) == ("+49 351 123450", "+49 170 1234567")
    assert person["Further numbers"] == "Work fax: +49 351 123459"
    assert person["Address"].splitlines() == ["Hauptstr. 1", "Hinterhaus"]
    assert (person["City"], person["Postal code"], person["Birthday"]) == ("Dresden", "01067", "1978-06-13")


def test_apple_with_groups_folds_and_a_birthday_without_its_year() -> None:
    (person,) = people(APPLE)
    assert (person["vCard"], person["Company"]) == ("abc-1", "Nordlys, AS")
    assert (person["E-mail"], person["Further e-mails"]) == ("kari@nordlys.example", "kari@home.example")
    assert person["Birthday"] == "29 February"
    assert person["Note"] == "First line\nSecond , linewith a fold"
    assert person["Home address"] == "Fjordveien 2\nOslo\n0150\nNorge"
    assert "Address" not in person


def test_google_and_nextcloud() -> None:
    ola, siv = people(GOOGLE + NEXTCLOUD)
    assert (ola["Company"], ola["Phone"], ola["Website"]) == ("Borealis", "+47 22 33 44 55", "https://borealis.example")
    assert ola["vCard"] == "ola hansen ola@borealis.example"
    assert (siv["E-mail"], siv["Further e-mails"]) == ("siv@nord.example", "second@nord.example")
    assert (siv["Phone"], siv["Birthday"]) == ("+47-77-00-11-22", "13 June")


def test_a_company_without_a_person_is_told_and_left() -> None:
    firm = "BEGIN:VCARD\nVERSION:3.0\nFN:Alpine\nORG:Alpine\nX-ABShowAs:COMPANY\nEND:VCARD\n"
    table = read_cards((firm + GOOGLE).encode(), "people")
    assert [row.number for row in table.rows] == [2]
    assert table.notes == ("Cards without a person's name, which were left alone: 1.",)


def test_a_card_within_a_card_is_not_a_person_of_its_own() -> None:
    agent = (
        "BEGIN:VCARD\nVERSION:2.1\nN:Boss;Big\nAGENT:\nBEGIN:VCARD\nN:Desk;Front\nEND:VCARD\nTITLE:Head\nEND:VCARD\n"
    )
    assert [(each["Name"], each["Job title"]) for each in people(agent)] == [("Big Boss", "Head")]


def test_utf16_and_a_character_folded_in_its_middle() -> None:
    assert [each["Name"] for each in people(GOOGLE.encode("utf-16"))] == ["Ola Hansen"]
    torn = "BEGIN:VCARD\nFN:Zoë Berg\nEND:VCARD\n".encode().replace("ë".encode(), b"\xc3\n \xab")
    assert [each["Name"] for each in people(torn)] == ["Zoë Berg"]


@pytest.mark.parametrize(
    "hostile",
    [
        b"BEGIN:VCARD\n" * 100_000,
        b"BEGIN:VCARD\nFN:" + b"a\\" * 500_000,
        b"BEGIN:VCARD\n" + b"FN;" * 300_000,
        b"BEGIN:VCARD\nPHOTO;ENCODING=b:" + base64.b64encode(bytes(300_000)),
        b"BEGIN:VCARD\x00\xff\xfe",
    ],
    ids=["nested", "escapes", "parameters", "picture", "octets"],
)
def test_what_means_harm_is_refused_in_one_sentence(hostile: bytes) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read_cards(hostile, "people")
    assert refused.value.sentence.count("\n") == 0


@example(b"\x00", 48)  # a zero byte within the name of a charset
@given(st.binary(max_size=300), st.integers(0, 400))
def test_a_card_damaged_anywhere_is_read_or_refused(noise: bytes, at: int) -> None:
    data = OUTLOOK[:at] + noise + OUTLOOK[at:]
    try:
        rows = read_cards(data, "people").rows
    except FileRefusedError:
        return
    assert all(len(row.cells) == len(CARD_COLUMNS) and row.cells[1] for row in rows)


# --- out ------------------------------------------------------------------------------------------------------------

LINES = st.text(max_size=60).map(clean_line)
FULL = Card(
    "u-1",
    "Anna Lena Berg",
    "Berg; Söhne, GmbH",
    "Einkauf",
    "Leiterin\\Ein",
    "anna@berg.example",
    "+49 351 1",
    "+49 170 2",
    "Haupt 1\nHof",
    "Dresden",
    "Sachsen",
    "01067",
    "Germany",
    "https://berg.example/a;b",
    "13 June 1978; home town Dresden",
)


def test_a_card_out_is_what_other_programs_read() -> None:
    lines = write_card(FULL).decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert "N:Berg;Anna Lena;;;" in lines
    assert "ORG:Berg\\; Söhne\\, GmbH;Einkauf" in lines
    assert "ADR;TYPE=WORK:;;Haupt 1\\nHof;Dresden;Sachsen;01067;Germany" in lines
    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-06-13" in lines
    assert lines[-2:] == ["END:VCARD", ""]


@given(
    st.builds(
        Card,
        uid=st.just("u-1"),
        name=LINES.filter(bool),
        **dict.fromkeys(
            (
                "company",
                "unit",
                "title",
                "email",
                "phone",
                "mobile",
                "street",
                "city",
                "region",
                "postal_code",
                "country",
                "website",
            ),
            LINES,
        ),
    )
)
def test_a_card_out_reads_back_the_same(card: Card) -> None:
    data = write_card(card)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (person,) = people(data)
    assert (person["vCard"], person["Name"]) == (card.uid, card.name)
    for column, told in (("Job title", card.title), ("Website", card.website), ("City", card.city)):
        assert person.get(column, "") == told
    assert person.get("Company", "") == card.company
    assert person.get("Address", "") == card.street


@pytest.mark.parametrize(
    ("told", "read"), [("1978-06-13", "1978-06-13"), ("29 February", "29 February"), ("spring", "")]
)
def test_a_birthday_out_reads_back_as_far_as_it_names_a_day(told: str, read: str) -> None:
    (person,) = people(write_card(Card("u", "Eva Berg", birthday=told)))
    assert person.get("Birthday", "") == read
