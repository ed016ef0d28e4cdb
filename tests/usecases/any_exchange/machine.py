"""Whatever people do: laptops of one team, people who have only a spreadsheet program, files going everywhere.

Real use cases on encrypted databases, real workbooks in bytes. At every step is checked what a step may do; at
the end everything reaches everybody, and all must hold the one picture that the ledger expects. Two or three laptops
work, one hears everything at the end, and one that is restored goes on as a replica of its own; there are one to three
channel partners and up to six copies in people's hands.

What people do, and the rule (or the act on a copy, in `copies`) that does it:

    edit, several fields, clear              types, types_several, clears, judges; with an open form, too
    a private value, sharing it              types_privately, shares
    add and delete a record, bring it back   adds_a_contact, deletes, restores, resolves (a disputed deletion)
    note; merge and part                     notes, merges_or_parts
    resolve, accept, reject                  resolves, decides, decides_and_thinks_again
    undo and redo, the last or a chosen step undoes, redoes, takes_back_at_once, turns_some_step
    erase a person                           erases
    export to the team, to a partner         sends_to_the_team, asks_a_partner; whom they may know: sets_a_scope
    edit a copy, type the old value again    somebody_works_on_a_copy: edit, revert
    sort all, sort without the keys          sort_all, sort_visible
    insert, duplicate, delete, add a row     insert_row, duplicate_row, delete_row, add_row
    insert, rename, delete, move a column    insert_column, rename_column, delete_column, move_column
    rename a sheet                           rename_sheet
    lose `_sync`, properties, keys           lose_sync, lose_properties, lose_keys
    hand a copy to somebody else             a_copy_is_passed_on
    save again with other digits and ends    save_noisily
    save one sheet as CSV                    a_copy_is_saved_as_csv
    save the whole as ods, as xls            a_copy_is_saved_as_ods, a_copy_is_saved_as_xls
    bring any file anywhere, again           a_copy_is_brought, files_are_brought (of every format), a_list_is_brought
    bring a damaged file                     a_damaged_file_is_brought
    another version of the program           a_newer_program_writes
    a clock jumps                            clock_jumps
    crash, close, restore a backup           crashes_while_importing, is_closed_and_opened, is_restored

What must hold, and where it is checked:

    P1, P2  everybody agrees, in any order   checks._check_agreement: dumps, views, ids; one laptop hears all at the end
    P3      brought twice is brought once    files_are_brought, checks._check_nothing_moves
    P4      saved again is nothing said      checks._check_nothing_invented
    P5      nothing typed is lost            checks.check_derived, check_taken, check_archived; Ledger.kept
    P6      no old value comes back          the oracle of the ledger, which knows no cuts
    P7, P8  conflicts are where they must be the oracle; checks._check_queue shows every one of them to a person
    P9      what may not leave stays         checks.check_partner_file, check_team_file, types_privately
    P10     what is missing says nothing     checks.check_derived: only what was meant is said
    P11     mixed-up rows hit nobody else    checks._check_nothing_invented
    P12     unknown fields pass through      a_newer_program_writes and the agreement at the end
    P13     rejected stays rejected          checks._check_queue; what was undone waits again: decides_and_thinks_again
    P14     clocks decide nothing            the oracle has none
    P15     any bytes end in a sentence      act: a refusal is one sentence and changes nothing
    undo    is as if it had not been done    takes_back_at_once; turns_some_step comes out as it went in

Beside it: every order of a few files (test_all_orders), the same under other names and in other places
(test_same_by_any_name), a real older version in between (test_two_versions), what may not leave changed at will
(tests/usecases/test_privacy), thousands of damaged files (tests/exchange/reading, tools/check_corpus.py).
"""

from __future__ import annotations

import random
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import hypothesis
import pytest
from hypothesis import Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.usecases.any_exchange.checks import (
    check_archived,
    check_derived,
    check_everything,
    check_list,
    check_other_format,
    check_partner_file,
    check_taken,
    check_team_file,
)
from tests.usecases.any_exchange.copies import ACTS, SHEETS, Copy, copy_of, save_as, save_as_csv, work_on
from tests.usecases.any_exchange.ground import NAMES, Ground, MovableClock
from tests.usecases.any_exchange.ledger import InSight, Ledger, Standing, received_by, standing
from typing_extensions import override

from accountplanner.domain.batches import encode_chunk
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Statement
from accountplanner.domain.undo import undone
from accountplanner.store import log
from accountplanner.store.archive import FileArchive
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.dumping import dump, dump_for_partner
from accountplanner.usecases.editing import Typed, create_record, delete_record, set_value, share_value
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.history import redo, redo_step, steps, undo, undo_step
from accountplanner.usecases.importing import apply_import, import_files, preview_import
from accountplanner.usecases.merging import merge_records, part_records
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.restoring import chosen_backup, restore_backup
from accountplanner.usecases.reviewing import accept, queue, reject, resolve
from accountplanner.usecases.workspaces import Key, back_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from accountplanner.usecases.session import Session, Shown
    from accountplanner.usecases.waiting import QueueItem

numbers = st.integers(0, 3)
accounts = st.sampled_from(("Alpine", "Borealis", "Café Nord"))
people = st.sampled_from(("Kari Nordmann", "Ola Hansen", "Siv Lund"))
cities = st.sampled_from(("Moss", "Hamar", "own word"))
pages = st.sampled_from(("city", "city", "phone", "industry"))
seeds = st.integers(0, 2**16)
picks = st.integers(0, 23)


class CrashError(BaseException):
    """The program dies here."""


@dataclass
class Look:
    """A form somebody has open."""

    shown: Shown
    in_sight: InSight


@dataclass(frozen=True)
class Rejection:
    """Suggestions somebody rejected, in which step at which laptop."""

    who: str
    step: int
    ids: frozenset[str]


@dataclass
class World:
    """Everything that goes on in one example."""

    ground: Ground
    folder: Path
    laptops: dict[str, Session]
    ledger: Ledger = field(default_factory=Ledger)
    books: list[Path] = field(default_factory=list)
    owed: list[Path] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    looks: dict[str, list[Look]] = field(default_factory=dict)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    before: dict[str, tuple[int, bool, Standing]] = field(default_factory=dict)
    partners: list[str] = field(default_factory=list)
    lists: int = 0
    fresh: int = 0
    story: list[str] = field(default_factory=list)

    def word(self, record: str, key: str) -> str:
        """A word nobody has ever used, and what it was said of."""
        word = f"Wort{len(self.words):04d}"
        self.words[word] = record, key
        return word

    def secret(self) -> str:
        """A word that may not leave."""
        self.secrets.append(f"Geheim{len(self.secrets):04d}")
        return self.secrets[-1]

    def file(self, what: str) -> Path:
        self.fresh += 1
        return self.folder / f"{self.fresh:03d}-{what}.xlsx"


class AnyExchange(RuleBasedStateMachine):
    """Two or three laptops at work; a fourth was away the whole time and hears everything at the end."""

    ground: ClassVar[Ground]
    world: World
    is_sound = False

    @initialize(members=st.integers(2, 3), seed=seeds)
    def start(self, members: int, seed: int) -> None:
        folder = self.ground.begin(seed)
        self.world = World(self.ground, folder, {name: self.ground.laptop(name) for name in NAMES[:members]})
        self.world.partners.append(self.ground.picture.partner)
        for name, session in self.world.laptops.items():
            self.world.ledger.listen(session)
            self.world.looks[name] = []

    # --- doing something --------------------------------------------------------------------------------------------

    def who(self, number: int) -> str:
        names = list(self.world.laptops)
        return names[number % len(names)]

    def session(self, number: int) -> Session:
        return self.world.laptops[self.who(number)]

    def account(self, name: str) -> str:
        return self.ground.picture.accounts[name]

    def contact(self, name: str) -> str:
        return self.ground.picture.contacts[name]

    @contextmanager
    def act(self, number: int, what: str, look: InSight | None = None) -> Iterator[Session]:
        """Do something at a laptop: a refusal is one sentence and changes nothing; what was said is written down."""
        name, session = self.who(number), self.session(number)
        self.is_sound, world = False, self.world
        world.story.append(f"{name} {what}")
        latest, pictured, known = len(steps(session)), standing(session), session.shown()
        held = received_by(session)
        try:
            yield session
        except PlannerError as refused:
            assert re.fullmatch(r"[^\n]+\.", refused.sentence), refused.sentence  # noqa: PT017 - whichever it is
            assert session.shown() == known, "a refusal changed something"
            world.story[-1] += f" (refused: {refused.sentence})"
        received = received_by(session) != held
        world.ledger.listen(session, look)
        if len(steps(session)) != latest:
            world.before[name] = latest, received, pictured
        elif received:
            # What others said is no step of this laptop; the step before it is no longer the last thing that happened.
            world.before.pop(name, None)

    def word_or(self, drawn: str, record: str, key: str) -> str:
        return self.world.word(record, key) if drawn == "own word" else drawn

    # --- at a laptop ------------------------------------------------------------------------------------------------

    @rule(number=numbers)
    def opens_a_form(self, number: int) -> None:
        session = self.session(number)
        self.world.looks[self.who(number)].append(Look(session.shown(), self.world.ledger.in_sight(session)))

    @rule(number=numbers, name=accounts, key=pages, value=cities, old=st.booleans())
    def types(self, *, number: int, name: str, key: str, value: str, old: bool) -> None:
        record, looks = self.account(name), self.world.looks[self.who(number)]
        text = f"+47 {len(value)}" if key == "phone" else self.word_or(value, record, key)
        look = looks.pop(0) if old and looks else None
        with self.act(number, f"types {key} of {name}: {text}", look.in_sight if look else None) as session:
            set_value(session, Typed(record, key, text), look.shown if look else None)

    @rule(number=numbers, name=accounts, value=st.sampled_from(("very", "neutral", "unhappy")))
    def judges(self, number: int, name: str, value: str) -> None:
        with self.act(number, f"judges {name} {value}") as session:
            set_value(session, Typed(self.account(name), "satisfaction", value))

    @rule(number=numbers, name=accounts)
    def types_several(self, number: int, name: str) -> None:
        for key in ("city", "industry", "key_problems"):
            with self.act(number, f"types {key} of {name} among others") as session:
                set_value(session, Typed(self.account(name), key, self.world.word(self.account(name), key)))

    @rule(number=numbers, name=accounts, key=pages)
    def clears(self, number: int, name: str, key: str) -> None:
        with self.act(number, f"clears {key} of {name}") as session:
            set_value(session, Typed(self.account(name), key, "", clear=True))

    @rule(number=numbers, name=accounts, person=people, household=st.booleans())
    def types_privately(self, *, number: int, name: str, person: str, household: bool) -> None:
        partner = self.ground.picture.partner
        with self.act(number, f"types privately about {person if household else name}") as session:
            before = dump(session), dump_for_partner(session, partner)
            if household:
                set_value(session, Typed(self.contact(person), "mackay_children", self.world.secret()))
            else:
                set_value(session, Typed(self.account(name), "city", self.world.secret(), layer=Layer.ME))
            assert (dump(session), dump_for_partner(session, partner)) == before, "a private value is seen"

    @rule(number=numbers, name=accounts, person=people, household=st.booleans())
    def shares(self, *, number: int, name: str, person: str, household: bool) -> None:
        record, key = (self.contact(person), "mackay_children") if household else (self.account(name), "city")
        with self.act(number, f"shares {key} of {person if household else name}") as session:
            held = session.store.me.picture(record).value(key)
            share_value(session, record, key)
            if held in self.world.secrets:
                self.world.secrets.remove(held)
                self.world.words[held] = record, key

    @rule(number=numbers, name=accounts)
    def adds_a_contact(self, number: int, name: str) -> None:
        with self.act(number, f"adds a contact at {name}") as session:
            word = self.world.word("", "name")
            create_record(session, "contact", {"name": word, "account": self.account(name), "title": "Buyer"})

    @rule(number=numbers, name=accounts)
    def notes(self, number: int, name: str) -> None:
        with self.act(number, f"notes something about {name}") as session:
            create_record(session, "note", {"text": self.world.word("", "text"), "account": self.account(name)})

    @rule(number=numbers, name=st.one_of(accounts, people), old=st.booleans())
    def deletes(self, *, number: int, name: str, old: bool) -> None:
        looks, picture = self.world.looks[self.who(number)], self.ground.picture
        look = looks.pop(0) if old and looks else None
        with self.act(number, f"deletes {name}", look.in_sight if look else None) as session:
            delete_record(session, {**picture.accounts, **picture.contacts}[name], look.shown if look else None)

    @rule(number=numbers)
    def restores(self, number: int) -> None:
        """Whoever has deleted something brings it back, whatever came since."""
        every = steps(self.session(number))
        gone = undone(every)
        deletions = [each for each in every if each.title.endswith(" deleted") and each.number not in gone]
        if deletions:
            with self.act(number, f"restores what step {deletions[-1].number} deleted") as session:
                undo_step(session, deletions[-1].number)

    @rule(number=numbers, one=accounts, other=accounts, merged=st.booleans())
    def merges_or_parts(self, *, number: int, one: str, other: str, merged: bool) -> None:
        if one != other:
            with self.act(number, f"{'merges' if merged else 'parts'} {one} and {other}") as session:
                (merge_records if merged else part_records)(session, self.account(one), self.account(other))

    @rule(number=numbers)
    def undoes(self, number: int) -> None:
        with self.act(number, "undoes") as session:
            undo(session)

    @rule(number=numbers)
    def redoes(self, number: int) -> None:
        with self.act(number, "redoes") as session:
            redo(session)

    @rule(number=numbers)
    def takes_back_at_once(self, number: int) -> None:
        """What was done last is as if it had not been done, and after redo as if it had."""
        name, session = self.who(number), self.session(number)
        latest, received, before = self.world.before.pop(name, (0, True, {}))
        made = steps(session)[latest:]
        if received or len(made) != 1 or not made[0].undoable or made[0].reverses:
            return
        after = standing(session)
        with self.act(number, "takes that back at once"):
            undo(session)
        assert standing(session) == before, f"undo of “{made[0].title}” left something"
        with self.act(number, "does it again after all"):
            redo(session)
        assert standing(session) == after, f"redo of “{made[0].title}” left something out"

    @rule(number=numbers, choice=st.integers(1, 2), other_value=st.booleans())
    def resolves(self, *, number: int, choice: int, other_value: bool) -> None:
        items = [each for each in queue(self.session(number)) if each.kind in {"conflict", "deletion"}]
        if items:
            with self.act(number, f"resolves {items[0].label or items[0].kind} of {items[0].title}") as session:
                if other_value and items[0].kind == "conflict" and items[0].field == "city":
                    resolve(session, items[0].id, text=self.world.word(items[0].record, "city"))
                else:
                    resolve(session, items[0].id, choice)

    @rule(number=numbers, accepted=st.booleans())
    def decides(self, *, number: int, accepted: bool) -> None:
        items = [each for each in queue(self.session(number)) if each.kind not in {"conflict", "deletion"}]
        if items:
            self._decide(number, items[0], accepted=accepted)

    def _decide(self, number: int, item: QueueItem, *, accepted: bool) -> Changes:
        decision, changes = accept if accepted else reject, Changes()
        with self.act(number, f"{decision.__name__}s the {item.kind} {item.title}") as session:
            whole = frozenset(each.id for each in session.store.suggestions() if each.id.startswith(item.id))
            changes = decision(session, [item.id])
            if not accepted and changes.step:
                self.world.rejected.append(Rejection(self.who(number), changes.step, whole))
        return changes

    @rule(number=numbers, accepted=st.booleans(), again=st.booleans())
    def decides_and_thinks_again(self, *, number: int, accepted: bool, again: bool) -> None:
        """A decision that is taken back waits again, and one that is made again after all does not."""
        items = [each for each in queue(self.session(number)) if each.kind not in {"conflict", "deletion", "rejoin"}]
        if not items:
            return
        changes = self._decide(number, items[0], accepted=accepted)
        if not changes.step:
            return
        assert items[0].id not in self._waiting(number), "decided, and asked again"
        with self.act(number, "thinks again"):
            undo_step(self.session(number), changes.step)
        assert items[0].id in self._waiting(number), "a decision that was undone does not wait again"
        if again:
            with self.act(number, "is of the first mind after all"):
                redo_step(self.session(number), changes.step)
            assert items[0].id not in self._waiting(number), "decided, and asked again"

    def _waiting(self, number: int) -> set[str]:
        return {each.id for each in queue(self.session(number))}

    @rule(number=numbers, pick=picks)
    def turns_some_step(self, *, number: int, pick: int) -> None:
        """Any step is taken back, or brought back, though others came later; turned twice, it stands as it stood."""
        every = [step for step in steps(self.session(number)) if step.undoable]
        if not every:
            return
        step = every[-1 - pick % len(every)]
        turns = (redo_step, undo_step) if step.number in undone(every) else (undo_step, redo_step)
        for turn in turns:
            with self.act(number, f"{turn.__name__} {step.number}: {step.title}") as session:
                changes = turn(session, step.number)
                assert changes.step, "a step that was turned is no step"
        assert (step.number in undone(steps(self.session(number)))) == (turns[0] is redo_step)

    @rule(number=numbers, person=people)
    def erases(self, number: int, person: str) -> None:
        with self.act(number, f"erases {person}") as session:
            erase(session, self.contact(person))

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

    # --- accidents --------------------------------------------------------------------------------------------------

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

    # --- files ------------------------------------------------------------------------------------------------------

    @rule(number=numbers)
    def sends_to_the_team(self, number: int) -> None:
        file = self.world.file(f"team-{self.who(number)}")
        sight = self.world.ledger.in_sight(self.session(number))
        with self.act(number, f"writes {file.name}") as session:
            made = export_team(session, file)
            self._keep(session, made.export_id, file, sight)
            check_team_file(self.world, session, file)

    @rule(number=numbers, pick=picks)
    def asks_a_partner(self, number: int, pick: int) -> None:
        file, partner = self.world.file("partner"), self.partner(pick)
        sight = self.world.ledger.in_sight(self.session(number))
        with self.act(number, f"writes {file.name}") as session:
            made = export_partner(session, partner, file)
            self._keep(session, made.export_id, file, sight)
            check_partner_file(self.world, session, partner, file)

    def partner(self, pick: int) -> str:
        return self.world.partners[pick % len(self.world.partners)]

    @rule(number=numbers, pick=picks, name=accounts, covers=st.booleans())
    def sets_a_scope(self, *, number: int, pick: int, name: str, covers: bool) -> None:
        """A partner may know of an account, or may no longer; often it is one whom nobody knew before."""
        if covers and pick % 3 == 0 and len(self.world.partners) < 3:
            with self.act(number, "meets a partner") as session:
                self.world.partners.append(add_partner(session, self.world.word("", "name"))[0])
        with self.act(number, f"{'widens' if covers else 'narrows'} the scope of a partner: {name}") as session:
            set_scope(session, self.partner(pick), [self.account(name)], covers=covers)

    def _keep(self, session: Session, export: str, file: Path, sight: InSight) -> None:
        record = known_export(session, export)
        assert record is not None
        self.world.ledger.exports[export] = sight
        self.world.books.append(file)
        self.world.copies.append(copy_of(file, record).fork(self.world.file(f"copy of {file.stem}")))

    @precondition(lambda self: self.world.copies)
    @rule(pick=picks, acts=st.lists(st.sampled_from(("edit", "edit", *ACTS)), min_size=1, max_size=4), seed=seeds)
    def somebody_works_on_a_copy(self, pick: int, acts: list[str], seed: int) -> None:
        copy = self.world.copies[pick % len(self.world.copies)]
        self.world.story.append(f"somebody works on {copy.path.name}: {', '.join(acts)} ({seed})")
        work_on(copy, acts, random.Random(seed), self.world.word)  # noqa: S311 - dice
        copy.fork(file := self.world.file("state"))
        self.world.books.append(file)

    @precondition(lambda self: 0 < len(self.world.copies) < 6)
    @rule(pick=picks)
    def a_copy_is_passed_on(self, pick: int) -> None:
        copy = self.world.copies[pick % len(self.world.copies)]
        self.world.copies.append(copy.fork(self.world.file(f"passed on {copy.path.stem}"[:40])))

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks, untick=st.booleans())
    def a_copy_is_brought(self, *, number: int, pick: int, untick: bool) -> None:
        copy = self.world.copies[pick % len(self.world.copies)]
        with self.act(number, f"brings {copy.path.name}{' and unticks half' if untick else ''}") as session:
            preview = preview_import(session, [copy.path])
            check_derived(self.world, session, copy, preview.plan)
            marks = [item.mark for item in preview.items if item.mark] if untick else []
            apply_import(session, preview, marks[::2])
            check_taken(session, preview.plan)
            check_archived(session, copy.path)

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks, kind=st.sampled_from(sorted(SHEETS)))
    def a_copy_is_saved_as_csv(self, *, number: int, pick: int, kind: str) -> None:
        """One sheet of a copy, saved as text: nothing of it is applied alone, and nothing meant is lost."""
        copy = self.world.copies[pick % len(self.world.copies)]
        file = self.world.file(f"{kind} of {copy.path.stem}"[:40]).with_suffix(".csv")
        if not save_as_csv(copy, kind, file):
            return
        with self.act(number, f"brings {file.name}, saved out of {copy.path.name}") as session:
            preview = preview_import(session, [file])
            self.world.books.append(file)
            check_other_format(session, copy, {kind}, preview.plan)
            apply_import(session, preview)
            check_taken(session, preview.plan)
            check_archived(session, file)

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks)
    def a_copy_is_saved_as_ods(self, number: int, pick: int) -> None:
        self._saved_as(".ods", number, pick)

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks)
    def a_copy_is_saved_as_xls(self, number: int, pick: int) -> None:
        self._saved_as(".xls", number, pick)

    def _saved_as(self, ending: str, number: int, pick: int) -> None:
        """A whole copy in the format of another program: its answers are proposed, and nothing of it is applied alone."""
        copy = self.world.copies[pick % len(self.world.copies)]
        file = self.world.file(copy.path.stem[:40]).with_suffix(ending)
        save_as(copy, file)
        with self.act(number, f"brings {file.name}, saved out of {copy.path.name}") as session:
            preview = preview_import(session, [file])
            self.world.books.append(file)
            check_other_format(session, copy, SHEETS, preview.plan)
            apply_import(session, preview)
            check_taken(session, preview.plan)
            check_archived(session, file)

    @precondition(lambda self: self.world.books)
    @rule(number=numbers, pick=picks)
    def files_are_brought(self, number: int, pick: int) -> None:
        picked = [self.world.books[pick % len(self.world.books)], self.world.books[-1]][: 1 + pick % 2]
        with self.act(number, f"brings {', '.join(file.name for file in picked)}") as session:
            import_files(session, picked)
            for file in picked:
                check_archived(session, file)
            before = dump(session), len(steps(session))
            again = import_files(session, picked)
            assert (again.step, dump(session), len(steps(session))) == (0, *before), "brought twice"

    @precondition(lambda self: self.world.books)
    @rule(number=numbers, pick=picks, at=st.integers(0, 999), cut=st.booleans())
    def a_damaged_file_is_brought(self, *, number: int, pick: int, at: int, cut: bool) -> None:
        file = self.world.books[pick % len(self.world.books)]
        content = bytearray(file.read_bytes())
        place = at * len(content) // 1000
        if cut:
            del content[place:]
        else:
            content[place] ^= 0x40
        damaged = self.world.file("damaged").with_suffix(file.suffix)
        damaged.write_bytes(bytes(content))
        with self.act(number, f"brings {file.name}, damaged at {at}") as session:
            preview = preview_import(session, [damaged])
            # Texts and xls carry no checksums: what is damaged in them may be another list, of which we know nothing.
            if file.suffix in {".xlsx", ".ods"}:
                apply_import(session, preview)
                check_taken(session, preview.plan)

    @rule(number=numbers, name=accounts, city=cities, new=st.booleans())
    def a_list_is_brought(self, *, number: int, name: str, city: str, new: bool) -> None:
        """A CSV list out of somebody's own system, the next file of one source."""
        self.world.lists += 1
        # It makes a record of its own, which a person may or may not take for the one of that name.
        text = self.word_or(city, "", "city")
        # The name of its first file names the source: everybody gets it under the same.
        file = self.world.file("list").with_suffix("") / "customers.csv"
        file.parent.mkdir()
        title = self.world.word("", "name") if new else name
        file.write_text(f"Customer number,Company,City\n7{int(new)}{len(name)},{title},{text}\n")
        with self.act(number, f"brings the list {file.parent.name}: {title}, {text}") as session:
            self.world.books.append(file)
            preview = preview_import(session, [file])
            check_list(self.world, preview.plan, (title, text))
            apply_import(session, preview)
            check_taken(session, preview.plan)

    @invariant()
    def the_step_went_well(self) -> None:
        self.is_sound = True

    @override
    def teardown(self) -> None:
        if hasattr(self, "world"):
            note("\n".join(self.world.story))
            if self.is_sound:
                check_everything(self.world)


@contextmanager
def _newer_chunks() -> Iterator[None]:
    """Write chunks with keys that a later version might add."""

    def newer(record: str, statements: Any) -> bytes:  # noqa: ANN401 - as the program's own
        return encode_chunk(record, statements)[:-1] + b',"zeal":"high"}'

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "encode_chunk", newer)
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


def run(ground: Ground, examples: int, steps_each: int, *, seed: int | None = None, **options: Any) -> None:  # noqa: ANN401 - Hypothesis' own
    """Search for a history that goes wrong."""
    machine = type("AnyExchangeHere", (AnyExchange,), {"ground": ground})
    if seed is not None:
        machine = hypothesis.seed(seed)(machine)
    options = {"phases": [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink], **options}
    wished = settings(max_examples=examples, stateful_step_count=steps_each, deadline=None, **options)
    run_state_machine_as_test(machine, settings=wished)
