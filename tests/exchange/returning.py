"""A small team's picture, exported, edited by a person with only a spreadsheet, and read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from accountplanner.domain.cuts import Head
from accountplanner.domain.ids import derived_id
from accountplanner.exchange.base import encode_base, make_export_record, vouched_base
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.derive import derive
from accountplanner.exchange.export_record import ExportFacts, ExportRecord
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.reading.content import take_file
from accountplanner.exchange.returned.candidates import CandidateQuestion
from accountplanner.exchange.returned.findings import BaseAnswer, Returned
from accountplanner.exchange.returned.read import returned_of
from accountplanner.exchange.sync import Manifest, pack_payload, unpack_payload
from accountplanner.exchange.writing.workbook import write_partner_workbook, write_team_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.exchange.derivation import Derivation
    from accountplanner.exchange.projection import Content

PARTNER = "partner:" + "p" * 26
OTHER_PARTNER = "partner:" + "q" * 26
COLLEAGUE = "colleague:" + "c" * 26
_NAMES = (
    "Alpine Foods",
    "Borealis",
    "Café Nord",
    "Delta Öl",
    "Esker",
    "Fjord Fisk",
    "Gletscher",
    "Hav",
    "Isbre",
    "Jökull",
)


def account_id(number: int) -> str:
    return derived_id("account", b"test", str(number))


def contact_id(number: int) -> str:
    return derived_id("contact", b"test", str(number))


def _account(number: int) -> PlainRecord:
    values = {
        "name": _NAMES[number],
        "number": f"{number:05d}",
        "city": f"Ort {number}",
        "postal_code": f"0{1000 + number}",
        "country": "Norway",
        "phone": f"+47 22 {number:02d} 55 0{number}",
        "revenue": f"{1000 * number + 500}.50 EUR",
        "contract_end": f"2027-03-{number + 1:02d}",
        "tags": "fish\nwholesale",
        "tier": "a" if number % 2 else "b",
        "key_problems": "Late on Mondays.\nNobody calls.",
    }
    answers = {"satisfaction": {PARTNER: "satisfied", OTHER_PARTNER: "leaving", COLLEAGUE: "unhappy"}}
    conflicts = frozenset({"phone"}) if number == 3 else frozenset()
    return PlainRecord("account", account_id(number), values, conflicts, answers if number == 1 else {})


def picture() -> list[PlainRecord]:
    """Ten accounts with a contact each, a note, and what two partners brought."""
    accounts = [_account(number) for number in range(10)]
    contacts = [
        PlainRecord(
            "contact",
            contact_id(number),
            {"name": f"Kari Nordmann {number}", "account": account_id(number), "email": f"kari{number}@firm.example"},
        )
        for number in range(10)
    ]
    notes = [
        PlainRecord("note", "note:" + "n" * 26, {"text": "They moved.", "account": account_id(0)}),
        PlainRecord("registration", "registration:" + "r" * 26, {"customer_name": "Mine", "partner": PARTNER}),
        PlainRecord("registration", "registration:" + "s" * 26, {"customer_name": "Theirs", "partner": OTHER_PARTNER}),
    ]
    return [*accounts, *contacts, *notes]


def facts_of(kind: WorkbookKind, *, number: int = 1) -> ExportFacts:
    partner = kind is WorkbookKind.PARTNER
    return ExportFacts(
        f"export:{number:08d}{'e' * 18}",
        kind,
        f"secret {number}".encode(),
        (Head("r1", 7, "d" * 64),),
        "2026-11-22",
        made_by=COLLEAGUE,
        made_by_name="Nora Weiss",
        partner=PARTNER if partner else "",
        partner_name="Exotic Liquids & Co" if partner else "",
    )


@dataclass(frozen=True)
class Exported:
    """An export that left, and how its return is read."""

    path: Path
    content: Content = field(repr=False)
    record: ExportRecord = field(repr=False)
    base: bytes = field(repr=False)

    def alias(self, record: str) -> str:
        return next(alias for alias, held in self.record.aliases.items() if held == record)

    def answer(self, manifest: Manifest, payload: bytes) -> BaseAnswer | None:
        """What the parent would answer: it holds the export record, but no base of its own."""
        if manifest.export != self.record.facts.short or not payload:
            return None
        if self.record.facts.kind is WorkbookKind.TEAM:
            return BaseAnswer(unpack_payload(payload)["base"])
        base = vouched_base(self.record, payload)
        return BaseAnswer(base) if base is not None else None

    def answer_from_store(self, manifest: Manifest, payload: bytes) -> BaseAnswer | None:
        """What the exporter's own laptop would answer where the hidden sheet is gone."""
        if manifest.export != self.record.facts.short:
            return None
        return self.answer(manifest, payload) or BaseAnswer(self.base, stored=True)

    def read(self, path: Path | None = None, *, stored: bool = False) -> Returned:
        ask = self.answer_from_store if stored else self.answer

        def answer(question: object) -> object:
            if isinstance(question, CandidateQuestion):
                return ()
            return ask(*cast("tuple[Manifest, bytes]", question))

        return returned_of(answer, take_file(path or self.path))

    def derive(self, path: Path | None = None, *, stored: bool = False) -> Derivation:
        return derive(self.record, self.read(path, stored=stored), "file")


def exported(path: Path, content: Content) -> Exported:
    base = encode_base(content)
    record = make_export_record(content, base)
    if content.facts.kind is WorkbookKind.TEAM:
        payload = pack_payload({"base": base, "export": record.to_json().encode()})
        written = write_team_workbook(path, content, payload, "key-1")
    else:
        written = write_partner_workbook(path, content, base)
    return Exported(written, content, record, base)


class Person:
    """Somebody with a spreadsheet program: finds cells by what is written beside and above them."""

    def __init__(self, path: Path, target: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self._target = target

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def row(self, sheet: str, text: str) -> int:
        return next(
            int(row[0].row or 0) for row in self.sheet(sheet).iter_rows() if any(cell.value == text for cell in row)
        )

    def column(self, sheet: str, header: str) -> int:
        return next(int(cell.column or 0) for cell in self.sheet(sheet)[1] if cell.value == header)

    def write(self, sheet: str, row: str | int, header: str, value: object) -> None:
        number = self.row(sheet, row) if isinstance(row, str) else row
        self.sheet(sheet).cell(number, self.column(sheet, header)).value = value  # type: ignore[assignment]

    def spare(self, sheet: str, number: int = 0) -> int:
        """The row number of an empty row that has its key already."""
        keyed = [row for row in self.sheet(sheet).iter_rows() if str(row[0].value).startswith("n")]
        return int(keyed[number][0].row or 0)

    def save(self) -> Path:
        self.book.save(self._target)
        return self._target


OpenBy = Callable[[Exported], Person]
"""Gives a person an exported workbook."""
