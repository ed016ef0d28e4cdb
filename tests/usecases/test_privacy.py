"""What may not leave does not leave: canaries in every field, looked for in every byte."""

from __future__ import annotations

import base64
import logging
import re
import sys
import tempfile
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.usecases.acting import Picture, bring, consent_for, say, small_picture, texts
from tests.usecases.conftest import Laptops

from accountplanner.domain.catalogue import KINDS, known_field, visible_kinds
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Source
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
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")

_WORDS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST}
_OUTSIDE_FILES: list[str] = []


class Canaries:
    """Plants a word of its own in every field that takes words, and remembers which."""

    def __init__(self, session: Session, fields: dict[str, tuple[str, str, Layer]] | None = None) -> None:
        self.session = session
        self.fields = fields or {}

    def plant(self, record: str, layer: Layer | None = None, *, special: bool = True) -> None:
        for field in KINDS[kind_of(record)].fields:
            if field.type in _WORDS and not field.internal and (special or field.privacy is not Privacy.SPECIAL):
                self._plant_in(record, field, layer)

    def _plant_in(self, record: str, field: Field, layer: Layer | None) -> None:
        canary = f"kanarie{len(self.fields):04d}vogel"
        asked = None if layer is Layer.TEAM and field.default_layer is Layer.ME else layer
        kept = Layer.ME if field.privacy is Privacy.SPECIAL else asked or field.default_layer
        said = Source(origin=consent_for(record, field.key))
        set_value(self.session, Typed(record, field.key, canary, layer=asked, source=said))
        self.fields[canary] = (record, field.key, kept)

    def where(self, *, layer: Layer | None = None, privacy: Iterable[Privacy] = Privacy) -> set[str]:
        """The canaries of one layer, or of some classes."""
        wanted = set(privacy)
        return {
            canary
            for canary, (record, key, kept) in self.fields.items()
            if (layer is None or kept is layer) and _field(record, key).privacy in wanted
        }


def _field(record: str, key: str) -> Field:
    field = known_field(kind_of(record), key)
    assert field is not None
    return field


@pytest.fixture
def picture(ann: Session) -> Picture:
    return small_picture(ann)


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, Picture, Canaries]:
    """A closed workspace with a canary in every field of a record of every kind, in both layers where it may."""
    laptops = Laptops(tmp_path_factory.mktemp("aviary"))
    session = laptops.found()
    picture = small_picture(session)
    canaries = _planted(session, picture)
    laptops.close()
    return session, picture, canaries


@pytest.fixture
def full(laptops: Laptops, aviary: tuple[Session, Picture, Canaries]) -> Session:
    """A workspace full of canaries."""
    return laptops.open(aviary[0], "Full")


@pytest.fixture
def canaries(aviary: tuple[Session, Picture, Canaries], full: Session) -> Canaries:
    return Canaries(full, dict(aviary[2].fields))


def _planted(ann: Session, picture: Picture) -> Canaries:
    ann.store.enable_special("the person asked us to", ann.store.identity.member, "2026-11-22")
    planted = Canaries(ann)
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    for record in (alpine, kari, picture.accounts["Café Nord"], picture.contacts["Siv Lund"]):
        planted.plant(record, Layer.TEAM)
        planted.plant(record, Layer.ME)
    for kind in visible_kinds():
        if kind not in {"account", "contact", "partner", "scope", "move"}:
            owners = {"account": alpine, "contact": kari}
            names = {field.key: owners[key] for field in KINDS[kind].owners for key in field.refers_to if key in owners}
            planted.plant(create_record(ann, kind, names)[0], Layer.TEAM)
    return planted


# --- looking --------------------------------------------------------------------------------------------------------


def _seen(data: bytes) -> set[str]:
    """Every canary in some bytes: plain, in UTF-16, in base64 at any offset, or in hexadecimal digits."""
    found = set(re.findall(rb"kanarie\d{4}vogel", data))
    found |= {each.replace(b"\0", b"") for each in re.findall(rb"k\0a\0n\0a\0r\0i\0e\0(?:\d\0){4}v\0o\0g\0e\0l", data)}
    # Base64 at any offset: every run of its letters is decoded, for short needles turn up in encrypted bytes by chance.
    for run in re.findall(rb"[A-Za-z0-9+/]{16,}", data):
        for offset in range(4):
            part = run[offset:]
            assert b"kanarie" not in base64.b64decode(part[: len(part) // 4 * 4]), "a canary in base64"
    assert b"kanarie".hex().encode() not in data.lower(), "a canary in hexadecimal digits"
    return {each.decode() for each in found}


def _inflated(file: Path) -> bytes:
    with zipfile.ZipFile(file) as parts:
        return b"\n".join(parts.read(name) + name.encode() for name in parts.namelist())


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
    assert _seen(_bytes_of(folder)) == set()
    assert len(list((folder / "backups").rglob("*.db"))) >= 4
    full.store.databases["team"].checkpoint()
    assert _seen(_bytes_of(folder)) == set()
    assert _seen(_bytes_of(tmp_path / "temporary")) == set()
    assert not [name for name in files_written if "temporary" in name]
    assert _seen(caplog.text.encode()) == set()


# --- what is sent ---------------------------------------------------------------------------------------------------


def test_a_team_workbook_carries_nothing_private_neither_shown_nor_hidden(
    full: Session, canaries: Canaries, tmp_path: Path
) -> None:
    file = tmp_path / "team.xlsx"
    export_team(full, file)
    private, shared = canaries.where(layer=Layer.ME), canaries.where(layer=Layer.TEAM)
    assert len(private) > 60
    assert {_field(*canaries.fields[each][:2]).privacy for each in private} == set(Privacy)
    everything = _seen(_inflated(file)) | _seen(_hidden(full, file))
    assert everything & private == set()
    assert everything == shared
    shown = _seen(" ".join(texts(file)).encode())
    assert canaries.where(layer=Layer.TEAM, privacy=[Privacy.BUSINESS, Privacy.PERSONAL]) >= shown
    assert _seen(dump(full)) == shared


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
    seen = _seen(_inflated(file))
    allowed = {
        canary
        for canary, (record, key, kept) in canaries.fields.items()
        if kept is Layer.TEAM and _is_theirs(full, picture, record) and _may_see(_field(record, key))
    }
    # The workbook says for whom it was made.
    allowed |= {
        canary for canary, (record, key, _) in canaries.fields.items() if (record, key) == (picture.partner, "name")
    }
    assert seen <= allowed, {each: canaries.fields[each] for each in seen - allowed}
    assert {canaries.fields[each][1] for each in seen} >= {"name", "city", "key_problems", "text"}


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
            if field.type in _WORDS and not field.partner_may_see:
                canaries._plant_in(record, field, None)
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
        field = _field(kari, key)
        assert field.privacy in {Privacy.HOUSEHOLD, Privacy.INFERABLE}
        say(ann, kari, key, f"kanarie{field.number:04d}vogel")
    ben = laptops.join(ann)
    first, second = tmp_path / "private.xlsx", tmp_path / "shared.xlsx"
    export_team(ann, first)
    assert _seen(_inflated(first)) | _seen(_hidden(ann, first)) | _seen(dump(ann)) == set()
    for key in ("mackay_spouse", "mackay_clubs"):
        share_value(ann, kari, key)
    export_team(ann, second)
    assert _seen(_inflated(second)) == set()
    assert len(_seen(_hidden(ann, second))) == len(_seen(dump(ann))) == 2
    bring(ben, second)
    assert len(_seen(dump(ben))) == 2
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
    assert _seen(_inflated(file)) | _seen(_hidden(ann, file)) | _seen(dump(ann)) == set()
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
    assert _seen(hidden) | _seen(_inflated(file)) | _seen(dump(ann)) == set()
    assert note.encode() not in hidden
    bring(ben, file)
    assert not ben.store.is_known(note)
