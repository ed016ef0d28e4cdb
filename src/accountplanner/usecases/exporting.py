"""Sending workbooks: the projection first, then the export record, then the file, checked before it is published."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accountplanner.domain.catalogue import KINDS, known_field, visible_kinds
from accountplanner.domain.errors import NotFoundError, RefusedError
from accountplanner.domain.fields import Layer, Privacy
from accountplanner.domain.file_names import file_name
from accountplanner.domain.garbage import let_go, many_objects
from accountplanner.domain.ids import keyed_digest
from accountplanner.domain.sentences import titled, told
from accountplanner.domain.statements import exists, state
from accountplanner.exchange.base import encode_base, make_export_record
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.export_record import ExportFacts, ExportRecord
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import Content, project_partner, project_team
from accountplanner.exchange.sync import pack_payload
from accountplanner.exchange.writing.workbook import write_partner_workbook, write_team_workbook
from accountplanner.usecases.exports import base_statements, keep_base
from accountplanner.usecases.hidden_parts import PART_BASE, PART_RECORD
from accountplanner.usecases.partners import scope_of
from accountplanner.usecases.receipts import receipts_for
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import PART_MEMBERS, members_part, seal_payload, signed_parts
from accountplanner.usecases.unfinished_files import noted_while_written

_PERSONAL = told("This file is not encrypted and holds personal answers; give it a password or hand it over in person.")


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook written. `warning` is a sentence when personal values are in a plain file, else empty."""

    path: Path
    export_id: str
    rows: int
    personal: int
    warning: str
    locked: bool = False


@many_objects()
def export_team(
    session: Session, path: Path, accounts: Sequence[str] = (), *, department: str = "", password: str = ""
) -> Exported:
    """Write a team workbook for colleagues: everything, what belongs to some accounts, or what a department works with.

    Raises:
        WrongUseError: there is no such department.
    """
    content, base, record = team_content(session, accounts, department)
    keep_base(session, record.export_id, base)
    _remember(session, record, titled("Team workbook {name}", name=path.name), None)
    identity = session.store.identity
    sealed = team_payload(session, record, base)
    with noted_while_written(session, path):
        written = write_team_workbook(path, content, sealed, identity.team_key.id, password)
    leaving = exported(written, content, locked=bool(password))
    rows = [row for sheet in content.sheets for row in sheet.rows]
    del content
    let_go(rows)
    return leaving


def team_content(
    session: Session, accounts: Sequence[str] = (), department: str = ""
) -> tuple[Content, bytes, ExportRecord]:
    """What a team workbook shows now, its base, and its export record. Nothing is written or remembered."""
    facts = replace(_facts(session, WorkbookKind.TEAM), department=department)
    secret = keyed_digest(session.store.identity.team_secret, "aliases", "team")
    records = _chosen(plain_records(session, visible_kinds()), frozenset(accounts))
    content = project_team(facts, records, secret, _outside(session, records))
    base = encode_base(content)
    return content, base, make_export_record(content, base)


def team_payload(session: Session, record: ExportRecord, base: bytes) -> bytes:
    """The hidden part of a team workbook, under the team's key: every batch held, and who is in the team."""
    identity = session.store.identity
    parts = {PART_RECORD: record.to_json().encode(), PART_BASE: base, PART_MEMBERS: members_part(identity)}
    return seal_payload(identity, pack_payload(signed_parts(identity, parts | session.store.team_parts())))


def export_partner(
    session: Session, partner: str, path: Path, asked: Sequence[str] = (), *, password: str = ""
) -> Exported:
    """Write a channel partner's workbook: their accounts, at most ten questions a row, their receipt.

    Raises:
        RefusedError: no account is in the partner's scope yet.
    """
    content = partner_content(session, partner, asked)
    if not scope_of(session, partner):
        raise RefusedError(
            told(
                "No account is in the scope of {name} yet; choose some first.",
                name=content.facts.partner_name or partner,
            )
        )
    base = encode_base(content)
    record = make_export_record(content, base)
    _remember(session, record, titled("Partner workbook for {name}", name=content.facts.partner_name), base)
    with noted_while_written(session, path):
        written = write_partner_workbook(path, content, base, password)
    return exported(written, content, locked=bool(password))


def partner_content(session: Session, partner: str, asked: Sequence[str] = ()) -> Content:
    """All that a channel partner may see. Nothing is written or remembered."""
    name = session.store.titles([partner]).get(partner, "")
    facts = replace(_facts(session, WorkbookKind.PARTNER), partner=partner, partner_name=name)
    secret = keyed_digest(session.store.identity.team_secret, "aliases", partner)
    records = plain_records(session, ("account", "contact", "partner_note", "registration"))
    scope = frozenset(scope_of(session, partner))
    return project_partner(facts, records, secret, scope, asked=asked, receipts=receipts_for(session, partner))


def export_all_partners(session: Session, folder: Path, *, password: str = "") -> list[Exported]:
    """Write a workbook for every channel partner who has accounts in their scope."""
    written: dict[str, Exported] = {}
    for partner in session.store.every("partner"):
        if scope_of(session, partner.record):
            name = file_name(partner.values.get("name", ""), "", "Partner")
            if name.casefold() in written:
                # Namesakes must not overwrite each other's file.
                name = f"{name} {partner.record[-6:]}"
            written[name.casefold()] = export_partner(
                session, partner.record, folder / f"{name}.xlsx", password=password
            )
    return list(written.values())


def plain_records(session: Session, kinds: Iterable[str]) -> list[PlainRecord]:
    """The team layer's records of some kinds as a workbook takes them."""
    conflicts = session.store.conflicted_fields()
    records = []
    for kind in kinds:
        spoken = session.store.spoken(kind)
        records += [
            PlainRecord(
                kind, each.record, each.values, conflicts.get(each.number, frozenset()), spoken.get(each.number, {})
            )
            for each in session.store.every(kind)
        ]
    return records


def _facts(session: Session, kind: WorkbookKind) -> ExportFacts:
    identity = session.store.identity
    return ExportFacts(
        export_id=session.new_id("export"),
        kind=kind,
        secret=secrets.token_bytes(32),
        cut=session.shown().team,
        made_on=session.clock.today().isoformat(),
        made_by=identity.member,
        made_by_name=identity.name,
        currency=session.currency,
    )


def _chosen(records: list[PlainRecord], accounts: frozenset[str]) -> list[PlainRecord]:
    """The accounts chosen with what belongs to them; records of nobody's stay."""
    if not accounts:
        return records
    missing = accounts - {record.id for record in records}
    if missing:
        raise NotFoundError("account", min(missing))
    owned = {kind.key: [field.key for field in kind.owners] for kind in KINDS.values()}
    return [
        record
        for record in records
        if (record.id in accounts if record.kind == "account" else _belongs(record, owned[record.kind], accounts))
    ]


def _belongs(record: PlainRecord, owners: list[str], accounts: frozenset[str]) -> bool:
    named = [record.values[key] for key in owners if record.values.get(key, "").startswith("account:")]
    return not named or any(name in accounts for name in named)


def _outside(session: Session, records: Iterable[PlainRecord]) -> dict[str, str]:
    """Titles of records the chosen ones refer to without being among them."""
    held = {record.id for record in records}
    named = {value for record in records for value in record.values.values() if ":" in value and value not in held}
    return session.store.titles([name for name in named if name.partition(":")[0] in KINDS])


def _remember(session: Session, record: ExportRecord, title: str, base: bytes | None) -> None:
    """Tell the team of an export before its file leaves, so that its return can be read anywhere."""
    source = session.source(origin="export")
    name = record.export_id
    said = {
        "title": title,
        "workbook_kind": record.facts.kind.value,
        "partner": record.facts.partner,
        "made_on": record.facts.made_on,
        "record": record.to_json(),
    }
    statements = [exists(name, source), *(state(name, key, value, source) for key, value in said.items() if value)]
    if base is not None:
        statements += base_statements(name, base, source)
    with session.transaction(title, undoable=False) as writing:
        writing.say(Layer.TEAM, statements)


def exported(path: Path, content: Content, *, locked: bool) -> Exported:
    """Say what was written, and whether it ought to have been locked."""
    personal = _personal_values(content)
    rows = sum(len(sheet.rows) for sheet in content.sheets)
    warning = _PERSONAL if personal and not locked else ""
    return Exported(path, content.facts.export_id, rows, personal, warning, locked)


def _personal_values(content: Content) -> int:
    """How many personal answers a content shows."""
    counted = 0
    for sheet in content.sheets:
        for at, column in enumerate(sheet.layout.columns):
            field = known_field(sheet.layout.kind, column.field)
            if field is not None and field.privacy is Privacy.PERSONAL:
                counted += sum(bool(row.cells[at]) for row in sheet.rows)
    return counted
