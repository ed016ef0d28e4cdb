"""`dump`: the team's picture as canonical JSON; two converged workspaces print the same bytes.

Format 1: one UTF-8 object with sorted keys, compact, no ASCII escapes, a final line feed. It holds
what replicas must agree on (values, conflicts, sources, decisions), nothing local: no replica, no
time of saving, no file.
"""

import json
from typing import Any

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import members_of
from accountplanner.domain.pictures import Picture
from accountplanner.domain.registers import Register
from accountplanner.domain.statements import EXISTS, SAME_AS, Entry
from accountplanner.usecases.exporting import partner_content
from accountplanner.usecases.session import Session

FORMAT = 1
_NOT_DUMPED = frozenset({"export", "export_base"})


def dump(session: Session) -> bytes:
    """Write the team layer."""
    store = session.store.team
    pictures = store.every_picture()
    content: dict[str, Any] = {"format": FORMAT}
    for kind in KINDS.values():
        if kind.key in _NOT_DUMPED:
            continue
        content[_listed(kind.key)] = [
            _record(picture, store.fold.roots)
            for picture in pictures
            if kind_of(picture.record) == kind.key and picture.registers
        ]
    return _canonical(content)


def dump_for_partner(session: Session, partner: str) -> bytes:
    """Write what a channel partner may see: the cells of their workbook, records named as in its row keys."""
    shown = partner_content(session, partner)
    content: dict[str, Any] = {"format": FORMAT}
    for sheet in shown.sheets:
        names = [column.field for column in sheet.layout.columns]
        content[_listed(sheet.layout.kind)] = [
            {"id": row.alias, "fields": {name: cell for name, cell in zip(names, row.cells, strict=True) if cell}}
            for row in sorted(sheet.rows, key=lambda row: row.alias)
        ]
    content["receipt"] = [line._asdict() for line in shown.receipt]
    return _canonical(content)


def _canonical(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _listed(kind: str) -> str:
    return "decisions" if kind == "verdict" else KINDS[kind].plural.lower().replace(" ", "_")


def _record(picture: Picture, roots: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for (field, voice), register in sorted(picture.registers.items()):
        if register.siblings and not field.startswith(SAME_AS) and field != EXISTS:
            fields[f"{field}@{voice}" if voice else field] = _register(register)
    written: dict[str, Any] = {"id": picture.record, "exists": picture.exists, "fields": fields}
    members = members_of(picture.record, roots)
    if len(members) > 1:
        written["same_as"] = [member for member in members if member != picture.record]
    if picture.delete_conflict:
        written["delete_conflict"] = True
    return written


def _register(register: Register) -> list[dict[str, Any]]:
    """Every surviving value, the one shown first, with everybody who stands behind it."""
    return [
        {"value": sibling.value, "sources": sorted((_source(entry) for entry in sibling.entries), key=json.dumps)}
        for sibling in register.siblings
    ]


def _source(entry: Entry) -> dict[str, Any]:
    body = entry.statement
    said = {
        "speaker": body.speaker,
        "date": body.date,
        "how": body.how,
        "sure": body.sure,
        "origin": body.origin,
        "restates": bool(body.restates),
        "value": body.value,
    }
    return {name: value for name, value in said.items() if value not in {"", False}}
