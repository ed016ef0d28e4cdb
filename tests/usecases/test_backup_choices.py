"""Backups as a person handles them: how long, where else, what is in them, and bringing one back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.usecases.conftest import CHEAP, HandClock

from accountplanner.domain.errors import RefusedError
from accountplanner.store.places import Places
from accountplanner.usecases.backup_choices import (
    backup_choices,
    copy_backups_to,
    copy_latest,
    keep_backups_for,
    kept_backups,
    look_back,
)
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.restoring import bring_back, chosen_backup, restore_backup
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import (
    Key,
    NewWorkspace,
    back_up,
    back_up_daily,
    create_workspace,
    open_workspace,
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def session(tmp_path: Path, clock: HandClock) -> Session:
    wish = NewWorkspace(Places(tmp_path / "workspace"), "Nancy", "", "words", stretching=CHEAP)
    return create_workspace(wish, clock).session


def _days_pass(session: Session, clock: HandClock, days: int) -> None:
    for _ in range(days):
        clock.at += timedelta(days=1)
        back_up_daily(session)


def test_days_of_backups_are_kept_as_chosen(session: Session, clock: HandClock) -> None:
    keep_backups_for(session, 14)
    _days_pass(session, clock, 16)
    newest = [kept.backup.taken_at.date() for kept in kept_backups(session)][:14]
    assert newest == [date(2026, 11, 17) - timedelta(days=back) for back in range(14)]
    keep_backups_for(session, 7)
    _days_pass(session, clock, 1)
    days = [kept.backup.taken_at.date() for kept in kept_backups(session)]
    assert len([day for day in days if day > date(2026, 11, 11)]) == 7
    assert len(days) < 14
    session.close()


def test_the_second_folder_holds_the_latest_backup_alone_and_opens_elsewhere(
    session: Session, clock: HandClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    create_record(session, "account", {"name": "First AG"})
    back_up(session)
    copy_backups_to(session, str(stick))
    assert [kept.is_beside for kept in kept_backups(session)] == [True]
    clock.at += timedelta(hours=1)
    back_up(session)
    assert [kept.is_beside for kept in kept_backups(session)] == [False, True]
    assert copy_latest(session) == ""
    assert [kept.is_beside for kept in kept_backups(session)] == [True, False]
    session.close()
    (copied,) = stick.glob("Account Planner backups/*/*")
    elsewhere = Places(tmp_path / "elsewhere")
    restored = restore_backup(elsewhere, chosen_backup(elsewhere, copied), Key("words"))
    assert restored.session.store.counts()["account"] == 1
    restored.session.close()


def test_a_stick_that_is_not_there_is_said_and_nothing_else_suffers(session: Session, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no folder"):
        copy_backups_to(session, str(tmp_path / "nowhere"))
    with pytest.raises(RefusedError, match="workspace itself"):
        copy_backups_to(session, str(session.store.places.backups.parent))
    stick = tmp_path / "stick"
    stick.mkdir()
    copy_backups_to(session, str(stick))
    stick.rmdir()
    back_up(session)
    assert "second copy" in copy_latest(session)
    assert len(kept_backups(session)) == 1
    copy_backups_to(session, "")
    assert backup_choices(session).second == ""
    assert copy_latest(session) == ""
    session.close()


def test_an_erased_person_is_gone_from_the_second_copy_too(session: Session, clock: HandClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    account, _ = create_record(session, "account", {"name": "First AG"})
    contact, _ = create_record(session, "contact", {"name": "Ada Gone", "account": account})
    former = back_up(session)
    copy_backups_to(session, str(stick))
    clock.at += timedelta(hours=1)
    erase(session, contact)
    copies = [path.name for path in stick.glob("Account Planner backups/*/*")]
    assert len(copies) == 1
    assert former.folder.name not in copies
    session.close()


def test_looking_inside_says_what_was_there_and_what_would_go(session: Session, clock: HandClock) -> None:
    create_record(session, "account", {"name": "First AG"})
    backup = back_up(session)
    before = sorted(path.name for path in backup.folder.iterdir())
    clock.at += timedelta(hours=1)
    create_record(session, "account", {"name": "Second AG"})
    looked = look_back(session, backup)
    accounts = next(each for each in looked.differences if each.label == "Accounts")
    assert (accounts.then, accounts.now) == (1, 2)
    assert len(looked.since) == 1
    assert "Second AG" in looked.since[0] or "ccount" in looked.since[0]
    assert sorted(path.name for path in backup.folder.iterdir()) == before
    session.close()


def test_a_damaged_backup_is_refused_before_anything_is_touched(session: Session) -> None:
    create_record(session, "account", {"name": "First AG"})
    backup = back_up(session)
    team = backup.folder / "team.db"
    content = bytearray(team.read_bytes())
    content[len(content) // 2] ^= 1
    team.write_bytes(bytes(content))
    with pytest.raises(RefusedError, match="not a whole backup"):
        look_back(session, backup)
    brought = bring_back(session, backup)
    assert "not a whole backup" in brought.refusal
    assert brought.session.store.counts()["account"] == 1
    brought.session.close()


def test_bringing_one_back_keeps_what_stood_there_as_a_backup(session: Session, clock: HandClock) -> None:
    create_record(session, "account", {"name": "First AG"})
    backup = back_up(session)
    clock.at += timedelta(hours=1)
    create_record(session, "account", {"name": "Second AG"})
    brought = bring_back(session, backup)
    assert brought.refusal == ""
    assert brought.session.store.counts()["account"] == 1
    again = bring_back(brought.session, brought.safety)
    assert again.session.store.counts()["account"] == 2
    places = again.session.store.places
    again.session.close()
    reopened = open_workspace(places, Key("words"))
    assert reopened.store.counts()["account"] == 2
    assert reopened.store.findings() == []
    reopened.close()
