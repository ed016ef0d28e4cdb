"""What waits here because something earlier has not arrived: from whom, how much, and which file to ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accountplanner.domain.sentences import Sentence, joined, told, told_count
from accountplanner.store.too_early import ParkedBatches, waiting_batches
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class Parked:
    """Steps of one colleague that are held and not shown yet. `needs` names whose earlier work is missing."""

    who: str
    count: int
    since: str
    needs: tuple[str, ...]
    sentence: Sentence


def parked_steps(session: Session) -> list[Parked]:
    """Everything that waits for an earlier file, by whose it is."""
    names = session.store.identity.names
    return [_parked(each, names) for each in waiting_batches(session.store.team)]


def _parked(each: ParkedBatches, names: Mapping[str, str]) -> Parked:
    who = names.get(each.replica, each.replica[:10])
    needs = tuple(sorted({names.get(replica, replica[:10]) for replica in each.needs}))
    waits = told_count(
        "{count} step of {who} waits and is not shown yet.",
        "{count} steps of {who} wait and are not shown yet.",
        each.count,
        who=who,
    )
    return Parked(who, each.count, each.since, needs, joined((waits, *_remedies(needs, who, is_bare=each.is_bare))))


def _remedies(needs: tuple[str, ...], who: str, *, is_bare: bool) -> Iterable[Sentence]:
    if needs:
        yield told(
            "What {names} had done before is missing; bring in the latest team workbook of {names}.",
            names=joined(needs, ", "),
        )
    if is_bare:
        yield told("Some came without content; ask {who} for a new team workbook.", who=who)
