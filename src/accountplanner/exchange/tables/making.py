"""One record of a row: its key, its values, and what is wrong with them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field, record_kind
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.ids import derived_id
from accountplanner.domain.money import Money, line_amount
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told, within
from accountplanner.domain.text import clean_line
from accountplanner.exchange.tables.finding import Asking, NamedRecords, called
from accountplanner.exchange.tables.lines import Layout, Line
from accountplanner.exchange.tables.mapping import RecordMapping, Reference, TableMapping, TableSpec

Key = tuple[str, ...]
Exists = Callable[[str, str, str], bool]
"""Given a table's label, a record kind and an id: whether a reference may lead there."""


_LINES = frozenset({FieldType.TEXT, FieldType.PHONE, FieldType.URL})
_ALSO_NAMES = ("number", "email")


class RecordIds:
    """Record ids by table and key, each worked out once."""

    def __init__(self, mapping: TableMapping, secret: bytes) -> None:
        self._mapping = mapping
        self._secret = secret
        self._known: dict[tuple[str, str, Key], str] = {}

    def record(self, kind: str, label: str, key: Key) -> str:
        """The id every laptop of the team derives for this row."""
        place = kind, label, key
        if place not in self._known:
            self._known[place] = derived_id(kind, self._secret, self._mapping.source_of(label), *key)
        return self._known[place]

    def named(self, kind: str, name: str) -> str:
        """The id of a record that a mere name makes: the same whichever list names it first."""
        return derived_id(kind, self._secret, "by name", called(name))


class Made(NamedTuple):
    """The values of one record; with anything `fatal` the row is rejected."""

    values: dict[str, str]
    problems: list[Problem]
    fatal: list[Problem]


class _Cell(NamedTuple):
    """A field and the places its text comes from."""

    field: Field
    places: tuple[int, ...]


class _Way(NamedTuple):
    """A reference, the places of its key, and how to know that it leads somewhere."""

    reference: Reference
    places: tuple[int, ...]
    exists: Exists


class RecordMaker:
    """Makes one record kind of the lines of one table; everything that is the same for all is settled here."""

    def __init__(
        self, mapping: TableMapping, spec: TableSpec, record: RecordMapping, layout: Layout, names: NamedRecords
    ) -> None:
        self.kind = record.kind
        self.is_unless_known = record.unless_known
        self._layout = layout
        self._names = names
        self._source = mapping.source_of(spec.label)
        self._currency = mapping.currency
        self._record = record
        self._key_columns = record.key
        self._keys = [layout.place(column) for column in record.key]
        self._only_with = layout.places(record.only_with)
        self._cells = [
            _Cell(field, places)
            for key, columns in [*((key, (column,)) for key, column in record.fields.items()), *record.joined.items()]
            if (field := known_field(record.kind, key)) is not None and (places := layout.places(columns))
        ]
        self._fixed = {
            key: canonical_value(field, text, mapping.currency)
            for key, text in record.fixed.items()
            if (field := known_field(record.kind, key)) is not None
        }
        led = [(reference, layout.places(reference.columns)) for reference in record.references]
        self._references = [each for each in led if not each[0].named]
        # The account first: it tells which of two namesakes is meant.
        self._named = sorted((each for each in led if each[0].named), key=lambda each: each[0].field != "account")
        titled = [record_kind(record.kind).title_key, *_ALSO_NAMES]
        self._naming = [cell for cell in self._cells if cell.field.key in titled]
        self._read: dict[tuple[str, str], str | ValueRefusedError] = {}
        stated = {place for cell in self._cells for place in cell.places}
        self._own_places = sorted(stated | {place for _, found in led for place in found})
        self.label = spec.label

    def is_there(self, line: Line) -> bool:
        """Say whether the row speaks of such a record at all."""
        return not self._record.only_with or any(line.cells[place] for place in self._only_with)

    def key(self, line: Line) -> Key | Problem:
        """The row's own key, or why it has none."""
        key: list[str] = []
        for column, place in zip(self._key_columns, self._keys, strict=True):
            if place is None:
                return Problem(
                    self._layout.own.raw.name,
                    line.own.number,
                    "",
                    told("no such column"),
                    told("a column {column}", column=column),
                    "key",
                )
            text = _keyed(line.cells[place])
            if not text:
                return self._layout.problem(line, place, line.damaged.get(place, ""), told("the row's own key"), "key")
            key.append(text)
        return tuple(key)

    def says(self, line: Line) -> Sequence[str]:
        """The cells the record is made of, by which a repeated row is told from a contradicting one."""
        return [line.cells[place] for place in self._own_places]

    def names(self, line: Line) -> list[str]:
        """What the row calls the record."""
        return [_joined(line, cell.places) for cell in self._naming]

    def make(self, line: Line, ids: RecordIds, exists: Exists, record: str) -> Made:
        """Read the values and references of a record that has this id."""
        made = Made(dict(self._fixed), [], [])
        for cell in self._cells:
            self._read_cell(cell, line, made)
        for reference, places in self._references:
            self._follow(_Way(reference, places, exists), line, made, ids)
        if self._named:
            self._lead(line, made, record)
        if self._record.line_amount:
            self._add_amount(made)
        return made

    def _read_cell(self, cell: _Cell, line: Line, made: Made) -> None:
        damaged = [place for place in cell.places if place in line.damaged] if line.damaged else []
        if damaged:
            found = line.damaged[damaged[0]]
            made.problems.append(self._layout.problem(line, damaged[0], found, told("a value"), "damaged"))
            return
        text = line.cells[cell.places[0]] if len(cell.places) == 1 else _joined(line, cell.places)
        value = self._canonical(cell.field, text)
        if isinstance(value, ValueRefusedError):
            made.problems.append(self._layout.problem(line, cell.places[0], value.found, value.expected))
        elif value:
            made.values[cell.field.key] = value

    def _canonical(self, field: Field, text: str) -> str | ValueRefusedError:
        place = field.key, text
        known = self._read.get(place)
        if known is None:
            try:
                known = _as_found(field, canonical_value(field, text, self._currency), text)
            except ValueRefusedError as error:
                known = error
            self._read[place] = known
        return known

    def _follow(self, way: _Way, line: Line, made: Made, ids: RecordIds) -> None:
        reference = way.reference
        key = tuple(_keyed(line.cells[place]) for place in way.places)
        complete = len(key) == len(reference.columns) and all(key)
        if complete:
            target = ids.record(reference.kind, reference.table, key)
            if way.exists(reference.table, reference.kind, target):
                made.values[reference.field] = target
                return
        if reference.required or any(key):
            listed = made.fatal if reference.required else made.problems
            listed.append(self._dangling(reference, way.places, line, " ".join(filter(None, key))))

    def _lead(self, line: Line, made: Made, record: str) -> None:
        """Follow what names other records; without any of those it needs the row makes no sense."""
        missing = [problem for each in self._named if (problem := self._meant(*each, line, made, record)) is not None]
        self._add_account(made)
        needed = [reference for reference, _ in self._named if reference.required]
        if needed and not any(reference.field in made.values for reference in needed):
            places = next((places for reference, places in self._named if reference.required), ())
            nothing = self._dangling_name(needed[0], places, line, "")
            made.fatal.extend(missing or [nothing])
        else:
            made.problems.extend(missing)

    def _meant(
        self, reference: Reference, places: Sequence[int], line: Line, made: Made, record: str
    ) -> Problem | None:
        field = known_field(self.kind, reference.field)
        if field is None:
            return None
        within = "" if reference.field == "account" else made.values.get("account", "")
        names = [text for place in places if (text := _keyed(line.cells[place]))]
        several = False
        for text in names:
            asking = Asking(field.refers_to, text, within, self._source, record, field.key)
            found = self._names.meant(asking) - {record}
            if len(found) == 1:
                made.values[field.key] = next(iter(found))
                return None
            several |= len(found) > 1
        damaged = next((line.damaged[place] for place in places if place in line.damaged), "")
        if not names and not damaged:
            return None
        return self._dangling_name(reference, places, line, names[0] if names else damaged, several=several)

    def _add_account(self, made: Made) -> None:
        """What was done with a contact was done with their account, where the list does not say so."""
        contact = made.values.get("contact", "")
        field = known_field(self.kind, "account")
        if contact and field is not None and "account" not in made.values:
            account = self._names.account_of(contact)
            if account:
                made.values["account"] = account

    def _dangling_name(
        self, reference: Reference, places: Sequence[int], line: Line, found: str, *, several: bool = False
    ) -> Problem:
        label = within(record_kind(reference.kind).label)
        expected = (
            told("a name that only one {kind} has", kind=label)
            if several
            else told("the name of a known {kind}", kind=label)
        )
        if not places:
            return Problem(self._layout.own.raw.name, line.own.number, "", found, expected, "reference")
        filled = next((place for place in places if line.cells[place]), places[0])
        return self._layout.problem(line, filled, found, expected, "reference")

    def _dangling(self, reference: Reference, places: tuple[int, ...], line: Line, found: str) -> Problem:
        expected = told("the key of a row of {table} that could be taken", table=reference.table)
        if places:
            return self._layout.problem(line, places[0], found, expected, "reference")
        return Problem(self._layout.own.raw.name, line.own.number, "", found, expected, "reference")

    def _add_amount(self, made: Made) -> None:
        price, quantity = made.values.get("unit_price"), made.values.get("quantity")
        refused = {problem.column.casefold() for problem in made.problems}
        if price is None or quantity is None or self._discount_refused(refused):
            return
        discount = Decimal(made.values.get("discount", "0"))
        made.values[self._record.line_amount] = line_amount(Money.parse(price), Decimal(quantity), discount).canonical()

    def _discount_refused(self, refused: set[str]) -> bool:
        return self._record.fields.get("discount", "").casefold() in refused


@lru_cache(maxsize=200_000)
def _as_found(field: Field, canonical: str, text: str) -> str:
    """Somebody's list is kept as it stands, blanks at the ends of a line included; comparing passes over them."""
    return text if field.type in _LINES and canonical and text.strip(" ") == canonical else canonical


def _keyed(text: str) -> str:
    return clean_line(text)


def _joined(line: Line, places: Sequence[int]) -> str:
    return " ".join(filter(None, (clean_line(line.cells[place]) for place in places)))
