"""The sixty-second note, measured as the worker that writes does it: from the text to what is durably saved."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.worlds import reopen

from accountplanner.domain.catalogue import KINDS
from accountplanner.store.lists import ListQuery
from accountplanner.usecases.noting import write_note

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

_NAMED = 30


def note_saved(world: Path) -> float:
    """Milliseconds until a note is saved, 95th percentile, whatever it says: names that are known, half known, unknown."""
    with tempfile.TemporaryDirectory(dir=world) as scratch:
        session = reopen(Path(shutil.copytree(world / "mine", Path(scratch) / "mine")))
        try:
            taken = [_seconds_to_save(session, text) for text in _texts(session)]
        finally:
            session.close()
    return 1000 * statistics.quantiles(taken, n=20)[-1]


def _seconds_to_save(session: Session, text: str) -> float:
    started = time.perf_counter()
    noted = write_note(session, text)
    taken = time.perf_counter() - started
    if not noted.changes:
        raise SystemExit(f"nothing was saved of {text!r}: the figure would mean nothing")
    return taken


def _texts(session: Session) -> list[str]:
    people, accounts = (_titles(session, kind) for kind in ("contact", "account"))
    texts = []
    for person, account in zip(people, accounts, strict=False):
        first = person.split()[0]
        texts += [
            f"@{person} will decide by friday, we send a quote for $4k",
            f"@{first} at #{account} is content, her daughter starts school",
            f"@{first[:3]} asked for samples #{account[:5]}",
            f"@Xy{first} of #{account}x, nobody I know, calls back next week and wants a lot",
            "nothing that names anybody, " * 40,
        ]
    return texts


def _titles(session: Session, kind: str) -> list[str]:
    numbers = session.store.ordered_numbers(ListQuery(kind))
    step = max(1, len(numbers) // _NAMED)
    return [record.values[KINDS[kind].title_key] for record in session.store.cached(kind, numbers[::step][:_NAMED])]
