"""Verified, encrypted copies of a workspace, each in a folder of its own.

Every backup is written by the database itself, under the same key, from one consistent picture. A *quick* one (before
each import) proves that every page of the original is authentic, that the copy went through to the end, and that it has
as many pages as it says, each authentic in its place, for a page's HMAC covers content and number. A *thorough* one (daily, before migrations and erasures)
also proves what stands in it: integrity check, and row counts equal to the original's. Only thorough ones fill the
calendar of rotation, so a quick copy never pushes out one that is known to be sound.

The archive of files only grows, so the latest copy of it serves every older backup: quick ones leave it out, and
rotation keeps two.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told
from accountplanner.store.durable import make_names_durable, new_private_folder, write_durably
from accountplanner.store.failures import storage_failures
from accountplanner.store.verifying import copy_verified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from accountplanner.store.encrypted import Database
    from accountplanner.store.places import Places

FORMAT = 1
_MANIFEST = "backup.json"
_STAMP = "%Y%m%dT%H%M%SZ"
_UNFINISHED = ".unfinished-"
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_BESIDE = "Account Planner backups"
_LATEST_OF_A_REASON = 5
_ARCHIVES = 2


class BackupFailedError(RefusedError):
    """A backup that is not there when one is needed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(told("“{folder}” is not a whole backup.", folder=folder))


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One backup as its folder says; the time comes first, so that the latest is the greatest."""

    taken_at: datetime
    folder: Path
    reason: str = field(compare=False)
    thorough: bool = field(compare=False)
    size: int = field(compare=False)

    @property
    def keyslots(self) -> Path:
        """The keys of its day."""
        return self.folder / "keyslots.json"

    @property
    def archive(self) -> Path:
        """The archive's copy, where this backup has one."""
        return self.folder / "archive.db"


class Backups:
    """The backups of one workspace: taken, listed and rotated. One caller at a time.

    `days` is for how many days each day's backup is kept.
    """

    def __init__(self, places: Places, days: int = _DAYS) -> None:
        self._places = places
        self._days = days

    def take(self, databases: Mapping[str, Database], reason: str, now: datetime, *, thorough: bool) -> Backup:
        """Copy the databases (by their file's stem) and the keyslots, verify, and only then give it its name.

        They are copied in the reverse of the order in which they are committed: me, team, archive. A copy between two
        commits so looks like a crash between them, which the next start repairs.

        Raises:
            CopyUnsoundError: a copy is not what was copied; older backups are untouched.
            DatabaseDamagedError: the database itself is not sound.
        """
        folder = self._free_name(now, reason)
        unfinished = folder.with_name(_UNFINISHED + folder.name)
        with storage_failures(folder):
            new_private_folder(unfinished)
            try:
                for name in ("me", "team", "archive"):
                    if name in databases and (thorough or name != "archive"):
                        copy_verified(databases[name], unfinished / f"{name}.db", thorough=thorough)
                self._finish(unfinished, folder, reason, now, thorough=thorough)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
        taken = _read(folder)
        if taken is None:
            raise BackupFailedError(folder)
        return taken

    def before_import(self, databases: Mapping[str, Database], now: datetime) -> Backup:
        """Take the quick one, then make room."""
        taken = self.take(databases, "import", now, thorough=False)
        self.rotate(keep=taken)
        return taken

    @contextmanager
    def beside(self, databases: Mapping[str, Database], now: datetime) -> Iterator[Callable[[], Backup]]:
        """Take the quick one on a thread of its own while the block reads; the block waits for it before it writes.

        Nobody else may write meanwhile. If the block fails before it asked, nothing was imported, and the backup goes
        again: it must not push out one that somebody needs.
        """
        with ThreadPoolExecutor(1, "backup") as pool:
            coming = pool.submit(self.take, databases, "import", now, thorough=False)
            asked: list[Backup] = []

            def taken() -> Backup:
                asked.append(coming.result())
                self.rotate(keep=asked[0])
                return asked[0]

            try:
                yield taken
            finally:
                if not asked and coming.exception() is None:
                    self._remove(coming.result())

    def daily(self, databases: Mapping[str, Database], now: datetime) -> Backup | None:
        """Take today's thorough backup unless there is one; days are UTC's."""
        if any(each.thorough and each.taken_at.date() == now.astimezone(UTC).date() for each in self.all()):
            return None
        taken = self.take(databases, "daily", now, thorough=True)
        self.rotate(keep=taken)
        return taken

    def all(self) -> tuple[Backup, ...]:
        """List the whole ones, the latest first."""
        return list_backups(self._places.backups)

    def rotate(self, *, keep: Backup) -> None:
        """Make room: the last days, four weeks, twelve months, and the latest of each other reason stay; `keep` always."""
        found = self.all()
        kept = _in_calendar(found, self._days) | _latest_by_reason(found) | {keep, *found[:1]}
        for each in found:
            if each not in kept:
                self._remove(each)
        archives = [each for each in found if each in kept and each.archive.is_file()]
        for each in archives[_ARCHIVES:]:
            each.archive.unlink(missing_ok=True)

    def copy_to(self, folder: Path, backup: Backup) -> Path:
        """Put a copy of a backup into a second folder, the only one of this workspace there; the bytes are compared.

        The new copy gets its name before the former ones go, so that there always is one.

        Raises:
            BackupFailedError: the copy is not what was copied, or the folder is not there.
        """
        name = str(json.loads(backup.keyslots.read_bytes())["workspace"])[:8]
        target = folder / _BESIDE / name / backup.folder.name
        with storage_failures(folder):
            if not folder.is_dir():
                raise BackupFailedError(folder)
            if target.is_dir():
                return target
            unfinished = target.with_name(_UNFINISHED + target.name)
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(backup.folder, unfinished)
            if any(_digest(path) != _digest(unfinished / path.name) for path in backup.folder.iterdir()):
                shutil.rmtree(unfinished, ignore_errors=True)
                raise BackupFailedError(target)
            unfinished.rename(target)
            for former in list_backups(target.parent):
                if former.folder != target:
                    shutil.rmtree(former.folder, ignore_errors=True)
        return target

    def drop_older(self, than: Backup) -> None:
        """Remove every backup but this one: an erasure has taken a new one and the others still hold the person."""
        for each in self.all():
            if each != than:
                self._remove(each)

    def _free_name(self, now: datetime, reason: str) -> Path:
        wanted = f"{now.astimezone(UTC).strftime(_STAMP)}-{reason}"
        names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
        with storage_failures(self._places.backups):
            new_private_folder(self._places.backups)
            # What an earlier crash left is no backup.
            for left in self._places.backups.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left, ignore_errors=True)
            return next(path for name in names if not (path := self._places.backups / name).exists())

    def _finish(self, unfinished: Path, folder: Path, reason: str, now: datetime, *, thorough: bool) -> None:
        write_durably(unfinished / "keyslots.json", self._places.keyslots.read_bytes())
        sizes = {path.name: path.stat().st_size for path in sorted(unfinished.iterdir())}
        manifest = {
            "format": FORMAT,
            "taken_at": now.astimezone(UTC).isoformat(timespec="seconds"),
            "reason": reason,
            "thorough": thorough,
            "files": sizes,
        }
        write_durably(unfinished / _MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
        unfinished.rename(folder)
        make_names_durable(folder.parent)

    def _remove(self, backup: Backup) -> None:
        # Renamed first: half a backup must not look like one.
        condemned = backup.folder.with_name(_UNFINISHED + backup.folder.name)
        with suppress(OSError):
            backup.folder.rename(condemned)
            shutil.rmtree(condemned, ignore_errors=True)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """List the whole backups in a folder of backups, the latest first; there may be no such folder yet."""
    with storage_failures(folder):
        folders = list(folder.iterdir()) if folder.is_dir() else []
    return tuple(sorted((found for each in folders if (found := _read(each))), reverse=True))


def _read(folder: Path) -> Backup | None:
    """Read what a backup says of itself; a folder that does not say so is none."""
    try:
        loaded: dict[str, Any] = json.loads((folder / _MANIFEST).read_bytes())
        taken_at = datetime.fromisoformat(loaded["taken_at"]).astimezone(UTC)
        size = sum((folder / name).stat().st_size for name in loaded["files"] if (folder / name).is_file())
        whole = not folder.name.startswith(_UNFINISHED) and _is_whole(folder, loaded["files"])
        return Backup(taken_at, folder, str(loaded["reason"]), bool(loaded["thorough"]), size) if whole else None
    except (OSError, AttributeError, KeyError, TypeError, ValueError):
        return None


def _is_whole(folder: Path, sizes: Mapping[str, int]) -> bool:
    """Compare with the sizes noted; rotation takes the archive's copy away from older ones."""
    return all(
        (folder / name).stat().st_size == size
        for name, size in sizes.items()
        if name != "archive.db" or (folder / name).exists()
    )


def _in_calendar(found: Iterable[Backup], days: int) -> set[Backup]:
    """The latest thorough backup of each of the last days, weeks and months that have one."""
    thorough = [each for each in found if each.thorough]
    return (
        set(_latest_of(thorough, lambda when: when.strftime("%Y-%m-%d"), days))
        | set(_latest_of(thorough, lambda when: when.strftime("%G-%V"), _WEEKS))
        | set(_latest_of(thorough, lambda when: when.strftime("%Y-%m"), _MONTHS))
    )


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _latest_of(found: Iterable[Backup], period: Callable[[datetime], str], count: int) -> list[Backup]:
    latest: dict[str, Backup] = {}
    for each in found:
        latest.setdefault(period(each.taken_at), each)
    return list(latest.values())[:count]


def _latest_by_reason(found: Iterable[Backup]) -> set[Backup]:
    """The latest few of each reason but the daily one, which has the calendar."""
    by_reason: dict[str, list[Backup]] = {}
    for each in found:
        by_reason.setdefault(each.reason, []).append(each)
    return {each for reason, those in by_reason.items() if reason != "daily" for each in those[:_LATEST_OF_A_REASON]}
