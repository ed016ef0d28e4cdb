"""Rows that were not there when the workbook left: filled spare rows, and rows typed without a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Field
from accountplanner.domain.ids import derived_id, kind_of
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import joined, told, within
from accountplanner.domain.statements import Statement
from accountplanner.exchange.cell_reading import Meaning, Reader
from accountplanner.exchange.contract import SheetLayout
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.edits import Pen, in_order
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.keys import spare_record
from accountplanner.exchange.new_names import NewNames, folded
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.refusals import Refusals, as_problem
from accountplanner.exchange.returned.findings import Place
from accountplanner.exchange.stand_ins import names_totals

_TOTALS = told("it looks like a line of totals")
_OURS = {"partner_note": "partner", "registration": "partner"}
"""Kinds whose records belong to the partner who filled the row."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """What one new row gives: statements, or a suggestion, and what could not be taken. `record` is the new one."""

    statements: tuple[Statement, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    problems: tuple[Problem, ...] = ()
    record: str = ""


@dataclass(frozen=True, slots=True)
class _Refused:
    """A cell of a new row that cannot be taken."""

    field: str
    found: CellValue
    expected: str
    place: Place


@dataclass(slots=True)
class _Said:
    """What the cells of a new row say: certain values, doubtful ones with the reason, and what was refused."""

    taken: list[tuple[Field, str]] = dataclass_field(default_factory=list)
    doubted: list[tuple[Field, str, str]] = dataclass_field(default_factory=list)
    refused: list[_Refused] = dataclass_field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[Field, str]]:
        """Every value, the doubtful ones as they would be taken."""
        return [*self.taken, *((field, value) for field, value, _ in self.doubted if value)]

    def problems(self) -> tuple[Problem, ...]:
        """What was refused, for the preview."""
        return tuple(as_problem(each.found, each.expected, each.place) for each in self.refused)


@dataclass(frozen=True, slots=True)
class NewRows:
    """Makes records of new rows of one returned workbook. `names` is what the other new rows are called."""

    record: ExportRecord
    reader: Reader
    pen: Pen
    refusals: Refusals
    names: NewNames

    def from_spare(
        self, kind: str, alias: str, cells: Sequence[tuple[str, CellValue]], place: Place, doubt: str
    ) -> NewRow:
        """A filled empty row: a new record whose id its key and name decide; in doubt the row is a suggestion."""
        said = self._understand(kind, cells, place)
        named = self._named(kind, [*said.taken, *((field, value) for field, value, _ in said.doubted)])
        new = spare_record(self.record.facts.secret, kind, alias, *named)
        if not said.taken and not said.doubted:
            return NewRow((), self._refusals("", said), said.problems())
        if reason := doubt or self._unclear(kind, said.taken) or self._unaccepted(said.taken):
            row = self._proposed(new, cells, said, place, reason)
            return NewRow((), (row, *self._refusals(new, said)), said.problems(), new)
        suggestions = [
            replace(
                self.pen.suggestion("value", (new, field.key, value), words, replace(place, column=field.label)),
                statements=(self.pen.edit(new, field, value),) if value else (),
            )
            for field, value, words in said.doubted
        ]
        suggestions += self._refusals(new, said)
        return NewRow(self._statements(kind, new, said.taken), tuple(suggestions), said.problems(), new)

    def without_key(self, kind: str, cells: Sequence[tuple[str, CellValue]], place: Place, reason: str) -> NewRow:
        """A row without a key: a suggestion whose record id its content decides."""
        said = self._understand(kind, cells, place)
        if not said.pairs:
            return NewRow((), self._refusals("", said), said.problems())
        record = derived_id(kind, self.record.facts.secret, "row", *self._content(said, dict(cells)))
        totals = _TOTALS if names_totals(self._named(kind, said.pairs)[0]) else ""
        reasons = [each for each in (reason, totals, self._unaccepted(said.pairs)) if each]
        row = self._proposed(record, cells, said, place, joined(reasons, "; "))
        return NewRow((), (row, *self._refusals(record, said)), said.problems(), record)

    def _content(self, said: _Said, cells: Mapping[str, CellValue]) -> list[str]:
        """What tells a row without a key from others; a new record it names counts by its title, for rows may name each other."""
        values = {field.key: value for field, value in said.pairs}
        for field, value in said.pairs:
            if field.refers_to and value in self.names.records:
                values[field.key] = folded(cell_text(cells[field.key]))
        return [part for key in sorted(values) for part in (key, values[key])]

    def _understand(self, kind: str, cells: Sequence[tuple[str, CellValue]], place: Place) -> _Said:
        said = _Said()
        layout = self.record.sheet(kind)
        for key, found in cells:
            field = known_field(kind, key)
            if field is None or not _may_fill(layout, key):
                words = told("nothing here: this cell was not offered")
                column = key if field is None else field.label
                said.refused.append(_Refused(key, found, words, replace(place, column=column)))
                continue
            understood = self.reader.read(field, "", found)
            if understood.meaning is Meaning.EDIT:
                said.taken.append((field, self._resolved(field, understood.value)))
            elif understood.meaning in {Meaning.DOUBT, Meaning.DAMAGE}:
                said.doubted.append((field, understood.value, understood.words))
            elif understood.meaning is Meaning.REFUSED:
                said.refused.append(_Refused(key, found, understood.words, replace(place, column=field.label)))
        return said

    def _refusals(self, record: str, said: _Said) -> tuple[Suggestion, ...]:
        """What was refused, kept until a person has decided; without a record it can only be looked at."""
        return tuple(
            self.refusals.cell((record, each.field), each.found, each.expected, each.place)
            if record
            else self.refusals.adrift(cell_text(each.found), as_problem(each.found, each.expected, each.place))
            for each in said.refused
        )

    def _unaccepted(self, taken: Sequence[tuple[Field, str]]) -> str:
        if not self.names.needed([value for _, value in taken]):
            return ""
        return told("it names a new row that waits to be accepted; accepted, that row comes in with it")

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

    def _proposed(
        self, record: str, cells: Sequence[tuple[str, CellValue]], said: _Said, place: Place, reason: str
    ) -> Suggestion:
        """The whole row as one suggestion, together with the rows it cannot stand without."""
        texts = [cell_text(found) for _, found in sorted(cells, key=lambda cell: cell[0])]
        shown = ", ".join(text for text in texts if text)
        row = self.pen.suggestion("row", (record, "", shown), reason, place)
        needed = self.names.needed([value for _, value in said.pairs])
        own = self._statements(kind_of(record), record, said.pairs)
        return replace(row, statements=in_order([*needed, *own]) if needed else own)


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else told("{one} or {other}", one=words[0], other=_either(words[1:]))


def _may_fill(layout: SheetLayout | None, key: str) -> bool:
    column = layout.column(key) if layout else None
    return column is not None and column.open_on_new
