"""What people do between laptops: send a workbook, fill one in with another program, look at what came of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl

from accountplanner.domain.catalogue import field_named
from accountplanner.domain.fields import Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Source
from accountplanner.exchange.filling import Answer, fill_workbook
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.partners import add_partner, set_scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from accountplanner.domain.fields import Layer
    from accountplanner.usecases.import_plans import ImportResult
    from accountplanner.usecases.session import Session


@dataclass(frozen=True)
class Picture:
    """The ids of a small customer picture: three accounts, a contact at each, a partner who may see two of them."""

    accounts: dict[str, str]
    contacts: dict[str, str]
    partner: str


def small_picture(session: Session) -> Picture:
    """Type in a small customer picture."""
    accounts = {name: _account(session, name, city) for name, city in _ACCOUNTS}
    contacts = {person: _contact(session, person, accounts[firm]) for person, firm in _CONTACTS}
    partner, _ = add_partner(session, "Exotic Liquids")
    set_scope(session, partner, [accounts["Alpine"], accounts["Borealis"]], covers=True)
    return Picture(accounts, contacts, partner)


_ACCOUNTS = (("Alpine", "Oslo"), ("Borealis", "Bergen"), ("Café Nord", "Tromsø"))
_CONTACTS = (("Kari Nordmann", "Alpine"), ("Ola Hansen", "Borealis"), ("Siv Lund", "Café Nord"))


def _account(session: Session, name: str, city: str) -> str:
    return create_record(session, "account", {"name": name, "city": city, "phone": "+47 22 00 00 00"})[0]


def _contact(session: Session, name: str, account: str) -> str:
    email = f"{name.partition(' ')[0].lower()}@firm.example"
    return create_record(session, "contact", {"name": name, "account": account, "email": email})[0]


def say(session: Session, record: str, field: str, text: str, layer: Layer | None = None, speaker: str = "") -> None:
    """Type one value, a sensitive one with consent."""
    said = Source(speaker=speaker, origin=consent_for(record, field))
    set_value(session, Typed(record, field, text, layer=layer, source=said))


def consent_for(record: str, field: str) -> str:
    """The origin a sensitive answer needs, nothing for any other."""
    is_special = field_named(kind_of(record), field).privacy is Privacy.SPECIAL
    return "consent:asked on the visit" if is_special else ""


def value(session: Session, record: str, field: str, voice: str = "") -> str | None:
    """What the team's picture shows in a field."""
    register = session.store.team.picture(record).registers.get((field, voice))
    return register.value if register else None


def values(session: Session, record: str, field: str, voice: str = "") -> set[str | None]:
    """Everything that survives in a field: several values are a conflict."""
    register = session.store.team.picture(record).registers.get((field, voice))
    return {sibling.value for sibling in register.siblings} if register else set()


def sent(sender: Session, file: Path) -> Path:
    """Write the sender's team workbook to a file."""
    return export_team(sender, file).path


def bring(session: Session, *files: Path) -> ImportResult:
    """Import files as they are."""
    return import_files(session, files)


def level(folder: Path, *sessions: Session) -> None:
    """Send everybody's team workbook to everybody else until each has all there was before."""
    for turn in range(2):
        files = [sent(each, folder / f"level-{turn}-{number}.xlsx") for number, each in enumerate(sessions)]
        for number, each in enumerate(sessions):
            bring(each, *(file for other, file in enumerate(files) if other != number))


def agree(*sessions: Session) -> bool:
    """Whether all laptops print the same dump, byte for byte."""
    return len({dump(each) for each in sessions}) == 1


def filled(source: Path, target: Path, *answers: tuple[str, str, str, str]) -> Path:
    """Fill cells (sheet, row title, header, text) and save under another name."""
    fill_workbook(source, target, [Answer(*answer) for answer in answers])
    return target


def reworked(source: Path, target: Path, work: Callable[[openpyxl.Workbook], None]) -> Path:
    """Do anything another spreadsheet program can do."""
    book = openpyxl.load_workbook(io.BytesIO(source.read_bytes()))
    work(book)
    book.save(target)
    book.close()
    return target


def row_of(sheet: Worksheet, title: str) -> int:
    """The number of the row with this title."""
    return next(int(row[0].row or 0) for row in sheet.iter_rows() if row[1].value == title)


def column_of(sheet: Worksheet, header: str) -> int:
    """The number of the column with this header."""
    return next(cell.column for cell in sheet[1] if cell.value == header)


def texts(file: Path, *, visible: bool = False) -> set[str]:
    """Every text in the cells of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    shown: Iterable[Worksheet] = [each for each in book.worksheets if not visible or each.sheet_state == "visible"]
    found = {str(cell.value) for sheet in shown for row in sheet.iter_rows() for cell in row if cell.value is not None}
    book.close()
    return found
