"""Decides, once all sheets are compared, about copies, rows beside other keys, and rows without keys."""

from collections.abc import Iterable, Iterator, Mapping

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import FieldType
from accountplanner.domain.problems import Problem
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.base import Base
from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.reading.cells import CellValue, Workbook, cell_text
from accountplanner.exchange.returned.comparing import Comparison, RowDifference
from accountplanner.exchange.returned.findings import CellChange, KeylessRow, MissingRow, Place
from accountplanner.exchange.returned.same import is_blank, states_nothing

_CLEARLY_ANOTHER = 0.7
_CLEARLY_NOT_ITSELF = 0.3
_BY_CONTENT = "its key is lost or stands beside another row; the row was recognised by its content"
_TWICE = "the row stands in the workbook twice, with different content"


def settle(comparison: Comparison) -> None:
    """Decide about copies, rows beside foreign keys and rows without keys, once all sheets are read."""
    _settle_copies(comparison)
    _settle_shifted(comparison)
    _settle_keyless(comparison)


def _settle_copies(comparison: Comparison) -> None:
    for copy in comparison.copies:
        first = comparison.rows[copy.alias, copy.part]
        told = {index: cell_text(found) for index, found, _ in copy.changed}
        if not told or told == {index: cell_text(found) for index, found, _ in first.changed}:
            continue
        edited = copy.alias in copy.known.base.rows and copy.known.recognition.share(copy.alias, copy.cells) > 0.5
        if edited:
            copy.doubt = _TWICE
            comparison.rows[copy.alias, -len(comparison.rows)] = copy
        else:
            reason = f"it has the key of row {first.place.row}, but other content"
            comparison.keyless.append(_as_keyless(copy, reason))


def _as_keyless(row: RowDifference, reason: str) -> KeylessRow:
    fields = row.known.base.fields
    cells = tuple((fields[index], found) for index, found in sorted(row.cells.items(), key=lambda cell: cell[0]))
    return KeylessRow(row.known.base.kind, tuple(c for c in cells if not is_blank(c[1])), row.place, reason)


def _settle_shifted(comparison: Comparison) -> None:
    """Rows that equal another row's base far more than their own: sorted without their keys."""
    for name, row in list(comparison.rows.items()):
        base = row.known.base.rows.get(row.alias)
        if base is None or row.part != 1 or sum(1 for index, _, _ in row.changed if base[index]) < 2:
            continue
        recognition = row.known.recognition
        own = recognition.share(row.alias, row.cells)
        other = recognition.best(row.cells, besides=row.alias)
        if other and other.share > _CLEARLY_ANOTHER and own < other.share - _CLEARLY_NOT_ITSELF:
            comparison.shifted.append(row)
            comparison.rows[name] = _compared_with(row, other.alias)


def _compared_with(row: RowDifference, alias: str) -> RowDifference:
    """The same cells, held against the row they were recognised as."""
    base = row.known.base.rows[alias]
    changed = [
        (index, found, _BY_CONTENT)
        for index, found in row.cells.items()
        if not is_blank(found)
        and not states_nothing(found)
        and base[index] != found
        and not (base[index] and row.known.checks[index](base[index], found))
    ]
    same = len(row.cells) - len(changed)
    return RowDifference(alias, row.known, row.place, row.cells, changed, same, doubt=_BY_CONTENT)


def _settle_keyless(comparison: Comparison) -> None:
    """Rows without keys that are plainly a row of the base; a mere copy of one that is there says nothing."""
    present = {row.alias for row in comparison.rows.values()}
    left: list[KeylessRow] = []
    for number, row in enumerate(comparison.keyless):
        known = comparison.sheets[row.kind]
        cells = {known.base.fields.index(key): found for key, found in row.cells}
        likely = known.recognition.best(cells)
        if likely is None or likely.share <= _CLEARLY_ANOTHER:
            left.append(row)
            continue
        held = RowDifference(likely.alias, known, row.place, cells, [], 0)
        compared = _compared_with(held, likely.alias)
        if likely.alias not in present:
            present.add(likely.alias)
            comparison.rows[likely.alias, -number - 1_000_000] = compared
        elif compared.changed:
            left.append(KeylessRow(row.kind, row.cells, row.place, f"{row.reason}; it resembles another row"))
    comparison.keyless = left


def changes_of(comparison: Comparison) -> Iterator[CellChange]:
    """Every changed cell; the parts of a long text come as one."""
    longs: dict[tuple[str, int], dict[int, tuple[CellValue, Place, str]]] = {}
    for row in comparison.rows.values():
        base = row.known.base.rows.get(row.alias)
        for index, found, doubt in row.changed:
            value = base[index] if base is not None else ""
            place = Place(row.place.sheet, row.place.row, row.known.base.headers[index])
            if len(text_parts(value)) > 1:
                longs.setdefault((row.alias, index), {})[max(row.part, 1)] = found, place, doubt or row.doubt
            else:
                yield _change(row, index, value, found, place, doubt or row.doubt)
    for (alias, index), parts in longs.items():
        yield _long_change(comparison, alias, index, parts)


def _change(row: RowDifference, index: int, value: str, found: CellValue, place: Place, doubt: str) -> CellChange:  # noqa: PLR0913, PLR0917
    sheet = row.known.base
    return CellChange(row.alias, sheet.kind, sheet.fields[index], value, found, place, doubt)


def _long_change(
    comparison: Comparison, alias: str, index: int, parts: Mapping[int, tuple[CellValue, Place, str]]
) -> CellChange:
    """A long text as a whole: changed parts as they are now, the others as they were."""
    sheet = comparison.known[alias].base
    value = sheet.rows[alias][index]
    texts = text_parts(value)
    for part, (found, _, _) in parts.items():
        if part <= len(texts):
            texts[part - 1] = cell_text(found)
        else:
            texts.append("\n" + cell_text(found))
    _, place, doubt = parts[min(parts)]
    return CellChange(alias, sheet.kind, sheet.fields[index], value, "".join(texts), place, doubt)


def missing_rows(comparison: Comparison) -> list[MissingRow]:
    """Rows of sheets that are still there which are not in them any more."""
    present = {row.alias for row in comparison.rows.values()}
    missing: list[MissingRow] = []
    for kind in sorted(comparison.kinds_seen):
        titles = comparison.base.titles.get(kind, {})
        sheet = comparison.sheets[kind].base
        for alias, cells in sheet.rows.items():
            if alias not in present:
                title = titles.get(alias) or cells[0]
                missing.append(MissingRow(alias, kind, title, Place(sheet.name)))
    return missing


def named_titles(base: Base, changes: Iterable[CellChange], keyless: Iterable[KeylessRow]) -> dict[str, dict[str, str]]:
    """Where the titles found in changed references lead."""
    cells = [(change.kind, change.field, change.found) for change in changes]
    cells += [(row.kind, key, found) for row in keyless for key, found in row.cells]
    wanted: dict[str, set[str]] = {}
    for kind, key, found in cells:
        known = known_field(kind, key)
        if known is not None and known.type is FieldType.REFERENCE:
            for referred in known.refers_to:
                wanted.setdefault(referred, set()).add(_folded(cell_text(found)))
    named: dict[str, dict[str, str]] = {}
    for kind, texts in wanted.items():
        for alias, title in base.titles.get(kind, {}).items():
            if (folded := _folded(title)) in texts:
                named.setdefault(kind, {})[folded] = alias
    return named


def _folded(text: str) -> str:
    return comparison_text(text).casefold()


def workbook_notices(workbook: Workbook, base: Base, seen: set[str]) -> list[Problem]:
    """What is to be said about whole sheets."""
    notices = [
        Problem(sheet.name, 0, "", "a sheet that cannot be read", "its cells; nothing follows from it", "unreadable")
        for sheet in workbook.sheets
        if not sheet.readable
    ]
    notices += [
        Problem(sheet.name, 0, "", f"{sheet.beyond:,} cells far outside", "cells within 200,000 rows", "beyond")
        for sheet in workbook.sheets
        if sheet.beyond
    ]
    notices += [
        Problem(sheet.name, 0, "", "no such sheet", "the sheet; nothing in it counts as removed", "missing")
        for sheet in base.sheets
        if sheet.kind not in seen and (sheet.rows or sheet.spares)
    ]
    return notices
