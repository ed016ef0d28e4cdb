"""The leak gate, tried from every side: whatever is put into a finished workbook, wherever, is found."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import pytest
from defusedxml.minidom import parseString

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.base import encode_base
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_partner, project_team
from accountplanner.exchange.receipt import Receipt
from accountplanner.exchange.sync import Manifest
from accountplanner.exchange.writing.comparing import compare
from accountplanner.exchange.writing.leaks import LeakError, check_leaks
from accountplanner.exchange.writing.plan import Plan, plan_workbook
from accountplanner.exchange.writing.workbook import drawn, write_partner_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.dom import minidom

    from accountplanner.exchange.projection import Content

PARTNER = "partner:" + "p" * 26
ACCOUNT = "account:" + "a" * 26
CANARIES = ("Zyxomma", "4711081547", "XFD4711081547")


def _content(kind: WorkbookKind) -> Content:
    partner = PARTNER if kind is WorkbookKind.PARTNER else ""
    facts = ExportFacts("export:" + "7" * 26, kind, b"secret", (), "2026-11-22", partner=partner, partner_name="P & Co")
    records = [
        PlainRecord("account", ACCOUNT, {"name": "Acme <& Co>", "phone": " 030", "key_problems": "a\nb" * 90}),
        PlainRecord("contact", "contact:" + "c" * 26, {"name": "Maria", "account": ACCOUNT}),
        PlainRecord(
            "registration",
            "registration:" + "r" * 26,
            {"customer_name": "New", "partner": PARTNER, "expected_value": "120000 USD", "expected_on": "2027-01-31"},
        ),
    ]
    if kind is WorkbookKind.TEAM:
        return project_team(facts, records, b"alias")
    receipts = [Receipt(ACCOUNT, "phone", "030", "taken", "2026-10-01")]
    return project_partner(facts, records, b"alias", frozenset({ACCOUNT}), receipts=receipts)


def _plan(kind: WorkbookKind) -> Plan:
    content = _content(kind)
    return plan_workbook(content, Manifest("7" * 8, content.facts.export_id, kind.value), encode_base(content))


@pytest.fixture(scope="module", params=list(WorkbookKind))
def written(request: pytest.FixtureRequest) -> tuple[Plan, bytes]:
    plan = _plan(request.param)
    return plan, drawn(plan)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _package(parts: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return into.getvalue()


def _refusal(data: bytes, plan: Plan) -> str:
    """The sentence with which a file would not be published, empty where it would be."""
    try:
        check_leaks(data, plan)
        compare(data, plan)
    except RefusedError as refused:
        return refused.sentence
    return ""


def _is_found(data: bytes, plan: Plan) -> bool:
    """Whether a file would not be published, for a reason that does not tell what was put there."""
    sentence = _refusal(data, plan)
    return sentence.endswith(".") and not any(canary in sentence for canary in CANARIES)


# --- one canary at a time, in every element and attribute there is --------------------------------------------------


def _changes(root: minidom.Document) -> Iterator[tuple[str, Callable[[str], None], Callable[[], None]]]:
    """For the first element of each name, and for each attribute: what can be said there, and how to unsay it."""
    seen: set[str] = set()
    for element in root.getElementsByTagName("*"):
        name = element.tagName
        for key, value in element.attributes.items():
            if f"{name} {key}" not in seen:
                seen.add(f"{name} {key}")
                yield f"{name} {key}", partial(element.setAttribute, key), partial(element.setAttribute, key, value)
        if name not in seen:
            seen.add(name)
            yield f"{name} new", partial(element.setAttribute, "new"), partial(element.removeAttribute, "new")
            for make in (root.createTextNode, root.createElement, root.createComment):
                yield f"{name} {make.__name__}", _adding(element, make), _removing(element)


def _adding(
    element: minidom.Element, make: Callable[[str], minidom.Text | minidom.Element | minidom.Comment]
) -> Callable[[str], None]:
    def add(canary: str) -> None:
        element.appendChild(make(canary))

    return add


def _removing(element: minidom.Element) -> Callable[[], None]:
    def remove() -> None:
        added = element.lastChild
        assert added is not None
        element.removeChild(added)

    return remove


@pytest.mark.slow
@pytest.mark.parametrize("canary", CANARIES)
def test_a_canary_in_any_element_or_attribute_of_any_part_is_found(canary: str) -> None:
    plan = _plan(WorkbookKind.PARTNER)
    parts, missed, tried, kinds = _parts(drawn(plan)), [], 0, set()
    for name, held in parts.items():
        if (kind := re.sub(r"\d+", "#", name)) in kinds and "sheet1." not in name and "sheet2." not in name:
            continue
        kinds.add(kind)
        root = parseString(held.decode())
        assert _refusal(_package({**parts, name: root.toxml().encode()}), plan) == ""
        for place, say, unsay in _changes(root):
            say(canary)
            changed = root.toxml().encode()
            unsay()
            tried += 1
            if not _is_found(_package({**parts, name: changed}), plan):
                missed.append((name, place))
    assert missed == []
    assert tried > 400


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/workbook.xml", b"<sheets>", b"<!-- Zyxomma --><sheets>"),
        ("xl/workbook.xml", b"<sheets>", b"<?Zyxomma said?><sheets>"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets><![CDATA[Zyxomma]]>"),
        ("xl/workbook.xml", b"</workbook>", b"</workbook><!--Zyxomma-->"),
        ("xl/workbook.xml", b"<sheets>", b"\n \t <sheets>"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b'<row r="99"><c r="B99"><v>4711</v></c></row></sheetData>'),
        ("xl/worksheets/sheet2.xml", b"</sheetData>", b'<row r="99"><c r="B99"><v>4711</v></c></row></sheetData>'),
        ("xl/worksheets/sheet2.xml", b"</sheetData>", b'</sheetData><legacyDrawing r:id="rId1"/>'),
        ("xl/sharedStrings.xml", b"</sst>", b"<si><t>4711081547</t></si></sst>"),
        ("xl/sharedStrings.xml", b"</sst>", b"<si><r><t>Zyxomma</t></r></si></sst>"),
        ("xl/sharedStrings.xml", b"</sst>", b"<si><t>Maria</t><rPh><t>Zyxomma</t></rPh></si></sst>"),
        ("xl/sharedStrings.xml", b"</sst>", b"<si><t>_x005A_yxomma</t></si></sst>"),
        ("xl/sharedStrings.xml", b"</sst>", b"<si><t>2019-04-07</t></si></sst>"),
        ("docProps/custom.xml", b"</Properties>", b'<property name="x"><vt:lpwstr>4711</vt:lpwstr></property></Properties>'),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", b'<Relationship Target="http://x.example"/></Relationships>'),
    ],
)  # fmt: skip
def test_what_xml_can_hide_is_found(written: tuple[Plan, bytes], part: str, before: bytes, after: bytes) -> None:
    plan, data = written
    parts = _parts(data)
    assert before in parts[part]
    assert _is_found(_package({**parts, part: parts[part].replace(before, after, 1)}), plan)


# --- beside the parts -----------------------------------------------------------------------------------------------


def _with_comment(data: bytes) -> bytes:
    into = io.BytesIO(data)
    with zipfile.ZipFile(into, "a") as archive:
        archive.comment = b"Zyxomma"
    return into.getvalue()


def _with_part(name: str) -> Callable[[bytes], bytes]:
    return lambda data: _package({**_parts(data), name: b"<a/>"})


def _with_extra(data: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, held in _parts(data).items():
            entry = zipfile.ZipInfo(name)
            entry.extra = b"\x99\x99\x07\x00Zyxomma"
            archive.writestr(entry, held)
    return into.getvalue()


def _twice(data: bytes) -> bytes:
    into = io.BytesIO(data)
    with zipfile.ZipFile(into, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("docProps/app.xml", _parts(data)["docProps/app.xml"])
    return into.getvalue()


def _between(data: bytes) -> bytes:
    """Bytes behind the last part and before the directory, which no reader of the archive sees."""
    end = data.rindex(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    moved = (start + 7).to_bytes(4, "little")
    return data[:start] + b"Zyxomma" + data[start : end + 16] + moved + data[end + 20 :]


@pytest.mark.parametrize(
    "hide",
    [
        _with_comment,
        _with_part("xl/comments1.xml"),
        _with_part("xl/media/Zyxomma.png"),
        _with_part("customXml/item1.xml"),
        _with_extra,
        _twice,
        _between,
        lambda data: b"Zyxomma" + data,
        lambda data: data + b"Zyxomma",
    ],
)
def test_what_an_archive_can_hide_is_found(written: tuple[Plan, bytes], hide: Callable[[bytes], bytes]) -> None:
    plan, data = written
    assert _is_found(hide(data), plan)


def test_a_workbook_as_it_was_drawn_passes_and_so_does_one_packed_anew(written: tuple[Plan, bytes]) -> None:
    plan, data = written
    assert _refusal(data, plan) == ""
    assert _refusal(_package(_parts(data)), plan) == ""


def test_a_base_that_says_more_than_the_sheets_is_not_sent(tmp_path: Path) -> None:
    from dataclasses import replace  # noqa: PLC0415

    content = _content(WorkbookKind.PARTNER)
    accounts = content.sheets[0]
    more = replace(content, sheets=(replace(accounts, rows=(*accounts.rows, accounts.rows[0])), *content.sheets[1:]))
    with pytest.raises(LeakError, match="_sync"):
        write_partner_workbook(tmp_path / "partner.xlsx", content, encode_base(more))
    assert not list(tmp_path.rglob("*.xlsx*"))
    assert write_partner_workbook(tmp_path / "partner.xlsx", content, encode_base(content)).exists()
