"""Records from somebody's tables, by a mapping; the same on every laptop that has the team secret.

Nothing is looked up and nothing written. A bad cell costs its own value, a bad key or required
reference the whole row; every loss is listed with sheet, row, column, what was found and what was
expected. A blank states nothing.
"""

from collections.abc import Collection, Container, Iterable, Sequence

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import Sentence, told
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.derivation import REASON_COLUMN, RejectedRow, RowRecord, TableDerivation, Waiting
from accountplanner.exchange.tables.finding import Finder, NamedRecords, NobodyKnown
from accountplanner.exchange.tables.lines import Layout, Line
from accountplanner.exchange.tables.making import Key, RecordIds, RecordMaker
from accountplanner.exchange.tables.mapping import Reference, TableMapping, TableSpec, folded
from accountplanner.exchange.tables.rejoin import Rejoining
from accountplanner.exchange.tables.rows import ReadyTable, problem_reason, ready_table


def derive_records(  # noqa: PLR0913 - what is read, how, and what is known already
    tables: Iterable[RawTable],
    mapping: TableMapping,
    secret: bytes,
    rejoinings: Collection[Rejoining] = (),
    known: Container[str] | None = None,
    *,
    finder: Finder | None = None,
) -> TableDerivation:
    """Derive every record the mapping makes of these tables.

    `rejoinings` are proposals of an earlier derivation that a person accepted. `known` holds the
    ids of records the workspace already has: references into a table that is not here must lead
    to one of them; without it such references are taken as they are. `finder` knows them by name.
    """
    tables = list(tables)
    assigned = mapping.assigned(tables)
    accepted = {(each.label, each.row): each for each in rejoinings}
    ready = {
        label: ready_table(mapping.spec(label), table, mapping.blanks, accepted) for label, table in assigned.items()
    }
    work = _Derivation(mapping, ready, RecordIds(mapping, secret), known, finder or NobodyKnown())
    for label in _in_order(mapping, ready):
        work.derive(mapping.spec(label))
    taken = {id(table) for table in assigned.values()}
    return TableDerivation(
        records=tuple(work.wanted_records()),
        # Lines of one order meet the same bad cell of that order again and again.
        problems=tuple(dict.fromkeys([*work.problems, *(each for table in ready.values() for each in table.problems)])),
        rejected=tuple(each for table in ready.values() for each in table.rejected),
        rejoinings=tuple(each for table in ready.values() for each in table.rejoinings),
        rejoined=sum(table.rejoined for table in ready.values()),
        waiting=tuple(work.waiting),
        unrecognised=tuple(table.name for table in tables if id(table) not in taken),
        unmapped=_unmapped(mapping, ready),
        tables=tuple(assigned.items()),
    )


class _Derivation:
    """The records made so far, by which later references are judged."""

    def __init__(
        self,
        mapping: TableMapping,
        ready: dict[str, ReadyTable],
        ids: RecordIds,
        known: Container[str] | None,
        finder: Finder,
    ) -> None:
        self.records: list[RowRecord] = []
        self.problems: list[Problem] = []
        self.waiting: list[Waiting] = []
        self._mapping = mapping
        self._ready = ready
        self._ids = ids
        self._known = known
        self._names = NamedRecords(finder)
        self._unless_known: list[RowRecord] = []
        self._made: dict[tuple[str, str], set[str]] = {}

    def derive(self, spec: TableSpec) -> None:
        """Derive the records of one table, after those it refers to."""
        table = self._ready[spec.label]
        needs = self._missing(spec)
        if needs:
            self.waiting.append(Waiting(spec.label, table.raw.name, len(table.rows), needs))
            return
        layout = Layout(table, self._ready[spec.join.table] if spec.join else None, spec.join.on if spec.join else "")
        makers = [RecordMaker(self._mapping, spec, record, layout, self._names) for record in spec.records]
        keyed = [(line, keys) for line, keys in self._keyed(table, layout, makers) if keys]
        for maker in makers:
            ids = {self._id(spec.label, maker, key) for _, keys in keyed if (key := keys.get(maker))}
            self._made.setdefault((spec.label, maker.kind), set()).update(ids)
        for line, keys in keyed:
            self._name(spec.label, line, keys)
        for line, keys in keyed:
            self._make(table, line, keys)

    def wanted_records(self) -> list[RowRecord]:
        """The records made, without those made only in case nobody of that name is known, where somebody is."""
        named = {value for record in self.records for value in record.values.values() if ":" in value}
        named -= {record.record for record in self.records}
        wanted = {each.record: each for each in reversed(self._unless_known) if each.record in named}
        return [*reversed(wanted.values()), *self.records]

    def _name(self, label: str, line: Line, keys: dict[RecordMaker, Key]) -> None:
        """Remember what the row calls its records, before any row is made: it may name a later one."""
        for maker, key in keys.items():
            record = self._id(label, maker, key)
            names = self._names.unless_known if maker.is_unless_known else self._names.imported
            names.add(maker.kind, record, maker.names(line))

    def _id(self, label: str, maker: RecordMaker, key: Key) -> str:
        if maker.is_unless_known:
            return self._ids.named(maker.kind, key[0])
        return self._ids.record(maker.kind, label, key)

    def _missing(self, spec: TableSpec) -> str:
        """The table without which this one says nothing; blank if it is here, or none is needed."""
        if spec.join:
            return "" if spec.join.table in self._ready else spec.join.table
        joining = [each.label for each in self._mapping.tables if each.join and each.join.table == spec.label]
        if spec.records or not joining or any(label in self._ready for label in joining):
            return ""
        return joining[0]

    def _keyed(
        self, table: ReadyTable, layout: Layout, makers: Sequence[RecordMaker]
    ) -> list[tuple[Line, dict[RecordMaker, Key]]]:
        """The lines with the keys of the records they make; repeated and keyless ones are dealt with here."""
        first: dict[tuple[RecordMaker, Key], Line] = {}
        keyed = []
        for line in layout.lines():
            keys: dict[RecordMaker, Key] = {}
            problems: list[Problem] = []
            repeated = False
            for maker in makers:
                if not maker.is_there(line):
                    continue
                key = maker.key(line)
                if isinstance(key, Problem):
                    problems.append(key)
                elif (earlier := first.setdefault((maker, key), line)) is line:
                    keys[maker] = key
                else:
                    repeated = True
                    problems.extend(_contradiction(table, maker, key, earlier, line))
            if any(problem.code == "key" for problem in problems) or (problems and not keys):
                self._reject(table, line, problems)
            else:
                self.problems.extend(problems)
                keyed.append((line, {} if repeated and not keys else keys))
        return keyed

    def _make(self, table: ReadyTable, line: Line, keys: dict[RecordMaker, Key]) -> None:
        """Make a line's records, or none of them."""
        ids = {maker: self._id(table.label, maker, key) for maker, key in keys.items()}
        made = {maker: maker.make(line, self._ids, self._exists, ids[maker]) for maker in keys}
        fatal = [problem for each in made.values() for problem in each.fatal]
        if fatal:
            self._reject(table, line, fatal)
            for maker, record in ids.items():
                if not maker.is_unless_known:
                    self._made[table.label, maker.kind].discard(record)
                    self._names.imported.forget(record)
            # Whom the row names, other rows may name as well.
            made = {maker: each for maker, each in made.items() if maker.is_unless_known}
        spoilt = [problem for each in made.values() for problem in each.problems]
        if spoilt:
            self._reject(table, line, spoilt)
        for maker, each in made.items():
            source = self._mapping.source_of(table.label)
            self._names.imported.belongs(ids[maker], each.values.get("account", ""))
            records = self._unless_known if maker.is_unless_known else self.records
            records.append(
                RowRecord(ids[maker], maker.kind, source, keys[maker], table.raw.name, line.own.number, each.values)
            )

    def _reject(self, table: ReadyTable, line: Line, problems: list[Problem]) -> None:
        """List a line of which nothing was taken, or not everything."""
        self.problems.extend(problems)
        reasons = tuple(dict.fromkeys(problem_reason(problem) for problem in problems))
        table.rejected.append(RejectedRow(table.label, line.own.number, line.own.cells, reasons))

    def _exists(self, label: str, kind: str, record: str) -> bool:
        if record in self._made.get((label, kind), ()):
            return True
        if self._known is not None:
            return record in self._known
        return label not in self._ready


def _contradiction(table: ReadyTable, maker: RecordMaker, key: Key, earlier: Line, line: Line) -> list[Problem]:
    """A second row with the same key: nothing if it says the same, else a problem; the first one stays."""
    if maker.is_unless_known or maker.says(earlier) == maker.says(line):
        return []
    expected = told(
        "each {kind} once (row {row} has the same key and says otherwise)",
        kind=Sentence(maker.kind, record_kind(maker.kind).label, {}),
        row=earlier.own.number,
    )
    return [Problem(table.raw.name, line.own.number, "", " ".join(key), expected, "duplicate")]


def _in_order(mapping: TableMapping, ready: dict[str, ReadyTable]) -> list[str]:
    """Tables after those their references lead to; in a circle, as they are declared."""
    ordered: list[str] = []
    begun: set[str] = set()

    def visit(label: str) -> None:
        if label in begun or label not in ready:
            return
        begun.add(label)
        for record in mapping.spec(label).records:
            for reference in record.references:
                visit(reference.table)
                for other in _making(mapping, reference) if reference.named else ():
                    visit(other)
        ordered.append(label)

    for spec in mapping.tables:
        visit(spec.label)
    return ordered


def _making(mapping: TableMapping, reference: Reference) -> list[str]:
    """The tables whose rows a name may mean."""
    return [
        spec.label
        for spec in mapping.tables
        if any(record.kind == reference.kind and not record.unless_known for record in spec.records)
    ]


def _unmapped(mapping: TableMapping, ready: dict[str, ReadyTable]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    used: dict[str, set[str]] = {}
    for spec in mapping.tables:
        names = {folded(column) for record in spec.records for column in record.columns()}
        names.add(folded(REASON_COLUMN))
        for label in (spec.label, *([spec.join.table] if spec.join else [])):
            used.setdefault(label, set()).update(names, map(folded, spec.not_taken), map(folded, spec.header))
    left = {
        label: tuple(column for column in table.raw.header if column and folded(column) not in used.get(label, set()))
        for label, table in ready.items()
    }
    return tuple((label, columns) for label, columns in left.items() if columns)
