"""Workbooks under a password: encrypted as Excel does it, opened again by whoever knows the word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from tests.usecases.acting import Picture, bring, filled, say, sent, value

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.reading.errors import FileRefusedError, PasswordNeededError
from accountplanner.exchange.writing import locking
from accountplanner.usecases.exporting import export_all_partners, export_partner, export_team
from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.reviewing import queue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")

_WORD = "sesame, öffne dich"
_OPENED_BY_IT = ImportOptions(password=_WORD)


def _plain(file: Path, target: Path, password: str = _WORD) -> Path:
    """What Excel holds after the password was typed."""
    into = io.BytesIO()
    with file.open("rb") as stream:
        locked = msoffcrypto.OfficeFile(stream)
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(into, verify_integrity=True)
    target.write_bytes(into.getvalue())
    return target


def _saved(plain: Path, target: Path) -> Path:
    """What Excel writes when the workbook is saved: encrypted again with the same password."""
    target.write_bytes(locking.locked(plain.read_bytes(), _WORD))
    return target


def test_a_locked_team_workbook_opens_with_its_password_alone_and_brings_everything(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    say(ann, picture.contacts["Kari Nordmann"], "mackay_hobbies", "kite flying")
    exported = export_team(ann, tmp_path / "team.xlsx", password=_WORD)
    assert (exported.locked, exported.personal > 0, exported.warning) == (True, True, "")
    held = exported.path.read_bytes()
    assert held.startswith(b"\xd0\xcf\x11\xe0")
    assert b"PK\x03\x04" not in held
    with pytest.raises(InvalidKeyError):
        _plain(exported.path, tmp_path / "no.xlsx", "sesame")
    with pytest.raises(PasswordNeededError, match="locked with a password"):
        bring(ben, exported.path)
    with pytest.raises(PasswordNeededError, match="another password"):
        import_files(ben, [exported.path], ImportOptions(password="sesame"))
    import_files(ben, [exported.path], _OPENED_BY_IT)
    assert value(ben, picture.contacts["Kari Nordmann"], "mackay_hobbies") == "kite flying"


def test_a_plain_file_with_personal_answers_says_so_and_one_without_does_not(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    assert export_team(ann, tmp_path / "before.xlsx").warning == ""
    say(ann, picture.contacts["Kari Nordmann"], "mackay_hobbies", "kite flying")
    assert "not encrypted" in export_team(ann, tmp_path / "plain.xlsx").warning
    assert export_partner(ann, picture.partner, tmp_path / "partner.xlsx").warning == ""


def test_what_a_partner_writes_into_a_locked_workbook_comes_back(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    file = export_all_partners(ann, tmp_path, password=_WORD)[0].path
    plain = filled(
        _plain(file, tmp_path / "opened.xlsx"), tmp_path / "filled.xlsx", ("Accounts", "Alpine", "Phone", "+47 1")
    )
    import_files(ann, [_saved(plain, tmp_path / "saved.xlsx")], _OPENED_BY_IT)
    assert value(ann, picture.accounts["Alpine"], "phone") == "+47 1"


def test_a_locked_file_that_waits_is_opened_again_when_its_export_arrives(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    bring(ben, sent(ann, tmp_path / "early.xlsx"))
    file = export_partner(ann, picture.partner, tmp_path / "partner.xlsx").path
    plain = filled(file, tmp_path / "filled.xlsx", ("Accounts", "Alpine", "Phone", "+47 1"))
    import_files(ben, [_saved(plain, tmp_path / "saved.xlsx")], _OPENED_BY_IT)
    assert [each.kind for each in queue(ben)] == ["waiting"]
    result = bring(ben, sent(ann, tmp_path / "late.xlsx"))
    assert any("has been taken in now" in notice for notice in result.notices)
    assert queue(ben) == []


def test_a_password_that_excel_cannot_be_told_is_refused_and_the_old_file_stays(
    ann: Session, picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "team.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(RefusedError, match="255 letters"):
        export_team(ann, target, password="x" * 256)
    monkeypatch.setattr(locking, "_unlocked", lambda data, _: data[:-1])
    with pytest.raises(RefusedError, match="does not open with it"):
        export_partner(ann, picture.partner, target, password=_WORD)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.glob("*.xlsx")] == ["team.xlsx"]


def test_one_changed_byte_in_a_locked_file_is_one_sentence(ann: Session, picture: Picture, tmp_path: Path) -> None:
    file = export_partner(ann, picture.partner, tmp_path / "partner.xlsx", password=_WORD).path
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(bytes(held))
    with pytest.raises(FileRefusedError, match=r"“partner.xlsx”.*\.$"):
        import_files(ann, [file], _OPENED_BY_IT)
