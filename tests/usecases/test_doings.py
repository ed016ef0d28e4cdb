"""The history of a workspace: by person, kind, day and word; and taking back one step however old."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.usecases.conftest import CHEAP, HandClock

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.store.places import Places
from accountplanner.usecases.doings import Doing, Wanted, doings_of, past
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.history import redo, redo_step, undo, undo_step
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

ANYTHING = Wanted()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2026, 11, 1, 12, tzinfo=UTC), timedelta(seconds=1))


@pytest.fixture
def session(tmp_path: Path, clock: HandClock) -> Iterator[Session]:
    wish = NewWorkspace(Places(tmp_path / "workspace"), "Nancy", "", "words", stretching=CHEAP)
    session = create_workspace(wish, clock).session
    yield session
    session.close()


def all_doings(session: Session, wanted: Wanted = ANYTHING) -> list[Doing]:
    return list(doings_of(session, past(session), wanted, most=1_000).doings)


def _named(found: list[Doing], word: str) -> Doing:
    return next(doing for doing in found if word in f"{doing.title} {' '.join(doing.titles)}")


def test_each_step_says_who_did_what_about_whom(session: Session, clock: HandClock) -> None:
    account, _ = create_record(session, "account", {"name": "First AG"})
    clock.at += timedelta(days=1)
    set_value(session, Typed(account, "city", "Lund"))
    found = all_doings(session)
    newest = found[0]
    assert (newest.who, newest.state, newest.kinds, newest.titles) == ("Nancy", "stands", ("account",), ("First AG",))
    assert newest.at.date() == date(2026, 11, 2)
    assert [doing.at for doing in found] == sorted((doing.at for doing in found), reverse=True)


def test_it_narrows_by_person_kind_day_and_words(session: Session, clock: HandClock) -> None:
    account, _ = create_record(session, "account", {"name": "First AG"})
    clock.at += timedelta(days=1)
    create_record(session, "contact", {"name": "Ada Lovelace", "account": account})
    assert [doing.titles for doing in all_doings(session, Wanted(kind="contact"))] == [("Ada Lovelace",)]
    assert [doing.titles for doing in all_doings(session, Wanted(text="ada lov"))] == [("Ada Lovelace",)]
    assert all_doings(session, Wanted(day=date(2026, 11, 2))) == all_doings(session, Wanted(kind="contact"))
    assert all_doings(session, Wanted(who="Andrew")) == []
    assert all_doings(session, Wanted(who="Nancy", text="first")) != []
    found = past(session)
    assert (found.people, found.days(1)) == (["Nancy"], [date(2026, 11, 2)])
    assert {"account", "contact"} <= set(found.kinds)
    assert "note" not in found.kinds
    create_record(session, "note", {"text": "Between us"}, layer=Layer.ME)
    assert "note" in past(session).kinds
    assert [doing.kinds for doing in all_doings(session, Wanted(kind="note"))] == [("note",)]
    assert "partner" not in found.kinds


def test_a_long_past_is_read_page_by_page_and_as_it_is_told(session: Session) -> None:
    account, _ = create_record(session, "account", {"name": "First AG"})
    for place in range(15):
        set_value(session, Typed(account, "phone" if place % 3 == 0 else "city", f"Lund {place}"))
    whole = all_doings(session)
    done, read = past(session), list[Doing]()
    start: int | None = 0
    while start is not None:
        page = doings_of(session, done, Wanted(), start, most=4)
        read, start = [*read, *page.doings], page.goes_on_at
    assert read == whole
    assert len(whole) > 15
    first = doings_of(session, done, Wanted(text="telefon", as_read=lambda title: f"Telefon {title}"[:12]), most=3)
    assert [doing.title for doing in first.doings] == [f"Telefon {doing.title}"[:12] for doing in whole[:3]]
    phones = doings_of(session, done, Wanted(text="phone"), most=3)
    rest = doings_of(session, done, Wanted(text="phone"), phones.goes_on_at or 0, most=3)
    assert (len(phones.doings), len(rest.doings), rest.goes_on_at) == (3, 2, None)


def test_an_old_step_is_taken_back_alone_and_what_changed_since_is_listed(session: Session) -> None:
    account, _ = create_record(session, "account", {"name": "First AG"})
    set_value(session, Typed(account, "city", "Lund"))
    set_value(session, Typed(account, "country", "SE"))
    step = next(doing for doing in all_doings(session) if "City" in doing.title)
    changes = undo_step(session, step.step)
    picture = session.store.team.picture(account)
    assert (picture.value("city"), picture.value("country")) == (None, "SE")
    assert not changes.skipped
    set_value(session, Typed(account, "city", "Malmö"))
    made = next(doing for doing in all_doings(session) if doing.title.startswith("New"))
    undo_step(session, made.step)
    states = {doing.step: doing.state for doing in all_doings(session)}
    assert states[step.step] == "undone"
    with pytest.raises(WrongUseError, match="undone already"):
        undo_step(session, step.step)
    with pytest.raises(WrongUseError, match="There is no step 1000000"):
        undo_step(session, 10**6)
    with pytest.raises(WrongUseError, match="cannot be undone"):
        undo_step(session, min(states))


def test_an_undone_step_is_brought_back_alone_though_others_came_later(session: Session) -> None:
    account, _ = create_record(session, "account", {"name": "First AG"})
    set_value(session, Typed(account, "city", "Lund"))
    step = next(doing for doing in all_doings(session) if "City" in doing.title)
    undo(session)
    set_value(session, Typed(account, "country", "SE"))
    with pytest.raises(WrongUseError, match="nothing to redo"):
        redo(session)
    changes = redo_step(session, step.step)
    picture = session.store.team.picture(account)
    assert (picture.value("city"), picture.value("country"), changes.skipped) == ("Lund", "SE", ())
    assert changes.title == f"Redo: {step.title}"
    states = {doing.step: doing.state for doing in all_doings(session)}
    assert states[step.step] == "stands"
    with pytest.raises(WrongUseError, match="not undone"):
        redo_step(session, step.step)
    again = undo_step(session, changes.step)
    assert (session.store.team.picture(account).value("city"), again.title) == (None, f"Undo: {step.title}")


def test_a_field_changed_since_stays_and_is_named(session: Session) -> None:
    account, _ = create_record(session, "account", {"name": "First AG"})
    set_value(session, Typed(account, "city", "Lund"))
    first = next(doing for doing in all_doings(session) if "City" in doing.title)
    set_value(session, Typed(account, "city", "Malmö"))
    changes = undo_step(session, first.step)
    assert session.store.team.picture(account).value("city") == "Malmö"
    assert any("City" in sentence and "changed since" in sentence for sentence in changes.skipped)


def test_what_undo_did_is_told_as_such(session: Session) -> None:
    create_record(session, "account", {"name": "First AG"})
    undo(session)
    assert [doing.state for doing in all_doings(session)][:2] == ["undoes", "undone"]
