"""A contact as a vCard file: version 3.0, which Outlook, Apple, Google and Nextcloud all read.

Lines are folded at 75 octets and never within a character, and end as the standard says (RFC 2426).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accountplanner.domain.calendar import month_and_day
from accountplanner.domain.canonical import parse_date
from accountplanner.domain.text import clean_line

_LONGEST_LINE = 75
_NO_YEAR = "1604"
"""What Apple's programs write for a birthday without its year; the parameter beside it says so."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card; blank where nothing is known. `uid` tells this card from any other."""

    uid: str
    name: str
    company: str = ""
    unit: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    website: str = ""
    birthday: str = ""


def write_card(card: Card) -> bytes:
    """The bytes of a file with this one card."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Account Planner//EN", *_properties(card), "END:VCARD"]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _properties(card: Card) -> Iterator[str]:
    given, _, family = clean_line(card.name).rpartition(" ")
    yield f"UID:{_escaped(card.uid)}"
    yield f"FN:{_escaped(card.name)}"
    yield f"N:{_structured((family, given, '', '', ''))}"
    if card.company:
        yield f"ORG:{_structured(filter(None, (card.company, card.unit)))}"
    plain = {
        "TITLE": card.title,
        "EMAIL;TYPE=INTERNET,WORK": card.email,
        "TEL;TYPE=WORK,VOICE": card.phone,
        "TEL;TYPE=CELL": card.mobile,
        "URL": card.website,
    }
    yield from (f"{name}:{_escaped(value)}" for name, value in plain.items() if value)
    place = (card.street, card.city, card.region, card.postal_code, card.country)
    if any(place):
        yield f"ADR;TYPE=WORK:{_structured(('', '', *place))}"
    yield from _birthday(card.birthday)


def _birthday(told: str) -> Iterator[str]:
    """The day somebody wrote into their answer about the birthday; without a day there is nothing to write."""
    first = told.split(";", maxsplit=1)[0].split("\n", maxsplit=1)[0].strip()
    if whole := parse_date(first):
        yield f"BDAY:{whole.isoformat()}"
    elif found := month_and_day(told):
        yield f"BDAY;X-APPLE-OMIT-YEAR={_NO_YEAR}:{_NO_YEAR}-{found[0]:02}-{found[1]:02}"


def _structured(parts: Iterable[str]) -> str:
    return ";".join(map(_escaped, parts))


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    folded: list[bytes] = []
    rest = line.encode()
    room = _LONGEST_LINE
    while len(rest) > room:
        cut = room
        # A byte of the form 10xxxxxx stands within a character.
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        folded.append(rest[:cut])
        rest = rest[cut:]
        # The blank a folded line begins with counts, too.
        room = _LONGEST_LINE - 1
    return b"\r\n ".join((*folded, rest))
