import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.catalogue import all_fields
from accountplanner.domain.fields import Privacy
from accountplanner.exchange.base import encode_base, make_export_record
from accountplanner.exchange.contract import GUIDE_SHEET, LISTS_SHEET, SYNC_SHEET, Column, WorkbookKind
from accountplanner.exchange.export_record import ExportFacts, ExportRecord
from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import Content, Row, project_partner, project_team
from accountplanner.exchange.reading.xlsx import read_workbook
from accountplanner.exchange.sync import Manifest, pack_payload, read_sync, sync_rows, unpack_payload
from accountplanner.exchange.writing.comparing import NotWrittenAsPlannedError, compare
from accountplanner.exchange.writing.leaks import LeakError, check_leaks
from accountplanner.exchange.writing.plan import plan_workbook
from accountplanner.exchange.writing.publishing import NotPublishedError, Patience, publish
from accountplanner.exchange.writing.workbook import check_columns, drawn

PARTNER = "partner:" + "p" * 26
CANARY = "Zyxomma"


def _facts(kind: WorkbookKind = WorkbookKind.PARTNER, *, secret: bytes = b"secret") -> ExportFacts:
    partner = PARTNER if kind is WorkbookKind.PARTNER else ""
    return ExportFacts("export:" + "7" * 26, kind, secret, (), "2026-11-22", partner=partner, partner_name="P & Co")


def _account(key: str = "a", **values: str) -> PlainRecord:
    return PlainRecord("account", f"account:{key * 26}", {"name": f"Account {key}", **values})


def _bytes(content: Content) -> bytes:
    base = encode_base(content)
    manifest = Manifest(content.facts.short, content.facts.export_id, content.facts.kind.value)
    return drawn(plan_workbook(content, manifest, base))


def _everything(data: bytes) -> bytes:
    """All parts decoded, and the payload of the hidden sheet decoded as well."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = b"\n".join(archive.read(name) for name in archive.namelist())
    sync = read_workbook(io.BytesIO(data)).sheet(SYNC_SHEET)
    assert sync is not None
    _, payload = read_sync((str(r.cells[1]), str(r.cells[2]), str(r.cells[3])) for r in sync.rows)
    assert payload is not None
    import zlib  # noqa: PLC0415

    return parts + zlib.decompress(payload)


def _partner(records: list[PlainRecord], scope: set[str], secret: bytes = b"secret") -> Content:
    return project_partner(_facts(secret=secret), records, b"alias", frozenset(scope))


# --- what may not leave ---------------------------------------------------------------------------------------------


def test_no_canary_of_a_restricted_class_reaches_a_byte_of_any_workbook() -> None:
    secret_fields = [field for field in all_fields() if field.privacy not in {Privacy.BUSINESS, Privacy.PERSONAL}]
    account = _account(fax="030 1")
    contact = PlainRecord(
        "contact",
        "contact:" + "c" * 26,
        {"name": "Maria", "account": account.id, **{f.key: f"{CANARY} {f.key}" for f in secret_fields}},
        answers={f.key: {PARTNER: CANARY} for f in secret_fields},
    )
    team = _bytes(project_team(_facts(WorkbookKind.TEAM), [account, contact], b"alias"))
    assert secret_fields
    assert CANARY.encode() not in _everything(team)
    assert CANARY.encode() not in _everything(_bytes(_partner([account, contact], {account.id})))


@pytest.mark.parametrize(
    "text", ["<r><t>bold</t></r>", "_x0041_ stays", "a\x07b\x1f", "two\nlines & <more>", " kept ", "\ufffe\uffff", "😀"]
)
def test_texts_that_look_like_markup_come_back_as_they_are(text: str) -> None:
    data = _bytes(project_team(_facts(WorkbookKind.TEAM), [_account(key_problems=text)], b"alias"))

    sheet = read_workbook(io.BytesIO(data)).sheet("Accounts")

    assert sheet is not None
    assert text in sheet.rows[1].cells.values()


def test_a_partner_workbook_holds_nothing_of_other_accounts_voices_or_kinds() -> None:
    mine = PlainRecord(
        "account",
        "account:" + "a" * 26,
        {"name": "Mine", "owner": "colleague:" + "c" * 26, "satisfaction": "leaving", "fax": CANARY, "tags": CANARY},
        answers={"satisfaction": {"colleague:" + "c" * 26: "leaving"}, "biggest_problem": {"partner:x": CANARY}},
    )
    others = [
        _account("b", key_problems=CANARY),
        PlainRecord("contact", "contact:" + "b" * 26, {"name": CANARY, "account": "account:" + "b" * 26}),
        PlainRecord("note", "note:" + "n" * 26, {"text": CANARY, "account": mine.id}),
        PlainRecord("registration", "registration:" + "r" * 26, {"customer_name": CANARY, "partner": "partner:x"}),
        PlainRecord("partner_note", "partner_note:" + "r" * 26, {"text": CANARY, "partner": "partner:x"}),
    ]
    data = _everything(_bytes(_partner([mine, *others], {mine.id})))
    assert CANARY.encode() not in data
    assert b"About to leave" in data  # the drop-down
    sheet = read_workbook(io.BytesIO(_bytes(_partner([mine, *others], {mine.id})))).sheet("Accounts")
    assert sheet is not None
    assert "About to leave" not in sheet.rows[1].cells.values()


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["industry", "email", "strategy_view", "revenue"]), st.text(min_size=1)))
def test_changing_what_a_partner_may_not_see_changes_no_byte(hidden: dict[str, str]) -> None:
    plain, changed = _account(), _account(**hidden)
    outside = _account("b", name="Account a")
    assert _bytes(_partner([plain], {plain.id})) == _bytes(_partner([outside, changed], {plain.id}))


def test_other_secrets_change_keys_and_nothing_else() -> None:
    account = _account(phone="030")
    one, two = (_partner([account], {account.id}, secret=s) for s in (b"one", b"two"))
    assert [sheet.rows for sheet in one.sheets] == [sheet.rows for sheet in two.sheets]
    assert [sheet.spares for sheet in one.sheets] != [sheet.spares for sheet in two.sheets]


def test_the_leak_gate_stops_a_text_nobody_planned_in_any_part() -> None:
    account = _account(phone="030")
    plan = plan_workbook(_partner([account], {account.id}), Manifest("7" * 8, "export:" + "7" * 26, "partner"), b"b")
    good = drawn(plan)
    for part, before, after in (
        ("docProps/core.xml", b"Account Planner", CANARY.encode()),
        ("xl/sharedStrings.xml", b"030", CANARY.encode()),
        ("xl/worksheets/sheet2.xml", b"Not in the list", CANARY.encode()),
        ("xl/tables/table1.xml", b'displayName="Accounts"', f'displayName="{CANARY}"'.encode()),
        ("xl/workbook.xml", b'name="_lists"', f'name="{CANARY}"'.encode()),
        ("xl/styles.xml", b"Calibri", CANARY.encode()),
    ):
        with pytest.raises(LeakError) as caught:
            check_leaks(_with_part(good, part, before, after), plan)
        assert caught.value.part == part
        assert CANARY not in caught.value.sentence


def test_a_part_a_comment_or_a_number_nobody_planned_stops_the_export() -> None:
    account = _account(phone="030", name="N")
    plan = plan_workbook(_partner([account], {account.id}), Manifest("7" * 8, "export:" + "7" * 26, "partner"), b"b")
    extra = io.BytesIO(drawn(plan))
    with zipfile.ZipFile(extra, "a") as archive:
        archive.writestr("xl/hidden.xml", b"<a/>")
    with pytest.raises(LeakError):
        check_leaks(extra.getvalue(), plan)
    moved = _with_part(
        drawn(plan),
        "xl/worksheets/sheet2.xml",
        b"</sheetData>",
        b'<row r="999"><c r="B999"><v>4711</v></c></row></sheetData>',
    )
    with pytest.raises(NotWrittenAsPlannedError):
        compare(moved, plan)


def test_a_column_the_reader_may_not_see_is_refused_whoever_put_it_there() -> None:
    content = _partner([_account()], {"account:" + "a" * 26})
    sheet = content.sheets[0]
    from dataclasses import replace  # noqa: PLC0415

    layout = replace(sheet.layout, columns=(*sheet.layout.columns, Column("strategy_view", "Strategy")))
    wrong = replace(content, sheets=(replace(sheet, layout=layout, rows=(Row("k", ("",) * len(layout.columns)),)),))
    with pytest.raises(LeakError):
        check_columns(wrong)


def _with_part(data: bytes, part: str, before: bytes, after: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            held = old.read(entry)
            assert entry.filename != part or before in held
            new.writestr(entry, held.replace(before, after) if entry.filename == part else held)
    return changed.getvalue()


# --- how values are written -----------------------------------------------------------------------------------------

_HARD = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


@pytest.mark.slow
@given(
    st.one_of(_HARD, st.sampled_from(["=1+1", "0049", "1E5", "http://x.example", "_x0041_", "TRUE", "@SUM(A1)", "'a"]))
)
def test_any_text_stands_in_the_file_as_it_is(text: str) -> None:
    text = text.strip() or "x"
    account = PlainRecord("account", "account:" + "a" * 26, {"name": text})
    data = _bytes(project_team(_facts(WorkbookKind.TEAM), [account], b"alias"))
    sheet = read_workbook(io.BytesIO(data)).sheet("Accounts")
    assert sheet is not None
    assert sheet.rows[1].cells[2] == text
    assert not sheet.rows[1].formulas


@given(st.text(st.sampled_from("ab \n😀"), min_size=1, max_size=40), st.integers(1, 3_000))
def test_long_texts_are_cut_to_fit_and_join_again(piece: str, times: int) -> None:
    text = piece * times
    parts = text_parts(text)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= 30_000 for part in parts)


def test_one_name_of_two_records_is_shown_as_two_titles() -> None:
    accounts = [_account("a", name="Twin", city="X"), _account("b", name="twin")]
    content = project_team(_facts(WorkbookKind.TEAM), accounts, b"alias")
    assert len({title.casefold() for title in content.titles["account"].values()}) == 2


def test_the_guide_is_seen_first_and_the_machinery_is_hidden() -> None:
    read = read_workbook(io.BytesIO(_bytes(_partner([_account()], {"account:" + "a" * 26}))))
    assert read.sheets[0].name == GUIDE_SHEET
    assert {sheet.name for sheet in read.sheets if sheet.hidden} == {LISTS_SHEET, SYNC_SHEET}
    words = " ".join(str(value) for row in read.sheets[0].rows for value in row.cells.values())
    assert "(clear)" in words
    assert "Export 77777777" in words
    assert "P & Co" in words


# --- what is kept beside it -----------------------------------------------------------------------------------------


def test_an_export_record_is_the_same_after_json() -> None:
    content = _partner([_account(phone="1")], {"account:" + "a" * 26})
    record = make_export_record(content, encode_base(content))
    assert ExportRecord.from_json(record.to_json()) == record


@given(st.binary(max_size=70_000), st.randoms())
def test_the_hidden_sheet_is_read_in_any_order_and_a_lost_row_is_noticed(payload: bytes, chance: object) -> None:
    manifest = Manifest("7" * 8, "export:x", "team", key="k")
    rows = sync_rows(manifest, payload)
    shuffled = sorted(rows, key=lambda _: chance.random())  # type: ignore[attr-defined]
    found, read = read_sync(shuffled)
    assert found is not None
    assert (found.export_id, found.key, read) == ("export:x", "k", payload)
    if payload:
        assert read_sync(rows[:-1])[1] is None
        mark, check, _ = rows[-1]
        assert read_sync([*rows[:-1], (mark, check, "AAAA")])[1] in {None, payload}


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.binary(max_size=50)))
def test_a_container_gives_back_its_parts(parts: dict[str, bytes]) -> None:
    assert unpack_payload(pack_payload(parts)) == parts


# --- getting it onto the disk ---------------------------------------------------------------------------------------


def test_a_file_is_swapped_in_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    target.write_bytes(b"old")
    assert publish(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert list(tmp_path.glob(".*part")) == []


class _OnWindowsError(PermissionError):
    """What Windows says, with its own number; Python turns each of these into EACCES or ENOSPC besides."""

    def __init__(self, number: int, code: int = errno.EACCES) -> None:
        super().__init__(code, "The process cannot access the file")
        self.winerror = number


@pytest.mark.parametrize(
    "said", [PermissionError(), _OnWindowsError(5), _OnWindowsError(32), _OnWindowsError(33)], ids=repr
)
def test_a_target_that_is_open_elsewhere_gives_the_next_free_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: OSError
) -> None:
    target = tmp_path / "book.xlsx"
    target.write_bytes(b"old")
    (tmp_path / "book (2).xlsx").write_bytes(b"other")
    replace = Path.replace

    def held_open(self: Path, name: Path) -> Path:
        if name == target:
            raise said
        return replace(self, name)

    monkeypatch.setattr(Path, "replace", held_open)
    waited: list[float] = []
    assert publish(target, b"new", patience=Patience(pause=waited.append)).name == "book (3).xlsx"
    assert target.read_bytes() == b"old"
    assert 2 <= sum(waited) <= 3, "tried again for some seconds"


def test_what_no_waiting_will_mend_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _name: Path) -> Path:
        raise _OnWindowsError(112, errno.ENOSPC)

    monkeypatch.setattr(Path, "replace", full)
    waited: list[float] = []
    with pytest.raises(NotPublishedError, match="could not be written"):
        publish(tmp_path / "book.xlsx", b"new", patience=Patience(pause=waited.append))
    assert waited == []
    assert not [each for each in tmp_path.iterdir() if "book" in each.name]


def test_what_a_killed_program_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    old, young, others = (tmp_path / f".{name}.part" for name in ("book.xlsx.00000001", "book.xlsx.00000002", "b.1"))
    for left in (old, young, others):
        left.write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    publish(target, b"new")
    assert sorted(path.name for path in tmp_path.glob(".*.part")) == [others.name, young.name]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="could not be written"):
        publish(tmp_path / "nowhere" / "book.xlsx", b"new")
