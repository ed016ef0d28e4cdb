"""Writes a team or partner workbook: planned, drawn, read back, checked for leaks, then published."""

from collections.abc import Mapping
from pathlib import Path

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import Privacy
from accountplanner.exchange.base import base_digest
from accountplanner.exchange.contract import Column, WorkbookKind, sheets_of
from accountplanner.exchange.projection import Content
from accountplanner.exchange.sync import Manifest
from accountplanner.exchange.writing.comparing import compare
from accountplanner.exchange.writing.drawing import draw
from accountplanner.exchange.writing.leaks import LeakError, check_leaks
from accountplanner.exchange.writing.plan import Plan, plan_workbook
from accountplanner.exchange.writing.publishing import publish

_IN_SHEETS = frozenset({Privacy.BUSINESS, Privacy.PERSONAL})


def write_partner_workbook(target: Path, content: Content, base: bytes) -> Path:
    """Write a partner's workbook and return where it was put.

    Raises:
        LeakError: something in it is not accounted for.
        RefusedError: it cannot be written as planned, or not to this place.
    """
    facts = content.facts
    manifest = Manifest(facts.short, facts.export_id, facts.kind.value, mac=base_digest(facts.secret, base))
    return _write(target, content, manifest, base)


def write_team_workbook(target: Path, content: Content, sealed: bytes, key_id: str) -> Path:
    """Write a team workbook. `sealed` is the packed payload under the team key named `key_id`.

    Raises:
        LeakError: something in it is not accounted for.
        RefusedError: it cannot be written as planned, or not to this place.
    """
    facts = content.facts
    manifest = Manifest(facts.short, facts.export_id, facts.kind.value, key=key_id)
    return _write(target, content, manifest, sealed)


def _write(target: Path, content: Content, manifest: Manifest, payload: bytes) -> Path:
    check_columns(content)
    plan = plan_workbook(content, manifest, payload)
    return publish(target, drawn(plan))


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
                raise LeakError(sheet.layout.name, f"the column “{column.header}”")


def _may_show(workbook: WorkbookKind, kind: str, column: Column, allowed: Mapping[str, tuple[Column, ...]]) -> bool:
    known = known_field(kind, column.field)
    if known is None or known.internal or column not in allowed.get(kind, ()):
        return False
    if workbook is WorkbookKind.TEAM:
        return known.privacy in _IN_SHEETS
    brought = kind in {"partner_note", "registration"}
    return known.privacy is Privacy.BUSINESS and (known.partner_may_see or brought)
