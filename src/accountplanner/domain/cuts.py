"""Cuts: how much of everybody's log a person had seen.

On the wire a cut is a list of heads (replica, sequence, batch digest). Two batches with one
sequence are a fork; the second branch counts as a chain of its own, whichever arrives first.
Inside, a cut is the highest sequence per chain, closed upward through the forks.

A chain whose name starts with `~` is virtual: the files of one foreign source, in the order this
team brought them in. Nobody signs it and nothing waits for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

VIRTUAL = "~"


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The last batch of a replica that somebody knew."""

    replica: str
    sequence: int
    digest: str


Cut = tuple[Head, ...]


def virtual_chain(source_digest: str) -> str:
    """Name the chain of a foreign source."""
    return VIRTUAL + source_digest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch stands on this laptop."""

    chain: str
    sequence: int


@dataclass(slots=True)
class Chains:
    """The held batches by digest, and the forks among their chains.

    Chain names are local; only heads travel. The answers do not depend on the order of arrival.
    """

    places: dict[str, Place] = field(default_factory=dict)
    tips: dict[str, Head] = field(default_factory=dict)
    forks: dict[str, Place] = field(default_factory=dict)

    def lacks(self, sequence: int, previous: str, cuts: Iterable[Cut]) -> list[str]:
        """Digests that must be held before this batch may be folded: its predecessor and its cuts."""
        wanted = {head.digest for cut in cuts for head in cut if not head.replica.startswith(VIRTUAL)}
        if sequence > 1:
            wanted.add(previous)
        return sorted(wanted - self.places.keys())

    def add(self, replica: str, sequence: int, previous: str, digest: str) -> Place:
        """Place a batch whose predecessor is held. A second successor starts a branch."""
        if digest in self.places:
            return self.places[digest]
        before = self.places.get(previous)
        chain = before.chain if before else replica
        tip = self.tips.get(chain)
        if tip is not None and tip.digest != previous:
            chain = f"{replica}/{digest[:16]}"
            self.forks[chain] = before or Place("", 0)
        self.tips[chain] = Head(replica, sequence, digest)
        self.places[digest] = Place(chain, sequence)
        return self.places[digest]

    def heads(self) -> Cut:
        """Everything held now, as it travels."""
        return tuple(sorted(self.tips.values()))

    def local(self, cut: Cut) -> dict[str, int]:
        """Translate a travelling cut whose batches are held into sequences per chain."""
        reach: dict[str, int] = {}
        for head in cut:
            place = self._place_of(head)
            while place is not None and place.sequence > reach.get(place.chain, 0):
                reach[place.chain] = place.sequence
                place = self.forks.get(place.chain)
        return reach

    def _place_of(self, head: Head) -> Place | None:
        if head.replica.startswith(VIRTUAL):
            return Place(head.replica, head.sequence)
        return self.places.get(head.digest)


def covers(cut: Mapping[str, int], place: Place) -> bool:
    """Whether a local cut includes the batch at this place."""
    return cut.get(place.chain, 0) >= place.sequence
