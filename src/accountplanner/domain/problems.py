"""Bad input as data: where it stands, what was found, what was expected."""

from dataclasses import dataclass


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

    def sentence(self) -> str:
        """Say it in one line."""
        place = f"{self.sheet}, row {self.row}" if self.row else self.sheet
        if self.column:
            place += f", {self.column}"
        return f"{place}: found “{self.found}”, expected {self.expected}"
