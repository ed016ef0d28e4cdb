"""Decides, once all sheets are compared, about copies, rows beside other keys, and rows without keys."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.circles import leads_up
from accountplanner.domain.fields import FieldType
from accountplanner.domain.sentences import told
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.base import Base
from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.ascribing import as_keyless, compared_with
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.findings import CellChange, KeylessRow, MissingRow, Place
from accountplanner.exchange.returned.penned import crossed_out
from accountplanner.exchange.returned.resorted import settle_resorted
from accountplanner.exchange.returned.rows import RowDifference
from accountplanner.exchange.returned.shifted import BY_CONTENT, settle_shifted
from accountplanner.exchange.returned.strays import doubt_strays

_TWICE = told("the row stands in the workbook twice, with different content")


def settle(comparison: Comparison) -> None:
    """Decide about copies, rows beside foreign keys and rows without keys, once all sheets are read."""
    _settle_copies(comparison)
    settle_shifted(comparison)
    _settle_keyless(comparison)
    settle_resorted(comparison)
    doubt_strays(comparison)


def _settle_copies(comparison: Comparison) -> None:
    """The first of several rows with one key stays; another one speaks where it says something else.

    Where a key was copied over that of another row, the row it belongs to is the one that stays.
    """
    for number, other in enumerate(comparison.copies):
        first, copy = _in_order(comparison.rows[other.alias, other.part], other)
        comparison.rows[copy.alias, copy.part] = first
        said = {index: cell_text(found) for index, found, _ in first.changed}
        copy.changed = [each for each in copy.changed if said.get(each[0]) != cell_text(each[1])]
        if not copy.changed:
            continue
        if copy.alias in copy.known.base.rows and not _stands_for_another(copy):
            copy.doubt = _TWICE
            comparison.rows[copy.alias, -number - 2_000_000] = copy
        else:
            reason = told("it has the key of row {row}, but other content", row=first.place.row)
            comparison.keyless.append(as_keyless(copy, reason))


def _in_order(first: RowDifference, other: RowDifference) -> tuple[RowDifference, RowDifference]:
    away = _stands_for_another(first) and not _stands_for_another(other)
    return (other, first) if away else (first, other)


def _stands_for_another(row: RowDifference) -> bool:
    """Whether most of what stands in a row of a record is not what its key showed."""
    return row.alias in row.known.base.rows and row.known.recognition.share(row.alias, row.cells) < 0.5


def _settle_keyless(comparison: Comparison) -> None:
    """Rows without keys that are plainly a row of the base; a mere copy of one that is there says nothing."""
    present = {row.alias for row in comparison.rows.values() if row.cells}
    left: list[KeylessRow] = []
    for number, row in enumerate(comparison.keyless):
        known = comparison.sheets[row.kind]
        cells = {known.base.fields.index(key): found for key, found in row.cells}
        likely = known.recognition.best(cells)
        if likely is None or not likely.clear:
            left.append(row)
            continue
        held = RowDifference(likely.alias, known, row.place, cells, [], 0)
        alias = next((each for each in (likely.alias, *likely.twins) if each not in present), "")
        compared = compared_with(held, alias or likely.alias, BY_CONTENT)
        if alias:
            present.add(alias)
            comparison.rows[alias, -number - 1_000_000] = compared
        elif compared.changed:
            reason = told("{reason}; it resembles another row", reason=row.reason)
            left.append(replace(row, reason=reason, resembles=True))
    comparison.keyless = left


def changes_of(comparison: Comparison) -> Iterator[CellChange]:
    """Every changed cell; the parts of a long text come as one."""
    longs: dict[tuple[str, int, str], dict[int, tuple[CellValue, Place, str]]] = {}
    for row in comparison.rows.values():
        base = row.known.base.rows.get(row.alias)
        yield from crossed_out(row)
        for index, found, doubt in row.changed:
            value = base[index] if base is not None else ""
            place = Place(row.place.sheet, row.place.row, row.known.base.headers[index])
            if len(text_parts(value)) > 1:
                longs.setdefault((row.alias, index, row.doubt), {})[row.part] = found, place, doubt or row.doubt
            else:
                sheet, said = row.known.base, doubt or row.doubt
                key = sheet.fields[index]
                yield CellChange(row.alias, sheet.kind, key, value, found, place, said, row.hidden)
    for (alias, index, _), parts in longs.items():
        yield _long_change(comparison, alias, index, parts)


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
    """Rows of sheets that are still there which are not in them any more.

    Where rows are hidden or mixed up, or could not all be taken, a row that is not found proves nothing.
    """
    if comparison.mixed or comparison.resorted:
        return []
    present = {row.alias for row in comparison.rows.values()}
    missing: list[MissingRow] = []
    for kind in sorted(comparison.kinds_seen - comparison.incomplete):
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


def shown_above(base: Base, changes: Iterable[CellChange]) -> dict[str, dict[str, str]]:
    """What stood above what in the fields that were changed: with it, a change may close a circle."""
    changed = {(change.kind, change.field) for change in changes}
    above: dict[str, dict[str, str]] = {}
    for sheet in base.sheets:
        for at, key in enumerate(sheet.fields):
            known = known_field(sheet.kind, key)
            if (sheet.kind, key) in changed and known is not None and leads_up(known):
                above[known.id] = {alias: cells[at] for alias, cells in sheet.rows.items() if cells[at]}
    return above


def _folded(text: str) -> str:
    return comparison_text(text).casefold()
