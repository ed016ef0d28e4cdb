"""Statements for what a person typed into a workbook, with ids that every laptop derives alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from accountplanner.domain.fields import Field
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.statements import EXISTS, UNSET, Source, Statement, exists, state
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.returned.findings import Place


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the statements of one export's return. `file_id` names the file's content."""

    facts: ExportFacts
    file_id: str

    @property
    def speaker(self) -> str:
        """Who speaks: the partner, the colleague it was made for, else the copy itself."""
        return self.facts.speaker or self.facts.export_id

    def edit(self, record: str, field: Field, value: str | None, *, joins: bool = False) -> Statement:
        """One field typed anew; `None` clears it."""
        voice = self.speaker if field.per_speaker else ""
        return self._marked(state(record, field.key, value, self._source(), voice=voice), joins=joins)

    def creation(self, record: str) -> Statement:
        """The record is there."""
        return self._marked(exists(record, self._source()))

    def removal(self, record: str) -> Statement:
        """The record is to be there no longer."""
        return self._marked(exists(record, self._source(), present=False))

    def digest(self, *parts: str) -> str:
        """A name for something that only members of the team can guess back."""
        return keyed_digest(self.facts.secret, *parts).hex()

    def suggestion(self, kind: str, subject: tuple[str, str, str], reason: str, place: Place) -> Suggestion:
        """A suggestion about (record, field, value) without statements yet."""
        record, field, value = subject
        where = (place.sheet, str(place.row), place.column)
        named = self.digest("suggestion", self.file_id, *where, kind, value)
        return Suggestion(named, kind, record, field, value, reason, place, said_by=self.facts.speaker)

    def _source(self) -> Source:
        how = "partner" if self.facts.partner else "told"
        return Source(self.speaker, self.facts.made_on, how, origin=f"workbook:{self.facts.export_id}")

    def _marked(self, statement: Statement, *, joins: bool = False) -> Statement:
        value = UNSET if statement.value is None else statement.value
        mark = self.digest("edit", self.facts.export_id, statement.record, statement.field, value)
        return replace(statement, mark=mark, basis=self.facts.export_id, joins=joins)


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements in an order that does not depend on rows, each once; creations stand first."""
    once = {statement.mark: statement for statement in statements}
    return tuple(
        sorted(
            once.values(),
            key=lambda each: (kind_of(each.record), each.record, each.field != EXISTS, each.field, each.mark),
        )
    )
