"""Nothing a partner may not see reaches their workbook, whatever its type and however it might be disguised."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape  # writes only

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accountplanner.domain.catalogue import KINDS, visible_kinds
from accountplanner.domain.fields import Field, FieldType, Privacy
from accountplanner.exchange.base import encode_base
from accountplanner.exchange.contract import SYNC_SHEET, WorkbookKind, partner_sheets
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_partner, project_team
from accountplanner.exchange.reading.xlsx import read_workbook
from accountplanner.exchange.sync import Manifest, read_sync
from accountplanner.exchange.writing.plan import plan_workbook
from accountplanner.exchange.writing.workbook import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accountplanner.exchange.projection import Content

PARTNER, RIVAL = "partner:" + "p" * 26, "partner:" + "r" * 26
MINE, OTHERS = "account:" + "a" * 26, "account:" + "b" * 26
_SHOWN = {(sheet.kind, column.field) for sheet in partner_sheets() for column in sheet.columns}
_FIRST_DAY = date(1911, 3, 7)


class Canary(NamedTuple):
    """A value planted in a field, and every spelling of it that would give it away."""

    record: str
    field: str
    value: str
    spellings: tuple[str, ...]


def _planted(record: str, field: Field, number: int) -> Canary | None:  # noqa: PLR0911 - one a type
    """A value of the field's type that stands nowhere else; none where a type has no such value."""
    word = f"kanarie{number:05d}vogel"
    match field.type:
        case FieldType.DATE:
            day = _FIRST_DAY + timedelta(days=number)
            serial = str((day - date(1899, 12, 30)).days)
            told = (
                day.isoformat(),
                f"{day:%d.%m.%Y}",
                f"{day:%m/%d/%Y}",
                f"{day:%Y%m%d}",
                f">{serial}<",
                f'"{serial}"',
            )
            return Canary(record, field.key, day.isoformat(), told)
        case FieldType.MONEY:
            minor = 8_104_700_000 + number
            return Canary(record, field.key, f"{minor} EUR", (str(minor), f"{minor / 100:.2f}", f"{minor / 100:,.2f}"))
        case FieldType.INTEGER | FieldType.DECIMAL:
            return Canary(record, field.key, str(7_310_000 + number), (str(7_310_000 + number),))
        case FieldType.PHONE:
            return Canary(record, field.key, f"+49 8147 {number:06d}", (f"8147 {number:06d}", f"8147{number:06d}"))
        case FieldType.EMAIL:
            return Canary(record, field.key, f"{word}@firm.example", (word,))
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.LIST | FieldType.URL:
            return Canary(record, field.key, f"{word} <&> ö", (word,))
        case _:
            return None


def _fields(kind: str) -> Iterable[Field]:
    return (field for field in KINDS[kind].fields if not field.internal)


def _id(kind: str, owner: str) -> str:
    return f"{kind}:{owner}{KINDS[kind].key[:2]}" + "k" * 23


def _everywhere() -> tuple[list[PlainRecord], list[Canary], list[Canary]]:
    """A record of every kind at the partner's account and at another, with a canary in every field that takes one.

    Gives the records, the canaries a partner may not see, and those they may.
    """
    records: list[PlainRecord] = []
    hidden: list[Canary] = []
    open_: list[Canary] = []
    for kind in visible_kinds():
        for owner, account, speaker in (("m", MINE, PARTNER), ("x", OTHERS, RIVAL)):
            record = account if kind == "account" else _id(kind, owner)
            links = {"account": account, "partner": speaker, "contact": _id("contact", owner)}
            values = {key: links[key] for key in links if any(f.key == key for f in _fields(kind)) and kind != key}
            answers: dict[str, Mapping[str, str]] = {}
            for field in _fields(kind):
                canary = _planted(record, field, len(hidden) + len(open_))
                if canary is None or field.key in values:
                    continue
                voices = field.per_speaker
                theirs = account == MINE and (kind, field.key) in _SHOWN
                (open_ if theirs else hidden).append(canary)
                if voices:
                    answers[field.key] = {speaker: canary.value}
                else:
                    values[field.key] = canary.value
            records.append(PlainRecord(kind, record, values, answers=answers))
    return records, hidden, open_


def _bytes(content: Content) -> bytes:
    manifest = Manifest(content.facts.short, content.facts.export_id, content.facts.kind.value)
    return drawn(plan_workbook(content, manifest, encode_base(content)))


def _partners(records: Iterable[PlainRecord]) -> bytes:
    facts = ExportFacts(
        "export:" + "7" * 26, WorkbookKind.PARTNER, b"secret", (), "2026-11-22", partner=PARTNER, partner_name="P"
    )
    return _bytes(project_partner(facts, records, b"alias", frozenset({MINE})))


def _decoded(data: bytes) -> bytes:
    """Every part and its name, the base unpacked, and whatever looks like base64 or hexadecimal digits decoded."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = [name.encode() + b"\n" + archive.read(name) for name in archive.namelist()]
    sync = read_workbook(io.BytesIO(data)).sheet(SYNC_SHEET)
    assert sync is not None
    _, payload = read_sync((str(row.cells[1]), str(row.cells[2]), str(row.cells[3])) for row in sync.rows)
    assert payload is not None
    plain = b"\n".join([*held, zlib.decompress(payload)])
    runs = [run[offset:] for run in re.findall(rb"[A-Za-z0-9+/]{12,}", plain) for offset in range(4)]
    coded = [base64.b64decode(run[: len(run) // 4 * 4]) for run in runs]
    hexed = [bytes.fromhex(run[: len(run) // 2 * 2].decode()) for run in re.findall(rb"[0-9a-fA-F]{16,}", plain)]
    return b"\n".join([plain, *coded, *hexed])


def _given_away(canaries: Iterable[Canary], data: bytes) -> list[str]:
    """Which canaries show, as UTF-8 or UTF-16, escaped or not."""
    decoded = _decoded(data)
    shown = []
    for canary in canaries:
        needles = [form for told in canary.spellings for form in (told, escape(told))]
        coded = [needle.encode(code) for needle in needles for code in ("utf-8", "utf-16-le", "utf-16-be")]
        if any(needle in decoded for needle in coded):
            shown.append(f"{canary.record.partition(':')[0]}.{canary.field}")
    return shown


def test_no_spelling_of_anything_a_partner_may_not_see_is_in_their_workbook() -> None:
    records, hidden, shown = _everywhere()
    assert {record.kind for record in records} == set(visible_kinds())
    assert len(hidden) > 300
    data = _partners(records)
    assert _given_away(hidden, data) == []
    seen = _given_away(shown, data)
    assert {"account.name", "account.phone", "registration.expected_on", "registration.expected_value"} <= set(seen)


def test_no_spelling_of_a_household_inferable_or_special_answer_is_in_a_team_workbook() -> None:
    records, hidden, shown = _everywhere()
    classes = {(field.kind, field.key): field.privacy for kind in visible_kinds() for field in _fields(kind)}
    closed = [
        canary
        for canary in (*hidden, *shown)
        if classes[(canary.record.partition(":")[0], canary.field)] not in {Privacy.BUSINESS, Privacy.PERSONAL}
    ]
    assert len(closed) > 20
    data = _bytes(
        project_team(ExportFacts("export:" + "7" * 26, WorkbookKind.TEAM, b"s", (), "2026-11-22"), records, b"a")
    )
    assert _given_away(closed, data) == []
    assert len(_given_away(hidden, data)) > 200, "the other classes are what colleagues read"


@pytest.fixture(scope="module")
def told() -> tuple[list[PlainRecord], list[Canary], bytes]:
    records, hidden, _ = _everywhere()
    return records, hidden, _partners(records)


@settings(max_examples=15)
@given(data=st.data())
def test_changing_anything_a_partner_may_not_see_changes_not_a_byte(
    told: tuple[list[PlainRecord], list[Canary], bytes], data: st.DataObject
) -> None:
    records, hidden, before = told
    kept = data.draw(st.lists(st.sampled_from(hidden), unique=True, max_size=40))
    text = data.draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
    changes = {(canary.record, canary.field): text for canary in kept}
    changed = [_changed(record, changes) for record in records]
    gone = data.draw(st.sets(st.sampled_from([r.id for r in records if r.id not in _needed(records)]), max_size=5))
    order = data.draw(st.randoms(use_true_random=False))
    changed = [record for record in changed if record.id not in gone]
    order.shuffle(changed)
    assert _partners(changed) == before


def _needed(records: Iterable[PlainRecord]) -> set[str]:
    """The records of the partner's account that their workbook shows."""
    kinds = {sheet.kind for sheet in partner_sheets()}
    return {r.id for r in records if r.kind in kinds and (r.id == MINE or r.values.get("partner") == PARTNER)} | {
        r.id for r in records if r.kind == "contact" and r.values.get("account") == MINE
    }


def _changed(record: PlainRecord, changes: Mapping[tuple[str, str], str]) -> PlainRecord:
    values = {key: changes.get((record.id, key), value) for key, value in record.values.items()}
    answers = {
        key: {voice: changes.get((record.id, key), value) for voice, value in voices.items()}
        for key, voices in record.answers.items()
    }
    return PlainRecord(record.kind, record.id, values, record.conflicts, answers)
