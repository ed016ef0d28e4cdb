"""Writes a team or partner workbook: planned, drawn, read back, checked for leaks, then published."""

from collections.abc import Mapping
from pathlib import Path

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import Privacy
from accountplanner.domain.sentences import told
from accountplanner.exchange.base import base_digest, encode_base
from accountplanner.exchange.contract import SYNC_SHEET, Column, WorkbookKind, sheets_of
from accountplanner.exchange.projection import Content
from accountplanner.exchange.sync import Manifest
from accountplanner.exchange.writing.comparing import compare
from accountplanner.exchange.writing.drawing import draw
from accountplanner.exchange.writing.leaks import LeakError, check_leaks
from accountplanner.exchange.writing.locking import locked
from accountplanner.exchange.writing.plan import Plan, plan_workbook
from accountplanner.exchange.writing.publishing import publish

_IN_SHEETS = frozenset({Privacy.BUSINESS, Privacy.PERSONAL})


def write_partner_workbook(target: Path, content: Content, base: bytes, password: str = "") -> Path:
    """Write a partner's workbook, locked if there is a password, and return where it was put.

    Raises:
        LeakError: something in it is not accounted for.
        RefusedError: it cannot be written as planned, or not to this place.
    """
    facts = content.facts
    if base != encode_base(content):
        raise LeakError(SYNC_SHEET, "the base")
    manifest = Manifest(facts.short, facts.export_id, facts.kind.value, mac=base_digest(facts.secret, base))
    return publish(target, _finished(content, (manifest, base), password))


def write_team_workbook(target: Path, content: Content, sealed: bytes, key_id: str, password: str = "") -> Path:
    """Write a team workbook, locked if there is a password. `sealed` is the packed payload under the team key `key_id`.

    Raises:
        LeakError: something in it is not accounted for.
        RefusedError: it cannot be written as planned, or not to this place.
    """
    return publish(target, team_workbook(content, sealed, key_id, password))


def team_workbook(content: Content, sealed: bytes, key_id: str, password: str = "") -> bytes:
    """The same as bytes, finished and checked."""
    facts = content.facts
    manifest = Manifest(facts.short, facts.export_id, facts.kind.value, key=key_id)
    return _finished(content, (manifest, sealed), password)


def _finished(content: Content, hidden: tuple[Manifest, bytes], password: str) -> bytes:
    check_columns(content)
    data = drawn(plan_workbook(content, *hidden))
    return locked(data, password) if password else data


def drawn(plan: Plan) -> bytes:
    """The bytes of a workbook that has been read back and accounted for."""
    data = draw(plan)
    compare(data, plan)
    check_leaks(data, plan)
    return data


def check_columns(content: Content) -> None:
    """Prove once more, from the catalogue itself, that no column shows what its reader may not see.

    Raises:
        LeakError: one does.
    """
    allowed = {layout.kind: layout.columns for layout in sheets_of(content.facts.kind)}
    for sheet in content.sheets:
        for column in sheet.layout.columns:
            if not _may_show(content.facts.kind, sheet.layout.kind, column, allowed):
                raise LeakError(sheet.layout.name, told("the column “{column}”", column=column.header))


def _may_show(workbook: WorkbookKind, kind: str, column: Column, allowed: Mapping[str, tuple[Column, ...]]) -> bool:
    known = known_field(kind, column.field)
    if known is None or known.internal or column not in allowed.get(kind, ()):
        return False
    if workbook is WorkbookKind.TEAM:
        return known.privacy in _IN_SHEETS
    brought = kind in {"partner_note", "registration"}
    return known.privacy is Privacy.BUSINESS and (known.partner_may_see or brought)
