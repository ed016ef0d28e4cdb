"""Rows that stand beside the keys of other rows, and columns that were sorted by themselves.

Keys stay valid when somebody sorts the visible columns alone, so only what stands in a row can tell.
A row is put right with proof: it agrees plainly with one row of the base, with no other nearly as
much, and no other row claims that one. Whatever cannot be proven is ascribed to nobody, and told.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.comparing import Comparison, RowDifference, parts_of
from accountplanner.exchange.returned.findings import KeylessRow
from accountplanner.exchange.returned.recognition import Likeness
from accountplanner.exchange.returned.same import is_blank, states_nothing

_MOST_SHIFTED = 3
_MOST_SHIFTED_SHARE = 0.05
_CLEARLY_NOT_ITSELF = 0.3
_HALF = 0.5
_MOSTLY = 0.7
_REPLACED_CELLS = 3
_COLUMN_VALUES = 5
_FEW_VALUES_CELLS = 8
_SORTED_SHARE = 0.66

BY_CONTENT = told("its key is lost or stands beside another row; the row was recognised by its content")
_REPLACED = told("nearly everything in the row is new, its name included: it may be about another record")
_UNSURE = told("rows of this workbook are mixed up, and little in this one is as it was")
_NO_KEY_OF_ITS_OWN = told("it stands beside the key of another row, and resembles none")
_COPIED = told("it was copied from another row, and changed")
_WHOSE = told("a row that can be told from the others: nobody can say to whom this belongs")
_SORTED = told("a column in its old order: it was sorted by itself, so nobody can say to whom this belongs")

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


# --- rows -----------------------------------------------------------------------------------------------------------


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


def compared_with(row: RowDifference, alias: str, doubt: str) -> RowDifference:
    """The same cells, held against the row they were recognised as."""
    base = parts_of(row.known.base.rows[alias], 1)
    changed = [
        (index, found, doubt)
        for index, found in row.cells.items()
        if not is_blank(found)
        and not states_nothing(found)
        and base[index] != found
        and not (base[index] and row.known.checks[index](base[index], found))
    ]
    same = len(row.cells) - len(changed)
    return RowDifference(alias, row.known, row.place, row.cells, changed, same, doubt=doubt)


def _take_copied_over(comparison: Comparison, row: RowDifference, alias: str) -> None:
    """A row whose original still stands elsewhere: an equal copy says nothing, another one may be a new record."""
    if compared_with(row, alias, "").changed:
        comparison.keyless.append(as_keyless(row, _COPIED))


def as_keyless(row: RowDifference, reason: str) -> KeylessRow:
    """A row whose key is not believed."""
    fields = row.known.base.fields
    cells = tuple((fields[index], found) for index, found in sorted(row.cells.items(), key=lambda cell: cell[0]))
    stated = tuple(cell for cell in cells if not is_blank(cell[1]) and not states_nothing(cell[1]))
    return KeylessRow(row.known.base.kind, stated, row.place, reason)


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
            comparison.lost.append(_problem(row, index, found, _WHOSE))


def _problem(row: RowDifference, index: int, found: CellValue, expected: str) -> Problem:
    header = row.known.base.headers[index]
    return Problem(row.place.sheet, row.place.row, header, cell_text(found), expected, "scrambled")


# --- columns --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Column:
    """The cells of one column that show something else: what came, what went."""

    rows: list[tuple[RowDifference, CellValue]]
    came: Counter[str]
    went: Counter[str]

    @property
    def kept(self) -> int:
        return (self.came & self.went).total()

    @property
    def is_sorted(self) -> bool:
        """Whether the same values stand there in another order.

        A column of few different values is full of the same ones after any edit, so there only an exact
        change of places by many says so.
        """
        if len(self.came) >= _COLUMN_VALUES:
            return self.kept >= self.came.total() * _SORTED_SHARE
        return self.came.total() >= _FEW_VALUES_CELLS and self.came == self.went

    @property
    def may_be_sorted(self) -> bool:
        """The same beside a column that surely is."""
        return self.came.total() > 1 and self.kept >= self.came.total() * _SORTED_SHARE


def settle_resorted(comparison: Comparison) -> None:
    """Take back what columns say that were sorted without the others; what is new in them has lost its row."""
    by_kind: dict[str, dict[int, _Column]] = {}
    for kind, index, column in _columns(comparison):
        by_kind.setdefault(kind, {})[index] = column
    for kind, columns in by_kind.items():
        if any(column.is_sorted for column in columns.values()):
            for index, column in sorted(columns.items()):
                if column.is_sorted or column.may_be_sorted:
                    _take_back(comparison, kind, index, column)


def _columns(comparison: Comparison) -> Iterator[tuple[str, int, _Column]]:
    rows: dict[str, list[RowDifference]] = {}
    changed: dict[tuple[str, int], list[tuple[RowDifference, CellValue]]] = {}
    for row in comparison.rows.values():
        if row.part == 1 and row.alias in row.known.base.rows:
            rows.setdefault(row.known.base.kind, []).append(row)
            for index, found, _ in row.changed:
                changed.setdefault((row.known.base.kind, index), []).append((row, found))
    for (kind, index), cells in sorted(changed.items(), key=lambda each: each[0]):
        if len(cells) > 1:
            yield kind, index, _column(rows[kind], index, cells)


def _column(rows: Sequence[RowDifference], index: int, changed: list[tuple[RowDifference, CellValue]]) -> _Column:
    column = _Column(changed, Counter(), Counter())
    gone: list[RowDifference] = [row for row, _ in changed]
    known, present = changed[0][0].known, {row.alias for row in rows}
    for row, found in changed:
        column.came[row.known.recognition.found_spelling(found)] += 1
    if any(not row.known.base.rows[row.alias][index] for row, _ in changed):
        # Only where a blank was filled can sorting have left a blank elsewhere.
        gone += [row for row in rows if is_blank(row.cells.get(index))]
    aliases = [row.alias for row in gone]
    if len(present) < len(known.base.rows):
        aliases += [alias for alias in known.base.rows if alias not in present]
    for alias in aliases:
        if was := known.base.rows[alias][index]:
            column.went[known.recognition.spelling(index, was)] += 1
    return column


def _filled_empty(comparison: Comparison, kind: str, index: int) -> list[tuple[RowDifference, CellValue]]:
    """What stands in one column of the rows that were empty: sorting carries values into them, too."""
    rows = (row for row in comparison.rows.values() if row.known.base.kind == kind)
    empty = [row for row in rows if row.alias not in row.known.base.rows]
    return [(row, found) for row in empty for at, found, _ in row.changed if at == index]


def _take_back(comparison: Comparison, kind: str, index: int, column: _Column) -> None:
    sheet = comparison.sheets[kind].base
    comparison.resorted.append((sheet.name, sheet.headers[index]))
    left = Counter(column.went)
    for row, found in [*column.rows, *_filled_empty(comparison, kind, index)]:
        row.changed = [each for each in row.changed if each[0] != index]
        spelled = row.known.recognition.found_spelling(found)
        if left[spelled] > 0:
            left[spelled] -= 1
        else:
            comparison.lost.append(_problem(row, index, found, _SORTED))
