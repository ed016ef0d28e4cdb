"""Tells a sheet of one of our own workbooks, copied out without its keys, from somebody's own list.

Nothing in it leads to an export any more, so it is read like any list; but its rows were ours once, and what a
list says for the first time would come in as new beside them. Whoever imports decides about each row.
"""

from functools import lru_cache

from accountplanner.exchange.contract import KEY_HEADER, SheetLayout, partner_sheets, team_sheets
from accountplanner.exchange.departments import DEPARTMENT_LABELS, department_sheets
from accountplanner.exchange.reading.raw import RawTable

_TELLING = 6
"""So many of our headers, in our order from the first on, stand in nobody's own list by chance."""


def is_stripped(table: RawTable) -> bool:
    """Whether a table has the headers of a sheet of ours; a sheet of few columns must have its name as well.

    A text file must have the key's header, too: what a program saved as text still has that column, and people who
    write lists for us by hand take our headers.
    """
    header = tuple(_plain(text) for text in table.header)
    has_keys = header[:1] == (_plain(KEY_HEADER),)
    if table.separator and not has_keys:
        return False
    header = header[1:] if has_keys else header
    return any(_begins_alike(header, ours, _plain(table.name) == name) for name, ours in _sheets())


def _begins_alike(header: tuple[str, ...], ours: tuple[str, ...], is_named_so: bool) -> bool:  # noqa: FBT001
    if len(ours) <= _TELLING:
        return is_named_so and header[: len(ours)] == ours
    return len(header) >= _TELLING and header[:_TELLING] == ours[:_TELLING]


@lru_cache(maxsize=1)
def _sheets() -> frozenset[tuple[str, tuple[str, ...]]]:
    shapes = [team_sheets(), partner_sheets(), *(department_sheets(each) for each in DEPARTMENT_LABELS)]
    return frozenset((_plain(layout.name), _headers(layout)) for layouts in shapes for layout in layouts)


def _headers(layout: SheetLayout) -> tuple[str, ...]:
    return tuple(_plain(column.header) for column in layout.columns)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
