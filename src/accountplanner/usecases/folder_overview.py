"""The shared folder at a glance: whose workbooks lie there, when each was read, and what is new. Nothing is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from accountplanner.exchange.folder import Arrival, FolderUnreachableError, arrivals, person_in
from accountplanner.usecases.folder_memory import (
    KNOWN,
    MINE,
    NEW,
    OTHER,
    WAITS,
    FolderMemory,
    ReadFile,
    chosen_folder,
    folder_password,
    recall,
)
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One workbook as the list of names shows it. `state` is mine, known, new, waits (without a byte yet) or other."""

    name: str
    who: str
    state: str
    read_at: str = ""


@dataclass(frozen=True, slots=True)
class FolderOverview:
    """What the shared folder shows. `folder` is `None` while none was chosen; `refusal` says why it cannot be read.

    `is_locked` says whether its workbooks are written under a password.
    """

    folder: Path | None
    lines: tuple[FolderLine, ...] = ()
    refusal: str = ""
    is_locked: bool = False

    @property
    def news(self) -> tuple[FolderLine, ...]:
        """The workbooks to be read at the next exchange."""
        return tuple(line for line in self.lines if line.state == NEW)


def folder_overview(session: Session) -> FolderOverview:
    """Look at the chosen folder's list of names, which may take long where it lies on a network."""
    folder = chosen_folder(session)
    if folder is None:
        return FolderOverview(None)
    memory, name = recall(session, folder), session.store.identity.name
    is_locked = bool(folder_password(session, folder))
    try:
        found = arrivals(folder)
    except FolderUnreachableError as refused:
        return FolderOverview(folder, refusal=refused.sentence, is_locked=is_locked)
    read = {each.name: each for each in memory.files.values()}
    lines = tuple(_line(arrival, memory, read, name) for arrival in found)
    return FolderOverview(folder, lines, is_locked=is_locked)


def _line(arrival: Arrival, memory: FolderMemory, read: Mapping[str, ReadFile], me: str) -> FolderLine:
    mine, known = memory.mine, read.get(arrival.name)
    if mine is not None and arrival.name in {mine.name, *mine.others}:
        return FolderLine(arrival.name, me, MINE, mine.written_at)
    if known is None:
        who = person_in(arrival.name)
        return FolderLine(arrival.name, who, NEW if arrival.size else WAITS)
    if not known.looks_like(arrival):
        return FolderLine(arrival.name, known.who, NEW if arrival.size else WAITS, known.read_at)
    return FolderLine(arrival.name, known.who, OTHER if known.is_other else KNOWN, known.read_at)
