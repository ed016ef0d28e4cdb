"""What one person did at one laptop, step by step, so that undo can be tried and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.ids import kind_of
from accountplanner.domain.pictures import fold_record
from accountplanner.domain.statements import EXISTS, UNSET
from accountplanner.domain.undo import StepRecord, next_to_redo, next_to_undo, undo_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.domain.replica import Laptop

    from accountplanner.domain.statements import Statement
    from accountplanner.domain.undo import Skipped

Standing = dict[tuple[str, str, str], frozenset[str]]
"""For each register the values that stand in it, as they are compared; a blank one counts as cleared."""


@dataclass
class History:
    """The steps of a laptop and a snapshot of every touched record from before each of them."""

    laptop: Laptop
    steps: list[StepRecord] = field(default_factory=list)
    batches: dict[int, int] = field(default_factory=dict)
    before: dict[int, Standing] = field(default_factory=dict)
    reversing: int = 0
    stayed: set[tuple[tuple[str, str, str], int]] = field(default_factory=set)
    """What an own step had said and its undo left standing, because others had added to it: a change like any other."""

    def begin(self, statements: Sequence[Statement]) -> None:
        """Remember what stands before a step."""
        number = len(self.steps) + 1
        self.steps.append(StepRecord(number, f"step {number}", self.reversing))
        self.before[number] = self._standing({statement.record for statement in statements})
        self.reversing = 0

    def end(self, digest: str) -> None:
        """Note under which local number the batch of the step arrived."""
        self.batches[len(self.steps)] = self.laptop.folded.index(digest) + 1

    def next_to_undo(self) -> int | None:
        step = next_to_undo(self.steps)
        return step.number if step else None

    def next_to_redo(self) -> int | None:
        step = next_to_redo(self.steps)
        return step.number if step else None

    def plan(self, number: int) -> tuple[list[Statement], list[Skipped]]:
        """Ask the domain what to state so that a step is undone."""
        statements: list[Statement] = []
        skipped: list[Skipped] = []
        step = {self.batches[number]}
        for record in sorted({record for record, _, _ in self._touched(number)}):
            entries = self.laptop.entries.get(record, [])
            stated, left = undo_record(entries, step, others_spoke=self._others_spoke(record))
            statements += stated
            skipped += left
        return statements, skipped

    def check_undone(self, number: int, skipped: Sequence[Skipped]) -> None:
        """What was undone stands exactly as before; what was skipped has been touched by somebody else."""
        left = {(each.record, each.field) for each in skipped}
        whole = {each.record for each in skipped if each.field == EXISTS and each.reason.startswith("others")}
        touched = self._touched(number)
        now = self._standing({record for record, _, _ in touched})
        for register in touched:
            if register[0] in whole:
                assert self._others_spoke(register[0]), register
                self.stayed.add((register, self.batches[number]))
            elif register[:2] in left:
                assert self._others_touched(register, self.batches[number]), register
                self.stayed.add((register, self.batches[number]))
            else:
                was = self.before[number].get(register, frozenset({UNSET}))
                assert now.get(register, frozenset({UNSET})) == was, register

    def _touched(self, number: int) -> set[tuple[str, str, str]]:
        """The registers in which a step said something that had not been said before."""
        first: dict[str, tuple[int, tuple[str, str, str]]] = {}
        for entries in self.laptop.entries.values():
            for entry in entries:
                held = first.get(entry.id)
                if held is None or entry.arrived < held[0]:
                    first[entry.id] = (entry.arrived, entry.statement.register)
        return {register for arrived, register in first.values() if arrived == self.batches[number]}

    def _others_touched(self, register: tuple[str, str, str], since: int) -> bool:
        own = set(self.batches.values())
        return any(
            entry.arrived > since and (entry.arrived not in own or (register, entry.arrived) in self.stayed)
            for entry in self.laptop.entries.get(register[0], [])
            if entry.statement.register == register
        )

    def _others_spoke(self, record: str) -> bool:
        own = set(self.batches.values())
        return any(
            entry.arrived not in own
            for name, entries in self.laptop.entries.items()
            if name == record or any(_places_under(entry.statement, record) for entry in entries)
            for entry in entries
        )

    def _standing(self, records: set[str]) -> Standing:
        return {
            (record, *key): frozenset(sibling.shown.statement.compared for sibling in register.siblings)
            for record in records
            for key, register in fold_record(record, self.laptop.entries.get(record, [])).registers.items()
        }


def _places_under(statement: Statement, record: str) -> bool:
    known = known_field(kind_of(statement.record), statement.field)
    return statement.value == record and known is not None and known.owner
