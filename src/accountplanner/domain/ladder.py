"""The ladder: rungs, and what the orders alone can prove.

Source: Payne's ladder in Christopher, Payne and Ballantyne, “Relationship Marketing”; meanings,
evidence and limits are our own words in the shipped list. A repeat order is not affection, so
purchases prove no rung above client.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from accountplanner.domain.sentences import told, told_count
from accountplanner.domain.shipped import shipped_text


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder and what a person must show to enter it."""

    step: int
    key: str
    name: str
    meaning: str
    evidence_to_enter: str
    not_enough: str
    doubtful_when: str
    evidence_valid_months: int


def _read_rungs() -> tuple[Rung, ...]:
    rows = csv.DictReader(shipped_text("catalogues/ladder.csv").splitlines())
    return tuple(
        Rung(
            int(row["step"]),
            row["key"],
            row["name"],
            row["meaning"],
            row["evidence_to_enter"],
            row["not_enough"],
            row["doubtful_when"],
            int(row["evidence_valid_months"]),
        )
        for row in rows
    )


LADDER = _read_rungs()
RUNGS = {rung.key: rung for rung in LADDER}
RUNG_CHOICES = tuple((rung.key, rung.name) for rung in LADDER)


@dataclass(frozen=True, slots=True)
class RungProposal:
    """What the orders prove as of a day.

    `distinct_orders` is the evidence; `proven` is false for a bare name. `doubtful` gives the
    reason in a sentence once the evidence has grown old, empty otherwise.
    """

    rung: str
    proven: bool
    distinct_orders: int
    first_order: date | None
    last_order: date | None
    doubtful: str

    @property
    def evidence(self) -> str:
        """The evidence in a sentence."""
        if not self.distinct_orders:
            return told("A need or a two-way contact is known") if self.proven else told("Only a name so far")
        return told_count(
            "{count} order, {first} to {last}",
            "{count} distinct orders, {first} to {last}",
            self.distinct_orders,
            first=self.first_order,
            last=self.last_order,
        )


def propose_rung(
    orders: Mapping[str, date | None], as_of: date, *, last_two_way: date | None = None, need_named: bool = False
) -> RungProposal:
    """Propose prospect, customer or client from the distinct orders placed up to a day.

    `orders` maps order numbers to order dates; an order dated later than `as_of` does not count
    yet, an undated one does.
    """
    counted = {number: day for number, day in orders.items() if day is None or day <= as_of}
    days = sorted(day for day in counted.values() if day is not None)
    first, last = (days[0], days[-1]) if days else (None, None)
    latest = max((day for day in (last, last_two_way) if day is not None and day <= as_of), default=None)
    rung = ("prospect", "customer", "client")[min(len(counted), 2)]
    heard = last_two_way is not None and last_two_way <= as_of
    proven = bool(counted) or need_named or heard
    return RungProposal(rung, proven, len(counted), first, last, _doubt(rung, days, latest, as_of, proven=proven))


def _doubt(rung: str, days: list[date], latest: date | None, as_of: date, *, proven: bool) -> str:
    if not proven or latest is None:
        return ""
    if rung == "client" and (gap := _usual_gap(days)) and (as_of - days[-1]).days > 3 * gap:
        return told("No order since {day}, three times their own usual gap of {gap} days", day=days[-1], gap=gap)
    months = RUNGS[rung].evidence_valid_months
    if _months_between(latest, as_of) >= months:
        return told("No order or two-way contact since {day}, more than {months} months", day=latest, months=months)
    return ""


def _usual_gap(days: list[date]) -> int:
    """The median gap in days between orders of different days; 0 when there is none."""
    distinct = sorted(set(days))
    gaps = sorted((later - earlier).days for earlier, later in pairwise(distinct))
    return gaps[len(gaps) // 2] if gaps else 0


def _months_between(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (1 if later.day < earlier.day else 0)


def rung_of(keys: Iterable[str]) -> str:
    """The highest of some rungs, empty for none."""
    return max((key for key in keys if key in RUNGS), key=lambda key: RUNGS[key].step, default="")
