"""The sixty-second note: saved whatever it says, filed where it belongs, or kept waiting until a person says where.

A note whose person or account is not known, or that names nobody, waits: it stands as a private note in the `me` layer
beside a `waiting_note` that points to it. Filing it says the note to the team under an id derived from the waiting
one, and takes the waiting one away, in one step that undo takes back. So no laptop ever sees half of it, and a note
nobody files stays readable where it was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from accountplanner.domain.capture import Capture, Chip, Sign, read_capture
from accountplanner.domain.capture_offers import Found, found_in
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import NotFoundError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import derived_id, kind_of
from accountplanner.domain.sensitive_words import Sensitive, sensitive_words
from accountplanner.domain.sentences import titled
from accountplanner.domain.statements import NOBODY, Source, exists, state
from accountplanner.store import dated
from accountplanner.usecases.editing import say_new_record
from accountplanner.usecases.noting_names import Meant, Named, Names
from accountplanner.usecases.session import Session
from accountplanner.usecases.waiting_notes import WAITING, pointer_to, say_waiting

_MOST_SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Understood:
    """What a note says to the program. `account` and `contact` are where it will be filed, if anywhere."""

    capture: Capture
    account: Meant | None = None
    contact: Meant | None = None
    named: tuple[Named, ...] = ()
    mentioned: tuple[Found, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()

    @property
    def unknown(self) -> tuple[Named, ...]:
        """Mentions that lead to nobody, or to several."""
        return tuple(each for each in self.named if each.meant is None)

    @property
    def waits(self) -> bool:
        """Whether a person must still say where it belongs."""
        return bool(self.unknown) or not (self.account or self.contact)

    def chips(self) -> tuple[Chip, ...]:
        """Every chip, names as long as they are."""
        rest = (*self.capture.days, *self.capture.amounts, *self.capture.facts)
        return tuple(sorted((*(each.chip for each in self.named), *rest), key=lambda chip: chip.start))


@dataclass(frozen=True, slots=True)
class Noted:
    """A note just saved. `waits` says that it went to the inbox."""

    note: str
    understood: Understood
    changes: Changes
    waits: bool


@dataclass(frozen=True, slots=True)
class InboxNote:
    """A note that waits, with the accounts and people it may belong to, the likeliest first."""

    record: str
    text: str
    written_on: str
    suggestions: tuple[Meant, ...] = ()


def understand(
    session: Session, text: str, here: str = "", bound: Mapping[str, str] | None = None, *, suggests: bool = True
) -> Understood:
    """Say what a note says. `here` is the account or contact in sight: what it is about if it names nobody else."""
    capture = read_capture(text, session.clock.today())
    names = Names(session, bound=bound, suggests=suggests)
    sight = names.of(here) if kind_of(here) in ("account", "contact") else None
    placed = [(mention.start, names.named(mention)) for mention in capture.mentions if mention.sign is Sign.ACCOUNT]
    account = next((each.meant for _, each in placed if each.meant), None)
    if account is None and not placed and sight is not None:
        account = sight if sight.kind == "account" else _account_of(names, sight)
    there = names.within(account.record if account else "")
    people = [(mention.start, there.named(mention)) for mention in capture.mentions if mention.sign is Sign.PERSON]
    contact = next((each.meant for _, each in people if each.meant), None)
    if contact is None and not capture.mentions and sight is not None and sight.kind == "contact":
        contact = sight
    if contact is not None and contact.account and not any(each.meant for _, each in placed):
        account = _account_of(names, contact)
    named = tuple(each for _, each in sorted((*placed, *people), key=lambda pair: pair[0]))
    mentioned = found_in(capture, session.clock.today())
    return Understood(capture, account, contact, named, mentioned, sensitive_words(text))


def _account_of(names: Names, contact: Meant) -> Meant | None:
    return names.of(contact.account) if contact.account else None


def write_note(
    session: Session, text: str, here: str = "", bound: Mapping[str, str] | None = None, *, private: bool = False
) -> Noted:
    """Save a note, whatever it says; what is not understood waits in the inbox.

    Raises:
        WrongUseError: nothing was written, or more than a field holds.
    """
    if not text.strip():
        raise WrongUseError("The note is empty.")
    understood = understand(session, text, here, bound, suggests=False)
    note = session.new_id("note")
    values = {"text": text, "written_on": session.clock.today().isoformat(), **_places(understood)}
    title = titled("Note kept in the inbox") if understood.waits else titled("Note saved")
    with session.transaction(title) as writing:
        if understood.waits:
            say_waiting(session, writing, note, values)
        else:
            say_new_record(session, writing, note, values, layer=Layer.ME if private else Layer.TEAM)
    return Noted(note, understood, session.changes(writing, title), understood.waits)


def inbox(session: Session) -> tuple[InboxNote, ...]:
    """The notes that wait to be filed, the oldest first."""
    waiting = [note for _, note in dated.values_given(session.store.me, (WAITING, "note"))]
    found = []
    for note in waiting:
        picture = session.store.me.picture(note)
        if picture.exists and (text := picture.value("text")):
            about = picture.value("contact") or picture.value("account") or ""
            written = picture.value("written_on") or ""
            found.append(InboxNote(note, text, written, _suggestions(session, text, about)))
    return tuple(sorted(found, key=lambda each: (each.written_on, each.record)))


def file_note(session: Session, note: str, place: str, *, private: bool = False) -> tuple[str, Changes]:
    """File a waiting note at an account or a contact; returns the id under which it stands there.

    Raises:
        NotFoundError: no such note waits.
        WrongUseError: the place is neither an account nor a contact.
    """
    _refuse_unless_waiting(session, note)
    if kind_of(place) not in ("account", "contact"):
        raise WrongUseError("A note is filed at an account or a contact.")
    meant = Names(session).of(place)
    about = {meant.kind: meant.record} | ({"account": meant.account} if meant.account else {})
    held = session.store.me.picture(note)
    values = {key: held.value(key) or "" for key in ("text", "written_on")} | about
    source, title = session.source(), titled("Note filed")
    with session.transaction(title) as writing:
        if private:
            filed = note
            writing.say(Layer.ME, [state(note, key, value, source) for key, value in about.items()])
        else:
            filed = _filed_id(session, note)
            say_new_record(session, writing, filed, values, _said_by(session, note))
            writing.say(Layer.ME, [exists(note, source, present=False)])
        writing.say(Layer.ME, [exists(pointer_to(session, note), source, present=False)])
    return filed, session.changes(writing, title)


def discard_note(session: Session, note: str) -> Changes:
    """Take a waiting note off the inbox; undo brings it back.

    Raises:
        NotFoundError: no such note waits.
    """
    _refuse_unless_waiting(session, note)
    source, title = session.source(), titled("Note deleted")
    with session.transaction(title) as writing:
        gone = [exists(each, source, present=False) for each in (note, pointer_to(session, note))]
        writing.say(Layer.ME, gone)
    return session.changes(writing, title)


def _places(understood: Understood) -> dict[str, str]:
    found = {"account": understood.account, "contact": understood.contact}
    return {key: meant.record for key, meant in found.items() if meant}


def _suggestions(session: Session, text: str, about: str) -> tuple[Meant, ...]:
    """Who it may be: those that mentions lead to, then the place in sight when it was written."""
    understood = understand(session, text, about)
    found: dict[str, Meant] = {}
    for named in sorted(understood.named, key=lambda each: each.chip.sign is not Sign.PERSON):
        for meant in (named.meant, *named.suggestions):
            if meant is not None:
                found.setdefault(meant.record, meant)
    for meant in (understood.contact, understood.account):
        if meant is not None:
            found.setdefault(meant.record, meant)
    return tuple(found.values())[:_MOST_SUGGESTED]


def _filed_id(session: Session, note: str) -> str:
    return derived_id("note", session.store.identity.team_secret, "filed", note)


def _said_by(session: Session, note: str) -> Source:
    register = session.store.me.picture(note).registers.get(("text", ""))
    said = register.shown.statement if register and register.shown else None
    return Source(speaker=said.speaker, date=said.date, origin=said.origin) if said else NOBODY


def _refuse_unless_waiting(session: Session, note: str) -> None:
    if not session.store.me.picture(pointer_to(session, note)).exists or not session.store.me.picture(note).exists:
        raise NotFoundError("waiting note", note)
