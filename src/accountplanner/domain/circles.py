"""References to a record of the same kind, such as a parent account: going up must come to an end.

Nobody types a circle. Two laptops may still each be told one half of one, so whoever goes up stops at a
record met before.
"""

from collections.abc import Callable, Iterator, Mapping

from accountplanner.domain.fields import Field
from accountplanner.domain.sentences import told

NOT_ITSELF = told("another record than this one")
NOT_BELOW = told("one that does not itself stand below this record")


def leads_up(field: Field) -> bool:
    """Whether a field names the record above one of its own kind."""
    return field.kind in field.refers_to


def closes_circle(record: str, wanted: str, above: Callable[[str], str]) -> str:
    """What to expect instead of a record that stands below this one, or is it; blank where there is no circle.

    `above` leads from a record to the one above it, to a blank at the top.
    """
    if wanted == record:
        return NOT_ITSELF
    met: set[str] = set()
    while wanted and wanted not in met:
        met.add(wanted)
        wanted = above(wanted)
        if wanted == record:
            return NOT_BELOW
    return ""


def circles(above: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every circle, each once, from its lowest id on upwards."""
    done: set[str] = set()
    for start in sorted(above):
        way: dict[str, int] = {}
        at = start
        while at and at not in way and at not in done:
            way[at] = len(way)
            at = above.get(at, "")
        if at in way:
            circle = list(way)[way[at] :]
            lowest = circle.index(min(circle))
            yield (*circle[lowest:], *circle[:lowest])
        done.update(way)
