"""What stands in a backup, read without opening it as a workspace and without leaving a trace in its folder."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from accountplanner.store.backups import BackupFailedError
from accountplanner.store.encrypted import connect
from accountplanner.store.failures import storage_failures
from accountplanner.store.verifying import is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accountplanner.store.backups import Backup
    from accountplanner.store.places import Places


def counts_in(backup: Backup, places: Places, key: bytes, kinds: Sequence[str]) -> dict[str, int]:
    """How many records of each kind a backup holds, after proving that it is whole and that the key opens it.

    It is read from an encrypted copy beside the workspace: a database leaves files of its own where it is read.

    Raises:
        BackupFailedError: it is damaged, or belongs to other keys.
    """
    with storage_failures(backup.folder), tempfile.TemporaryDirectory(dir=places.folder, prefix=".looking-") as beside:
        for name in ("team.db", "me.db"):
            copy = Path(beside) / name
            shutil.copyfile(backup.folder / name, copy)
            if not _opens(copy, key):
                raise BackupFailedError(backup.folder)
        with closing(connect(Path(beside) / "team.db", key)) as connection:
            return {kind: _count(connection, kind) for kind in kinds}


def _opens(path: Path, key: bytes) -> bool:
    try:
        return is_whole(path, key)
    except driver.DatabaseError:
        return False


def _count(connection: driver.Connection, kind: str) -> int:
    try:
        (count,) = connection.execute(f'SELECT count(*) FROM "{kind}"').fetchone()
    except driver.DatabaseError:
        # A kind that did not exist yet when the backup was taken.
        return 0
    return int(count)
