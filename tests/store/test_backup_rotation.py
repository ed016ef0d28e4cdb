"""Which backups are listed, when one is due, and which stay."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.store.canary import names

from accountplanner.store.backups import Backup, Backups, list_backups

if TYPE_CHECKING:
    from accountplanner.store.encrypted import Database
    from accountplanner.store.places import Places


def test_half_a_backup_and_other_folders_are_not_listed(
    backups: Backups, databases: dict[str, Database], now: datetime, places: Places
) -> None:
    assert backups.all() == ()
    taken = backups.take(databases, "asked", now, thorough=True)
    shutil.copytree(taken.folder, places.backups / ".unfinished-20261120T130000Z-asked")
    cut = places.backups / "20261120T130000Z-asked"
    shutil.copytree(taken.folder, cut)
    (cut / "team.db").write_bytes(b"cut")
    (places.backups / "holiday pictures").mkdir()
    (places.backups / "note.txt").touch()
    assert backups.all() == (taken,)


def test_the_daily_backup_is_taken_once_a_day(backups: Backups, databases: dict[str, Database], now: datetime) -> None:
    assert backups.daily(databases, now) is not None
    assert backups.daily(databases, now + timedelta(hours=11)) is None
    backups.before_import(databases, now + timedelta(hours=11))
    later = backups.daily(databases, now + timedelta(hours=12))
    assert later is not None
    assert (later.reason, later.thorough) == ("daily", True)


def pretended(places: Places, when: datetime, reason: str = "daily") -> Backup:
    """A backup by its looks, so that a year of them takes no time."""
    folder = places.backups / f"{when:%Y%m%dT%H%M%SZ}-{reason}"
    folder.mkdir(parents=True)
    (folder / "team.db").write_bytes(b"team")
    (folder / "archive.db").write_bytes(b"archive")
    manifest = {
        "format": 1,
        "taken_at": when.isoformat(),
        "reason": reason,
        "thorough": reason != "import",
        "files": {"team.db": 4, "archive.db": 7},
    }
    (folder / "backup.json").write_text(json.dumps(manifest))
    return next(each for each in list_backups(places.backups) if each.folder == folder)


def test_a_year_of_daily_backups_becomes_days_weeks_and_months(places: Places, backups: Backups) -> None:
    start = datetime(2025, 11, 1, 8, tzinfo=UTC)
    latest = pretended(places, start)
    for day in range(1, 400):
        latest = pretended(places, start + timedelta(days=day))
        backups.rotate(keep=latest)
    kept = [each.taken_at for each in backups.all()]
    assert kept[0] == latest.taken_at
    assert kept[:7] == [latest.taken_at - timedelta(days=day) for day in range(7)]
    assert len({when.strftime("%G-%V") for when in kept[:10]}) >= 4
    assert len({when.strftime("%Y-%m") for when in kept}) == 12
    assert len(kept) <= 7 + 4 + 12


def test_imports_do_not_push_out_what_is_known_to_be_sound(places: Places, backups: Backups, now: datetime) -> None:
    daily = pretended(places, now)
    before_migration = pretended(places, now + timedelta(minutes=1), "migration")
    latest = before_migration
    for minute in range(2, 30):
        latest = pretended(places, now + timedelta(minutes=minute), "import")
        backups.rotate(keep=latest)
    kept = backups.all()
    assert sum(each.reason == "import" for each in kept) == 5
    assert before_migration in kept
    assert kept[0] == latest
    evening = pretended(places, now + timedelta(hours=8))
    backups.rotate(keep=evening)
    assert before_migration in backups.all()
    assert daily not in backups.all()


def test_the_newest_stays_even_when_the_clock_went_back(places: Places, backups: Backups, now: datetime) -> None:
    for day in range(30):
        pretended(places, now + timedelta(days=365 + day))
    old_clock = pretended(places, now)
    backups.rotate(keep=old_clock)
    assert old_clock in backups.all()
    assert backups.all()[0].taken_at == now + timedelta(days=365 + 29)


def test_two_copies_of_the_archive_serve_all(places: Places, backups: Backups, now: datetime) -> None:
    latest = pretended(places, now)
    for day in range(1, 5):
        latest = pretended(places, now + timedelta(days=day))
        backups.rotate(keep=latest)
    assert [each.archive.is_file() for each in backups.all()] == [True, True, False, False, False]


def test_after_an_erasure_only_the_new_backup_is_left(places: Places, backups: Backups, now: datetime) -> None:
    latest = pretended(places, now)
    for day in range(1, 5):
        latest = pretended(places, now + timedelta(days=day))
    backups.drop_older(latest)
    assert backups.all() == (latest,)
    assert names(places.backups) == {latest.folder.name}
