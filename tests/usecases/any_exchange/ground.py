"""The ground the machine works on: a prepared team whose laptops are put back as they were before every example.

Making encrypted workspaces and telling everybody of everybody costs seconds; putting bytes back costs
milliseconds. What is random in a workspace (ids, salts, secrets of exports) comes from dice here, so that an
example that failed fails again.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import tempfile
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.usecases.acting import Picture, level, say, small_picture
from tests.usecases.conftest import CHEAP, PASSPHRASE, Laptops, read_in_this_process

from accountplanner.exchange import mentions, projection
from accountplanner.exchange.contract import SheetLayout, team_sheets
from accountplanner.exchange.reading import files
from accountplanner.exchange.returned import read
from accountplanner.store.backups import Backups
from accountplanner.store.encrypted import Database
from accountplanner.store.places import Places
from accountplanner.usecases import exporting
from accountplanner.usecases.throwaway import throwaway_folder
from accountplanner.usecases.workspaces import Key, NewWorkspace, create_workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from accountplanner.usecases.session import Session

NAMES = ("Ann", "Ben", "Cleo", "Dora")
"""The founder first; the last one is away until the end."""

_COLUMNS = {
    "account": (
        "name", "number", "industry", "tier", "city", "phone", "website", "satisfaction", "key_problems",
        "contract_end", "employees", "revenue", "parent",
    ),
    "contact": ("name", "account", "title", "email", "phone"),
    "note": ("text", "account", "contact"),
}  # fmt: skip
"""A team that works with three sheets: the layout is pinned in every export, whatever it is."""


@dataclass
class MovableClock:
    """Stands until somebody moves it, forwards or backwards."""

    moment: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def jump(self, step: timedelta) -> None:
        self.moment += step


class Ground:
    """A founded team of four, all of whom hold one small picture."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = Laptops(folder)
        sessions = [self._made.found(NAMES[0])]
        self.picture = _picture(sessions[0])
        sessions += [self._made.join(sessions[0], name) for name in NAMES[1:]]
        for each in sessions[1:]:
            say(each, each.store.identity.member, "name", each.store.identity.name)
        level(folder, *sessions)
        self._places = {each.store.identity.name: each.store.places for each in sessions}
        self._made.close()
        self._kept = {name: [path.read_bytes() for path in at.databases] for name, at in self._places.items()}
        self._open: dict[str, Session] = {}

    def begin(self, seed: int) -> Path:
        """Start an example: nobody's laptop is open, every one is as prepared; gives a folder for files."""
        self.end()
        _dice.seed(seed)
        folder = self.folder / "files"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def laptop(self, name: str) -> Session:
        """Open a laptop as it was prepared, with a clock of its own."""
        if name in self._open:
            self._open.pop(name).close()
        _put_back(self._places[name], self._kept[name])
        return self.reopen(name)

    def reopen(self, name: str) -> Session:
        """Open a laptop as it was left."""
        if name in self._open:
            self._open[name].close()
        self._open[name] = open_workspace(self._places[name], Key(PASSPHRASE), MovableClock())
        return self._open[name]

    def adopt(self, name: str, session: Session) -> None:
        """Take a session that was opened otherwise in the place of a closed one."""
        self._open[name] = session

    @contextmanager
    def stranger(self) -> Iterator[Session]:
        """Somebody of no team who tries the program out, in a workspace that is gone afterwards."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tempfile, "tempdir", str(self.folder))
            with throwaway_folder() as place:
                wish = NewWorkspace(Places(place), "Eve", "eve@elsewhere.example", PASSPHRASE, stretching=CHEAP)
                session = create_workspace(wish, MovableClock()).session
                yield session
                session.close()
            assert not place.exists()
            assert not list(self.folder.glob("accountplanner-*"))

    def end(self) -> None:
        for session in self._open.values():
            session.close()
        self._open.clear()


def _picture(founder: Session) -> Picture:
    picture = small_picture(founder)
    for number, account in enumerate(picture.accounts.values(), 1):
        say(founder, account, "number", f"00{number}47")
        say(founder, account, "employees", str(number * 11))
    say(founder, picture.accounts["Alpine"], "revenue", "1234567.89 EUR")
    return picture


def _put_back(places: Places, kept: list[bytes]) -> None:
    for path, content in zip(places.databases, kept, strict=True):
        for more in ("-wal", "-shm"):
            path.with_name(path.name + more).unlink(missing_ok=True)
        path.write_bytes(content)
    places.restored.unlink(missing_ok=True)
    shutil.rmtree(places.backups, ignore_errors=True)


_dice = random.Random(0)  # noqa: S311 - dice, not secrets


@contextmanager
def quick_work() -> Iterator[pytest.MonkeyPatch]:
    """Leave out what costs much and is tested elsewhere: children, 30 sheets, a backup before each import, the disk.

    What is written is read back out of the same databases; that it outlives a power cut is for the faults to show.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (files, mentions, read):
            patch.setattr(module, "run_guarded", read_in_this_process)
        patch.setattr(projection, "team_sheets", _few_sheets)
        patch.setattr(exporting, "visible_kinds", lambda: tuple(_COLUMNS))
        patch.setattr(Backups, "before_import", lambda *_: None)
        patch.setattr(Backups, "beside", lambda *_: nullcontext(lambda: None))
        patch.setattr(Database, "_open_writer", _unhurried(Database._open_writer))
        patch.setattr(os, "fsync", lambda _file: None)
        patch.setattr(secrets, "token_bytes", lambda size=32: _dice.randbytes(size))
        patch.setattr(secrets, "randbits", _dice.getrandbits)
        yield patch


def _unhurried(open_writer: Callable[[Database], Any]) -> Callable[[Database], Any]:
    """Open a database that does not wait until the disk has everything."""

    def opened(database: Database) -> Any:  # noqa: ANN401 - the driver has no types
        connection = open_writer(database)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    return opened


def _few_sheets() -> tuple[SheetLayout, ...]:
    sheets = {sheet.kind: sheet for sheet in team_sheets()}
    return tuple(
        replace(
            sheets[kind],
            columns=tuple(column for key in keys if (column := sheets[kind].column(key)) is not None),
            spare_rows=3,
        )
        for kind, keys in _COLUMNS.items()
    )
