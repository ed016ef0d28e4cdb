"""Files that are not what they say: trust sinks, edits of cells still count, and the person is told in plain words."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, filled, level, say, sent, value
from tests.usecases.forging import forged, with_batches, with_payload

from accountplanner.domain.batches import SealedChunk
from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.parked import parked_steps
from accountplanner.usecases.team import members, retire
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.usecases.conftest import Laptops
    from tests.usecases.forging import Parts

    from accountplanner.usecases.import_plans import ImportResult
    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]

_CITY = ("Accounts", "Alpine", "City", "Drammen")


def _told(result: ImportResult, words: str) -> bool:
    """Whether one notice says so, as a sentence."""
    return any(words in notice and notice.endswith(".") for notice in result.notices)


def _naming(writer: Session) -> Callable[[Parts], Parts]:
    """Say in a team workbook that somebody wrote it."""

    def name(parts: Parts) -> Parts:
        loaded = json.loads(parts["members"]) | {"from": writer.store.identity.replica}
        return {**parts, "members": json.dumps(loaded).encode()}

    return name


def _with_a_forged_base(parts: Parts) -> Parts:
    return {**parts, "base": _forged_base(parts["base"])}


def _forged_base(base: bytes) -> bytes:
    """A base that claims the cell showed another city than it did."""
    text = zlib.decompress(base)
    assert b"Oslo" in text
    return zlib.compress(text.replace(b"Oslo", b"Hell"))


# --- team workbooks -------------------------------------------------------------------------------------------------


def test_a_member_cannot_send_in_anothers_name(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    for each in (ben, cleo):
        bring(each, sent(ann, tmp_path / "ann.xlsx"))
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    file = sent(ben, tmp_path / "ben.xlsx")
    before = dump(cleo), members(cleo)
    result = bring(cleo, forged(ben, file, _naming(ann), writer=ben))
    assert _told(result, "not signed by the device it names as its writer")
    assert (dump(cleo), members(cleo)) == before
    bring(cleo, file)
    assert value(cleo, picture.accounts["Alpine"], "city") == "Said by Ben"


@pytest.mark.parametrize("forgery", ["unsigned", "base", "cut off"])
def test_a_forged_hidden_part_counts_as_lost_and_what_a_person_wrote_into_a_cell_stands(
    ann: Session, picture: Picture, tmp_path: Path, forgery: str
) -> None:
    file = filled(sent(ann, tmp_path / "team.xlsx"), tmp_path / "filled.xlsx", _CITY)
    forge: dict[str, Callable[[], Path]] = {
        "unsigned": lambda: forged(ann, file, lambda parts: {n: d for n, d in parts.items() if n != "signature"}),
        "base": lambda: forged(ann, file, _with_a_forged_base, writer=ann),
        "cut off": lambda: with_payload(file, lambda payload: payload[:-1]),
    }
    result = bring(ann, forge[forgery]())
    assert _told(result, "nothing of that was taken")
    assert value(ann, picture.accounts["Alpine"], "city") == "Drammen"
    assert verify(ann) == []


def test_a_file_with_a_forged_hidden_part_waits_where_its_export_is_not_known(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    before = dump(ben), members(ben)
    file = forged(
        ann, sent(ann, tmp_path / "team.xlsx"), lambda parts: {n: d for n, d in parts.items() if n != "signature"}
    )
    result = bring(ben, file)
    assert _told(result, "not signed")
    assert (dump(ben), members(ben)) == before
    assert (result.counts.files, result.counts.suggestions) == (1, 0)
    assert not ben.store.is_known(picture.accounts["Alpine"])


def test_a_retired_device_is_not_let_in_under_a_members_name(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    say(ben, ben.store.identity.member, "name", "Ben")
    level(tmp_path, ann, ben, cleo)
    retire(ann, ben.store.identity.replica)
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    late = sent(ben, tmp_path / "late.xlsx")
    with pytest.raises(PlannerError, match="retired"):
        bring(ann, late)
    assert _told(bring(ann, forged(ben, late, _naming(cleo), writer=ben)), "not signed")
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"


@pytest.mark.slow
def test_a_stranger_retires_nobody_and_vouches_for_nobody(laptops: Laptops, ann: Session, tmp_path: Path) -> None:
    ben = laptops.join(ann)
    twin = laptops.join_again("Ben", "Twin")
    for each in (ben, twin):
        say(each, each.store.identity.member, "name", "Somebody")
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    bring(twin, sent(ann, tmp_path / "ann.xlsx"))
    retire(twin, ben.store.identity.replica)
    with pytest.raises(PlannerError, match="signed"):
        bring(ann, forged(twin, sent(twin, tmp_path / "twin.xlsx"), lambda parts: parts, writer=twin))
    assert {line.name: line.state for line in members(ann)} == {"Ann": "this", "Ben": "member", "Twin": "waiting"}


@pytest.mark.slow
def test_two_retirements_that_know_nothing_of_each_other_close_the_team_to_both(
    laptops: Laptops, ann: Session, tmp_path: Path
) -> None:
    ben, cleo, dora = (laptops.join(ann, name) for name in ("Ben", "Cleo", "Dora"))
    for each in (ben, cleo, dora):
        say(each, each.store.identity.member, "name", "Somebody")
    level(tmp_path, ann, ben, cleo, dora)
    retire(ann, cleo.store.identity.replica)
    retire(ben, dora.store.identity.replica)
    files = [sent(each, tmp_path / f"{number}.xlsx") for number, each in enumerate((ann, ben))]
    bring(ann, files[1])
    bring(ben, files[0])
    for number, each in enumerate((ann, ben, ann, ben)):
        file = sent(each, tmp_path / f"later-{number}.xlsx")
        for shut_out in (cleo, dora):
            with pytest.raises(PlannerError, match="does not have"):
                import_files(shut_out, [file])
        bring(ben if each is ann else ann, file)
    assert {line.state for line in members(ann)} == {"this", "member", "retired"}


# --- bodies that are missing ----------------------------------------------------------------------------------------


def _without_body(words: bytes) -> Callable[[Parts], Parts]:
    """Leave out of a team workbook what speaks of something, as an erasure would."""

    def bare(chunk: SealedChunk) -> SealedChunk:
        return SealedChunk(chunk.salt, b"") if words in chunk.data else chunk

    return with_batches(lambda held: [replace(b, chunks=tuple(bare(chunk) for chunk in b.chunks)) for b in held])


def test_a_body_left_out_without_an_erasure_is_told_and_waits_for_a_whole_copy(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    say(ann, picture.contacts["Kari Nordmann"], "title", "Buyer")
    erase(ann, picture.contacts["Ola Hansen"])
    file = sent(ann, tmp_path / "ann.xlsx")
    result = bring(ben, forged(ann, file, _without_body(b"Buyer"), writer=ann))
    assert _told(result, "Entries of Ann came without their content")
    assert result.counts.parked > 0
    (waits,) = parked_steps(ben)
    assert (waits.who, waits.count, waits.needs) == ("Ann", result.counts.parked, ())
    assert waits.sentence.endswith("not shown yet. Some came without content; ask Ann for a new team workbook.")
    assert value(ben, picture.accounts["Alpine"], "city") == "Oslo", "what came before is there"
    assert value(ben, picture.contacts["Kari Nordmann"], "title") is None
    assert not _told(bring(ben, file), "came without their content")
    assert parked_steps(ben) == []
    assert value(ben, picture.contacts["Kari Nordmann"], "title") == "Buyer"
    assert value(ben, picture.contacts["Ola Hansen"], "name") is None
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    for city in ("Hamar", "Moss", "Oslo"):
        say(ann, picture.accounts["Alpine"], "city", city)
    again = sent(ann, tmp_path / "again.xlsx")
    bring(ben, forged(ann, again, with_batches(lambda held: held[-1:]), writer=ann))
    (waits,) = parked_steps(ben)
    assert waits.sentence == (
        "1 step of Ann waits and is not shown yet. What Ann had done before is missing; "
        "bring in the latest team workbook of Ann."
    )
    bring(ben, again)
    assert parked_steps(ben) == []
    assert agree(ann, ben)
    assert verify(ben) == []


@pytest.mark.slow
def test_what_was_erased_comes_without_its_body_and_nobody_is_alarmed(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    bring(ben, sent(ann, tmp_path / "early.xlsx"))
    erase(ann, picture.contacts["Kari Nordmann"])
    for number, each in enumerate((cleo, ben)):
        result = bring(each, sent(ann, tmp_path / f"late-{number}.xlsx"))
        assert (result.counts.parked, _told(result, "without their content")) == (0, False)
        assert value(each, picture.contacts["Kari Nordmann"], "name") is None
        assert value(each, picture.contacts["Siv Lund"], "name") == "Siv Lund"


# --- partner workbooks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("forge", [_forged_base, lambda _: b"no base", lambda base: base[:-3]])
def test_a_forged_base_in_a_partner_workbook_is_told_and_makes_no_edit_of_ours(
    ann: Session, picture: Picture, tmp_path: Path, forge: Callable[[bytes], bytes]
) -> None:
    file = export_partner(ann, picture.partner, tmp_path / "partner.xlsx").path
    plain = bring(ann, filled(file, tmp_path / "plain.xlsx", ("Accounts", "Borealis", "Phone", "+47 2")))
    assert not _told(plain, "changed after it was exported")
    answered = filled(file, tmp_path / "answered.xlsx", ("Accounts", "Alpine", "Phone", "+47 1"))
    result = bring(ann, with_payload(answered, forge))
    assert _told(result, "hidden part was changed after it was exported")
    assert value(ann, picture.accounts["Alpine"], "phone") == "+47 1"
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"
    assert verify(ann) == []
