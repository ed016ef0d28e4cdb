"""What may not leave does not leave: canaries in every field, looked for in every byte."""

from __future__ import annotations

import logging
import sys
import tempfile
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.usecases.acting import Picture, bring, say, texts
from tests.usecases.canaries import WORDS, Canaries, field_of, inflated, seen

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Field, Layer, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.exchange.contract import SYNC_SHEET
from accountplanner.exchange.sync import read_sync, unpack_payload
from accountplanner.store.sealing import unpack_all
from accountplanner.usecases.browsing import find
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, create_record, set_value, share_value
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.team import open_payload
from accountplanner.usecases.workspaces import back_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")

_OUTSIDE_FILES: list[str] = []


# --- looking --------------------------------------------------------------------------------------------------------


def _hidden(session: Session, file: Path) -> bytes:
    """What a team workbook's hidden sheet says once it is decrypted, the colleagues' batches unpacked."""
    book = openpyxl.load_workbook(file)
    cells = [[str(cell.value or "") for cell in row[:3]] for row in book[SYNC_SHEET].iter_rows()]
    book.close()
    _, payload = read_sync((row[0], row[1], row[2]) for row in cells)
    assert payload
    parts = unpack_payload(open_payload(session, payload))
    batches = [batch for name in sorted(parts) if name.startswith("batches") for batch in unpack_all(parts.pop(name))]
    held = [*parts.values(), *(batch.header for batch in batches)]
    return b"\n".join([*held, *(chunk.data for batch in batches for chunk in batch.chunks)])


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() + path.name.encode() for path in sorted(folder.rglob("*")) if path.is_file())


# --- at rest --------------------------------------------------------------------------------------------------------


def _note_opened(event: str, details: tuple[object, ...]) -> None:
    if event == "open" and _watching and isinstance(details[0], str) and set("wxa+") & set(str(details[1] or "")):
        _OUTSIDE_FILES.append(details[0])


_watching: list[bool] = []
sys.addaudithook(_note_opened)


@pytest.fixture
def files_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every file Python opens for writing while a test looks, temporary ones included."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    _OUTSIDE_FILES.clear()
    _watching.append(True)
    yield _OUTSIDE_FILES
    _watching.clear()


def test_nothing_typed_is_readable_in_the_workspace_the_logs_or_the_temporary_folder(
    full: Session, canaries: Canaries, tmp_path: Path, files_written: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder, file = full.store.places.folder, tmp_path / "team.xlsx"
    export_team(full, file)
    bring(full, file)
    back_up(full)
    canaries.plant(create_record(full, "account", {"name": "Later"})[0])
    assert (folder / "team.db-wal").stat().st_size > 0
    assert seen(_bytes_of(folder)) == set()
    assert len(list((folder / "backups").rglob("*.db"))) >= 4
    full.store.databases["team"].checkpoint()
    assert seen(_bytes_of(folder)) == set()
    assert seen(_bytes_of(tmp_path / "temporary")) == set()
    assert not [name for name in files_written if "temporary" in name]
    assert seen(caplog.text.encode()) == set()


# --- what is sent ---------------------------------------------------------------------------------------------------


def test_a_team_workbook_carries_nothing_private_neither_shown_nor_hidden(
    full: Session, canaries: Canaries, tmp_path: Path
) -> None:
    file = tmp_path / "team.xlsx"
    export_team(full, file)
    private, shared = canaries.where(layer=Layer.ME), canaries.where(layer=Layer.TEAM)
    assert len(private) > 60
    assert {field_of(*canaries.fields[each][:2]).privacy for each in private} == set(Privacy)
    everything = seen(inflated(file)) | seen(_hidden(full, file))
    assert everything & private == set()
    assert everything == shared
    shown = seen(" ".join(texts(file)).encode())
    assert canaries.where(layer=Layer.TEAM, privacy=[Privacy.BUSINESS, Privacy.PERSONAL]) >= shown
    assert seen(dump(full)) == shared


def test_a_partner_workbook_shows_permitted_business_fields_of_their_accounts_and_nothing_else(
    full: Session, aviary: tuple[Session, Picture, Canaries], canaries: Canaries, tmp_path: Path
) -> None:
    picture = aviary[1]
    rival, _ = add_partner(full, "Rival")
    for owner in (picture.partner, rival):
        canaries.plant(owner)
        note, _ = create_record(full, "partner_note", {"partner": owner, "account": picture.accounts["Alpine"]})
        canaries.plant(note)
    file = export_partner(full, picture.partner, tmp_path / "partner.xlsx").path
    found = seen(inflated(file))
    allowed = {
        canary
        for canary, (record, key, kept) in canaries.fields.items()
        if kept is Layer.TEAM and _is_theirs(full, picture, record) and _may_see(field_of(record, key))
    }
    # The workbook says for whom it was made.
    allowed |= {
        canary for canary, (record, key, _) in canaries.fields.items() if (record, key) == (picture.partner, "name")
    }
    assert found <= allowed, {each: canaries.fields[each] for each in found - allowed}
    assert {canaries.fields[each][1] for each in found} >= {"name", "city", "key_problems", "text"}


def _is_theirs(session: Session, picture: Picture, record: str) -> bool:
    if kind_of(record) in {"partner_note", "registration"}:
        held = session.store.record(record)
        return held is not None and held.values.get("partner") == picture.partner
    return record in {picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]}


def _may_see(field: Field) -> bool:
    brought = field.kind in {"partner_note", "registration"}
    return field.privacy is Privacy.BUSINESS and (brought or field.partner_may_see)


def test_changing_what_a_partner_may_not_see_changes_not_a_byte_of_their_workbook(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rival, _ = add_partner(ann, "Rival")
    set_scope(ann, rival, [picture.accounts["Alpine"]], covers=True)
    monkeypatch.setattr("accountplanner.usecases.exporting.secrets.token_bytes", bytes)
    ann.close()
    plain, changed = laptops.open(ann, "Plain"), laptops.open(ann, "Changed")
    _restrict(changed, picture, rival)
    parts = []
    for number, session in enumerate((plain, changed)):
        session.new_id = lambda kind: f"{kind}:{'0' * 26}"
        file = export_partner(session, picture.partner, tmp_path / f"{number}.xlsx").path
        with zipfile.ZipFile(file) as held:
            parts.append({name: held.read(name) for name in held.namelist()})
    assert parts[0].keys() == parts[1].keys()
    assert [name for name in parts[0] if parts[0][name] != parts[1][name]] == []


def _restrict(session: Session, picture: Picture, rival: str) -> None:
    """Change everything a partner may not see: other classes, other fields, other accounts, other voices."""
    session.store.enable_special("asked", session.store.identity.member, "2026-11-22")
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    canaries = Canaries(session)
    canaries.plant(kari, Layer.ME)
    canaries.plant(alpine, Layer.ME)
    canaries.plant(picture.accounts["Café Nord"])
    canaries.plant(picture.contacts["Siv Lund"])
    for record in (alpine, kari):
        for field in KINDS[kind_of(record)].fields:
            if field.type in WORDS and not field.partner_may_see:
                canaries.plant_in(record, field, None)
    say(session, alpine, "fax", "+47 99 99 99 99")
    say(session, alpine, "satisfaction", "leaving")
    set_value(session, Typed(alpine, "satisfaction", "very", voice=rival))
    create_record(session, "account", {"name": "Aardvark"})
    note, _ = create_record(session, "partner_note", {"partner": rival, "account": alpine})
    canaries.plant(note)
    share_value(session, kari, "mackay_spouse")


# --- sharing, special answers ---------------------------------------------------------------------------------------


def test_sharing_a_household_answer_puts_it_into_the_hidden_sheet_and_no_other(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    kari = picture.contacts["Kari Nordmann"]
    for key in ("mackay_spouse", "mackay_clubs"):
        field = field_of(kari, key)
        assert field.privacy in {Privacy.HOUSEHOLD, Privacy.INFERABLE}
        say(ann, kari, key, f"kanarie{field.number:04d}vogel")
    ben = laptops.join(ann)
    first, second = tmp_path / "private.xlsx", tmp_path / "shared.xlsx"
    export_team(ann, first)
    assert seen(inflated(first)) | seen(_hidden(ann, first)) | seen(dump(ann)) == set()
    for key in ("mackay_spouse", "mackay_clubs"):
        share_value(ann, kari, key)
    export_team(ann, second)
    assert seen(inflated(second)) == set()
    assert len(seen(_hidden(ann, second))) == len(seen(dump(ann))) == 2
    bring(ben, second)
    assert len(seen(dump(ben))) == 2
    assert ann.store.me.picture(kari).value("mackay_spouse")


def test_special_answers_are_off_until_enabled_and_then_never_leave(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    kari = picture.contacts["Kari Nordmann"]
    special = [field.key for field in KINDS["contact"].fields if field.privacy is Privacy.SPECIAL]
    for key in special:
        with pytest.raises(RefusedError, match="switched off"):
            say(ann, kari, key, "kanarie9999vogel")
    ann.store.enable_special("they asked us to", ann.store.identity.member, "2026-11-22")
    for number, key in enumerate(special):
        say(ann, kari, key, f"kanarie{number:04d}vogel", layer=Layer.TEAM)
        with pytest.raises(RefusedError):
            share_value(ann, kari, key)
    file = tmp_path / "team.xlsx"
    export_team(ann, file)
    assert seen(inflated(file)) | seen(_hidden(ann, file)) | seen(dump(ann)) == set()
    assert find(ann, "kanarie0000vogel") == []
    with ann.store.me.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT rowid FROM search WHERE search MATCH 'kanarie0000vogel'").all()
    assert rows == []


def test_a_private_record_is_nowhere_but_here(laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path) -> None:
    alpine = picture.accounts["Alpine"]
    note, _ = create_record(ann, "note", {"text": "kanarie0001vogel", "account": alpine}, layer=Layer.ME)
    ben = laptops.join(ann)
    file = tmp_path / "team.xlsx"
    export_team(ann, file)
    hidden = _hidden(ann, file)
    assert seen(hidden) | seen(inflated(file)) | seen(dump(ann)) == set()
    assert note.encode() not in hidden
    bring(ben, file)
    assert not ben.store.is_known(note)
