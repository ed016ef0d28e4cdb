"""Statements: one value for one field of one record, with who said it and how it is known.

A statement's body is all that the fold and `dump` use. The envelope (which replica's batch brought
it, when, out of which file) says how it reached us; one body may arrive in several envelopes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from accountplanner.domain.canonical import comparison_value
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.ids import kind_of

EXISTS = "_exists"
SAME_AS = "_same_as:"
UNSET = "\x00unset"
"""Comparison value of a cleared field; no typed text can hold a NUL."""

HOW_KNOWN = (
    ("told", "They told us"),
    ("seen", "Seen ourselves"),
    ("document", "From a document"),
    ("list", "From a list"),
    ("partner", "From a channel partner"),
    ("estimate", "Estimate"),
    ("hearsay", "Hearsay"),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """The body of a statement.

    `value` is canonical text, `None` clears the field (written only by undo, reject or the clear
    mark). `comparison` is empty where it equals the value. `voice` names the speaker's register in
    a field with one voice per speaker. `date` is the day it was said. `mark` is the keyed id of a
    cell a person edited in a workbook or of a cell of a foreign table, so that every laptop derives
    the same statement; `basis` then names the cut of what that person had seen. `restates` names
    the statement this one repeats. A statement that `joins` replaces nothing.
    """

    record: str
    field: str
    value: str | None
    comparison: str = ""
    voice: str = ""
    speaker: str = ""
    date: str = ""
    how: str = ""
    sure: str = ""
    restates: str = ""
    joins: bool = False
    origin: str = ""
    mark: str = ""
    basis: str = ""

    @property
    def compared(self) -> str:
        """What decides whether two values are the same."""
        if self.value is None:
            return UNSET
        return self.comparison or self.value

    @property
    def register(self) -> tuple[str, str, str]:
        """The register it speaks in: record, field, voice."""
        return self.record, self.field, self.voice


# The day comes first (see `_said_first`); the others only make the order total.
_WORDING = ("speaker", *(item.name for item in fields(Statement) if item.name not in {"date", "speaker"}))


@dataclass(frozen=True, slots=True)
class Source:
    """Who said something, on which day, how it is known, how sure, and by which way it came.

    `speaker` is the id of a colleague, contact or channel partner, or a name. `how` is a key of
    `HOW_KNOWN`, `sure` one of sure, likely, unsure.
    """

    speaker: str = ""
    date: str = ""
    how: str = ""
    sure: str = ""
    origin: str = ""


NOBODY = Source()


def state(  # noqa: PLR0913 - what is said, who said it, and how it is known again
    record: str,
    field: str,
    value: str | None,
    source: Source = NOBODY,
    *,
    voice: str = "",
    mark: str = "",
    basis: str = "",
) -> Statement:
    """Make a statement about a catalogue field, its comparison value computed now and for ever."""
    compared = "" if value is None else comparison_value(known_field(kind_of(record), field), value)
    # Not by `replace`, which takes ten times as long: a list makes a million statements.
    return Statement(
        record,
        field,
        value,
        comparison="" if compared == value else compared,
        voice=voice,
        speaker=source.speaker,
        date=source.date,
        how=source.how,
        sure=source.sure,
        origin=source.origin,
        mark=mark,
        basis=basis,
    )


def exists(record: str, source: Source = NOBODY, *, present: bool = True) -> Statement:
    """Say that a record is there, or is no longer."""
    return _sourced(Statement(record, EXISTS, "yes" if present else "no"), source)


def same_as(one: str, other: str, source: Source = NOBODY, *, merged: bool = True) -> Statement:
    """Say that two records are one (undirected: it always stands at the lower id)."""
    low, high = sorted((one, other))
    return _sourced(Statement(low, SAME_AS + high, "yes" if merged else None), source)


def _sourced(statement: Statement, source: Source) -> Statement:
    return replace(
        statement,
        speaker=source.speaker,
        date=source.date,
        how=source.how,
        sure=source.sure,
        origin=source.origin,
    )


def is_internal(field: str) -> bool:
    """Whether a field belongs to the machinery rather than to the catalogue."""
    return field.startswith("_")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as this laptop holds it.

    `envelopes` are the places (chain, sequence) of the batches that brought it, `cut` the highest
    sequence per chain its writer had seen, `arrived` the local number of the first batch that
    brought it (used by undo on this laptop only).
    """

    id: str
    statement: Statement
    envelopes: tuple[tuple[str, int], ...]
    cut: Mapping[str, int]
    arrived: int = 0
    saved_at: str = ""
    replica: str = ""

    @property
    def first_said(self) -> str:
        """The id under which it was really said: a value stated again counts as what it repeats."""
        return self.statement.restates or self.id

    def has_seen(self, other: "Entry") -> bool:
        """Whether some envelope of the other lies within this one's cut."""
        if self.statement.joins:
            return False
        cut = self.cut
        return any(cut.get(chain, 0) >= sequence for chain, sequence in other.envelopes)


def united(entries: Iterable[Entry]) -> list[Entry]:
    """Bring entries of one body together: every envelope counts, not only the first.

    A body may come back in the batches of several laptops. Keeping one envelope would make its
    replacement depend on which laptop's batch arrived first.
    """
    merged: dict[str, Entry] = {}
    for entry in entries:
        held = merged.get(entry.id)
        merged[entry.id] = entry if held is None else _joined(held, entry)
    return list(merged.values())


def _joined(one: Entry, other: Entry) -> Entry:
    first, second = (one, other) if one.arrived <= other.arrived else (other, one)
    cut = dict(first.cut)
    for chain, sequence in second.cut.items():
        cut[chain] = max(sequence, cut.get(chain, 0))
    envelopes = tuple(dict.fromkeys(first.envelopes + second.envelopes))
    return replace(first, statement=_said_first(one.statement, other.statement), envelopes=envelopes, cut=cut)


def _said_first(one: Statement, other: Statement) -> Statement:
    """Of two wordings of one mark, the same one on every laptop, whichever arrived first.

    A copy that comes back twice can name another day or speaker for the cell it had already changed.
    """
    return one if one == other else min(one, other, key=_wording)


def _wording(statement: Statement) -> tuple[str, ...]:
    return statement.date, *(repr(getattr(statement, name)) for name in _WORDING)
