"""Titles: what stands in a cell for another record, and leads back to exactly one.

Within one workbook no two records of a kind have one title: those that share a name are told apart by
what they belong to, then by their alias. Only records the reader may see take part.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.exchange.contract import SheetLayout
from accountplanner.exchange.plain_record import PlainRecord

_LONGEST = 80
_DEEPEST = 3
_TAG_LETTERS = 6


def referenced_kinds(layouts: Iterable[SheetLayout]) -> frozenset[str]:
    """The kinds that some column of these sheets refers to."""
    return frozenset(
        kind
        for layout in layouts
        for column in layout.columns
        if (field := KINDS[layout.kind].field(column.field)) is not None
        for kind in field.refers_to
    )


def titles_by_alias(
    records: Mapping[str, PlainRecord],
    outside: Mapping[str, str],
    kinds: frozenset[str],
    alias_of: Callable[[str], str],
) -> dict[str, dict[str, str]]:
    """Per kind, the title of each record. `outside` names records that are referred to but not shown."""
    naming = _Naming(records, outside)
    grouped: dict[str, list[str]] = {}
    for record in sorted({*records, *outside}):
        if kind_of(record) in kinds:
            grouped.setdefault(kind_of(record), []).append(record)
    return {kind: _distinct(members, naming, alias_of) for kind, members in sorted(grouped.items())}


def _distinct(members: list[str], naming: "_Naming", alias_of: Callable[[str], str]) -> dict[str, str]:
    found = {record: naming.title(record) for record in members}
    shared = _shared(found.values())
    found = {
        record: naming.longer(record, title) if title.casefold() in shared else title for record, title in found.items()
    }
    shared = _shared(found.values())
    titles: dict[str, str] = {}
    for record, title in found.items():
        alias = alias_of(record)
        tagged = not title or title.casefold() in shared
        titles[alias] = f"{title} · {alias[1 : _TAG_LETTERS + 1]}".removeprefix(" · ") if tagged else title
    return titles


def _shared(titles: Iterable[str]) -> set[str]:
    return {title for title, number in Counter(title.casefold() for title in titles).items() if number > 1}


class _Naming:
    """Finds what a person would call a record."""

    def __init__(self, records: Mapping[str, PlainRecord], outside: Mapping[str, str]) -> None:
        self._records = records
        self._outside = outside

    def title(self, record: str, depth: int = 0) -> str:
        held = self._records.get(record)
        if held is None:
            return _one_line(self._outside.get(record, ""))
        kind = KINDS[held.kind]
        value = held.values.get(kind.title_key, "")
        field = kind.field(kind.title_key)
        if field is None:
            return ""
        if field.type is FieldType.REFERENCE:
            return self.title(value, depth + 1) if depth < _DEEPEST else ""
        return _one_line(dict(field.choices).get(value, value))

    def longer(self, record: str, title: str) -> str:
        held = self._records.get(record)
        owners = KINDS[held.kind].owners if held else ()
        belongs = (self.title(held.values.get(owner.key, "")) for owner in owners if held)
        above = next((name for name in belongs if name and name != title), "")
        return f"{title} · {above}" if above else title


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
