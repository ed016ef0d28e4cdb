"""Rows that were not there when the workbook left: filled spare rows, and rows typed without a key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Field
from accountplanner.domain.ids import derived_id
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told, within
from accountplanner.domain.statements import Statement
from accountplanner.exchange.cell_reading import Meaning, Reader
from accountplanner.exchange.contract import SheetLayout
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.edits import Pen
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.keys import spare_record
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.findings import Place

_OURS = {"partner_note": "partner", "registration": "partner"}
"""Kinds whose records belong to the partner who filled the row."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """What one new row gives: statements, or a suggestion, and what could not be taken."""

    statements: tuple[Statement, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class NewRows:
    """Makes records of new rows of one returned workbook."""

    record: ExportRecord
    reader: Reader
    pen: Pen

    def from_spare(
        self, kind: str, alias: str, cells: Sequence[tuple[str, CellValue]], place: Place, doubt: str
    ) -> NewRow:
        """A filled empty row: a new record whose id its key and name decide; in doubt the row is a suggestion."""
        taken, doubted, problems = self._understand(kind, cells, place)
        named = self._named(kind, [*taken, *((field, value) for field, value, _ in doubted)])
        new = spare_record(self.record.facts.secret, kind, alias, *named)
        if not taken and not doubted:
            return NewRow(problems=tuple(problems))
        if reason := doubt or self._unclear(kind, taken):
            pairs = [*taken, *((field, value) for field, value, _ in doubted if value)]
            row = self._suggested(new, cells, place, reason)
            return NewRow((), (replace(row, statements=self._statements(kind, new, pairs)),), tuple(problems))
        suggestions = [
            replace(
                self.pen.suggestion("value", (new, field.key, value), words, replace(place, column=field.label)),
                statements=(self.pen.edit(new, field, value),) if value else (),
            )
            for field, value, words in doubted
        ]
        return NewRow(self._statements(kind, new, taken), tuple(suggestions), tuple(problems))

    def without_key(self, kind: str, cells: Sequence[tuple[str, CellValue]], place: Place, reason: str) -> NewRow:
        """A row without a key: a suggestion whose record id its content decides."""
        taken, doubted, problems = self._understand(kind, cells, place)
        values = {field.key: value for field, value in taken} | {
            field.key: value for field, value, _ in doubted if value
        }
        if not values:
            return NewRow(problems=tuple(problems))
        content = [part for key in sorted(values) for part in (key, values[key])]
        record = derived_id(kind, self.record.facts.secret, "row", *content)
        row = self._suggested(record, cells, place, reason)
        pairs = [*taken, *((field, value) for field, value, _ in doubted if value)]
        return NewRow((), (replace(row, statements=self._statements(kind, record, pairs)),), tuple(problems))

    def _understand(
        self, kind: str, cells: Sequence[tuple[str, CellValue]], place: Place
    ) -> tuple[list[tuple[Field, str]], list[tuple[Field, str, str]], list[Problem]]:
        taken: list[tuple[Field, str]] = []
        doubted: list[tuple[Field, str, str]] = []
        problems: list[Problem] = []
        layout = self.record.sheet(kind)
        for key, found in cells:
            field = known_field(kind, key)
            if field is None or not _may_fill(layout, key):
                problems.append(
                    _problem(
                        place,
                        key if field is None else field.label,
                        found,
                        told("nothing here: this cell was not offered"),
                    )
                )
                continue
            understood = self.reader.read(field, "", found)
            if understood.meaning is Meaning.EDIT:
                taken.append((field, self._resolved(field, understood.value)))
            elif understood.meaning in {Meaning.DOUBT, Meaning.DAMAGE}:
                doubted.append((field, understood.value, understood.words))
            elif understood.meaning is Meaning.REFUSED:
                problems.append(_problem(place, field.label, found, understood.words))
        return taken, doubted, problems

    def _resolved(self, field: Field, value: str) -> str:
        return self.record.aliases.get(value, value) if field.refers_to else value

    def _statements(self, kind: str, record: str, taken: Sequence[tuple[Field, str]]) -> tuple[Statement, ...]:
        statements = [self.pen.creation(record)]
        statements += [self.pen.edit(record, field, value) for field, value in taken]
        partner = known_field(kind, _OURS.get(kind, ""))
        if partner is not None and self.record.facts.partner:
            statements.append(self.pen.edit(record, partner, self.record.facts.partner))
        return tuple(statements)

    def _named(self, kind: str, cells: Sequence[tuple[Field, str]]) -> tuple[str, str]:
        """What a row calls its record, and under what it belongs; what partners bring belongs under them anyhow."""
        said = {field.key: value for field, value in cells}
        owners = () if kind in _OURS and self.record.facts.partner else KINDS[kind].owners
        under = next((said[owner.key] for owner in owners if said.get(owner.key)), "")
        return said.get(KINDS[kind].title_key, ""), under

    def _unclear(self, kind: str, taken: Sequence[tuple[Field, str]]) -> str:
        """Words for a row without a name, or that belongs to nothing; blank for a clear one."""
        title = KINDS[kind].field(KINDS[kind].title_key)
        if title is not None and title not in [field for field, _ in taken]:
            return told("its {field} is missing or not certain", field=within(title.label))
        owners = KINDS[kind].owners
        if not owners or any(field.owner for field, _ in taken) or (kind in _OURS and self.record.facts.partner):
            return ""
        return told(
            "it does not say to which {kinds} it belongs", kinds=_either([within(each.label) for each in owners])
        )

    def _suggested(self, record: str, cells: Sequence[tuple[str, CellValue]], place: Place, reason: str) -> Suggestion:
        texts = [cell_text(found) for _, found in sorted(cells, key=lambda cell: cell[0])]
        shown = ", ".join(text for text in texts if text)
        return self.pen.suggestion("row", (record, "", shown), reason, place)


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else told("{one} or {other}", one=words[0], other=_either(words[1:]))


def _may_fill(layout: SheetLayout | None, key: str) -> bool:
    column = layout.column(key) if layout else None
    return column is not None and column.open_on_new


def _problem(place: Place, column: str, found: CellValue, expected: str) -> Problem:
    return Problem(place.sheet, place.row, column, cell_text(found), expected)
