"""Undo: state again what stood before, without taking back what others have said since.

A step is undone by ordinary statements, so undoing replicates, can be undone itself, and survives
a restart. A field changed since is skipped and listed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from accountplanner.domain.registers import fold_register
from accountplanner.domain.statements import EXISTS, Entry, Statement, united


@dataclass(frozen=True, slots=True)
class Skipped:
    """What undo left alone: a field changed since, or a record others have spoken about."""

    record: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One undo step in the history: `reverses` is the step it undid or redid, 0 for a new one."""

    number: int
    title: str
    reverses: int = 0
    done_at: str = ""
    undoable: bool = True


def undo_record(
    entries: Iterable[Entry], step: Collection[int], *, others_spoke: bool
) -> tuple[list[Statement], list[Skipped]]:
    """Plan what to state so that one record stands as before the step.

    `step` holds the local numbers of the batches of the step. `others_spoke` says whether anybody
    else has said something about the record or its children: a creation is then left standing.
    """
    registers: dict[tuple[str, str], list[Entry]] = {}
    for entry in united(entries):
        registers.setdefault((entry.statement.field, entry.statement.voice), []).append(entry)
    created = _created_in(registers.get((EXISTS, ""), []), step)
    if created and others_spoke:
        record = registers[EXISTS, ""][0].statement.record
        return [], [Skipped(record, EXISTS, "others have added to it since")]
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    for held in registers.values():
        stated, left = _undo_register(held, step)
        statements += stated
        skipped += left
    return statements, skipped


def _created_in(existence: Sequence[Entry], step: Collection[int]) -> bool:
    first = min(step)
    return any(entry.arrived in step for entry in existence) and not any(entry.arrived < first for entry in existence)


def _undo_register(held: Sequence[Entry], step: Collection[int]) -> tuple[list[Statement], list[Skipped]]:
    mine = [entry for entry in held if entry.arrived in step]
    if not mine:
        return [], []
    body = mine[0].statement
    last = max(step)
    if any(entry.arrived > last for entry in held):
        return [], [Skipped(body.record, body.field, "changed since")]
    before = fold_register(entry for entry in held if entry.arrived < min(step)).survivors
    if _same_values(before, fold_register(held).survivors):
        return [], []
    if not before:
        return [cleared(body)], []
    return [restated(entry) for entry in before], []


def _same_values(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    return {entry.statement.compared for entry in one} == {entry.statement.compared for entry in other}


def restated(entry: Entry) -> Statement:
    """Say again what an entry said, keeping who said it and when."""
    body = entry.statement
    return replace(body, restates=body.restates or entry.id, mark="", basis="", joins=False)


def cleared(body: Statement) -> Statement:
    """Clear the register a statement speaks in."""
    return Statement(
        body.record, body.field, None, voice=body.voice, speaker=body.speaker, date=body.date, origin="undo"
    )


def next_to_undo(steps: Sequence[StepRecord]) -> StepRecord | None:
    """The newest step that still stands, `None` when there is nothing to undo."""
    reversed_numbers = {step.reverses for step in steps if step.reverses}
    depth = _depths(steps)
    standing = [s for s in steps if s.undoable and s.number not in reversed_numbers and depth[s.number] % 2 == 0]
    return standing[-1] if standing else None


def next_to_redo(steps: Sequence[StepRecord]) -> StepRecord | None:
    """The newest undo that nothing new has followed, `None` when there is nothing to redo."""
    reversed_numbers = {step.reverses for step in steps if step.reverses}
    depth = _depths(steps)
    last_new = max((s.number for s in steps if not s.reverses), default=0)
    undone = [s for s in steps if s.number > last_new and s.number not in reversed_numbers and depth[s.number] % 2 == 1]
    return undone[-1] if undone else None


def _depths(steps: Sequence[StepRecord]) -> dict[int, int]:
    depth: dict[int, int] = {}
    for step in steps:
        depth[step.number] = depth.get(step.reverses, 0) + 1 if step.reverses else 0
    return depth
