"""What cannot be taken is told at once, and stays in the queue until a person has typed the right value or seen it."""

from dataclasses import dataclass

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import fixed, told
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.edits import Pen
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.findings import Place

_SHORT = 120


@dataclass(frozen=True, slots=True)
class Refusals:
    """Makes suggestions without statements of cells that were refused. `who` has written them, as far as one can know."""

    pen: Pen
    who: str

    def cell(self, about: tuple[str, str], found: CellValue, expected: str, place: Place) -> Suggestion:
        """A refused answer for (record, field)."""
        text = cell_text(found)
        if self.who:
            reason = told(
                "{who} wrote “{found}”, expected {expected}", who=self.who, found=short(text), expected=fixed(expected)
            )
        else:
            reason = told("found “{found}”, expected {expected}", found=short(text), expected=fixed(expected))
        return self.pen.suggestion("value", (*about, text), reason, place)

    def adrift(self, text: str, problem: Problem) -> Suggestion:
        """A text that belongs to no record anybody knows: it can only be looked at."""
        place = Place(problem.sheet, problem.row, problem.column)
        reason = told("{matter}; no note can be made of it", matter=problem.matter())
        return self.pen.suggestion("note", ("", "", text), reason, place)


def as_problem(found: CellValue, expected: str, place: Place, code: str = "value") -> Problem:
    """The same for the preview."""
    return Problem(place.sheet, place.row, place.column, short(cell_text(found)), expected, code)


def short(text: str) -> str:
    """A text as far as one reads it in passing: its beginning and its end."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT // 2].rstrip()} … {text[-_SHORT // 2 :].lstrip()}"
