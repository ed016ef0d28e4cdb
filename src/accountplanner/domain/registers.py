"""Registers: what survives when statements about one field meet.

A statement is replaced if and only if some statement's writer had seen it. Clocks decide nothing;
they only rank what is shown first. Replaced statements still replace others, which is why coverage
is asked of every statement ever made, not of the survivors alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accountplanner.domain.statements import Entry, united

Replaces = Callable[[Entry, Entry], bool]


@dataclass(frozen=True, slots=True)
class Sibling:
    """One surviving value and everybody who stands behind it, the one shown first in front."""

    entries: tuple[Entry, ...]

    @property
    def value(self) -> str | None:
        """The value in the spelling that is shown."""
        return self.entries[0].statement.value

    @property
    def shown(self) -> Entry:
        """The entry whose spelling and source are shown."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class Register:
    """The fold of one register: one sibling is a value, several are a conflict; none is blank."""

    siblings: tuple[Sibling, ...]

    @property
    def has_conflict(self) -> bool:
        """Whether different values survive, neither knowing the other."""
        return len(self.siblings) > 1

    @property
    def value(self) -> str | None:
        """The value shown: the only one, or the provisional winner of a conflict."""
        return self.siblings[0].value if self.siblings else None

    @property
    def shown(self) -> Entry | None:
        """The entry whose value is shown."""
        return self.siblings[0].shown if self.siblings else None

    @property
    def survivors(self) -> tuple[Entry, ...]:
        """Every surviving entry."""
        return tuple(entry for sibling in self.siblings for entry in sibling.entries)


def _rank(entry: Entry) -> tuple[str, str]:
    return entry.statement.date, entry.id


def surviving(entries: Sequence[Entry], replaces: Replaces) -> list[Entry]:
    """The entries that no other entry replaces."""
    return [entry for entry in entries if not any(other is not entry and replaces(other, entry) for other in entries)]


def fold_register(entries: Iterable[Entry], replaces: Replaces = Entry.has_seen) -> Register:
    """Fold the entries of one register; their order does not matter.

    `replaces` tells whether one entry takes the place of another: its writer had seen it. In a
    merged set more is asked (see `pictures`).
    """
    held = united(entries)
    if len(held) > 1:
        held = surviving(held, replaces)
    by_value: dict[str, list[Entry]] = {}
    for entry in sorted(held, key=_rank, reverse=True):
        by_value.setdefault(entry.statement.compared, []).append(entry)
    return Register(tuple(Sibling(tuple(group)) for group in by_value.values()))


def common_base(entries: Iterable[Entry], register: Register, replaces: Replaces = Entry.has_seen) -> Entry | None:
    """What the writers of all siblings of a conflict had before them when they parted, `None` where there was nothing.

    It is the latest of the entries that every sibling replaces: the third column beside "mine" and "theirs".
    """
    survivors = {entry.id for entry in register.survivors}
    seen_by_all = [
        entry
        for entry in united(entries)
        if entry.id not in survivors
        and all(any(replaces(later, entry) for later in sibling.entries) for sibling in register.siblings)
    ]
    return max(surviving(seen_by_all, replaces), key=_rank, default=None)
