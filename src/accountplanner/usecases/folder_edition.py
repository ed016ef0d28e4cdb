"""This laptop's own workbook in a shared folder: whether it has to be written, and how it gets there."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from accountplanner.domain.sentences import told
from accountplanner.exchange.folder import FolderUnreachableError, edition_name
from accountplanner.exchange.projection import Content
from accountplanner.exchange.writing.publishing import (
    NotPublishedError,
    Patience,
    free_names,
    leftovers,
    publish,
)
from accountplanner.exchange.writing.workbook import team_workbook
from accountplanner.usecases.exporting import exported, team_content, team_payload
from accountplanner.usecases.exports import keep_base, keep_record, let_go_of_editions
from accountplanner.usecases.folder_memory import Mine, lock_of, recall, remember
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import members_part
from accountplanner.usecases.unfinished_files import noted_while_written

_REASONS = {
    "first": told("it is not there yet"),
    "missing": told("it is no longer there"),
    "edited": told("somebody has typed in it, which is read first"),
    "changed": told("there is something new to tell"),
    "second": told("it was open in another program the last time, and lies there under a second name"),
    "locked": told("it is to open with another password, or without one"),
    "news": told("it will show what comes in"),
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Whether and why this laptop's workbook is to be written. `reason` is empty when it may stay as it is."""

    name: str
    reason: str = ""

    def sentence(self) -> str:
        """The same for a person."""
        if not self.reason:
            return told("Your workbook “{name}” shows everything already.", name=self.name)
        return told("Your workbook “{name}” will be written: {reason}.", name=self.name, reason=_REASONS[self.reason])


@dataclass(frozen=True, slots=True)
class Edition:
    """Where this laptop's workbook lies now. `warning` is a sentence when personal values are in a plain file."""

    path: Path
    warning: str = ""
    is_second: bool = False

    def sentence(self) -> str:
        """The same for a person."""
        if self.is_second:
            return told(
                "Your workbook is open in another program or was just changed, so the new one is called "
                "“{name}” until the next exchange; nothing is lost, and colleagues read it all the same.",
                name=self.path.name,
            )
        return told("Your workbook “{name}” was written.", name=self.path.name)


def outgoing(
    session: Session, mine: Mine | None, present: Mapping[str, str], password: str, *, has_news: bool
) -> Outgoing:
    """Say whether the edition has to be written, given the contents by name that lie in the folder.

    A content that could not be read is empty. `password` is the one that it shall open with.
    """
    if mine is None or not mine.content:
        return Outgoing(own_name(session, mine), "first")
    if mine.name not in present:
        return Outgoing(mine.name, "missing")
    if present[mine.name] not in {"", mine.content}:
        return Outgoing(mine.name, "edited")
    if _is_outdated(session, mine):
        return Outgoing(mine.name, "changed")
    if mine.lock != lock_of(session, password):
        return Outgoing(mine.name, "locked")
    return Outgoing(mine.name, "news" if has_news else "second" if mine.others else "")


def own_name(session: Session, mine: Mine | None) -> str:
    """What this laptop's workbook is called here: the same for ever once it was written."""
    identity = session.store.identity
    return mine.name if mine else edition_name(identity.name, identity.replica)


def write_edition(
    session: Session, folder: Path, seen: Collection[str], password: str = "", patience: Patience | None = None
) -> Edition:
    """Write this laptop's workbook into the folder.

    `seen` are the contents read there just now. What somebody has typed into the workbook since then is
    not written over: the edition gets a second name until the next exchange has read it.

    Raises:
        RefusedError: it cannot be written.
    """
    memory = recall(session, folder)
    mine = memory.mine or Mine(session.store.identity.replica, own_name(session, None))
    mine = replace(mine, others=_untouched(session, folder, mine.others))
    target = folder / mine.name
    is_free = _may_be_replaced(session, target, {mine.content, *seen})
    if mine.others and mine.lock == lock_of(session, password) and not _is_outdated(session, mine):
        mine = _renamed(session, target, mine) if is_free else mine
        remember(session, folder, replace(memory, mine=mine))
        return Edition(target if not mine.others else folder / list(mine.others)[-1], is_second=bool(mine.others))
    drawn, shown, data = _drawn(session, mine, password)
    # The base is kept before the file leaves; that it left is known only afterwards.
    remember(session, folder, replace(memory, mine=replace(mine, editions=drawn.editions)))
    place, others = (target, tuple(mine.others)) if is_free else _second_place(target, mine)
    with noted_while_written(session, place):
        path = _published(place, data, others, patience)
    mine = _noted(session, drawn, path, data)
    remember(session, folder, replace(memory, mine=_swept(folder, mine) if path == target else mine))
    warning = exported(path, shown, locked=bool(password)).warning
    return Edition(path, warning, is_second=path != target)


def _drawn(session: Session, mine: Mine, password: str) -> tuple[Mine, Content, bytes]:
    """Make the workbook, and keep what a copy of it without its hidden sheet will be compared with."""
    upto, team = session.store.last_team_batch(), _team(session)
    shown, base, record = team_content(session)
    sealed = team_payload(session, record, base)
    data = team_workbook(shown, sealed, session.store.identity.team_key.id, password)
    keep_base(session, record.export_id, base)
    keep_record(session, record)
    editions = let_go_of_editions(session, (*mine.editions, record.export_id))
    now = session.clock.now().isoformat(timespec="seconds")
    mine = replace(mine, upto=upto, team=team, editions=editions, written_at=now, lock=lock_of(session, password))
    return mine, shown, data


def _is_outdated(session: Session, mine: Mine) -> bool:
    return mine.upto != session.store.last_team_batch() or mine.team != _team(session)


def _team(session: Session) -> str:
    """Names the members and the key an edition was written with."""
    identity = session.store.identity
    return hashlib.sha256(members_part(identity) + identity.team_key.id.encode()).hexdigest()[:24]


def _untouched(session: Session, folder: Path, others: Mapping[str, str]) -> dict[str, str]:
    """Those second names under which still lies what we wrote; anything else is somebody's content by now."""
    return {name: content for name, content in others.items() if _content_of(session, folder / name) == content}


def _content_of(session: Session, path: Path) -> str:
    """Name what lies there; empty for nothing."""
    data = path.read_bytes() if path.is_file() else b""
    return session.store.archive.content_id(data) if data.strip(b"\0") else ""


def _may_be_replaced(session: Session, path: Path, known: Collection[str]) -> bool:
    """Whether nothing lies there that was not read; an empty file holds nothing."""
    try:
        return _content_of(session, path) in {"", *known}
    except OSError:
        return False


def _renamed(session: Session, target: Path, mine: Mine) -> Mine:
    """Bring what lies under a second name under the first, if that is free by now."""
    name, content = list(mine.others.items())[-1]
    try:
        data = (target.parent / name).read_bytes()
        if session.store.archive.content_id(data) == content:
            with noted_while_written(session, target):
                publish(target, data, None, Patience(()))
            return _swept(target.parent, replace(mine, content=content))
    except (OSError, NotPublishedError):
        pass
    return mine


def _second_place(target: Path, mine: Mine) -> tuple[Path, tuple[str, ...]]:
    """Where the edition lies while somebody's words lie under its name, and the other names it may get there."""
    names = tuple(mine.others)
    return (target.with_name(names[0]) if names else next(free_names(target))), names[1:]


def _published(place: Path, data: bytes, others: tuple[str, ...], patience: Patience | None) -> Path:
    try:
        for each in leftovers(place):
            # Nobody but this laptop writes this file, so nobody is at work on it.
            each.unlink(missing_ok=True)
    except FileNotFoundError as error:
        raise FolderUnreachableError(place.parent, "there is no such folder") from error
    return publish(place, data, others, patience)


def _noted(session: Session, mine: Mine, path: Path, data: bytes) -> Mine:
    content = session.store.archive.content_id(data)
    if path.name == mine.name:
        return replace(mine, content=content)
    return replace(mine, others={**mine.others, path.name: content})


def _swept(folder: Path, mine: Mine) -> Mine:
    """Take second names away; one that is open in another program stays for the next time."""
    left = {}
    for name, content in mine.others.items():
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError:
            left[name] = content
    return replace(mine, others=left)
