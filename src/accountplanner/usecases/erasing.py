"""Erasing a person on every laptop of the team: the one exception to “nothing is lost”."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from accountplanner.domain.batches import SealedBatch, decode_header
from accountplanner.domain.catalogue import child_references
from accountplanner.domain.changes import Changes
from accountplanner.domain.erasure import person_digests
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import members_of
from accountplanner.domain.statements import Statement
from accountplanner.domain.text import search_text
from accountplanner.exchange.mentions import may_mention
from accountplanner.exchange.reading.content import FileContent
from accountplanner.usecases.exports import bases_naming
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
    named = _named(session, parts)
    names = {*parts, *_belongings(session, parts), *bases_naming(session, named)}
    digests = _digests(session, root)
    with session.transaction("Person erased", undoable=False) as writing:
        writing.erase(Layer.TEAM, names | digests)
        writing.erase(Layer.ME, names | digests)
    changes = session.changes(writing, "Person erased")
    files = forget(session, named)
    return Erased(changes, _mentions(session, title), files, _sent(session))


def names_to_forget(session: Session, batches: Iterable[SealedBatch]) -> set[str]:
    """What people are called whom colleagues' batches are about to erase here."""
    held = session.store.team.log.chains.places
    fresh = [decode_header(batch.header) for batch in batches if batch.digest not in held]
    erased = {name for header in fresh for name in header.erases if kind_of(name) == "contact"}
    return _named(session, erased) if erased else set()


def forget(session: Session, names: Collection[str]) -> tuple[str, ...]:
    """Drop files, suggestions and backups that hold somebody just erased; returns the files' names."""
    store = session.store
    if bases := bases_naming(session, names):
        # This laptop's own exports, which whoever erased may not have heard of.
        with session.transaction("Person erased", undoable=False) as writing:
            writing.erase(Layer.TEAM, bases)
    files = _drop_files(session, names)
    _drop_suggestions(session, names)
    fresh = store.back_up("erasure", session.clock.now(), thorough=True)
    store.backups.drop_older(fresh)
    return files


def _drop_suggestions(session: Session, names: Collection[str]) -> None:
    wanted = [search_text(name) for name in names if name.strip()]
    erased = session.store.team.log.erased
    gone = [
        row.id
        for row in session.store.suggestions()
        if any(name in search_text(row.body) for name in wanted) or any(name in row.body for name in erased)
    ]
    if gone:
        with session.transaction("Suggestions about an erased person dropped", undoable=False) as writing:
            session.store.drop_suggestions(writing.team.connection, gone)


def brought_back(session: Session, statements: Iterable[Statement]) -> set[str]:
    """Records among those spoken of that are an erased person, or would make one again."""
    erased = session.store.team.log.erased
    if not erased:
        return set()
    said: dict[str, dict[str, str]] = {}
    for statement in statements:
        said.setdefault(statement.record, {})[statement.field] = statement.value or ""
    people = {record: values for record, values in said.items() if kind_of(record) == "contact"}
    again = {record for record, values in people.items() if not erased.isdisjoint(digests_of(session, values))}
    return again | (said.keys() & erased)


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
    return digests_of(
        session, {key: picture.value(key) or "" for key in ("name", "account", "email", "phone", "mobile")}
    )


def digests_of(session: Session, values: Mapping[str, str]) -> set[str]:
    """The keyed digests by which a contact with these values would be recognised."""
    account = values.get("account", "")
    return person_digests(
        session.store.identity.team_secret,
        name=values.get("name", ""),
        account=session.store.root(account) if account else "",
        emails=[values.get("email", "")],
        phones=[values.get("phone", ""), values.get("mobile", "")],
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
