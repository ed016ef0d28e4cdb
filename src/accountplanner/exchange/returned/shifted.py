"""Rows that stand beside the keys of other rows.

Keys stay valid when somebody sorts the visible columns alone, so only what stands in a row can tell.
A row is put right with proof: it agrees plainly with one row of the base, with no other nearly as
much, and no other row claims that one. Whatever cannot be proven is ascribed to nobody, and told.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.sentences import told
from accountplanner.exchange.returned.ascribing import as_keyless, compared_with, lost_cell
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.recognition import Likeness
from accountplanner.exchange.returned.rows import RowDifference
from accountplanner.exchange.returned.same import is_blank, states_nothing

_MOST_SHIFTED = 3
_MOST_SHIFTED_SHARE = 0.05
_CLEARLY_NOT_ITSELF = 0.3
_HALF = 0.5
_MOSTLY = 0.7
_REPLACED_CELLS = 3

BY_CONTENT = told("its key is lost or stands beside another row; the row was recognised by its content")
_REPLACED = told("nearly everything in the row is new, its name included: it may be about another record")
_UNSURE = told("rows of this workbook are mixed up, and little in this one is as it was")
_NO_KEY_OF_ITS_OWN = told("it stands beside the key of another row, and resembles none")
_COPIED = told("it was copied from another row, and changed")
_WHOSE = told("a row that can be told from the others: nobody can say to whom this belongs")

_Name = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Strange:
    """A row that does not look like itself: how much still does, and whom it resembles."""

    name: _Name
    row: RowDifference
    own: float
    likely: Likeness | None

    @property
    def is_shifted(self) -> bool:
        return (
            self.likely is not None
            and self.likely.clear
            and self.row.alias not in {self.likely.alias, *self.likely.twins}
            and self.own <= self.likely.share - _CLEARLY_NOT_ITSELF
        )


def settle_shifted(comparison: Comparison) -> None:
    """Put right the rows that stand beside the keys of others, as far as there is proof."""
    strange = list(_strange_rows(comparison))
    shifted = [each for each in strange if each.is_shifted]
    others = [each for each in strange if not each.is_shifted]
    moving = {each.name for each in strange if each.is_shifted or each.own < _CLEARLY_NOT_ITSELF}
    held = {row.alias for name, row in comparison.rows.items() if name not in moving and row.part == 1 and row.cells}
    # A copy of a row that still stands where it stood is no sign of sorting.
    comparison.shifted = sum(1 for each in shifted if _target(each, held))
    comparison.mixed = _is_mixed(comparison.shifted, comparison.record_rows)
    claimed = _put_right(comparison, shifted, held)
    for each in others:
        if comparison.mixed:
            _leave_unsure(comparison, each)
        elif each.row.alias in claimed:
            _take_for_itself(comparison, each)
        elif _is_replaced(each):
            each.row.doubt = each.row.doubt or _REPLACED
    if comparison.mixed:
        _leave_further_parts(comparison)


def _is_mixed(shifted: int, rows: int) -> bool:
    return shifted > _MOST_SHIFTED or shifted > rows * _MOST_SHIFTED_SHARE


def _strange_rows(comparison: Comparison) -> Iterator[_Strange]:
    """Rows of records that are hardly themselves, and filled empty rows that may show a record from elsewhere."""
    odd_kinds: set[str] = set()
    empty: list[tuple[_Name, RowDifference]] = []
    for name, row in comparison.rows.items():
        base = row.known.base.rows.get(row.alias)
        if row.part != 1:
            continue
        if base is None:
            empty.append((name, row))
        elif not row.cells and any(base):
            odd_kinds.add(row.known.base.kind)
        elif row.changed and (own := _own_share(row, base)) is not None:
            odd_kinds.add(row.known.base.kind)
            yield _Strange(name, row, own, row.known.recognition.best(row.cells))
    titles: dict[str, set[str]] = {}
    for name, row in empty:
        if row.cells and (row.known.base.kind in odd_kinds or _is_titled_like_another(row, titles)):
            yield _Strange(name, row, 0.0, row.known.recognition.best(row.cells))


def _is_titled_like_another(row: RowDifference, titles: dict[str, set[str]]) -> bool:
    """Whether a filled empty row begins like one of the records; only then is it worth a closer look."""
    sheet, recognition = row.known.base, row.known.recognition
    if sheet.kind not in titles:
        titles[sheet.kind] = {recognition.spelling(0, cells[0]) for cells in sheet.rows.values() if cells[0]}
    return 0 in row.cells and recognition.found_spelling(row.cells[0]) in titles[sheet.kind]


def _own_share(row: RowDifference, base: list[str]) -> float | None:
    """How much of a row is as it was; nothing for one that surely is itself."""
    overwritten = sum(1 for index, _, _ in row.changed if base[index])
    own = row.same / max(1, sum(map(bool, base)))
    return own if (overwritten and own < _HALF) or (overwritten > 1 and own <= _MOSTLY) else None


def _is_replaced(strange: _Strange) -> bool:
    row = strange.row
    base = row.known.base.rows.get(row.alias)
    if base is None or strange.own >= _CLEARLY_NOT_ITSELF:
        return False
    kind = KINDS.get(row.known.base.kind)
    overwritten = {row.known.base.fields[index] for index, _, _ in row.changed if base[index]}
    return len(overwritten) >= _REPLACED_CELLS and (kind.title_key if kind else "") in overwritten


def _put_right(comparison: Comparison, shifted: list[_Strange], taken: set[str]) -> set[str]:
    """Give each shifted row to the record it shows, unless another one claims it; returns those given.

    `taken` are the records whose own rows stand where they should.
    """
    wanted = Counter(_target(each, taken) for each in shifted)
    claimed: set[str] = set()
    for each in shifted:
        del comparison.rows[each.name]
        target = _target(each, taken)
        if each.likely is None:
            continue
        if not target:
            _take_copied_over(comparison, each.row, each.likely.alias)
        elif wanted[target] > 1 and not each.likely.twins:
            _lose(comparison, each.row, target)
        else:
            taken.add(target)
            claimed.add(target)
            doubt = "" if comparison.mixed else BY_CONTENT
            comparison.rows[target, -each.row.place.row] = compared_with(each.row, target, doubt)
    return claimed


def _target(strange: _Strange, taken: set[str]) -> str:
    """The row it was: of several that showed the same, the first that nobody claims."""
    if strange.likely is None:
        return ""
    free = [alias for alias in (strange.likely.alias, *strange.likely.twins) if alias not in taken]
    return free[0] if free else ""


def _take_copied_over(comparison: Comparison, row: RowDifference, alias: str) -> None:
    """A row whose original still stands elsewhere: an equal copy says nothing, another one may be a new record."""
    if compared_with(row, alias, "").changed:
        comparison.keyless.append(as_keyless(row, _COPIED))


def _leave_unsure(comparison: Comparison, strange: _Strange) -> None:
    """In a workbook whose rows are mixed up, a row that is neither itself nor plainly another one."""
    if strange.own >= _HALF:
        strange.row.doubt = strange.row.doubt or _UNSURE
    else:
        _take_for_itself(comparison, strange)


def _take_for_itself(comparison: Comparison, strange: _Strange) -> None:
    """A row that shows nothing of the record beside it: a new one if it resembles none, else nobody's."""
    del comparison.rows[strange.name]
    if strange.likely is None or strange.likely.share < _CLEARLY_NOT_ITSELF:
        comparison.keyless.append(as_keyless(strange.row, _NO_KEY_OF_ITS_OWN))
    else:
        _lose(comparison, strange.row, strange.likely.alias)


def _leave_further_parts(comparison: Comparison) -> None:
    """Further rows of long texts: what is nobody's part any more cannot be put together."""
    for row in comparison.rows.values():
        if row.part > 1 and row.changed:
            _lose(comparison, row, row.alias)
            row.changed = []


def _lose(comparison: Comparison, row: RowDifference, alias: str) -> None:
    """Say what stands in a row that cannot be told from others; what its likeliest record showed needs no word."""
    base = row.known.base.rows.get(alias, [])
    for index, found in row.cells.items():
        known = index < len(base) and base[index] and row.known.checks[index](base[index], found)
        if not known and not is_blank(found) and not states_nothing(found):
            comparison.lost.append(lost_cell(row, index, found, _WHOSE))
