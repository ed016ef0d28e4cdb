"""What happens to a laptop: its clock jumps, another version writes, it is closed, restored, or dies in an import."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from tests.usecases.any_exchange.ground import MovableClock
from tests.usecases.any_exchange.ledger import ids_held, standing
from tests.usecases.any_exchange.sending import Sending
from tests.usecases.any_exchange.world import accounts, numbers, picks

from accountplanner.domain.batches import encode_chunk
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Statement
from accountplanner.store import own_batches
from accountplanner.store.archive import FileArchive
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.restoring import chosen_backup, restore_backup
from accountplanner.usecases.workspaces import Key, back_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class CrashError(BaseException):
    """The program dies here."""


class Accidents(Sending):
    """What nobody meant; a restored laptop has sent a workbook that it no longer knows of."""

    @rule(number=numbers, hours=st.sampled_from((-100_000, -24, 0, 24, 100_000)))
    def clock_jumps(self, number: int, hours: int) -> None:
        clock = self.session(number).clock
        assert isinstance(clock, MovableClock)
        clock.moment = max(MovableClock.moment.replace(year=1990), clock.moment + timedelta(hours=hours))

    @rule(number=numbers, name=accounts)
    def a_newer_program_writes(self, number: int, name: str) -> None:
        """A later version of the program on this laptop: a field, a kind and keys that this one does not know."""
        with self.act(number, f"says with a newer program what colour the door of {name} has") as session:
            word = self.world.word(self.account(name), "colour_of_the_door")
            said = [
                Statement(self.account(name), "colour_of_the_door", word, speaker="newer", date="2026-11-22"),
                Statement("doorplate:1", "text", self.world.word("", "text")),
            ]
            with _newer_chunks(), session.transaction("Newer") as writing:
                writing.say(Layer.TEAM, said)

    @rule(number=numbers)
    def is_closed_and_opened(self, number: int) -> None:
        self.is_sound = False
        name, session = self.who(number), self.session(number)
        clock, before = session.clock, (dump(session), standing(session))
        self.world.story.append(f"{name} closes and opens the program")
        self.world.laptops[name] = again = self.ground.reopen(name)
        again.clock = clock
        assert (dump(again), standing(again)) == before

    @precondition(lambda self: "restored" not in self.world.looks)
    @rule(number=numbers, name=accounts)
    def is_restored(self, number: int, name: str) -> None:
        """A backup is taken, work goes on and may be sent, then the laptop is brought back to the backup."""
        who, session = self.who(number), self.session(number)
        self.world.looks["restored"] = []
        backup = back_up(session)
        with self.act(number, f"changes {name} after a backup"):
            set_value(session, Typed(self.account(name), "city", self.world.word(self.account(name), "city")))
        self.sends_to_the_team(number)
        self.world.owed.append(self.world.books[-1])
        places = session.store.places
        session.close()
        chosen = chosen_backup(places, backup.folder)
        again = restore_backup(places, chosen, Key("correct horse"), session.clock).session
        self.world.story.append(f"{who} is restored")
        self.ground.adopt(who, again)
        self.world.laptops[who] = again
        self.world.looks[who] = []
        self.world.before.pop(who, None)
        # What was decided after the backup has not happened here; it may come back from others.
        self.world.rejected = [each for each in self.world.rejected if each.who != who]

    @precondition(lambda self: self.world.books)
    @rule(pick=picks)
    def a_stranger_looks_at_a_file(self, pick: int) -> None:
        """Somebody of no team brings a file of ours into a workspace to throw away: what is sealed stays so."""
        file = self.world.books[pick % len(self.world.books)]
        self.world.story.append(f"a stranger brings {file.name}")
        with self.ground.stranger() as session:
            try:
                import_files(session, [file])
            except PlannerError as refused:
                assert re.fullmatch(r"[^\n]+\.", refused.sentence), refused.sentence  # noqa: PT017 - whichever it is
            assert not ids_held(session) & self.world.ledger.oracle.said.keys(), "a stranger holds what our team said"

    @precondition(lambda self: self.world.books)
    @rule(number=numbers, pick=picks, at=st.integers(1, 12))
    def crashes_while_importing(self, number: int, pick: int, at: int) -> None:
        """The program dies in the middle of an import; what was done is there wholly or not at all."""
        name, session = self.who(number), self.session(number)
        file = self.world.books[pick % len(self.world.books)]
        self.is_sound = False
        clock, before = session.clock, dump(session)
        self.world.story.append(f"{name} brings {file.name} and crashes at {at}")
        died = False
        with _dying_at(at):
            try:
                import_files(session, [file])
            except CrashError:
                died = True
            except PlannerError:
                pass
        self.world.laptops[name] = again = self.ground.reopen(name)
        again.clock = clock
        self.world.looks[name] = []
        self.world.ledger.listen(again)
        self.world.before.pop(name, None)
        assert not died or dump(again) == before, "half an import"


@contextmanager
def _newer_chunks() -> Iterator[None]:
    """Write chunks with keys that a later version might add."""

    def newer(record: str, statements: Any) -> bytes:  # noqa: ANN401 - as the program's own
        return encode_chunk(record, statements)[:-1] + b',"zeal":"high"}'

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_batches, "encode_chunk", newer)
        yield


@contextmanager
def _dying_at(call: int) -> Iterator[None]:
    """Let the program die at the nth of the calls an import makes while it writes."""
    left = [call]

    def fatal(original: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object, **options: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise CrashError
            return original(*args, **options)

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        for owner, names in ((FileArchive, ("put",)), (Transaction, ("say", "receive", "fold", "name_reached"))):
            for name in names:
                patch.setattr(owner, name, fatal(getattr(owner, name)))
        yield
