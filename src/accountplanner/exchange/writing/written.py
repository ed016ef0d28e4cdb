"""Nothing half written: every call to XlsxWriter is checked, for it reports what it could not write by a number."""

from typing import TYPE_CHECKING

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import fixed, quoted, told

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

EXACT = {
    "in_memory": True,
    # A text that looks like a number, a formula or an address stays the text it is.
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


class CellNotWrittenError(RefusedError):
    """The library could not write something as it is."""

    def __init__(self, sheet: str, what: str) -> None:
        super().__init__(
            told(
                "The workbook could not be written: {what} on sheet “{sheet}” does not fit into it.",
                what=fixed(what),
                sheet=sheet,
            )
        )


def done(sheet: "Worksheet", what: str, code: int | None) -> None:
    """Look at what a call of the library returned.

    Raises:
        CellNotWrittenError: it could not write `what`.
    """
    if code:
        raise CellNotWrittenError(sheet.get_name(), quoted(what))
