"""Bad input as data: where it stands, what was found, what was expected."""

from dataclasses import dataclass

from accountplanner.domain.sentences import Sentence, fixed, joined, told


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a workbook or table that could not be taken.

    `row` counts as the person's spreadsheet does (the header is row 1); 0 means the whole
    sheet. `column` is the header's text, empty for the whole row.
    """

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    code: str = "value"

    def sentence(self) -> Sentence:
        """Say it in one line."""
        return told("{place}: {matter}", place=self.where(), matter=self.matter())

    def matter(self) -> Sentence:
        """Say what is wrong, without where."""
        return told("found “{found}”, expected {expected}", found=self.found, expected=fixed(self.expected))

    def where(self) -> str:
        """Say where it stands, as the person's spreadsheet counts."""
        place = told("{sheet}, row {row}", sheet=self.sheet, row=str(self.row)) if self.row else self.sheet
        return joined((place, self.column), ", ") if self.column else place
