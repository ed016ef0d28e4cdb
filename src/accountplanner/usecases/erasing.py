"""Erasing a person on every laptop of the team: the one exception to “nothing is lost”."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accountplanner.domain.catalogue import child_references
from accountplanner.domain.changes import Changes
from accountplanner.domain.erasure import person_digests
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import members_of
from accountplanner.domain.text import search_text
from accountplanner.exchange.mentions import may_mention
from accountplanner.exchange.reading.content import FileContent
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, and what it names for a person to look after.

    `mentions` are records of others whose free text still names the person; `files` are imported
    files that may have held them, whose bytes are gone; `sent` are workbooks that left this team.
    """

    changes: Changes
    mentions: tuple[str, ...]
    files: tuple[str, ...]
    sent: tuple[str, ...]


def erase(session: Session, record: str) -> Erased:
    """Erase a contact: their answers, ties, links and private data, the merged parts, older backups.

    Raises:
        WrongUseError: only people are erased; anything else is deleted.
    """
    if kind_of(record) != "contact":
        raise WrongUseError("Only a contact can be erased; other records are deleted, which can be undone.")
    store = session.store
    root = store.root(record)
    title = store.titles([root]).get(root, "")
    parts = members_of(root, store.team.fold.roots) if root in store.team.fold.roots else (root,)
    names = {*parts, *_belongings(session, parts)}
    digests = _digests(session, root)
    named = _named(session, parts)
    with session.transaction("Person erased", undoable=False) as writing:
        writing.erase(Layer.TEAM, names | digests)
        writing.erase(Layer.ME, names | digests)
    changes = session.changes(writing, "Person erased")
    files = _drop_files(session, named)
    fresh = store.back_up("erasure", session.clock.now(), thorough=True)
    store.backups.drop_older(fresh)
    return Erased(changes, _mentions(session, title), files, _sent(session))


def _belongings(session: Session, parts: Iterable[str]) -> set[str]:
    return {
        child.record
        for part in parts
        for field in child_references("contact")
        for layer in (Layer.TEAM, Layer.ME)
        for child in session.store.records_with(field.kind, field.key, part, layer)
    }


def _named(session: Session, parts: Iterable[str]) -> set[str]:
    """Every name, address and number the person was ever known by: an old file may hold an old one."""
    keys = {"name", "email", "phone", "mobile"}
    entries = session.store.team.entries(parts)
    return {
        entry.statement.value
        for group in entries.values()
        for entry in group
        if entry.statement.field in keys and entry.statement.value
    }


def _digests(session: Session, root: str) -> set[str]:
    picture = session.store.team.picture(root)
    said = {key: picture.value(key) or "" for key in ("name", "account", "email", "phone", "mobile")}
    return person_digests(
        session.store.identity.team_secret,
        name=said["name"],
        account=session.store.root(said["account"]) if said["account"] else "",
        emails=[said["email"]],
        phones=[said["phone"], said["mobile"]],
    )


def _drop_files(session: Session, names: Collection[str]) -> tuple[str, ...]:
    """Drop the bytes of every archived file that names the person or cannot be looked through."""
    archive, dropped = session.store.archive, []
    for file in archive.files():
        if not file.dropped and may_mention(FileContent(file.name, archive.get(file.content)), names):
            archive.drop(file.content)
            dropped.append(file.name)
    return tuple(dropped)


def _mentions(session: Session, title: str) -> tuple[str, ...]:
    if len(title) < 4:
        return ()
    folded = search_text(title)
    hits = session.store.search(title, ("note", "partner_note", "touch", "action", "case", "need", "feedback"), 200)
    found = []
    for hit in hits:
        held = session.store.record(hit.record)
        if held and any(folded in search_text(value) for value in held.values.values()):
            found.append(hit.record)
    return tuple(found)


def _sent(session: Session) -> tuple[str, ...]:
    return tuple(export.values.get("title", export.record) for export in session.store.every("export"))
