"""What a page says about its list, once: what it shows, what it is searched for, filtered and ordered by."""

from dataclasses import dataclass, field

from accountplanner.desktop.records.list_lens import Lens, Narrow, Order
from accountplanner.desktop.records.list_rows import Read

__all__ = ["ListPlan", "Order"]


@dataclass(frozen=True)
class ListPlan:
    """What a list shows and what it says.

    `read` returns the id and the look of each row behind some numbers. `narrow` turns chosen
    chips into a query, or into nothing where the filter can match nobody. `watched` are the
    record kinds whose changes concern the list.
    """

    kind: str
    title: str
    read: Read
    narrow: Narrow
    search_words: str
    nothing_yet: str
    first_step: str
    new_words: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    orders: tuple[Order, ...] = ()
    watched: frozenset[str] = field(default_factory=frozenset)

    @property
    def first_chip(self) -> str:
        """The filter that lets everybody through, empty where there is none."""
        return self.chips[0][0] if self.chips else ""

    @property
    def first_lens(self) -> Lens:
        """How a list is looked at by somebody who has chosen nothing yet."""
        return Lens(self.kind, chip=self.first_chip, order=self.orders[0] if self.orders else Order("", ""))
