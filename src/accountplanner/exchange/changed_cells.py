"""What changed cells of rows that were offered say: clean ones are statements, doubtful and refused ones wait."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Field
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import Statement
from accountplanner.exchange.bursts import hidden_bursts
from accountplanner.exchange.cell_reading import Meaning, Reader, Understood
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.edits import Pen, in_order
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.new_names import NewNames
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.refusals import Refusals, as_problem, short
from accountplanner.exchange.returned.findings import CellChange, Place


@dataclass(slots=True)
class ChangedCells:
    """Reads the changed cells of one file; `found` says afterwards where each value stood, by record and field."""

    record: ExportRecord
    reader: Reader
    pen: Pen
    refusals: Refusals
    names: NewNames
    statements: list[Statement] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    found: dict[tuple[str, str], tuple[Place, CellValue]] = field(default_factory=dict)

    def take(self, changes: Iterable[CellChange]) -> None:
        """Take each by itself; equal values in hidden rows come last, each group as one decision."""
        changes = list(changes)
        bursts = hidden_bursts(changes)
        pasted = {id(change) for burst in bursts for change in burst}
        for change in changes:
            if id(change) not in pasted:
                self._take_one(change)
        for burst in bursts:
            self._take_burst(burst)

    def _take_burst(self, burst: tuple[CellChange, ...]) -> None:
        """Equal values in hidden rows are one decision."""
        within = ChangedCells(self.record, self.reader, self.pen, self.refusals, self.names, found=self.found)
        for change in burst:
            within._take_one(change)
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

    def _take_one(self, change: CellChange) -> None:
        record = self.record.aliases.get(change.alias)
        known = known_field(change.kind, change.field)
        layout = self.record.sheet(change.kind)
        column = layout.column(change.field) if layout else None
        if record is None or known is None or column is None:
            problem = as_problem(change.found, told("a row and a column this version knows"), change.place, "unknown")
            self.problems.append(problem)
            self.suggestions.append(self.refusals.adrift(cell_text(change.found), problem))
            return
        if change.struck:
            may_go = column.open and known.key != KINDS[change.kind].title_key
            self.suggestions.append(self._crossed_out(record, known, change, may_go=may_go))
            return
        understood = self.reader.read(known, change.base, change.found, untyped=bool(change.doubt))
        if column.open:
            self._take_meaning(record, known, change, understood)
        else:
            self._take_unoffered(record, known, change, understood)

    def _crossed_out(self, record: str, known: Field, change: CellChange, *, may_go: bool) -> Suggestion:
        """A value that was struck through: cleared only by somebody who knows what was meant."""
        shown = short(cell_text(change.found))
        if may_go:
            reason = told("“{found}” is struck through; accepted, it is cleared", found=shown)
        else:
            reason = told("“{found}” is struck through; it was not offered for change, so it stays", found=shown)
        suggestion = self.pen.suggestion("struck", (record, known.key, shown), reason, change.place)
        statements = (self.pen.edit(record, known, None),) if may_go else ()
        return replace(suggestion, kind="value", statements=statements)

    def _take_meaning(self, record: str, known: Field, change: CellChange, understood: Understood) -> None:
        match understood.meaning:
            case Meaning.BLANK:
                return
            case Meaning.DAMAGE:
                self._take_damage(record, known, change, understood.words)
            case Meaning.REFUSED:
                self._refuse(record, known, change, understood.words)
            case Meaning.CLEAR:
                is_name = known.key == KINDS[change.kind].title_key
                nameless = told("nobody would recognise the record without it") if is_name else ""
                self._take_value(record, known, change, None, change.doubt or nameless or understood.words)
            case _:
                value = (
                    self.record.aliases.get(understood.value, understood.value) if known.refers_to else understood.value
                )
                self._take_value(record, known, change, value, change.doubt or understood.words)

    def _refuse(self, record: str, known: Field, change: CellChange, expected: str) -> None:
        """Told at once, and kept until a person types what is right."""
        self.problems.append(as_problem(change.found, expected, change.place))
        self.suggestions.append(self.refusals.cell((record, known.key), change.found, expected, change.place))

    def _take_unoffered(self, record: str, known: Field, change: CellChange, understood: Understood) -> None:
        """A cell that was there to be read stays as it is; what a person wrote over it is not thrown away."""
        words = _unoffered(known, change)
        self.notices.append(as_problem(change.found, words, change.place, "locked"))
        if understood.meaning not in {Meaning.BLANK, Meaning.DAMAGE}:
            self.suggestions.append(self.refusals.cell((record, known.key), change.found, words, change.place))

    def _take_damage(self, record: str, known: Field, change: CellChange, words: str) -> None:
        """Told at once and listed for a person, who may only take note of it: the value stays."""
        shown = cell_text(change.found)
        expected = told("“{base}”: {words}", base=short(change.base), words=words)
        self.notices.append(as_problem(change.found, expected, change.place, "damage"))
        reason = told("{words}; “{base}” stays", words=words, base=short(change.base))
        self.suggestions.append(self.pen.suggestion("damage", (record, known.key, short(shown)), reason, change.place))

    def _take_value(self, record: str, known: Field, change: CellChange, value: str | None, doubt: str) -> None:
        if not doubt and self.record.facts.partner and change.alias not in self.record.asked:
            doubt = told("this row was there to be read, and was not asked about")
        joins = (change.alias, change.field) in self.record.conflicts
        statements: tuple[Statement, ...] = ()
        if value != "":
            statements = (self.pen.edit(record, known, value, joins=joins),)
        self.found[record, known.key] = change.place, change.found
        if needed := self.names.needed([value or ""]):
            waits = told("it names a new row that waits to be accepted; accepted, that row comes in with it")
            doubt, statements = doubt or waits, in_order([*needed, *statements])
        if not doubt:
            self.statements += statements
            return
        shown = cell_text(change.found)
        suggestion = self.pen.suggestion("value", (record, known.key, shown), doubt, change.place)
        self.suggestions.append(replace(suggestion, statements=statements))


def _unoffered(known: Field, change: CellChange) -> str:
    """What stood in a cell that was there to be read; a reference is kept by its key, which tells nobody anything."""
    if known.refers_to:
        return told("what stood there; it was not offered for change, so it stays")
    return told("“{base}”; it was not offered for change, so it stays", base=short(change.base))
