"""Cells struck through and rows in a colour: what people say with a pen. Nothing of it is applied without a person."""

from collections.abc import Collection, Iterator, Mapping

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import joined, told
from accountplanner.exchange.base import BaseSheet
from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.returned.findings import CellChange, MissingRow, Place
from accountplanner.exchange.returned.rows import RowDifference
from accountplanner.exchange.returned.sheets import FoundSheet, KeyedRow

_STRUCK_ROW = told("its row is struck through")
_STRUCK_CELL = told("it is struck through")
_NAMED = 3


def note_struck(difference: RowDifference, fields: Mapping[int, int], columns: Collection[int]) -> None:
    """Say of a row which of its cells are struck through; with its name, or half of them, the whole row is."""
    struck = {fields[column] for column in columns if column in fields} & set(difference.cells)
    if not struck:
        return
    if 0 in struck or 2 * len(struck) >= len(difference.cells):
        difference.struck = True
        difference.doubt = difference.doubt or _STRUCK_ROW
        return
    difference.changed = [
        (index, found, (doubt or _STRUCK_CELL) if index in struck else doubt)
        for index, found, doubt in difference.changed
    ]
    base, changed = difference.base_cells(), {index for index, _, _ in difference.changed}
    if base is not None and difference.part == 1:
        difference.crossed = tuple(sorted(at for at in struck - changed if base[at] and len(text_parts(base[at])) == 1))


def crossed_out(row: RowDifference) -> Iterator[CellChange]:
    """Its cells that show what was exported, struck through."""
    sheet = row.known.base
    for index in row.crossed:
        place, value = Place(row.place.sheet, row.place.row, sheet.headers[index]), sheet.rows[row.alias][index]
        found = row.cells[index]
        yield CellChange(row.alias, sheet.kind, sheet.fields[index], value, found, place, _STRUCK_CELL, struck=True)


def struck_rows(rows: Collection[RowDifference], titles: Mapping[str, Mapping[str, str]]) -> Iterator[MissingRow]:
    """Rows of records that were struck through, which may mean that they are to go."""
    for row in rows:
        cells = row.known.base.rows.get(row.alias)
        if row.struck and row.part == 1 and cells is not None:
            kind = row.known.base.kind
            yield MissingRow(row.alias, kind, titles.get(kind, {}).get(row.alias) or cells[0], row.place, struck=True)


def colour_notices(found: FoundSheet, base: BaseSheet, titles: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """One sentence for the rows in which somebody coloured cells; nothing where a program gave every row a colour."""
    coloured = [keyed for keyed in found.rows if keyed.row.number in found.sheet.marks.coloured]
    if coloured and len(coloured) < len(found.rows):
        names: str = joined((_name(each, base, titles) for each in coloured[:_NAMED]), ", ")
        if len(coloured) > _NAMED:
            names = told("{names} and {count:,} more", names=names, count=len(coloured) - _NAMED)
        yield Problem(
            found.sheet.name,
            0,
            "",
            told("a colour of somebody’s own: {names}", names=names),
            told("words; what a colour means is not known here, so nothing follows from it"),
            "coloured",
        )


def _name(keyed: KeyedRow, base: BaseSheet, titles: Mapping[str, Mapping[str, str]]) -> str:
    cells = base.rows.get(keyed.key.alias) if keyed.key else None
    if keyed.key is None or cells is None:
        return told("row {row}", row=str(keyed.row.number))
    return titles.get(base.kind, {}).get(keyed.key.alias) or cells[0]
