"""What a use case changed, so that every screen can decide whether it cares."""

from dataclasses import dataclass, field

from accountplanner.domain.ids import kind_of


@dataclass(frozen=True, slots=True)
class Changes:
    """The records one transaction touched, and what it had to leave alone.

    `step` is the number under which it can be undone, 0 when there is nothing to undo.
    `skipped` lists what was not done and why, one sentence each. `undoable` is not set for a step
    that stands for good, such as an erasure.
    """

    records: frozenset[str] = frozenset()
    step: int = 0
    title: str = ""
    skipped: tuple[str, ...] = field(default=())
    undoable: bool = True

    @property
    def kinds(self) -> frozenset[str]:
        """The record kinds touched."""
        return frozenset(kind_of(record) for record in self.records)

    def __bool__(self) -> bool:
        return bool(self.records)
