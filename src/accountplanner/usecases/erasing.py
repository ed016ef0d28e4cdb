"""Erasing a person on every laptop of the team: the one exception to “nothing is lost”."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from accountplanner.domain.batches import SealedBatch, decode_header
from accountplanner.domain.catalogue import child_references
from accountplanner.domain.changes import Changes
from accountplanner.domain.erasure import person_digests
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import members_of
from accountplanner.domain.sentences import titled, told
from accountplanner.domain.statements import Statement
from accountplanner.domain.text import search_text
from accountplanner.exchange.match import folded_name
from accountplanner.exchange.mentions import may_mention
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.usecases.backup_choices import copy_latest
from accountplanner.usecases.begun_imports import forget_import
from accountplanner.usecases.copies_outside import SentWorkbook, workbooks_with
from accountplanner.usecases.exports import bases_naming
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.kept_answers import forget_answers
from accountplanner.usecases.proposals import is_content_gone, open_suggestions, replace_proposals
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import forget_answered


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, and what it names for a person to look after.

    `mentions` are records of others whose free text still names the person; `files` are imported
    files that may have held them, whose bytes are gone; `sent` are workbooks that left with them.
    `again` says which of the files had not been read yet and have to be brought again.
    """

    changes: Changes
    mentions: tuple[str, ...]
    files: tuple[str, ...]
    sent: tuple[SentWorkbook, ...]
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The names of files whose bytes are gone, and a sentence for each of them that had not been read yet."""

    files: tuple[str, ...]
    again: tuple[str, ...]


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
    theirs = {*parts, *_belongings(session, parts)}
    sent = workbooks_with(session, theirs, named)
    names = theirs | bases_naming(session, named)
    digests = _digests(session, parts)
    with session.transaction(titled("Person erased"), undoable=False) as writing:
        writing.erase(Layer.TEAM, names | digests)
        writing.erase(Layer.ME, names | digests)
    changes = session.changes(writing, titled("Person erased"))
    gone = forget(session, named)
    return Erased(changes, _mentions(session, title), gone.files, sent, gone.again)


def names_to_forget(session: Session, batches: Iterable[SealedBatch]) -> set[str]:
    """What people are called whom colleagues' batches are about to erase here."""
    held = session.store.team.log.chains.places
    fresh = [decode_header(batch.header) for batch in batches if batch.digest not in held]
    erased = {name for header in fresh for name in header.erases if kind_of(name) == "contact"}
    return _named(session, erased) if erased else set()


def forget(session: Session, names: Collection[str]) -> Forgotten:
    """Drop files, suggestions and backups that hold somebody just erased."""
    store = session.store
    if bases := bases_naming(session, names):
        # This laptop's own exports, which whoever erased may not have heard of.
        with session.transaction(titled("Person erased"), undoable=False) as writing:
            writing.erase(Layer.TEAM, bases)
    files = _drop_files(session, names)
    _drop_suggestions(session, names)
    forget_answers(session)
    forget_import(session)
    forget_answered(session)
    again = _to_be_brought_again(session, names)
    fresh = store.back_up("erasure", session.clock.now(), thorough=True)
    store.backups.drop_older(fresh)
    # The second folder keeps one copy only; where it cannot be reached now, the next one takes its place.
    copy_latest(session)
    return Forgotten(files, again)


def _drop_suggestions(session: Session, names: Collection[str]) -> None:
    wanted = [search_text(name) for name in names if name.strip()]
    erased = session.store.team.log.erased
    gone = [
        row.id
        for row in session.store.suggestions()
        if row.kind != "waiting"
        and (any(name in search_text(row.body) for name in wanted) or any(name in row.body for name in erased))
    ]
    if gone:
        with session.transaction(titled("Suggestions about an erased person dropped"), undoable=False) as writing:
            session.store.drop_suggestions(writing.team.connection, gone)


def _to_be_brought_again(session: Session, names: Collection[str]) -> tuple[str, ...]:
    """List each file that waited for its export, and whose bytes are gone now, as one to be brought again.

    What it says of others nobody could read yet, so it must not vanish in silence.
    """
    waiting = [each for each in open_suggestions(session) if each.kind == "waiting" and is_content_gone(session, each)]
    worded = [_asked_again(each, names) for each in waiting]
    if fresh := [new for new, old in zip(worded, waiting, strict=True) if new != old]:
        replace_proposals(session, fresh)
    return tuple(each.reason for each in fresh)


def _asked_again(waiting: Suggested, names: Collection[str]) -> Suggested:
    # A file's own name can name a person, too.
    folded = search_text(waiting.title)
    is_named = any(search_text(name) in folded for name in names if name.strip())
    title = told("A file") if is_named else waiting.title
    reason = told(
        "“{name}” waited for export {export}, and its content is gone: it may hold somebody who was erased. Bring the "
        "file again when a colleague's file has brought that export; then what it says of others is taken in.",
        name=title,
        export=waiting.value,
    )
    return replace(waiting, title=title, reason=reason)


def brought_back(session: Session, statements: Iterable[Statement]) -> set[str]:
    """Records among those spoken of that are an erased person, or would make one again.

    A list may say the person's address of their firm, or know the firm under an id or a spelling of its own: a
    row about anything that carries an erased address is held back, and so is the name at any firm of that name.
    """
    erased = session.store.team.log.erased
    if not erased:
        return set()
    said: dict[str, dict[str, str]] = {}
    for statement in statements:
        said.setdefault(statement.record, {})[statement.field] = statement.value or ""
    firms = _Firms(session, said)
    again = {
        record for record, values in said.items() if not erased.isdisjoint(_digests_in(session, record, values, firms))
    }
    return again | (said.keys() & erased)


def names_erased(session: Session, tables: Iterable[RawTable]) -> bool:
    """Whether some row would be recognised as an erased person's, whatever its columns mean."""
    erased = session.store.team.log.erased
    firms = _Firms(session, {})
    rows = (row.cells for table in tables for row in table.rows)
    return any(not erased.isdisjoint(_digests_of_cells(session, cells, firms)) for cells in rows)


def _digests_of_cells(session: Session, cells: Iterable[str], firms: "_Firms") -> set[str]:
    texts = [cell for cell in cells if cell.strip()]
    accounts = {account for text in texts for account in firms.named(text)}
    alone = [{"email": text, "phone": text} if "@" in text else {"phone": text} for text in texts]
    together = [{"name": text, "account": account} for text in texts for account in accounts]
    return {digest for values in (*alone, *together) for digest in digests_of(session, values)}


def _digests_in(session: Session, record: str, values: Mapping[str, str], firms: "_Firms") -> set[str]:
    """The digests of whoever a row may be about; a firm's number is not taken for the one who answered it."""
    if kind_of(record) != "contact":
        return digests_of(session, {"email": values.get("email", "")})
    known = firms.perhaps(values.get("account", ""))
    return {digest for firm in known for digest in digests_of(session, {**values, "account": firm})}


class _Firms:
    """Which accounts the one a row names may be: itself, what it was merged with, others of its name."""

    def __init__(self, session: Session, said: Mapping[str, Mapping[str, str]]) -> None:
        self._store = session.store
        self._said = said
        self._named: dict[str, set[str]] | None = None

    def perhaps(self, account: str) -> set[str]:
        """Every id under which the account may have been known."""
        return self._with_parts({account} | self._called(self._said.get(account, {}).get("name", "")))

    def named(self, text: str) -> set[str]:
        """Every id under which an account of this name may have been known."""
        return self._with_parts(self._called(text))

    def _called(self, name: str) -> set[str]:
        folded = folded_name(name)
        return self._by_name().get(folded, set()) if folded else set()

    def _with_parts(self, accounts: Iterable[str]) -> set[str]:
        roots = self._store.team.fold.roots
        return {member for each in accounts for member in members_of(self._store.root(each), roots)}

    def _by_name(self) -> dict[str, set[str]]:
        if self._named is None:
            self._named = {}
            for held in self._store.every("account"):
                self._named.setdefault(folded_name(held.values.get("name", "")), set()).add(held.record)
        return self._named


def _belongings(session: Session, parts: Iterable[str]) -> set[str]:
    return {
        child.record
        for part in parts
        for field in child_references("contact")
        for layer in (Layer.TEAM, Layer.ME)
        for child in session.store.records_with(field.kind, field.key, part, layer)
    }


_KNOWN_BY = ("name", "email", "phone", "mobile")


def _named(session: Session, parts: Iterable[str]) -> set[str]:
    """Every name, address and number the person was ever known by: an old file may hold an old one."""
    return {value for key, value in _ever_said(session, parts) if key in _KNOWN_BY}


def _digests(session: Session, parts: Iterable[str]) -> set[str]:
    """What old lists would bring them back by is held back as well as what is known of them today."""
    said = _ever_said(session, parts)
    names = {value for key, value in said if key == "name"} or {""}
    firms = {session.store.root(value) for key, value in said if key == "account"} or {""}
    together = [{"name": name, "account": firm} for name in names for firm in firms]
    alone = [{key: value} for key, value in said if key in _KNOWN_BY]
    return {digest for values in [*together, *alone] for digest in digests_of(session, values)}


def _ever_said(session: Session, parts: Iterable[str]) -> set[tuple[str, str]]:
    entries = session.store.team.entries(parts)
    return {
        (entry.statement.field, entry.statement.value)
        for group in entries.values()
        for entry in group
        if entry.statement.value
    }


def digests_of(session: Session, values: Mapping[str, str]) -> set[str]:
    """The keyed digests by which a contact with these values would be recognised."""
    return person_digests(
        session.store.identity.team_secret,
        name=values.get("name", ""),
        account=values.get("account", ""),
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
