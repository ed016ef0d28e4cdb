"""What follows from a returned workbook: statements, suggestions, problems, notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accountplanner.domain.problems import Problem
from accountplanner.domain.statements import Statement
from accountplanner.exchange.returned.findings import Place


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something a person decides: a doubtful value, a new row, the removal of one, words beside the cells.

    `kind` is value, group (of equal values), row, removal or note. Accepting it writes `statements`, the same on every laptop;
    without any a value can only be put right, and everything else be looked at. `value` is what was found, as it
    would be shown, `said_by` whose word it is.
    """

    id: str
    kind: str
    record: str
    field: str
    value: str
    reason: str
    place: Place
    statements: tuple[Statement, ...] = ()
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that follows from one returned file. While `held` says something, nothing is applied alone."""

    statements: tuple[Statement, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    removed: tuple[Suggestion, ...] = ()
    held: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
