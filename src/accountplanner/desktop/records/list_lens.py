"""What a list is looked at through: what is searched, filtered, sorted and grouped, and what that asks of the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from accountplanner.desktop.telling import tell
from accountplanner.desktop.widgets.paged_list_model import HEAD
from accountplanner.desktop.widgets.record_list import GroupHead
from accountplanner.desktop.wording import say
from accountplanner.usecases.browsing import Condition, ListQuery, first_numbers, list_numbers
from accountplanner.usecases.grouping import Group, grouped
from accountplanner.usecases.saved_filters import SavedFilter
from accountplanner.usecases.session import Session

Narrow = Callable[[Session, ListQuery, tuple[str, ...]], ListQuery | None]


@dataclass(frozen=True)
class Order:
    """One way of ordering a list."""

    text: str
    sort: str
    descending: bool = False


@dataclass(frozen=True)
class Lens:
    """How a person looks at a list now. `chip` is one of the list's own filters, by key."""

    kind: str
    text: str = ""
    chip: str = ""
    order: Order = field(default_factory=lambda: Order("", ""))
    group: str = ""
    conditions: tuple[Condition, ...] = ()

    def without_narrowing(self, first_chip: str) -> "Lens":
        """The same look at everybody."""
        return replace(self, text="", chip=first_chip, conditions=())

    def saved(self, name: str) -> SavedFilter:
        """What is kept of it under a name."""
        key = f"{'-' if self.order.descending else ''}{self.order.sort}"
        return SavedFilter(name, self.kind, self.text, self.chip, key, self.group, self.conditions)


def lens_of(saved: SavedFilter, orders: Sequence[Order]) -> Lens:
    """The look that was kept; an order the list does not offer is one by a column of its table."""
    sort, descending = saved.order.removeprefix("-"), saved.order.startswith("-")
    order = next((each for each in orders if (each.sort, each.descending) == (sort, descending)), None)
    return Lens(saved.kind, saved.text, saved.chip, order or Order("", sort, descending), saved.group, saved.conditions)


@dataclass(frozen=True)
class Found:
    """What a list holds: the ids of its entries, heads of groups among them, and how many records there are.

    `everybody` counts the records without search and filter; it is 0 only where there is nothing at all.
    `is_whole` is false for a beginning.
    """

    ids: tuple[str, ...]
    count: int
    everybody: int
    heads: Mapping[str, GroupHead] = field(default_factory=dict)
    is_whole: bool = True


def find_beginning(session: Session, lens: Lens, narrow: Narrow, count: int) -> Found:
    """The first entries of a list without groups, which are there long before the whole list."""
    query = _narrowed(session, lens, narrow)
    numbers = first_numbers(session, query, count) if query is not None else []
    if len(numbers) == count:
        return Found(tuple(map(str, numbers)), count, count, is_whole=False)
    everybody = len(numbers) or len(first_numbers(session, ListQuery(lens.kind), 1))
    return Found(tuple(map(str, numbers)), len(numbers), everybody)


def find_all(session: Session, lens: Lens, narrow: Narrow) -> Found:
    """Every entry of a list, with the heads of its groups."""
    query = _narrowed(session, lens, narrow)
    numbers = list_numbers(session, query) if query is not None else []
    everybody = len(numbers) or len(first_numbers(session, ListQuery(lens.kind), 1))
    if not lens.group:
        return Found(tuple(map(str, numbers)), len(numbers), everybody)
    ids: list[str] = []
    heads: dict[str, GroupHead] = {}
    for place, group in enumerate(grouped(session, lens.kind, numbers, lens.group)):
        head = f"{HEAD}{place}"
        heads[head] = _head(group)
        ids += [head, *map(str, group.numbers)]
    return Found(tuple(ids), len(numbers), everybody, heads)


def _narrowed(session: Session, lens: Lens, narrow: Narrow) -> ListQuery | None:
    query = ListQuery(
        lens.kind, lens.text, sort=lens.order.sort, descending=lens.order.descending, conditions=lens.conditions
    )
    return narrow(session, query, (lens.chip,) if lens.chip else ())


def _head(group: Group) -> GroupHead:
    return GroupHead(tell(group.text) or say("Not known"), str(len(group.numbers)))
