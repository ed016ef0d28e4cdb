"""Export records: what must be remembered about an export so that any laptop can read its return.

JSON, version 1 (2026-11). It replicates to the team (as a field of an `export` record, and inside the
sealed part of a team workbook) and never leaves it: it holds the secret under which edits get their
ids, and which record hides behind which alias.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accountplanner.domain.canonical import CANON_VERSION
from accountplanner.domain.cuts import Cut, Head
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import fixed, told
from accountplanner.exchange.contract import CONTRACT_VERSION, Column, SheetLayout, WorkbookKind
from accountplanner.exchange.keys import short_id

_FORMAT = 1


class ExportRecordDamagedError(RefusedError):
    """An export record this version cannot read."""

    def __init__(self, *, newer: bool = False) -> None:
        reason = told("it was written by a newer version of the program") if newer else told("it is damaged")
        super().__init__(told("The record of an export cannot be read: {reason}.", reason=fixed(reason)))


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """Who made an export, for whom, when and on what knowledge.

    `cut` is what was known when the values were shown. `recipient` is the id of the colleague the
    workbook is for, `partner` that of the channel partner; the names are what the guide sheet says.
    `made_on` is an ISO date. `currency` completes amounts typed without one. `department` is the key of
    the one a team workbook is shaped for, blank for everybody.
    """

    export_id: str
    kind: WorkbookKind
    secret: bytes
    cut: Cut
    made_on: str
    made_by: str = ""
    made_by_name: str = ""
    recipient: str = ""
    recipient_name: str = ""
    partner: str = ""
    partner_name: str = ""
    currency: str = "EUR"
    department: str = ""

    @property
    def short(self) -> str:
        """The export id as people and row keys carry it."""
        return short_id(self.export_id)

    @property
    def speaker(self) -> str:
        """Whose words come back in this workbook, as far as one can know."""
        return self.partner or self.recipient


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """An export as it was made: its facts, its layout, and what each alias stands for.

    `conflicts` are the (alias, field) cells exported in conflict; `asked` the aliases of the rows
    whose open cells were offered (in a team workbook all of them are); `base_digest` is the keyed
    digest by which a forged base is noticed.
    """

    facts: ExportFacts
    sheets: tuple[SheetLayout, ...]
    aliases: Mapping[str, str]
    conflicts: frozenset[tuple[str, str]] = frozenset()
    asked: frozenset[str] = frozenset()
    base_digest: str = ""
    contract: int = CONTRACT_VERSION
    canon: int = CANON_VERSION

    @property
    def export_id(self) -> str:
        """The id of the export, which is also the basis of every edit made in it."""
        return self.facts.export_id

    def sheet(self, kind: str) -> SheetLayout | None:
        """The sheet that showed records of a kind."""
        return next((sheet for sheet in self.sheets if sheet.kind == kind), None)

    def to_json(self) -> str:
        """Write it, the same text for the same record."""
        return json.dumps(_out(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> "ExportRecord":
        """Read it back.

        Raises:
            ExportRecordDamagedError: it is none, or a newer one.
        """
        try:
            loaded = json.loads(text)
            if loaded["format"] > _FORMAT:
                raise ExportRecordDamagedError(newer=True)
            return _in(loaded)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ExportRecordDamagedError from error


def _out(record: ExportRecord) -> dict[str, Any]:
    facts = record.facts
    return {
        "format": _FORMAT,
        "export": facts.export_id,
        "kind": facts.kind.value,
        "secret": facts.secret.hex(),
        "cut": [[head.replica, head.sequence, head.digest] for head in sorted(facts.cut)],
        "made_on": facts.made_on,
        "made_by": [facts.made_by, facts.made_by_name],
        "recipient": [facts.recipient, facts.recipient_name],
        "partner": [facts.partner, facts.partner_name],
        "currency": facts.currency,
        "department": facts.department,
        "contract": record.contract,
        "canon": record.canon,
        "sheets": [_sheet_out(sheet) for sheet in record.sheets],
        "aliases": dict(record.aliases),
        "conflicts": sorted(record.conflicts),
        "asked": sorted(record.asked),
        "base": record.base_digest,
    }


def _in(loaded: dict[str, Any]) -> ExportRecord:
    facts = ExportFacts(
        export_id=str(loaded["export"]),
        kind=WorkbookKind(loaded["kind"]),
        secret=bytes.fromhex(loaded["secret"]),
        cut=tuple(Head(str(replica), int(sequence), str(digest)) for replica, sequence, digest in loaded["cut"]),
        made_on=str(loaded["made_on"]),
        made_by=str(loaded["made_by"][0]),
        made_by_name=str(loaded["made_by"][1]),
        recipient=str(loaded["recipient"][0]),
        recipient_name=str(loaded["recipient"][1]),
        partner=str(loaded["partner"][0]),
        partner_name=str(loaded["partner"][1]),
        currency=str(loaded["currency"]),
        department=str(loaded.get("department", "")),
    )
    return ExportRecord(
        facts,
        sheets=tuple(_sheet_in(sheet) for sheet in loaded["sheets"]),
        aliases={str(alias): str(record) for alias, record in loaded["aliases"].items()},
        conflicts=frozenset((str(alias), str(field)) for alias, field in loaded["conflicts"]),
        asked=frozenset(map(str, loaded["asked"])),
        base_digest=str(loaded["base"]),
        contract=int(loaded["contract"]),
        canon=int(loaded["canon"]),
    )


def _sheet_out(sheet: SheetLayout) -> list[Any]:
    columns = [[each.field, each.header, int(each.open), int(each.open_on_new)] for each in sheet.columns]
    return [sheet.kind, sheet.name, sheet.spare_rows, columns]


def _sheet_in(loaded: list[Any]) -> SheetLayout:
    kind, name, spare_rows, columns = loaded
    return SheetLayout(
        str(kind),
        str(name),
        tuple(Column(str(field), str(header), bool(opened), bool(new)) for field, header, opened, new in columns),
        int(spare_rows),
    )
