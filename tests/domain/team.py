"""A team at work: laptops, people with workbooks, batches on their way, and the oracle listening."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.domain.history import History
from tests.domain.oracle import Oracle
from tests.domain.replica import Laptop, View, Wrapping

from accountplanner.domain import batches
from accountplanner.domain.ids import keyed_digest
from accountplanner.domain.pictures import fold_record
from accountplanner.domain.statements import Source, Statement, exists, state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.domain.replica import Written

    from accountplanner.domain.batches import SealedBatch
    from accountplanner.domain.cuts import Cut
    from accountplanner.domain.undo import Skipped

TEAM_SECRET = b"a secret of the team"


@dataclass(frozen=True)
class Look:
    """What somebody has on the screen: a cut for the domain, the very ids for the oracle."""

    cut: Cut
    in_sight: frozenset[str]


@dataclass(frozen=True)
class Export:
    """A workbook on its way out. `disputed` are the cells that showed a conflict."""

    id: str
    secret: bytes
    look: Look
    disputed: frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Cell:
    """A cell as somebody filled it in, in a returned workbook or in a foreign list."""

    record: str
    field: str
    value: str
    date: str = ""
    speaker: str = ""


@dataclass
class Team:
    """Some laptops by name; `pool` holds every batch anybody ever sent."""

    laptops: dict[str, Laptop]
    oracle: Oracle = field(default_factory=Oracle)
    pool: list[SealedBatch] = field(default_factory=list)
    contents: dict[str, frozenset[str]] = field(default_factory=dict)
    histories: dict[str, History] = field(default_factory=dict)
    exports: int = 0

    @classmethod
    def of(cls, *names: str) -> Team:
        team = cls({name: Laptop(name) for name in names})
        team.histories = {name: History(laptop) for name, laptop in team.laptops.items()}
        return team

    # --- one person at one laptop -----------------------------------------------------------------------------------

    def look(self, who: str) -> Look:
        """Open a form: what is shown now may be saved upon much later."""
        return Look(self.laptops[who].chains.heads(), frozenset(self.oracle.on_disk[who]))

    def write(
        self, who: str, *statements: Statement, look: Look | None = None, wrapping: Wrapping | None = None
    ) -> Written:
        """Save one transaction, on what was shown then or is shown now."""
        look = look or self.look(who)
        wrapping = replace(wrapping or Wrapping(), cut=look.cut)
        history = self.histories[who]
        history.begin(statements)
        written = self.laptops[who].write(statements, wrapping)
        self._tell(who, written)
        for words in written.statements:
            self.oracle.say(words, look.in_sight)
        history.end(written.sealed.digest)
        return written

    def edit(self, who: str, record: str, name: str, value: str | None, look: Look | None = None) -> Written:
        """State one value of one field."""
        return self.write(who, state(record, name, value), look=look)

    def create(self, who: str, record: str, name: str) -> Written:
        return self.write(who, exists(record), state(record, "name", name))

    def delete(self, who: str, record: str, look: Look | None = None) -> Written:
        return self.write(who, exists(record, present=False), look=look)

    def resolve(self, who: str, record: str, name: str, value: str | None) -> Written:
        """Settle a conflict on one of its values, by saying that value again."""
        entry = next(
            entry
            for entry in self.laptops[who].picture(record).registers[name, ""].survivors
            if entry.statement.value == value
        )
        return self.write(who, replace(entry.statement, restates=entry.id, mark="", basis="", joins=False))

    def erase(self, who: str, *records: str) -> Written:
        """Sign an erasure; what belongs to the records goes with them."""
        return self.write(who, wrapping=Wrapping(erases=records))

    def undo(self, who: str) -> list[Skipped]:
        """Undo the newest step of this laptop's own."""
        return self._reverse(who, redo=False)

    def redo(self, who: str) -> list[Skipped]:
        return self._reverse(who, redo=True)

    def _reverse(self, who: str, *, redo: bool) -> list[Skipped]:
        history = self.histories[who]
        number = history.next_to_redo() if redo else history.next_to_undo()
        if number is None:
            return []
        statements, skipped = history.plan(number)
        history.reversing = number
        self.write(who, *statements)
        history.check_undone(number, skipped)
        return skipped

    def _tell(self, who: str, written: Written) -> None:
        self.pool.append(written.sealed)
        self.contents[written.sealed.digest] = frozenset(name for name, _ in written.statements)
        self._note_disk(who)

    def _note_disk(self, who: str) -> None:
        for digest in self.laptops[who].folded:
            self.oracle.on_disk[who] |= self.contents[digest]

    # --- workbooks and lists ----------------------------------------------------------------------------------------

    def export(self, who: str) -> Export:
        laptop = self.laptops[who]
        disputed = {
            (record, name, voice)
            for record, entries in laptop.entries.items()
            for (name, voice), register in fold_record(record, entries).registers.items()
            if register.has_conflict
        }
        self.exports += 1
        return Export(f"export:{self.exports}", b"secret%d" % self.exports, self.look(who), frozenset(disputed))

    def bring(self, who: str, export: Export, *cells: Cell, copy_number: int = 1) -> Written | None:
        """Import a returned workbook. It waits while what the export showed is not held."""
        if not {head.digest for head in export.look.cut} <= self.laptops[who].held.keys():
            return None
        statements = [_edited(export, copy_number, cell) for cell in cells]
        history = self.histories[who]
        history.begin(statements)
        written = self.laptops[who].write(statements, Wrapping(bases=((export.id, export.look.cut),)))
        self._tell(who, written)
        for words in written.statements:
            self.oracle.say(words, export.look.in_sight)
        history.end(written.sealed.digest)
        return written

    def bring_list(self, who: str, source: str, number: int, *cells: Cell) -> Written:
        """Import the given file of a foreign source."""
        statements = [_listed(source, number, cell) for cell in cells]
        history = self.histories[who]
        history.begin(statements)
        written = self.laptops[who].write(statements)
        self._tell(who, written)
        for words in written.statements:
            self.oracle.say(words, frozenset(), (source, number))
        history.end(written.sealed.digest)
        return written

    # --- batches on their way ---------------------------------------------------------------------------------------

    def deliver(self, who: str, *sealed: SealedBatch) -> None:
        self.laptops[who].receive(*sealed)
        self._note_disk(who)

    def send(self, sender: str, *receivers: str) -> None:
        """Hand over everything one laptop holds, stripped bodies as they are."""
        for receiver in receivers:
            self.deliver(receiver, *self.laptops[sender].held.values())

    def restore_copy(self, who: str, name: str) -> None:
        """Somebody copies a workspace and works on with the same replica id: the log will fork."""
        self.laptops[name] = copy.deepcopy(self.laptops[who])
        self.oracle.on_disk[name] = set(self.oracle.on_disk[who])
        self.histories[name] = History(self.laptops[name])

    def settle(self, order: random.Random | None = None) -> None:
        """Let everything reach everyone, and let those who stripped unnamed children name them."""
        order = order or random.Random(0)  # noqa: S311 - an order, not a secret
        for _ in range(4):
            for name in self.laptops:
                shuffled = [*self.pool, *order.sample(self.pool, len(self.pool) // 3)]
                order.shuffle(shuffled)
                self.deliver(name, *shuffled)
            unnamed = [(name, laptop.unnamed()) for name, laptop in self.laptops.items() if laptop.unnamed()]
            if not unnamed:
                return
            self.erase(unnamed[0][0], *unnamed[0][1])

    def named_in_erasures(self) -> set[str]:
        return {name for sealed in self.pool for name in batches.decode_header(sealed.header).erases}

    def agree(self) -> None:
        """Everybody shows the same, and it is what the oracle says."""
        expected = self.oracle.views(self.named_in_erasures())
        for name, laptop in self.laptops.items():
            assert not laptop.parked, name
            assert laptop.views() == expected, name

    def everywhere(self, record: str) -> View:
        """Settle, check that all agree, and give what they show of a record."""
        self.settle()
        self.agree()
        return next(iter(self.laptops.values())).views()[record]


def _edited(export: Export, copy_number: int, cell: Cell) -> Statement:
    words = state(cell.record, cell.field, cell.value, Source(cell.speaker, cell.date, origin=export.id))
    mark = keyed_digest(export.secret, str(copy_number), cell.record, cell.field, cell.value).hex()
    return replace(words, mark=mark, basis=export.id, joins=(cell.record, cell.field, "") in export.disputed)


def _listed(source: str, number: int, cell: Cell) -> Statement:
    # The file's number belongs to the mark: a value that comes back in a later file is said anew.
    mark = keyed_digest(TEAM_SECRET, source, str(number), cell.record, cell.field, cell.value).hex()
    words = state(cell.record, cell.field, cell.value, Source(cell.speaker, cell.date, "list"))
    return replace(words, mark=mark, basis=f"~{source}:{number}")


def survivors_of(laptop: Laptop, entries: Iterable[str] | None = None) -> dict[str, set[str]]:
    """Which statements survive on a laptop, by record."""
    wanted: Sequence[str] = sorted(laptop.entries if entries is None else entries)
    return {
        record: {entry.id for register in laptop.picture(record).registers.values() for entry in register.survivors}
        for record in wanted
    }
