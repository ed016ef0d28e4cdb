"""What the new rows of a workbook call their records: rows may name each other, and old rows may name a new one."""

from dataclasses import dataclass, field

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import Field
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Statement
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.edits import in_order


@dataclass(slots=True)
class NewNames:
    """Records by kind and title. `proposed` are those a person has to accept first, with what that says."""

    named: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    proposed: dict[str, tuple[Statement, ...]] = field(default_factory=dict)

    def add(self, statements: tuple[Statement, ...], suggestions: tuple[Suggestion, ...]) -> None:
        """Take in what one row gave."""
        self._name(statements)
        for each in suggestions:
            if each.kind == "row":
                self._name(each.statements)
                self.proposed[each.record] = each.statements

    def meant(self, known: Field, text: str) -> set[str]:
        """The new records that a title may mean."""
        return set().union(*(self.named.get((kind, folded(text)), ()) for kind in known.refers_to))

    def needed(self, values: list[str]) -> tuple[Statement, ...]:
        """What has to be accepted together with these references."""
        return in_order(statement for value in values for statement in self.proposed.get(value, ()))

    def _name(self, statements: tuple[Statement, ...]) -> None:
        for each in statements:
            kind = KINDS[kind_of(each.record)]
            if each.field == kind.title_key and each.value:
                self.named.setdefault((kind.key, folded(each.value)), set()).add(each.record)
                self.records.add(each.record)


def folded(text: str) -> str:
    """A title as it is looked up."""
    return comparison_text(text).casefold()
