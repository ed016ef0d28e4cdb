"""Undo: state again what stood before, without taking back what others have said since.

A step is undone by ordinary statements, so undoing replicates, can be undone itself, and survives
a restart. A field changed since is skipped and listed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from accountplanner.domain.pictures import replacing
from accountplanner.domain.registers import Replaces, fold_register
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import EXISTS, Entry, Statement, is_internal, united


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
    entries: Iterable[Entry],
    step: Collection[int],
    *,
    others_spoke: bool,
    merged: Iterable[Entry] = (),
    own: Collection[str] = (),
) -> tuple[list[Statement], list[Skipped]]:
    """Plan what to state so that one record stands as before the step.

    `step` holds the local numbers of the batches of the step. `others_spoke` says whether anybody
    else has said something about the record or its children: a creation is then left standing.
    `merged` are the entries of the records that will be one with it: what the step said here may
    have replaced what had been said there. `own` are the replicas this workspace has been: a restore
    or a copy gives it a new one, and what it had said before is still nobody else's.
    """
    registers: dict[tuple[str, str], list[Entry]] = {}
    for entry in united(entries):
        registers.setdefault((entry.statement.field, entry.statement.voice), []).append(entry)
    replaces = replacing([entry for held in registers.values() for entry in held] + (beside := united(merged)))
    created = _created_in(registers.get((EXISTS, ""), []), step)
    if created and others_spoke:
        record = registers[EXISTS, ""][0].statement.record
        return [], [Skipped(record, EXISTS, told("others have added to it since"))]
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    for key, held in registers.items():
        # Links and whether a record is there are each record's own matter.
        more = [] if is_internal(key[0]) else [e for e in beside if (e.statement.field, e.statement.voice) == key]
        stated, left = _undo_register(_Said(held, more), step, replaces, own)
        statements += stated
        skipped += left
    return statements, skipped


def _created_in(existence: Sequence[Entry], step: Collection[int]) -> bool:
    """Whether the step brought the record into being, or brought it back after its creation was undone."""
    first = min(step)
    before = fold_register(entry for entry in existence if entry.arrived < first)
    made = any(entry.arrived in step and entry.statement.value == "yes" for entry in existence)
    return made and all(sibling.value is None for sibling in before.siblings)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said in one register, of the record itself and of those merged with it."""

    here: Sequence[Entry]
    merged: Sequence[Entry]


def _undo_register(
    said: _Said, step: Collection[int], replaces: Replaces, own: Collection[str]
) -> tuple[list[Statement], list[Skipped]]:
    mine = [entry for entry in said.here if entry.arrived in step]
    if not mine:
        return [], []
    held = [*said.here, *said.merged]
    body = mine[0].statement
    last = max(step)
    now = fold_register(held, replaces).survivors
    after = fold_register((entry for entry in held if entry.arrived <= last), replaces).survivors
    if not _still_stands(after, now, {mine[0].replica, *own}):
        return [], [Skipped(body.record, body.field, told("changed since"))]
    before = fold_register((entry for entry in held if entry.arrived < min(step)), replaces).survivors
    if _origins(before) == _origins(now):
        return [], []
    if not before:
        return [cleared(body)], []
    return [restated(entry) for entry in before], []


def _still_stands(after: Sequence[Entry], now: Sequence[Entry], own: Collection[str]) -> bool:
    """Whether what stood after the step stands now, at most restated by this workspace's own undo.

    Without the second half two undos in a row on one field would stop at the first. What somebody
    else has said, the same value included, is a change: it must not be taken back.
    """
    held = {entry.id for entry in after}
    return _origins(after) == _origins(now) and all(entry.id in held or entry.replica in own for entry in now)


def _origins(entries: Iterable[Entry]) -> set[str]:
    """Who really said what stands."""
    return {entry.first_said for entry in entries}


def restated(entry: Entry) -> Statement:
    """Say again what an entry said, keeping who said it and when."""
    body = entry.statement
    return replace(body, restates=entry.first_said, mark="", basis="", joins=False)


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
    """The newest undo that nothing new has followed, `None` when there is nothing to redo.

    What the program notes for itself, such as an export, is nothing new.
    """
    reversed_numbers = {step.reverses for step in steps if step.reverses}
    depth = _depths(steps)
    last_new = max((s.number for s in steps if s.undoable and not s.reverses), default=0)
    undone = [s for s in steps if s.number > last_new and s.number not in reversed_numbers and depth[s.number] % 2 == 1]
    return undone[-1] if undone else None


def undone(steps: Sequence[StepRecord]) -> set[int]:
    """The numbers of the steps that are not in force: undone, and not redone since."""
    followed = {step.reverses: step.number for step in steps if step.reverses}
    gone: set[int] = set()
    for step in reversed(steps):
        if step.number in followed and followed[step.number] not in gone:
            gone.add(step.number)
    return gone


def to_turn(steps: Sequence[StepRecord], step: StepRecord) -> StepRecord:
    """The step to reverse so that this one is undone, or comes back: itself, or the last undo or redo after it."""
    followed = {each.reverses: each for each in steps if each.reverses}
    while step.number in followed:
        step = followed[step.number]
    return step


def first_of(steps: Sequence[StepRecord], step: StepRecord) -> StepRecord:
    """What an undo or a redo is about in the end: the step that did something of its own."""
    numbered = {each.number: each for each in steps}
    while step.reverses in numbered:
        step = numbered[step.reverses]
    return step


def _depths(steps: Sequence[StepRecord]) -> dict[int, int]:
    depth: dict[int, int] = {}
    for step in steps:
        depth[step.number] = depth.get(step.reverses, 0) + 1 if step.reverses else 0
    return depth
