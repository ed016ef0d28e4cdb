"""A naive second opinion: for every statement it remembers which others its writer had in sight.

It knows no cuts, sequences, chains or envelopes. It keeps explicit sets of statement ids, so that
a mistake in the bookkeeping of the domain cannot be repeated here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.domain.replica import Shown, View, Views

from accountplanner.domain.statements import EXISTS, SAME_AS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accountplanner.domain.statements import Statement


@dataclass
class Said:
    """One statement. Of several wordings (one cell, two returned files) the one said first counts.

    `in_sight` are the ids its writer was shown. `file` is the foreign source and which of its files
    spoke: a source has seen its own earlier files and nothing else.
    """

    id: str
    wordings: list[Statement]
    in_sight: frozenset[str]
    file: tuple[str, int] | None = None

    @property
    def wording(self) -> Statement:
        return min(self.wordings, key=lambda each: (each.date, each.speaker))

    def knew(self, other: Said) -> bool:
        if self.wording.joins or other is self:
            return False
        if self.file is None:
            return other.id in self.in_sight
        return other.file is not None and other.file[0] == self.file[0] and other.file[1] < self.file[1]


Register = tuple[str, str, str]


@dataclass
class Oracle:
    """Everything anybody ever said, and what stands on each laptop's disk."""

    said: dict[str, Said] = field(default_factory=dict)
    on_disk: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def say(self, words: tuple[str, Statement], in_sight: frozenset[str], file: tuple[str, int] | None = None) -> None:
        """Somebody states something, with the given ids before their eyes."""
        name, statement = words
        said = self.said.setdefault(name, Said(name, [], in_sight, file))
        said.wordings.append(statement)

    def views(self, erased: Iterable[str] = ()) -> Views:
        """What everybody must show in the end, when everything has reached everyone."""
        gone = self._with_children(set(erased))
        told = [said for said in self.said.values() if said.wording.record not in gone]
        sets = _merged_sets(told)
        together: dict[str, list[Said]] = defaultdict(list)
        for said in told:
            together[min(sets.get(said.wording.record, {said.wording.record}))].append(said)
        return {record: _view(group) for record, group in sorted(together.items())}

    def gone(self, erased: Iterable[str]) -> set[str]:
        """Records that an erasure takes away, those placed under the erased ones included."""
        return self._with_children(set(erased))

    def _with_children(self, gone: set[str]) -> set[str]:
        placing = {("contact", "account"), ("tie", "contact"), ("note", "account"), ("note", "contact")}
        while True:
            more = {
                words.record
                for said in self.said.values()
                for words in said.wordings
                if words.value in gone and (words.record.partition(":")[0], words.field) in placing
            }
            if more <= gone:
                return gone
            gone |= more


def _standing(group: list[Said], links: list[Said] | None = None) -> list[Said]:
    return [said for said in group if not any(_took_over(other, said, links or []) for other in group)]


def _took_over(one: Said, other: Said, links: list[Said]) -> bool:
    """Whoever speaks of one record takes over another's value only if they knew that the two are one."""
    if not one.knew(other):
        return False
    sets: list[set[str]] = [{one.wording.record}, {other.wording.record}]
    sets += [{link.wording.record, link.wording.field.removeprefix(SAME_AS)} for link in links if one.knew(link)]
    while True:
        first = sets[0]
        touching = [each for each in sets[1:] if each & first]
        if not touching:
            return other.wording.record in first
        sets = [first.union(*touching), *(each for each in sets[1:] if not each & first)]


def _merged_sets(told: list[Said]) -> dict[str, set[str]]:
    """Grow the sets of merged records one link at a time. A link stands while anybody says so."""
    links: dict[Register, list[Said]] = defaultdict(list)
    for said in told:
        if said.wording.field.startswith(SAME_AS):
            links[said.wording.register].append(said)
    sets: dict[str, set[str]] = {}
    for (low, name, _), group in links.items():
        if any(said.wording.value == "yes" for said in _standing(group)):
            high = name.removeprefix(SAME_AS)
            grown = sets.get(low, {low}) | sets.get(high, {high})
            sets.update(dict.fromkeys(grown, grown))
    return sets


def _view(group: list[Said]) -> View:
    registers: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in group:
        registers[said.wording.field, said.wording.voice].append(said)
    links = [said for said in group if said.wording.field.startswith(SAME_AS) and said.wording.value == "yes"]
    standing = {key: _standing(held, links) for key, held in registers.items()}
    shown = {key: _shown(held) for key, held in standing.items()}
    exists, disputed = _existence(standing)
    return View(exists, disputed, shown)


def _existence(standing: dict[tuple[str, str], list[Said]]) -> tuple[bool, bool]:
    verdicts = standing.get((EXISTS, ""), [])
    alive = [said for said in verdicts if said.wording.value == "yes"]
    dead = [said for said in verdicts if said.wording.value != "yes"]
    facts = [
        said
        for (name, _), held in standing.items()
        for said in held
        if not name.startswith("_") and said.wording.value is not None
    ]
    if alive:
        return True, bool(dead)
    if dead:
        unheard = any(not any(verdict.knew(fact) for verdict in dead) for fact in facts)
        return unheard, unheard
    return bool(facts), False


def _shown(standing: list[Said]) -> tuple[Shown, ...]:
    """One entry for each different value, whoever spoke last in front; spelling as in the front one."""
    newest_first = sorted(standing, key=lambda said: (said.wording.date, said.id), reverse=True)
    values: dict[str, list[Said]] = {}
    for said in newest_first:
        values.setdefault(said.wording.compared, []).append(said)
    return tuple((group[0].wording.value, tuple(said.id for said in group)) for group in values.values())
