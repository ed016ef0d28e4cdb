"""A reader written from docs/workbook-format.md alone, without a line of ours: what the page says must be enough."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from defusedxml.ElementTree import fromstring

from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.session import Session, SystemClock
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

# --- the stranger's reader: zipfile, XML, JSON and the page ---------------------------------------------------------

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def _sheets(file: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(file) as archive:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))
            for item in fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        places = {
            each.attrib["Id"]: posixpath.join("xl", each.attrib["Target"])
            for each in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        named = fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        return {
            each.attrib["name"]: _rows(fromstring(archive.read(places[each.attrib[_REFERENCE]])), strings)
            for each in named
        }


def _rows(sheet: Element, strings: list[str]) -> list[list[str]]:
    return [[_text(cell, strings) for cell in row if len(cell)] for row in sheet.iter(f"{_MAIN}row")]


def _text(cell: Element, strings: list[str]) -> str:
    value = cell[0].text or ""
    return strings[int(value)] if cell.get("t") == "s" else value


def _hidden(rows: list[list[str]]) -> tuple[dict[str, str], bytes]:
    held = {}
    for mark, check, content in rows:
        assert check == f"{zlib.crc32(f'{mark}={content}'.encode()):08x}"
        held[mark] = content
    chunks = [held[f"c:{number:05d}"] for number in range(1, int(held["m:chunks"]) + 1)]
    return held, base64.b64decode("".join(chunks))


def _opened(payload: bytes, key: bytes) -> dict[str, bytes]:
    line, _, sealed = payload.partition(b"\n")
    assert json.loads(line) == {}
    assert sealed[:4] == b"APS1"
    assert sealed[4:12] == hashlib.sha256(b"accountplanner team key" + key).digest()[:8]
    content = AESGCM(key).decrypt(sealed[12:24], sealed[24:], sealed[:12])
    assert content[:5] == b"APPK1"
    parts, at = {}, 5
    while at < len(content):
        name, data = struct.unpack_from(">HQ", content, at)
        at += 10
        parts[content[at : at + name].decode()] = content[at + name : at + name + data]
        at += name + data
    return parts


def _check_of(key: str) -> str:
    number = int.from_bytes(hashlib.sha256(key.rpartition(".")[0].encode()).digest()[:4], "big") % 1024
    return _LETTERS[number // 32] + _LETTERS[number % 32]


# --- what it finds --------------------------------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    wish = NewWorkspace(Places(tmp_path / "Ann"), "Ann", "", "correct horse", stretching=Stretching(64, 1, 1))
    session = create_workspace(wish, SystemClock()).session
    yield session
    session.close()


def test_a_stranger_reads_the_base_of_a_partner_workbook_and_finds_the_cells_in_it(
    session: Session, tmp_path: Path
) -> None:
    account, _ = create_record(session, "account", {"name": "Café <Nord> & Co", "phone": "0047 22", "city": "Tromsø"})
    partner, _ = add_partner(session, "Exotic Liquids")
    set_scope(session, partner, [account], covers=True)
    exported = export_partner(session, partner, tmp_path / "partner.xlsx")
    sheets = _sheets(exported.path)
    held, payload = _hidden(sheets["_sync"])
    assert (held["m:format"], held["m:workbook"]) == ("accountplanner-sync-1", "partner")
    base = json.loads(zlib.decompress(payload))
    assert (base["format"], base["export"], base["currency"]) == (1, held["m:export"], "EUR")
    shown = next(sheet for sheet in base["sheets"] if sheet["kind"] == "account")
    header, row = sheets[shown["name"]][:2]
    assert header == ["Key", *(label for _, label in shown["columns"])]
    alias, *cells = shown["rows"][0]
    assert row[0] == f"{alias}.{base['export']}.{_check_of(row[0])}"
    assert row[1:] == [cell for cell in cells if cell]
    assert {"Café <Nord> & Co", "0047 22", "Tromsø"} <= set(cells)
    assert base["titles"]["account"] == {alias: "Café <Nord> & Co"}
    assert any(f"Export {base['export']}" in text for line in sheets["Read me first"] for text in line)
    record = known_export(session, held["m:export id"])
    assert record is not None
    assert held["m:mac"] == hmac.new(record.facts.secret, b"base" + payload, hashlib.sha256).hexdigest()


def test_a_stranger_with_the_teams_key_opens_a_team_workbook_and_checks_who_wrote_it(
    session: Session, tmp_path: Path
) -> None:
    create_record(session, "account", {"name": "Alpine"})
    held, payload = _hidden(_sheets(export_team(session, tmp_path / "team.xlsx").path)["_sync"])
    parts = _opened(payload, session.store.identity.team_key.secret)
    assert parts.keys() >= {"export", "base", "batches", "members", "signature"}
    members = json.loads(parts["members"])
    assert (members["key"], held["m:workbook"]) == (held["m:key"], "team")
    signed = [[name, hashlib.sha256(parts[name]).hexdigest()] for name in sorted(parts) if name != "signature"]
    words = json.dumps(["accountplanner team workbook", 1, signed], separators=(",", ":")).encode()
    public = base64.b64decode(members["trusted"][members["from"]][0])
    Ed25519PublicKey.from_public_bytes(public).verify(parts["signature"], words)
    base = json.loads(zlib.decompress(parts["base"]))
    assert next(sheet for sheet in base["sheets"] if sheet["kind"] == "account")["rows"][0][1] == "Alpine"
