"""Notes written while the workspace is locked, and drafts of notes: readable only once it is open."""

import json
import secrets
from collections.abc import Collection
from contextlib import suppress
from threading import Lock

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import PlannerError, ValueRefusedError, WrongUseError
from accountplanner.domain.ids import derived_id
from accountplanner.domain.sentences import titled
from accountplanner.domain.statements import Source
from accountplanner.store.letterbox import Letterbox, OpenLetterbox, new_private_key
from accountplanner.store.places import Places
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.session import Clock, Session
from accountplanner.usecases.waiting_notes import say_waiting

_KEY = "letterbox_key"
OPEN_DRAFT = "open"


def seal_note(places: Places, text: str, clock: Clock, draft: str = "") -> None:
    """Keep a note that nobody can read until the workspace is unlocked; it is on the disk when this returns.

    `draft` names the draft that it was until now.

    Raises:
        WrongUseError: nothing was written, or more than a field holds.
        RefusedError: this workspace has never been opened by this version, or the disk refuses.
    """
    if not _fitting("text", text):
        raise WrongUseError("The note is empty.")
    letter = {"text": text, "written_on": clock.today().isoformat()}
    Letterbox(places.letterbox).post(json.dumps(letter).encode())
    if draft:
        Letterbox(places.letterbox).drop_draft(draft)


def prepare_letterbox(session: Session) -> None:
    """Make sure that notes can be sealed for this workspace when it is locked."""
    _opened(session).show_key()


def has_sealed(session: Session) -> bool:
    """Whether letters lie there: the command line seals notes while the window has the workspace open."""
    return any(session.store.places.letterbox.glob("*.letter"))


def take_in_sealed(session: Session) -> Changes:
    """Put what was written while the workspace was locked into the inbox; it is no step that undo would take back.

    A letter leaves the folder after its note is saved. Its id comes from its name, so one that a crash left there is
    not taken in twice. Anybody with the folder may post: what is no note stays there, and never keeps a workspace shut.
    """
    letterbox = _opened(session)
    letters = {name: said for name, content in letterbox.letters().items() if (said := _said_in(content))}
    if not letters:
        return Changes()
    title = titled("Notes from the locked program")
    with session.transaction(title, undoable=False) as writing:
        for name, said in letters.items():
            note = derived_id("note", session.store.identity.team_secret, "sealed", name)
            if not session.store.is_known(note):
                _say_letter(session, writing, note, said)
    for name in letters:
        letterbox.empty(name)
    return session.changes(writing, title)


def keep_draft(places: Places, text: str, name: str = OPEN_DRAFT) -> None:
    """Keep what is being written, sealed, so that neither a crash nor a lock loses it; blank text drops the draft.

    What is begun on the lock screen gets a name of its own each time: nobody there can read what was begun before.
    """
    letterbox = Letterbox(places.letterbox)
    if text.strip():
        letterbox.keep_draft(name, text.encode("utf-8", "surrogatepass"))
    else:
        letterbox.drop_draft(name)


class HandedNote:
    """A note a person has finished and that waits to be saved: until it is, a draft of its own keeps it.

    It is kept by one worker and saved by another. Once it is saved nothing is kept of it any more, whoever is late.
    """

    def __init__(self, places: Places) -> None:
        self.name = f"handed-{secrets.token_hex(4)}"
        self._places = places
        self._lock = Lock()
        self._is_saved = False

    def keep(self, text: str) -> None:
        """Keep the whole of it until it is saved."""
        with self._lock:
            if not self._is_saved:
                keep_draft(self._places, text, self.name)

    def let_go(self) -> None:
        """It is saved, or is a draft like any other again."""
        with self._lock, suppress(PlannerError):
            # Where the folder refuses, the note stands all the same; what was kept of it is only offered once more.
            self._is_saved = True
            Letterbox(self._places.letterbox).drop_draft(self.name)


def gather_drafts(session: Session, without: Collection[str] = ()) -> str:
    """What was being written when it was last kept, on the lock screen as well, now one draft; blank for nothing.

    `without` names the notes that are finished and only wait to be saved.
    """
    drafts = {name: content for name, content in _opened(session).drafts().items() if name not in without}
    text = "\n".join(content.decode("utf-8", "surrogatepass") for content in drafts.values())
    places = session.store.places
    if drafts.keys() - {OPEN_DRAFT}:
        keep_draft(places, text)
        for name in drafts.keys() - {OPEN_DRAFT}:
            Letterbox(places.letterbox).drop_draft(name)
    return text


def _say_letter(session: Session, writing: Transaction, note: str, said: dict[str, str]) -> None:
    source = Source(date=said["written_on"], origin="locked")
    say_waiting(session, writing, note, said, source)


def _said_in(content: bytes) -> dict[str, str]:
    """What a letter says as a note, nothing where it is none."""
    try:
        letter = json.loads(content)
        said = {key: _fitting(key, letter[key]) for key in ("text", "written_on")}
    except (ValueError, KeyError, TypeError, RecursionError, ValueRefusedError):
        return {}
    return said if all(said.values()) else {}


def _fitting(key: str, typed: str) -> str:
    """A value of a note as it will stand there."""
    field = known_field("note", key)
    return canonical_value(field, typed) if field else ""


def _opened(session: Session) -> OpenLetterbox:
    key = session.store.local(_KEY)
    if key is None:
        key = new_private_key()
        session.store.set_local(_KEY, key)
    return OpenLetterbox(session.store.places.letterbox, key)
