"""Exports the team knows of: their records, bases and cuts, whoever made them."""

import base64
from collections.abc import Collection, Iterable, Sequence

from accountplanner.domain.cuts import Cut
from accountplanner.domain.ids import keyed_digest, paired_id
from accountplanner.domain.statements import Source, Statement, exists, state
from accountplanner.exchange.base import vouched_base
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.mentions import mentions
from accountplanner.exchange.reading.content import FileContent
from accountplanner.store.archive import FileNotArchivedError
from accountplanner.usecases.session import Session

EXPORT_PREFIX = "export:"
_BASES = "base:"
_RECORDS = "export record:"
_KEPT_EDITIONS = 5
BASE_OF = "base of "
"""How the archive calls a base, which nobody imported."""


def known_export(session: Session, export: str) -> ExportRecord | None:
    """The record of an export by its id or the short id rows carry, `None` while it is not held."""
    if not export:
        return None
    if not export.startswith(EXPORT_PREFIX):
        export = _by_short_id(session, export)
    held = session.store.record(export) if export else None
    written = held.values.get("record", "") if held else ""
    kept = None if written or not export else session.store.local(_RECORDS + export)
    return ExportRecord.from_json(written or kept or b"") if written or kept else None


def _by_short_id(session: Session, short: str) -> str:
    told = [each.record for each in session.store.every("export")]
    kept = [name.removeprefix(_RECORDS) for name in session.store.locals(_RECORDS)]
    found = [name for name in {*told, *kept} if name.startswith(EXPORT_PREFIX + short)]
    return found[0] if len(found) == 1 else ""


def stored_base(session: Session, export_id: str) -> bytes | None:
    """The base of an export as it was written: replicated for partners, kept by the exporter for the team."""
    held = session.store.record(_base_record(export_id))
    if held is not None and held.values.get("base"):
        return base64.b64decode(held.values["base"])
    content = session.store.local(_BASES + export_id)
    if content is None:
        return None
    try:
        return session.store.archive.get(content.decode())
    except FileNotArchivedError:
        return None


def base_statements(export_id: str, base: bytes, source: Source) -> list[Statement]:
    """Say what a partner's workbook showed, so that any laptop can read a copy without its hidden sheet."""
    record = _base_record(export_id)
    written = base64.b64encode(base).decode()
    return [exists(record, source), state(record, "export", export_id, source), state(record, "base", written, source)]


def partner_bases(session: Session, aliases: Collection[str]) -> tuple[bytes, ...]:
    """What partner workbooks showed that hold some of these rows, the oldest first.

    Only bases every laptop holds take part: what follows from the pick must not depend on whose laptop it is.
    """
    found: list[tuple[str, str, bytes]] = []
    for held in session.store.every("export_base"):
        record = known_export(session, held.values.get("export", ""))
        if record is not None and not record.aliases.keys().isdisjoint(aliases):
            base = vouched_base(record, base64.b64decode(held.values.get("base", "")))
            found += [(record.facts.made_on, record.export_id, base)] if base is not None else []
    return tuple(base for _, _, base in sorted(found))


def known_partner_exports(session: Session) -> str:
    """Names what is known of partner exports: it changes when another one is heard of."""
    held = sorted(each.record for each in session.store.every("export_base"))
    return keyed_digest(session.store.identity.team_secret, "exports", *held).hex()[:16]


def is_readable(session: Session, export: str) -> bool:
    """Whether a workbook of this export can be read here although its hidden sheet is gone."""
    record = known_export(session, export)
    return record is not None and stored_base(session, record.export_id) is not None


def bases_naming(session: Session, names: Collection[str]) -> set[str]:
    """The kept bases of partner workbooks that show one of these texts."""
    return {
        held.record
        for held in session.store.every("export_base")
        if mentions(FileContent("", base64.b64decode(held.values.get("base", ""))), names)
    }


def is_base_erased(session: Session, export_id: str) -> bool:
    """Whether what an export showed is gone for good, because it showed somebody who was erased."""
    return _base_record(export_id) in session.store.team.log.erased


def _base_record(export_id: str) -> str:
    return paired_id("export_base", export_id)


def keep_base(session: Session, export_id: str, base: bytes) -> None:
    """Keep a team workbook's base on this laptop, for a copy that comes back without its hidden sheet."""
    now = session.clock.now().isoformat(timespec="seconds")
    file = session.store.archive.put(base, BASE_OF + export_id, now)
    session.store.set_local(_BASES + export_id, file.content.encode())


def keep_record(session: Session, record: ExportRecord) -> None:
    """Keep an export's record on this laptop where the team was not told of it.

    An edition for the shared folder carries its own record; told to the team as well, ten colleagues would
    write gigabytes of aliases into everybody's log in a year.
    """
    if known_export(session, record.export_id) is None:
        session.store.set_local(_RECORDS + record.export_id, record.to_json().encode())


def let_go_of_editions(session: Session, written: Sequence[str]) -> tuple[str, ...]:
    """Forget the bases of all but the latest of these editions of our own; returns those still kept."""
    gone, kept = written[:-_KEPT_EDITIONS], written[-_KEPT_EDITIONS:]
    for export in gone:
        if (content := session.store.local(_BASES + export)) is not None:
            session.store.archive.drop(content.decode())
    session.store.drop_locals([prefix + export for export in gone for prefix in (_BASES, _RECORDS)])
    return tuple(kept)


def bases_of(session: Session, statements: Iterable[Statement]) -> tuple[tuple[str, Cut], ...]:
    """The cuts that marked statements were made on: those of the exports they answer."""
    names = sorted({s.basis for s in statements if s.basis.startswith(EXPORT_PREFIX)})
    found = {name: known_export(session, name) for name in names}
    return tuple((name, record.facts.cut) for name, record in found.items() if record is not None)
