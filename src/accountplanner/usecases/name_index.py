"""The names of all records of a kind at once, for lists so long that asking for each name would take longer."""

from collections.abc import Iterable

from accountplanner.domain.fields import RecordKind
from accountplanner.domain.text import search_text
from accountplanner.store.queries import CachedRecord

_LONGEST = 200
"""By so much of a title the caches sort, and find it."""


class NameIndex:
    """Answers as the store does: by title, accents and case aside, or by the exact value of a field."""

    def __init__(self, kind: RecordKind, records: Iterable[CachedRecord], keys: Iterable[str]) -> None:
        self._titles: dict[str, list[tuple[str, str]]] = {}
        self._values: dict[str, dict[str, list[str]]] = {key: {} for key in keys}
        for each in sorted(records, key=lambda record: record.number):
            title = each.values.get(kind.title_key, "")
            self._titles.setdefault(_folded(title), []).append((title, each.record))
            for key, held in self._values.items():
                if value := each.values.get(key):
                    held.setdefault(value, []).append(each.record)

    def titled(self, title: str) -> list[str]:
        """The records with this title; where one is spelt exactly so, those alone."""
        found = self._titles.get(_folded(title), [])
        exact = [record for held, record in found if held == title]
        return exact or [record for _, record in found]

    def where(self, key: str, value: str) -> list[str]:
        """The records with this value in one of the indexed fields."""
        return self._values[key].get(value, [])


def _folded(title: str) -> str:
    return search_text(title).strip()[:_LONGEST]
