"""What a returned workbook means: a pure function of the file's findings and its export record.

The current picture plays no part, so every laptop derives the same statements, with the same ids. A
clean change of an offered cell is a statement; whatever is doubtful is a suggestion that carries the
statements its acceptance would write; what cannot be taken at all is a problem with its place; damage
done by programs, and changes of cells that were not offered, are notices.
"""

from dataclasses import dataclass, field, replace

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Field
from accountplanner.domain.ids import kind_of
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import Statement
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.bursts import hidden_bursts
from accountplanner.exchange.cell_reading import Meaning, Reader, Understood
from accountplanner.exchange.derivation import Derivation, Suggestion
from accountplanner.exchange.edits import Pen, in_order
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.new_rows import NewRow, NewRows
from accountplanner.exchange.noting import Noting
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.findings import CellChange, Returned

_SHORT = 120
_ORDER = {kind: at for at, kind in enumerate(KINDS)}


def derive(record: ExportRecord, returned: Returned, file_id: str = "") -> Derivation:
    """Say what follows from a returned workbook. Nothing is written.

    `file_id` names the file's content, so that a verdict on a suggestion holds for this file only.
    Of a file that waits for its base, nothing follows yet.
    """
    if returned.manifest is None or (returned.waits and not returned.compared_with):
        return Derivation(held=returned.held, notices=returned.notices)
    work = _Work(record, returned, Pen(record.facts, file_id), problems=list(returned.lost))
    work.take_changes()
    work.take_new_rows()
    work.take_removals()
    work.take_remarks()
    return work.result()


@dataclass(slots=True)
class _Work:
    record: ExportRecord
    returned: Returned
    pen: Pen
    statements: list[Statement] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    removed: list[Suggestion] = field(default_factory=list)
    new: int = 0
    fresh: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        return Reader(self.record.facts.currency, self._resolve, date1904=self.returned.date1904)

    def take_changes(self) -> None:
        reader = self.reader
        spares: dict[str, list[CellChange]] = {}
        bursts = hidden_bursts(change for change in self.returned.changes if not change.alias.startswith("n"))
        pasted = {id(change) for burst in bursts for change in burst}
        for change in self.returned.changes:
            if change.alias.startswith("n"):
                spares.setdefault(change.alias, []).append(change)
            elif id(change) not in pasted:
                self._take_change(reader, change)
        for burst in bursts:
            self._take_burst(reader, burst)
        rows = NewRows(self.record, reader, self.pen)
        # Accounts before their contacts, and those before what names them: a new row may belong to a new row.
        for alias, changes in sorted(spares.items(), key=lambda each: (_ORDER.get(each[1][0].kind, 0), each[0])):
            self._take_spare(rows, alias, changes)

    def take_new_rows(self) -> None:
        rows = NewRows(self.record, self.reader, self.pen)
        for row in self.returned.keyless:
            self._add(rows.without_key(row.kind, row.cells, row.place, row.reason))

    def take_removals(self) -> None:
        for row in self.returned.missing:
            record = self.record.aliases.get(row.alias)
            if record is not None:
                suggestion = self.pen.suggestion(
                    "removal", (record, "", row.title), told("the row was taken out of the workbook"), row.place
                )
                self.removed.append(replace(suggestion, statements=(self.pen.removal(record),)))

    def result(self) -> Derivation:
        counts = {
            "rows": self.returned.rows,
            "cells": self.returned.cells,
            "changed": len(self.returned.changes),
            "statements": len(self.statements),
            "new": self.new,
            "suggestions": len(self.suggestions),
            "problems": len(self.problems),
            "removed": len(self.removed),
        }
        return Derivation(
            in_order(self.statements),
            tuple({each.id: each for each in self.suggestions}.values()),
            tuple(self.problems),
            self.returned.notices + tuple(self.notices),
            tuple(self.removed),
            self.returned.held,
            counts,
        )

    def take_remarks(self) -> None:
        noting = Noting(self.record, self.pen)
        self.suggestions += noting.comments(self.returned.remarks)
        for added in self.returned.added:
            suggestion = noting.column(added)
            if suggestion is not None:
                self.suggestions.append(suggestion)
            # What stands beside no record cannot become a note: it is told cell by cell.
            alone = [(cell.place.row, cell.text) for cell in added.cells if not cell.about]
            for row, text in alone or ([] if added.cells else [(0, added.header)]):
                self.notices.append(
                    Problem(added.sheet, row, added.header, text, told("a column that left"), "unknown")
                )

    def _take_burst(self, reader: Reader, burst: tuple[CellChange, ...]) -> None:
        """Equal values in hidden rows are one decision."""
        within = _Work(self.record, self.returned, self.pen)
        for change in burst:
            within._take_change(reader, change)
        self.suggestions += within.suggestions
        self.problems += within.problems
        self.notices += within.notices
        if within.statements:
            first = burst[0]
            reason = told(
                "it stands in {count} rows that were hidden when the workbook was saved, and may have been "
                "pasted over a filtered list",
                count=len(burst),
            )
            content = "\n".join([cell_text(first.found), *sorted(change.alias for change in burst)])
            named = self.pen.suggestion("group", ("", "", content), reason, first.place)
            shown = replace(named, value=cell_text(first.found), statements=in_order(within.statements))
            self.suggestions.append(shown)

    def _take_spare(self, rows: NewRows, alias: str, changes: list[CellChange]) -> None:
        """A filled spare row; in doubt about any cell of it, the whole row waits for a person."""
        kind, place = changes[0].kind, replace(changes[0].place, column="")
        cells = [(change.field, change.found) for change in changes]
        doubt = next((change.doubt for change in changes if change.doubt), "")
        self._add(rows.from_spare(kind, alias, cells, place, doubt))

    def _add(self, row: NewRow) -> None:
        self.statements += row.statements
        for each in row.statements:
            kind = KINDS[kind_of(each.record)]
            if each.field == kind.title_key and each.value:
                self.fresh.setdefault((kind.key, _folded(each.value)), set()).add(each.record)
        self.suggestions += row.suggestions
        self.problems += row.problems
        self.new += bool(row.statements)

    def _take_change(self, reader: Reader, change: CellChange) -> None:
        record = self.record.aliases.get(change.alias)
        known = known_field(change.kind, change.field)
        layout = self.record.sheet(change.kind)
        column = layout.column(change.field) if layout else None
        if record is None or known is None or column is None:
            self.problems.append(_told(change, change.found, told("a row and a column this version knows"), "unknown"))
        elif not column.open:
            self.notices.append(_told(change, change.found, _unoffered(known, change), "locked"))
        else:
            understood = reader.read(known, change.base, change.found, untyped=bool(change.doubt))
            self._take_meaning(record, known, change, understood)

    def _take_meaning(self, record: str, known: Field, change: CellChange, understood: Understood) -> None:
        match understood.meaning:
            case Meaning.BLANK:
                return
            case Meaning.DAMAGE:
                self._take_damage(record, known, change, understood.words)
            case Meaning.REFUSED:
                self.problems.append(_told(change, change.found, understood.words, "value"))
            case Meaning.CLEAR:
                is_name = known.key == KINDS[change.kind].title_key
                nameless = told("nobody would recognise the record without it") if is_name else ""
                self._take_value(record, known, change, None, change.doubt or nameless)
            case _:
                value = (
                    self.record.aliases.get(understood.value, understood.value) if known.refers_to else understood.value
                )
                self._take_value(record, known, change, value, change.doubt or understood.words)

    def _take_damage(self, record: str, known: Field, change: CellChange, words: str) -> None:
        """Told at once and listed for a person, who may only take note of it: the value stays."""
        shown = cell_text(change.found)
        self.notices.append(
            _told(change, change.found, told("“{base}”: {words}", base=_short(change.base), words=words), "damage")
        )
        reason = told("{words}; “{base}” stays", words=words, base=_short(change.base))
        self.suggestions.append(self.pen.suggestion("damage", (record, known.key, _short(shown)), reason, change.place))

    def _take_value(self, record: str, known: Field, change: CellChange, value: str | None, doubt: str) -> None:
        if not doubt and self.record.facts.partner and change.alias not in self.record.asked:
            doubt = told("this row was there to be read, and was not asked about")
        joins = (change.alias, change.field) in self.record.conflicts
        statements = (self.pen.edit(record, known, value, joins=joins),) if value != "" else ()
        if not doubt:
            self.statements += statements
            return
        shown = cell_text(change.found)
        suggestion = self.pen.suggestion("value", (record, known.key, shown), doubt, change.place)
        self.suggestions.append(replace(suggestion, statements=statements))

    def _resolve(self, known: Field, text: str) -> str | None:
        wanted = _folded(text)
        named = (self.returned.named.get(kind, {}).get(wanted) for kind in known.refers_to)
        found = {alias for alias in named if alias is not None and alias in self.record.aliases}
        found = found.union(*(self.fresh.get((kind, wanted), ()) for kind in known.refers_to))
        return found.pop() if len(found) == 1 else None


def _told(change: CellChange, found: CellValue, expected: str, code: str) -> Problem:
    shown = _short(cell_text(found))
    return Problem(change.place.sheet, change.place.row, change.place.column, shown, expected, code)


def _unoffered(known: Field, change: CellChange) -> str:
    """What stood in a cell that was there to be read; a reference is kept by its key, which tells nobody anything."""
    if known.refers_to:
        return told("what stood there; it was not offered for change, so it stays")
    return told("“{base}”; it was not offered for change, so it stays", base=_short(change.base))


def _folded(text: str) -> str:
    return comparison_text(text).casefold()


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT // 2].rstrip()} … {text[-_SHORT // 2 :].lstrip()}"
