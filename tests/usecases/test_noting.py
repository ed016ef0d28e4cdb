"""The sixty-second note: saved whatever it says, filed or waiting, sealed when locked, and what it offers."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.usecases.acting import bring, sent, small_picture

from accountplanner.domain.capture_offers import Mentioned
from accountplanner.domain.errors import NotFoundError, RefusedError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.text import clean_text
from accountplanner.store.letterbox import Letterbox
from accountplanner.store.places import Places
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.note_offers import Offer, accept_offer, offers
from accountplanner.usecases.noting import Noted, discard_note, file_note, inbox, understand, write_note
from accountplanner.usecases.sealed_notes import gather_drafts, keep_draft, seal_note
from accountplanner.usecases.today import LineKind, agenda

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")
SECRET = "the canary sang of Zanzibar"


def _values(session: Session, note: str) -> dict[str, str]:
    held = session.store.record(note)
    return dict(held.values) if held else {}


def _offers(session: Session, noted: Noted) -> list[Offer]:
    return list(offers(session, noted.note))


def test_a_note_goes_to_the_account_and_the_person_it_names(ann: Session, picture: Picture) -> None:
    text = "@Kari wants a quote for #Alpine by !friday"
    noted = write_note(ann, text)
    assert not noted.waits
    assert _values(ann, noted.note) == {
        "text": text,
        "account": picture.accounts["Alpine"],
        "contact": picture.contacts["Kari Nordmann"],
        "written_on": "2026-11-22",
    }
    undo(ann)
    assert ann.store.every("note") == []
    redo(ann)
    assert [each.record for each in ann.store.every("note")] == [noted.note]


def test_a_note_without_names_is_about_what_is_in_sight(ann: Session, picture: Picture) -> None:
    noted = write_note(ann, "called, nobody there", picture.contacts["Kari Nordmann"])
    values = _values(ann, noted.note)
    assert (values["contact"], values["account"]) == (picture.contacts["Kari Nordmann"], picture.accounts["Alpine"])


def test_a_name_of_several_words_is_as_long_as_somebody_is_called_so(ann: Session, picture: Picture) -> None:
    understood = understand(ann, "met @kari nordmann today, she is content")
    assert [named.chip.words for named in understood.named] == ["kari nordmann"]
    assert understood.contact is not None
    assert understood.contact.record == picture.contacts["Kari Nordmann"]


@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize(
    "text", ["met somebody at the fair", "@Karl Nordman asked for samples", "about #Nobody & Sons: call", "@@##!!$+"]
)
def test_what_names_nobody_known_waits_and_loses_nothing(ann: Session, text: str) -> None:
    noted = write_note(ann, text)
    assert noted.waits
    assert [(each.record, each.text) for each in inbox(ann)] == [(noted.note, text)]
    assert [(line.kind, line.count) for line in agenda(ann).lines if line.kind is LineKind.INBOX] == [
        (LineKind.INBOX, 1)
    ]
    assert ann.store.every("note") == [], "it is nobody else's business yet"


def test_a_name_spelt_nearly_so_is_suggested_and_filed_in_one_step(ann: Session, picture: Picture) -> None:
    noted = write_note(ann, "@Karri promised an answer by friday")
    [waiting] = inbox(ann)
    assert waiting.suggestions[0].record == picture.contacts["Kari Nordmann"]
    filed, changes = file_note(ann, noted.note, waiting.suggestions[0].record)
    assert changes.step
    assert inbox(ann) == ()
    values = _values(ann, filed)
    assert (values["text"], values["account"]) == (waiting.text, picture.accounts["Alpine"])
    undo(ann)
    assert [each.record for each in inbox(ann)] == [noted.note]
    assert ann.store.every("note") == []
    redo(ann)
    assert inbox(ann) == ()


def test_where_it_was_written_is_the_first_guess_when_a_name_is_strange(ann: Session, picture: Picture) -> None:
    noted = write_note(ann, "@Zebulon takes over purchasing", picture.accounts["Alpine"])
    assert noted.waits
    assert [each.record for each in inbox(ann)[0].suggestions] == [picture.accounts["Alpine"]]


def test_a_private_filing_stays_on_this_computer(ann: Session, picture: Picture) -> None:
    noted = write_note(ann, "something said in confidence")
    before = dump(ann)
    filed, _ = file_note(ann, noted.note, picture.accounts["Alpine"], private=True)
    assert inbox(ann) == ()
    assert dump(ann) == before
    assert ann.store.me.picture(filed).value("account") == picture.accounts["Alpine"]


def test_a_note_can_be_thrown_away_and_taken_back(ann: Session) -> None:
    noted = write_note(ann, "asdf")
    discard_note(ann, noted.note)
    assert inbox(ann) == ()
    with pytest.raises(NotFoundError):
        file_note(ann, noted.note, "account:x")
    undo(ann)
    assert len(inbox(ann)) == 1


def test_nothing_is_no_note(ann: Session) -> None:
    with pytest.raises(WrongUseError, match="empty"):
        write_note(ann, " \n ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(text=st.text(min_size=1, max_size=60).filter(str.strip).filter(clean_text))
def test_what_is_stored_is_what_was_typed(ann: Session, text: str) -> None:
    note = write_note(ann, text).note
    stored = [ann.store.layer(layer).picture(note).value("text") for layer in Layer]
    assert clean_text(text) in stored


def test_laptops_agree_and_none_sees_what_waits(laptops: Laptops, ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    ben = laptops.join(ann)
    write_note(ann, SECRET)
    misspelt = write_note(ann, "@Karri calls back")
    filed, _ = file_note(
        ann, misspelt.note, next(each for each in inbox(ann) if each.suggestions).suggestions[0].record
    )
    bring(ben, sent(ann, tmp_path / "a.xlsx"))
    bring(ann, sent(ben, tmp_path / "b.xlsx"))
    assert dump(ann) == dump(ben)
    assert SECRET.encode() not in dump(ann)
    assert [each.record for each in ben.store.every("note")] == [filed]


# --- offers ---------------------------------------------------------------------------------------------------------


def test_a_promise_is_offered_and_its_source_is_the_note(ann: Session, picture: Picture) -> None:
    noted = write_note(ann, "@Kari. We will send the price list by Friday.")
    [offer] = _offers(ann, noted)
    assert ann.store.every("action") == [], "offered, never taken"
    accept_offer(ann, offer)
    [action] = ann.store.every("action")
    assert action.values == {
        "title": "We will send the price list by Friday",
        "account": picture.accounts["Alpine"],
        "contact": picture.contacts["Kari Nordmann"],
        "promise": "yes",
        "due_on": "2026-11-27",
        "state": "open",
    }
    origin = ann.store.team.picture(action.record).registers["title", ""].siblings[0].shown.statement.origin
    assert origin == f"note:{noted.note.partition(':')[2]}"
    undo(ann)
    assert ann.store.every("action") == []


def test_a_fact_joins_what_is_known_and_household_stays_here(ann: Session, picture: Picture) -> None:
    kari = picture.contacts["Kari Nordmann"]
    for text in ("@Kari plays chess", "@Kari enjoys sailing", "@Kari: her daughter starts school"):
        for offer in _offers(ann, write_note(ann, text)):
            accept_offer(ann, offer)
    assert ann.store.team.picture(kari).value("mackay_hobbies") == "Kari plays chess\nKari enjoys sailing"
    assert ann.store.me.picture(kari).value("mackay_children") == "Kari: her daughter starts school"
    assert ann.store.team.picture(kari).value("mackay_children") is None


@pytest.mark.usefixtures("picture")
def test_what_is_known_already_or_special_is_not_offered(ann: Session) -> None:
    [offer] = _offers(ann, write_note(ann, "@Kari plays chess"))
    accept_offer(ann, offer)
    assert _offers(ann, write_note(ann, "@Kari plays chess")) == []
    noted = write_note(ann, "@Kari is ill, her son is in hospital +is catholic")
    assert [found.topic for found in noted.understood.sensitive] == ["health", "health", "religion"]
    assert _offers(ann, noted) == []


def test_an_amount_may_become_an_opportunity(ann: Session, picture: Picture) -> None:
    [offer] = _offers(ann, write_note(ann, "#Alpine wants ten docks for $12k"))
    assert offer.found.what is Mentioned.AMOUNT
    accept_offer(ann, offer)
    [made] = ann.store.every("opportunity")
    assert (made.values["account"], made.values["amount"]) == (picture.accounts["Alpine"], "12000.00 EUR")


@pytest.mark.usefixtures("picture")
def test_what_a_private_note_mentions_stays_private(ann: Session) -> None:
    before = dump(ann)
    noted = write_note(ann, "#Alpine I promised to call tomorrow", private=True)
    [offer] = _offers(ann, noted)
    accept_offer(ann, offer)
    assert dump(ann) == before


# --- sealed ---------------------------------------------------------------------------------------------------------


def _bytes_of(places: Places) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(places.folder.rglob("*")) if path.is_file())


def test_a_note_sealed_while_locked_is_unreadable_and_waits_after_the_unlock(laptops: Laptops, ann: Session) -> None:
    places = ann.store.places
    seal_note(places, SECRET, ann.clock)
    keep_draft(places, f"half of {SECRET}", "locked-1")
    keep_draft(places, "and another", "locked-2")
    assert SECRET.encode() not in _bytes_of(places)
    again = laptops.reopen(ann)
    assert [(note.text, note.written_on) for note in inbox(again)] == [(SECRET, "2026-11-22")]
    assert list(places.letterbox.glob("*.letter")) == []
    assert gather_drafts(again) == f"half of {SECRET}\nand another"
    assert [path.name for path in places.letterbox.glob("*.draft")] == ["open.draft"]
    assert len(inbox(laptops.reopen(again))) == 1, "once is enough"
    assert SECRET.encode() not in _bytes_of(places)


def test_a_letter_that_a_crash_left_behind_is_not_taken_in_twice(laptops: Laptops, ann: Session) -> None:
    places = ann.store.places
    seal_note(places, SECRET, ann.clock)
    [letter] = places.letterbox.glob("*.letter")
    kept = letter.read_bytes()
    again = laptops.reopen(ann)
    letter.write_bytes(kept)
    assert len(inbox(laptops.reopen(again))) == 1


def test_a_damaged_letter_stays_where_it_is(laptops: Laptops, ann: Session) -> None:
    places = ann.store.places
    seal_note(places, SECRET, ann.clock)
    [letter] = places.letterbox.glob("*.letter")
    letter.write_bytes(letter.read_bytes()[:-1] + b"\0")
    (places.letterbox / "odd.letter").write_bytes(b"hello")
    (places.letterbox / "folder.letter").mkdir()
    for content in (b"\xff no JSON", b"[1]", b'{"text": 5}', b'{"text": "x", "written_on": "one day"}'):
        Letterbox(places.letterbox).post(content)
    Letterbox(places.letterbox).post(json.dumps({"text": "y" * 200_001, "written_on": "2026-11-22"}).encode())
    with pytest.raises(WrongUseError, match="at most 200,000 characters"):
        seal_note(places, "y" * 200_001, ann.clock)
    assert inbox(laptops.reopen(ann)) == ()
    assert letter.is_file()
    assert len(list(places.letterbox.glob("*.letter"))) == 8, (
        "the workspace opens all the same, and nothing is thrown away"
    )


def test_where_nothing_can_be_sealed_it_says_so(ann: Session, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="unlock it once"):
        seal_note(Places(tmp_path / "nowhere"), SECRET, ann.clock)
    shutil.rmtree(ann.store.places.letterbox)
    with pytest.raises(RefusedError, match="unlock it once"):
        keep_draft(ann.store.places, SECRET)


def test_a_draft_lasts_until_it_is_saved(ann: Session) -> None:
    places = ann.store.places
    keep_draft(places, "half a")
    keep_draft(places, "half a thought")
    assert gather_drafts(ann) == "half a thought"
    keep_draft(places, "")
    assert gather_drafts(ann) == ""
    keep_draft(places, "x")
    keep_draft(places, " ")
    assert gather_drafts(ann) == ""
