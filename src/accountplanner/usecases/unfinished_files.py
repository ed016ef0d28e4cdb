"""Files outside the workspace that are just being written: what a killed program leaves of one goes at the next start.

It lies readable beside its target, hidden, and nobody would ever look for it there.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.writing.publishing import leftovers
from accountplanner.usecases.session import Session

_NOTED = "being written:"


@contextmanager
def noted_while_written(session: Session, target: Path) -> Iterator[None]:
    """Remember, for the length of a block, where a file is put together."""
    note = _NOTED + secrets.token_hex(8)
    # A full disk here says nothing about the disk the file goes to.
    with suppress(RefusedError):
        session.store.set_local(note, os.fsencode(target.absolute()))
    try:
        yield
    finally:
        with suppress(RefusedError):
            session.store.drop_locals([note])


def remove_unfinished(session: Session) -> None:
    """Take away what was left where the program ended in the middle; the workspace is open here and nowhere else."""
    notes = session.store.locals(_NOTED)
    for target in notes.values():
        with suppress(OSError):
            for each in leftovers(Path(os.fsdecode(target))):
                each.unlink(missing_ok=True)
    if notes:
        session.store.drop_locals(notes)
