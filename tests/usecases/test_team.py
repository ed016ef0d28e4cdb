"""Who is in the team, and whose words are taken: invitations, retirement, other teams, forgeries."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, level, say, sent, small_picture, value
from tests.usecases.conftest import CHEAP, PASSPHRASE, StandingClock
from tests.usecases.forging import forged, with_batches

from accountplanner.domain.errors import PlannerError, RefusedError
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.importing import preview_import
from accountplanner.usecases.team import accept, invite, members, retire
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace, verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.domain.batches import SealedBatch
    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


def _states(session: Session) -> dict[str, str]:
    return {line.name: line.state for line in members(session)}


def _refused(session: Session, file: Path) -> str:
    """Bring a file that must be refused whole; gives the sentence."""
    before = dump(session), members(session)
    with pytest.raises(PlannerError) as told:
        bring(session, file)
    assert (dump(session), members(session)) == before
    assert verify(session) == []
    sentence = told.value.sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# --- joining --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_invited_colleague_is_known_to_everybody_their_files_reach(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    say(ben, ben.store.identity.member, "name", "Ben")
    level(tmp_path, ann, ben, cleo)
    assert _states(ann) == {"Ann": "this", "Ben": "member", "Cleo": "member"}
    assert _states(cleo) == {"Cleo": "this", "Ann": "member", "Ben": "member"}
    dora = laptops.join(cleo, "Dora")
    bring(ben, sent(dora, tmp_path / "dora.xlsx"))
    assert _states(ben)["Dora"] == "member", "invited by a colleague, read from her own file"
    assert value(dora, picture.accounts["Alpine"], "city") is None
    bring(dora, sent(ben, tmp_path / "ben.xlsx"))
    assert value(dora, picture.accounts["Alpine"], "city") == "Oslo"


def test_an_invitation_used_again_makes_no_second_member_and_unmakes_no_first(
    laptops: Laptops, ann: Session, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    twin = laptops.join_again("Ben", "Twin")
    say(twin, twin.store.identity.member, "name", "Twin")
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    file = sent(twin, tmp_path / "twin.xlsx")
    with pytest.raises(RefusedError, match="nobody known to the team has signed"):
        bring(ann, file)
    assert _states(ann) == {"Ann": "this", "Ben": "member", "Twin": "waiting"}
    assert not ann.store.is_known(twin.store.identity.member)
    bring(ann, sent(ben, tmp_path / "again.xlsx"))
    again = laptops.reopen(ann)
    accept(again, twin.store.identity.replica)
    bring(again, file)
    assert _states(again) == {"Ann": "this", "Ben": "member", "Twin": "member"}
    assert verify(again) == []


@pytest.mark.slow
def test_who_hears_of_both_at_once_believes_the_colleague_who_trusts_one(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    twin = laptops.join_again("Ben", "Twin")
    for stranger in (twin, ben):
        say(stranger, stranger.store.identity.member, "name", "Ben or Twin")
    with pytest.raises(RefusedError):
        bring(cleo, sent(ben, tmp_path / "ben.xlsx"), sent(twin, tmp_path / "twin.xlsx"))
    assert _states(cleo)["Ben"] == _states(cleo)["Twin"] == "waiting"
    bring(ann, tmp_path / "ben.xlsx")
    bring(cleo, sent(ann, tmp_path / "ann.xlsx"))
    assert _states(cleo) == {"Cleo": "this", "Ann": "member", "Ben": "member", "Twin": "waiting"}
    assert cleo.store.is_known(picture.accounts["Alpine"])


def test_a_preview_makes_nobody_a_member(laptops: Laptops, ann: Session, tmp_path: Path) -> None:
    ben = laptops.join(ann)
    file = sent(ben, tmp_path / "ben.xlsx")
    before = members(ann)
    preview_import(ann, [file])
    assert members(ann) == before
    bring(ann, file)
    assert _states(ann)["Ben"] == "member"


def test_a_join_file_opens_with_its_own_passphrase_only(ann: Session, laptops: Laptops, tmp_path: Path) -> None:
    file = tmp_path / "join"
    invite(ann, file, "join us", CHEAP)
    for passphrase in ("", PASSPHRASE):
        wish = NewWorkspace(
            laptops._places("Late"), "Late", "", "x", join_file=file, join_passphrase=passphrase, stretching=CHEAP
        )
        with pytest.raises(RefusedError):
            create_workspace(wish, StandingClock())
        assert not laptops._places("Late").exists()


# --- retirement -----------------------------------------------------------------------------------------------------


def test_a_retired_devices_own_files_are_refused_and_its_words_come_with_a_members_file(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    say(cleo, cleo.store.identity.member, "name", "Cleo")
    level(tmp_path, ann, ben, cleo)
    alpine = picture.accounts["Alpine"]
    retire(ann, ben.store.identity.replica)
    say(ben, alpine, "city", "Said by Ben")
    late = sent(ben, tmp_path / "late.xlsx")
    assert "retired" in _refused(ann, late)
    assert value(ann, alpine, "city") == "Oslo"
    bring(cleo, late)
    bring(ann, sent(cleo, tmp_path / "cleo.xlsx"))
    assert value(ann, alpine, "city") == "Said by Ben"
    assert _states(ann)["Ben"] == "retired"


def test_the_new_team_key_reaches_members_and_not_the_retired_one(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    say(cleo, cleo.store.identity.member, "name", "Cleo")
    level(tmp_path, ann, ben, cleo)
    retire(ann, ben.store.identity.replica)
    say(ann, picture.accounts["Alpine"], "city", "After Ben")
    file = sent(ann, tmp_path / "after.xlsx")
    _refused(ben, file)
    bring(cleo, file)
    assert value(cleo, picture.accounts["Alpine"], "city") == "After Ben"
    assert _states(cleo)["Ben"] == "retired"
    assert "retired" in _refused(cleo, sent(ben, tmp_path / "ben.xlsx"))
    _refused(ben, sent(cleo, tmp_path / "cleo.xlsx"))
    bring(ann, tmp_path / "cleo.xlsx")
    assert agree(ann, cleo)
    again = laptops.reopen(cleo)
    assert bring(again, file).step == 0, "the key is kept"


@pytest.mark.slow
def test_a_member_the_retiring_laptop_had_not_heard_of_gets_the_key_later(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    retire(ann, ben.store.identity.replica)
    _refused(cleo, sent(ann, tmp_path / "too-early.xlsx"))
    bring(ann, sent(cleo, tmp_path / "cleo.xlsx"))
    bring(cleo, sent(ann, tmp_path / "now.xlsx"))
    assert value(cleo, picture.accounts["Alpine"], "city") == "Oslo"


def test_a_device_cannot_retire_itself(ann: Session) -> None:
    with pytest.raises(RefusedError):
        retire(ann, ann.store.identity.replica)


# --- other teams and forgeries --------------------------------------------------------------------------------------


def test_a_file_of_another_team_is_refused_whole(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    eve = laptops.found("Eve")
    small_picture(eve)
    assert "team" in _refused(ann, sent(eve, tmp_path / "eve.xlsx"))
    _refused(eve, sent(ann, tmp_path / "ann.xlsx"))
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"


def test_a_changed_body_a_changed_header_and_a_borrowed_signature_are_refused(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    file = sent(ann, tmp_path / "ann.xlsx")

    def body(batches: list[SealedBatch]) -> list[SealedBatch]:
        chunk = next(c for b in batches for c in b.chunks if b"Oslo" in c.data)
        fake = replace(chunk, data=chunk.data.replace(b"Oslo", b"Fake"))
        return [replace(b, chunks=tuple(fake if c is chunk else c for c in b.chunks)) for b in batches]

    def header(batches: list[SealedBatch]) -> list[SealedBatch]:
        return [replace(batches[0], header=batches[0].header.replace(b"2026-", b"2025-")), *batches[1:]]

    def signature(batches: list[SealedBatch]) -> list[SealedBatch]:
        return [batches[0], replace(batches[1], signature=batches[0].signature), *batches[2:]]

    def unsigned(batches: list[SealedBatch]) -> list[SealedBatch]:
        return [replace(each, signature=b"") for each in batches]

    for forgery in (body, header, signature, unsigned):
        _refused(ben, forged(ann, file, with_batches(forgery), ann))
    assert not ben.store.is_known(picture.accounts["Alpine"])
    bring(ben, forged(ann, file, lambda parts: parts, ann))
    assert value(ben, picture.accounts["Alpine"], "city") == "Oslo"


def test_batches_nobody_in_the_team_has_signed_are_refused(laptops: Laptops, ann: Session, tmp_path: Path) -> None:
    ben, eve = laptops.join(ann), laptops.found("Eve")
    strange = small_picture(eve).accounts["Alpine"]
    file = sent(ann, tmp_path / "ann.xlsx")
    mixed = forged(ann, file, with_batches(lambda batches: [*batches, *eve.store.team_batches()]), ann)
    assert "signed" in _refused(ben, mixed)
    assert not ben.store.is_known(strange)


@pytest.mark.slow
def test_damage_in_the_hidden_part_is_one_sentence_or_costs_only_the_hidden_part(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    file = sent(ann, tmp_path / "ann.xlsx")
    for forge in (
        lambda parts: {**parts, "batches": b"no batches"},
        lambda parts: {**parts, "batches": zlib.compress(b"\0" * 7 + b"\xff" + b"x")},
        lambda parts: {**parts, "members": b"{}"},
        lambda parts: {**parts, "members": b"\xff"},
        lambda parts: {**parts, "members": _renamed_device(parts["members"])},
        lambda parts: {**parts, "export": b"[]"},
        lambda parts: {name: data for name, data in parts.items() if name != "base"},
    ):
        _refused(ben, forged(ann, file, forge, ann))
    assert not ben.store.is_known(picture.accounts["Alpine"])


def _renamed_device(part: bytes) -> bytes:
    loaded = json.loads(part)
    loaded["memberships"] = ["no membership"]
    return json.dumps(loaded).encode()


def test_accepting_a_device_nobody_has_seen_is_told(ann: Session) -> None:
    with pytest.raises(PlannerError, match="device"):
        accept(ann, "nobody")
