"""What a returned workbook means: a pure function of the file's findings and its export record.

The current picture plays no part, so every laptop derives the same statements, with the same ids. A
clean change of an offered cell is a statement; whatever is doubtful is a suggestion that carries the
statements its acceptance would write; what cannot be taken at all is a problem with its place; damage
done by programs, and changes of cells that were not offered, are notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import Field
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import joined, told
from accountplanner.domain.statements import Statement
from accountplanner.exchange.brought_customers import brought_customer
from accountplanner.exchange.cell_reading import Reader
from accountplanner.exchange.changed_cells import ChangedCells
from accountplanner.exchange.contract import WRITTEN_BY
from accountplanner.exchange.derivation import Derivation, Suggestion
from accountplanner.exchange.edits import Pen, in_order
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.going_up import GoingUp
from accountplanner.exchange.keys import SPARE_MARK
from accountplanner.exchange.new_names import NewNames, folded
from accountplanner.exchange.new_rows import NewRow, NewRows
from accountplanner.exchange.noting import Noting
from accountplanner.exchange.reading.cells import CellValue
from accountplanner.exchange.refusals import Refusals, as_problem
from accountplanner.exchange.returned.findings import CellChange, KeylessRow, Place, Returned

_DEEPEST = 8
"""How many turns new rows get to hear of each other: plan, objective, strategy, action is a way of five."""
_BESIDE = told("our own words; it waits in the queue")
_OWN_SHEET = told("one of the sheets that left; it waits in the queue")
_BROUGHT = told("a customer who is new to us comes in as a registration")
_ORDER = {kind: at for at, kind in enumerate(KINDS)}


def derive(record: ExportRecord, returned: Returned, file_id: str = "") -> Derivation:
    """Say what follows from a returned workbook. Nothing is written.

    `file_id` names the file's content, so that a verdict on a suggestion holds for this file only.
    Of a file that waits for its base, nothing follows yet.
    """
    if returned.manifest is None or (returned.waits and not returned.compared_with):
        return Derivation(held=returned.held, notices=returned.notices)
    work = _Work(record, returned, Pen(record.facts, file_id), problems=list(returned.lost))
    work.take_new_rows()
    work.take_changes()
    work.refuse_circles()
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
    names: NewNames = field(default_factory=NewNames)
    found: dict[tuple[str, str], tuple[Place, CellValue]] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        return Reader(self.record.facts.currency, self._resolve, date1904=self.returned.date1904)

    @property
    def refusals(self) -> Refusals:
        facts, saved_by = self.record.facts, self.returned.modified_by
        named = facts.partner_name or facts.recipient_name or (saved_by if saved_by != WRITTEN_BY else "")
        return Refusals(self.pen, named)

    def take_new_rows(self) -> None:
        """Read the new rows until all know what the others are called: one may name another that stands below it."""
        made = self._new_rows()
        for _ in range(_DEEPEST):
            names = NewNames()
            for row in made:
                names.add(row.statements, row.suggestions)
            if names == self.names:
                break
            self.names = names
            made = self._new_rows()
        for row in made:
            self._add(row)

    def take_changes(self) -> None:
        cells = ChangedCells(self.record, self.reader, self.pen, self.refusals, self.names)
        cells.take([change for change in self.returned.changes if not change.alias.startswith(SPARE_MARK)])
        self.statements += cells.statements
        self.suggestions += cells.suggestions
        self.problems += cells.problems
        self.notices += cells.notices
        self.found |= cells.found

    def refuse_circles(self) -> None:
        """Take out whatever would put a record above itself; it stays to be put right."""
        shown = {key: self._records(above) for key, above in self.returned.above.items()}
        closing = GoingUp(shown, self.statements).closing()
        refused = [self._refuse_circle(each, closing[each.mark]) for each in self.statements if each.mark in closing]
        self.statements = [each for each in self.statements if each.mark not in closing]
        going_up = GoingUp(shown, self.statements)
        kept = [each for suggestion in self.suggestions for each in self._without_circles(suggestion, going_up)]
        self.suggestions = kept + refused

    def take_removals(self) -> None:
        for row in self.returned.missing:
            record = self.record.aliases.get(row.alias)
            if record is not None:
                taken_out = told("the row was taken out of the workbook")
                reason = told("the row is struck through") if row.struck else taken_out
                suggestion = self.pen.suggestion("removal", (record, "", row.title), reason, row.place)
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
        self.suggestions += [self.refusals.adrift(each.found, each) for each in self.returned.lost]
        self.suggestions += noting.comments(self.returned.remarks)
        self.notices += [
            as_problem(each.text, _BESIDE if each.place.row else _OWN_SHEET, each.place, "beside")
            for each in self.returned.remarks
            if each.beside
        ]
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

    def _new_rows(self) -> list[NewRow]:
        rows = NewRows(self.record, self.reader, self.pen, self.refusals, self.names)
        spares: dict[str, list[CellChange]] = {}
        for change in self.returned.changes:
            if change.alias.startswith(SPARE_MARK):
                spares.setdefault(change.alias, []).append(change)
        in_turn = sorted(spares.items(), key=lambda each: (_ORDER.get(each[1][0].kind, 0), each[0]))
        made = [self._spare(rows, alias, changes) for alias, changes in in_turn]
        return made + [self._keyless(rows, row) for row in self.returned.keyless]

    def _spare(self, rows: NewRows, alias: str, changes: list[CellChange]) -> NewRow:
        """A filled spare row; in doubt about any cell of it, the whole row waits for a person."""
        kind, place = changes[0].kind, replace(changes[0].place, column="")
        cells = [(change.field, change.found) for change in changes]
        doubt = next((change.doubt for change in changes if change.doubt), "")
        made = rows.from_spare(kind, alias, cells, place, doubt)
        self.found |= {(made.record, change.field): (change.place, change.found) for change in changes}
        return made

    def _keyless(self, rows: NewRows, row: KeylessRow) -> NewRow:
        if brought := brought_customer(self.record, row):
            row = replace(row, kind="registration", cells=brought, reason=joined((row.reason, _BROUGHT), "; "))
        made = rows.without_key(row.kind, row.cells, row.place, row.reason)
        self.found |= {(made.record, key): (row.place, found) for key, found in row.cells}
        return made

    def _add(self, row: NewRow) -> None:
        self.statements += row.statements
        self.suggestions += row.suggestions
        self.problems += row.problems
        self.new += bool(row.statements)

    def _records(self, above: Mapping[str, str]) -> dict[str, str]:
        aliases = self.record.aliases
        return {aliases[each]: aliases[over] for each, over in above.items() if each in aliases and over in aliases}

    def _refuse_circle(self, statement: Statement, expected: str) -> Suggestion:
        about = statement.record, statement.field
        place, found = self.found[about]
        self.problems.append(as_problem(found, expected, place))
        return self.refusals.cell(about, found, expected, place)

    def _without_circles(self, suggestion: Suggestion, going_up: GoingUp) -> list[Suggestion]:
        """A suggestion as it may be accepted, and beside it what was taken out."""
        closing = going_up.would_close(suggestion.statements)
        refused = [
            self._refuse_circle(each, closing[each.mark]) for each in suggestion.statements if each.mark in closing
        ]
        left = tuple(each for each in suggestion.statements if each.mark not in closing)
        return [*([replace(suggestion, statements=left)] if left or not refused else []), *refused]

    def _resolve(self, known: Field, text: str) -> str | None:
        named = (self.returned.named.get(kind, {}).get(folded(text)) for kind in known.refers_to)
        found = {alias for alias in named if alias is not None and alias in self.record.aliases}
        found |= self.names.meant(known, text)
        return found.pop() if len(found) == 1 else None
