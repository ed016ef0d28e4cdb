"""Workbooks that left this computer with somebody in them: nobody can take them back, so they are named."""

import base64
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from accountplanner.domain.statements import Entry
from accountplanner.domain.text import search_text
from accountplanner.exchange.base import base_cells
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.export_record import ExportRecord, ExportRecordDamagedError
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.session import Session


class SentWorkbook(NamedTuple):
    """An export as the history names it, and the day it was made, as an ISO date."""

    title: str
    made_on: str


def workbooks_with(session: Session, records: Collection[str], names: Collection[str]) -> tuple[SentWorkbook, ...]:
    """Name the exports in which something about these records stood, or whose cells name somebody so called.

    To be asked before an erasure, which takes away what this is known by.
    """
    entries = [entry for group in session.store.team.entries(records).values() for entry in group]
    naming = _naming(session, names)
    return tuple(
        SentWorkbook(export.values.get("title", export.record), export.values.get("made_on", ""))
        for export in session.store.every("export")
        if export.record in naming or _held(session, export.record, records, entries)
    )


def _held(session: Session, export: str, records: Collection[str], entries: Iterable[Entry]) -> bool:
    try:
        record = known_export(session, export)
    except ExportRecordDamagedError:
        # A newer program wrote it: what it showed cannot be known here, so it may have held anybody.
        return True
    return record is not None and (_shows(record, records) or _carries(session, record, entries))


def _shows(record: ExportRecord, records: Collection[str]) -> bool:
    return not set(records).isdisjoint(record.aliases.values())


def _carries(session: Session, record: ExportRecord, entries: Iterable[Entry]) -> bool:
    """Whether the hidden part of a team workbook holds it: that is everything its writer knew."""
    if record.facts.kind is not WorkbookKind.TEAM:
        return False
    known = session.store.team.log.chains.local(record.facts.cut)
    return any(known.get(chain, 0) >= sequence for entry in entries for chain, sequence in entry.envelopes)


def _naming(session: Session, names: Collection[str]) -> set[str]:
    """The exports to partners in whose cells one of these texts stands, as words of its own."""
    wanted = "|".join(re.escape(search_text(name)) for name in names if name.strip())
    words = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)")
    bases = {
        held.values.get("export", ""): base64.b64decode(held.values["base"])
        for held in session.store.every("export_base")
        if held.values.get("base")
    }
    return {export for export, base in bases.items() if wanted and _says(base, words)}


def _says(base: bytes, words: re.Pattern[str]) -> bool:
    try:
        return words.search(search_text("\n".join(base_cells(base)))) is not None
    except FileRefusedError:
        # A newer program wrote it, and it may name anybody.
        return True
