"""vCard files, one or many people in each, as a list like any other: one row a card.

Read are versions 2.1, 3.0 and 4.0 as Outlook, Apple, Google and Nextcloud write them. Pictures, chats and
anniversaries are never taken. The columns are those that the shipped mapping “own-data” reads.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from accountplanner.domain.sentences import told
from accountplanner.domain.text import clean_line, clean_text
from accountplanner.exchange.personal.content_lines import ContentLine, components, read_lines
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.raw import RawRow, RawTable

CARD_COLUMNS = (
    "vCard",
    "Name",
    "Job title",
    "Company",
    "Company and unit",
    "E-mail",
    "Phone",
    "Mobile",
    "Further numbers",
    "Home address",
    "Birthday",
    "Note",
    "Website",
    "Address",
    "City",
    "Region",
    "Postal code",
    "Country",
    "Further e-mails",
)
_MOST_CARDS = 100_000
_MOBILE = frozenset({"CELL", "MOBILE", "IPHONE"})
_NO_VOICE = frozenset({"FAX", "PAGER", "MODEM", "BBS", "TEXTPHONE"})
_SCHEME = re.compile(r"^(tel|mailto):", re.IGNORECASE)
_DAY = re.compile(r"(\d{4}|--)-?(\d{2})-?(\d{2})(?:T.*)?")
_WITHOUT_YEAR = "1604"
"""The year Apple's programs write where nobody knows it, with a parameter that says so."""

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def read_cards(data: bytes, name: str) -> RawTable:
    """The people of one file; a card of a company alone makes no row, and a note says so.

    Raises:
        FileRefusedError: no card in it can be read, or it holds too many.
    """
    rows: list[RawRow] = []
    companies = cut = further = 0
    for number, card in enumerate(components(read_lines(data), "VCARD"), 1):
        if number > _MOST_CARDS:
            raise FileRefusedError(told("it has more than {most:,} cards; bring it in parts", most=_MOST_CARDS))
        cells = _cells(card) if card is not None else None
        if cells is not None:
            rows.append(RawRow(number, cells))
            further += bool(cells[-1])
        elif card is None:
            cut += 1
        else:
            companies += 1
    if not rows and not companies:
        raise FileRefusedError("it holds no card that is whole")
    return RawTable(name, CARD_COLUMNS, tuple(rows), notes=tuple(_notes(companies, cut, further)))


def _notes(companies: int, cut: int, further: int) -> Iterable[str]:
    if companies:
        yield told("Cards without a person's name, which were left alone: {count:,}.", count=companies)
    if further:
        yield told("People with further e-mail addresses, of which the first was taken: {count:,}.", count=further)
    if cut:
        yield told("The last card is cut off and was left alone.")


def _cells(card: Sequence[ContentLine]) -> tuple[str, ...] | None:
    name = _name(card)
    if not name:
        return None
    company, unit = _company(card)
    emails = [address for line in _ranked(card, "EMAIL") if (address := _bare(line))]
    phone, mobile, further = _numbers(card)
    work = _address(card, at_home=False)
    street, city, region, postal_code, country = work or ("", "", "", "", "")
    # The same card gives the same key tomorrow: its own id, or else what a person is known by.
    key = _first(card, "UID") or " ".join((name, *(emails or [phone or mobile])[:1])).casefold()
    return (
        key,
        name,
        _first(card, "TITLE") or _first(card, "ROLE"),
        company,
        f"{company}, {unit}" if unit else "",
        emails[0] if emails else "",
        phone,
        mobile,
        "\n".join(further),
        "\n".join(filter(None, _address(card, at_home=True))),
        _birthday(card),
        clean_text("\n\n".join(line.text() for line in card if line.name == "NOTE")),
        _first(card, "URL"),
        street,
        city,
        region,
        postal_code,
        country,
        "\n".join(emails[1:]),
    )


def _name(card: Sequence[ContentLine]) -> str:
    """What the person is called; blank for a card whose name is only that of the company."""
    company, _ = _company(card)
    family, given, more, *_ = (*next((line.parts() for line in card if line.name == "N"), []), "", "", "")
    composed = clean_line(" ".join(filter(None, (given, more, family))))
    shown = _first(card, "FN")
    is_company = any(line.name == "X-ABSHOWAS" and line.value.upper() == "COMPANY" for line in card)
    if not composed and (is_company or shown == company):
        return ""
    return shown or composed


def _company(card: Sequence[ContentLine]) -> tuple[str, str]:
    company, *units = next((line.parts() for line in card if line.name == "ORG"), [""])
    return clean_line(company), clean_line(", ".join(filter(None, units)))


def _first(card: Iterable[ContentLine], name: str) -> str:
    return next((text for line in card if line.name == name and (text := clean_line(line.text()))), "")


def _ranked(card: Iterable[ContentLine], name: str) -> list[ContentLine]:
    """The preferred one first, then those at work; else as they stand."""
    return sorted(
        (line for line in card if line.name == name),
        key=lambda line: (not _is_preferred(line), "HOME" in line.types and "WORK" not in line.types),
    )


def _is_preferred(line: ContentLine) -> bool:
    return "PREF" in line.types or line.parameter("PREF") == "1"


def _bare(line: ContentLine) -> str:
    return _SCHEME.sub("", clean_line(line.text())).partition(";ext=")[0].strip()


def _numbers(card: Sequence[ContentLine]) -> tuple[str, str, list[str]]:
    """The number at work, the mobile one, and the others with a word of what they are."""
    phone = mobile = ""
    further: list[str] = []
    for line in _ranked(card, "TEL"):
        number = _bare(line)
        speaks, is_home = not line.types & _NO_VOICE, "HOME" in line.types and "WORK" not in line.types
        if not number or number in {phone, mobile}:
            continue
        if line.types & _MOBILE and speaks and not mobile:
            mobile = number
        elif speaks and not is_home and not line.types & _MOBILE and not phone:
            phone = number
        else:
            further.append(f"{_word(line)}: {number}")
    return phone, mobile, list(dict.fromkeys(further))


def _word(line: ContentLine) -> str:
    words = [word for word in ("HOME", "WORK", "CELL", "FAX", "PAGER") if word in line.types]
    return " ".join(words).capitalize() or "Other"


def _address(card: Sequence[ContentLine], *, at_home: bool) -> tuple[str, ...]:
    for line in _ranked(card, "ADR"):
        if ("HOME" in line.types and "WORK" not in line.types) is not at_home:
            continue
        box, more, street, city, region, postal_code, country, *_ = (*line.parts(), *[""] * 7)
        if any((box, more, street, city, region, postal_code, country)):
            return "\n".join(filter(None, (street, more, box))), city, region, postal_code, country
    return ()


def _birthday(card: Iterable[ContentLine]) -> str:
    line = next((line for line in card if line.name == "BDAY"), None)
    if line is None:
        return ""
    text = clean_line(line.text())
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    try:
        # 2024 has the 29th of February.
        date(2024, int(found[2]), int(found[3]))
    except ValueError:
        return text
    if found[1] in {"--", line.parameter("X-APPLE-OMIT-YEAR") or _WITHOUT_YEAR}:
        return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]}"
    return f"{found[1]}-{found[2]}-{found[3]}"
