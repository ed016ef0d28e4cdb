"""Bringing a backup back, into an empty folder or in place, so that a crash at any moment leaves old or new, whole.

The new files are copied and verified beside the workspace's own first. Then a note is written, and only from then on
are files exchanged; a start that finds the note goes on where the crash was. What was there is put aside, not deleted.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from accountplanner.store.backups import Backup, BackupFailedError, list_backups
from accountplanner.store.durable import make_durable, make_names_durable, new_private_folder, write_durably
from accountplanner.store.encrypted import Database
from accountplanner.store.failures import FileUnreadableError, KeyslotsDamagedError, storage_failures
from accountplanner.store.keyslots import read_keyslots
from accountplanner.store.migrations import ALL, migrate
from accountplanner.store.places import Places
from accountplanner.store.verifying import is_whole

if TYPE_CHECKING:
    from pathlib import Path

_NOTE = "ready.json"


def restore(backup: Backup, places: Places, key: bytes, now: datetime) -> Path:
    """Put a backup in the workspace's place; gives the folder in which the former files lie, which may be empty.

    To be called with the workspace closed and its lock held. The archive of files only grows, so the present one stays
    if it is sound. The present passphrase stays, too, if it belongs to the same data. Afterwards `places.restored` is
    there: the next opening takes a new replica id and removes it.

    Raises:
        BackupFailedError: the backup, or its copy, is not what was written.
    """
    aside = places.folder / f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    with storage_failures(places.folder):
        shutil.rmtree(places.restoring, ignore_errors=True)
        new_private_folder(places.restoring)
        try:
            _stage(backup, places, key)
        except BaseException:
            shutil.rmtree(places.restoring, ignore_errors=True)
            raise
        write_durably(places.restoring / _NOTE, json.dumps({"aside": aside.name}).encode())
        finish_restore(places)
    return aside


def finish_restore(places: Places) -> None:
    """Go on with a restore that a crash has interrupted; without one, nothing happens.

    To be called at every start, with the lock held, before any database is opened.
    """
    with storage_failures(places.folder):
        note = places.restoring / _NOTE
        if not note.is_file():
            shutil.rmtree(places.restoring, ignore_errors=True)
            return
        aside = places.folder / json.loads(note.read_bytes())["aside"]
        new_private_folder(aside)
        for staged in sorted(places.restoring.iterdir()):
            if staged != note:
                _exchange(staged, places.folder / staged.name, aside)
        write_durably(places.restored, b"")
        shutil.rmtree(places.restoring)
        make_names_durable(places.folder)


def _stage(backup: Backup, places: Places, key: bytes) -> None:
    staged = Places(places.restoring)
    for name in ("team.db", "me.db"):
        _copy(backup.folder / name, staged.folder / name, backup)
    if not (places.archive.is_file() and is_whole(places.archive, key)):
        _stage_archive(backup, staged, key)
    for database in staged.databases:
        if database.exists() and not is_whole(database, key):
            raise BackupFailedError(backup.folder)
    if not _keeps_keyslots(backup, places):
        _copy(backup.keyslots, staged.keyslots, backup)


def _stage_archive(backup: Backup, staged: Places, key: bytes) -> None:
    """Take the archive that goes with the backup, else the latest; where there never was one, begin one."""
    copies = [each.archive for each in (backup, *list_backups(backup.folder.parent)) if each.archive.is_file()]
    if copies:
        _copy(copies[0], staged.archive, backup)
        return
    database = Database(staged.archive, key, create=True)
    try:
        migrate({"archive": database}, ALL, moment=f"{backup.taken_at:%Y-%m-%dT%H:%M:%SZ}", back_up=list)
    finally:
        database.close()


def _keeps_keyslots(backup: Backup, places: Places) -> bool:
    try:
        return read_keyslots(places.keyslots).opens_same_as(read_keyslots(backup.keyslots))
    except (FileUnreadableError, KeyslotsDamagedError):
        return False


def _copy(source: Path, target: Path, backup: Backup) -> None:
    if not source.is_file():
        raise BackupFailedError(backup.folder)
    shutil.copyfile(source, target)
    target.chmod(0o600)
    make_durable(target)


def _exchange(staged: Path, target: Path, aside: Path) -> None:
    # The write-ahead log first: a new database must never meet the old one's log.
    for suffix in ("-wal", "-shm", ""):
        old = target.with_name(target.name + suffix)
        if old.exists():
            old.replace(aside / old.name)
    staged.replace(target)
