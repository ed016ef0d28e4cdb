"""How well we know a customer: fresh answers against what could be asked. Knowing somebody says nothing of how they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from accountplanner.domain.fields import Field, Privacy

MOST_PEOPLE: Final = 3
"""An account is known when three people are: one alone may leave tomorrow."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one record: fresh answers, answers that have faded, and how many could be given."""

    record: str
    name: str
    fresh: int
    faded: int
    askable: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The parts of a figure, the account's own answers first. `share` is what the ring shows."""

    parts: tuple[Known, ...] = ()
    missing_people: int = 0

    @property
    def share(self) -> float:
        """Fresh answers of all that could be asked; people nobody knows yet count as unknown."""
        askable = sum(part.askable for part in self.parts)
        return sum(part.fresh for part in self.parts) / askable if askable else 0.0


def is_askable(field: Field) -> bool:
    """Whether an answer counts as knowledge: a person's profile, elsewhere what fades; special answers never do."""
    if field.privacy is Privacy.SPECIAL or field.internal:
        return False
    return bool(field.number or (field.fresh_months and field.kind != "contact"))


def known_of(record: str, name: str, answers: Iterable[tuple[Field, bool]], fields: Sequence[Field]) -> Known:
    """Count the answers of one record; each comes with whether it has faded."""
    counted = {field.key: is_faded for field, is_faded in answers if is_askable(field)}
    faded = sum(counted.values())
    return Known(record, name, len(counted) - faded, faded, sum(is_askable(field) for field in fields))


def knowledge_of(account: Known, people: Sequence[Known], askable_of_person: int) -> Knowledge:
    """The account's figure: its own answers and those about the three people known best."""
    best = sorted(people, key=lambda each: (-each.fresh, -each.faded, each.name))[:MOST_PEOPLE]
    missing = max(0, 1 - len(best))
    nobody = [Known("", "", 0, 0, askable_of_person)] * missing
    return Knowledge((account, *best, *nobody), missing)
