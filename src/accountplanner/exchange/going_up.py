"""Answers of one file that would put a record above itself: none of them is taken, on any laptop."""

from collections.abc import Iterable, Mapping

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.circles import NOT_BELOW, NOT_ITSELF, circles, closes_circle, leads_up
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Statement


class GoingUp:
    """What stands above what once a file is taken in. `shown` says per field, by its id, what the file showed."""

    def __init__(self, shown: Mapping[str, Mapping[str, str]], said: Iterable[Statement]) -> None:
        self._above = {key: dict(above) for key, above in shown.items()}
        self._said = [(key, each) for each in said if (key := _field_of(each))]
        for key, each in self._said:
            self._above.setdefault(key, {})[each.record] = each.value or ""

    def closing(self) -> dict[str, str]:
        """The marks of statements that close a circle, each with what to expect instead."""
        looped = {key: {record for circle in circles(above) for record in circle} for key, above in self._above.items()}
        return {
            each.mark: NOT_ITSELF if each.value == each.record else NOT_BELOW
            for key, each in self._said
            if each.record in looped[key]
        }

    def would_close(self, proposed: Iterable[Statement]) -> dict[str, str]:
        """The same for statements that wait for a person, taken together."""
        wanted = [(key, each) for each in proposed if (key := _field_of(each))]
        beside = {(key, each.record): each.value or "" for key, each in wanted}
        found: dict[str, str] = {}
        for key, each in wanted:
            above = self._above.get(key, {})

            def up(record: str, key: str = key, above: Mapping[str, str] = above) -> str:
                return beside.get((key, record)) or above.get(record, "")

            if expected := closes_circle(each.record, each.value or "", up):
                found[each.mark] = expected
        return found


def _field_of(statement: Statement) -> str:
    """The id of a field that puts a record under one of its own kind; blank for every other statement."""
    known = known_field(kind_of(statement.record), statement.field)
    return known.id if known is not None and leads_up(known) and statement.value else ""
