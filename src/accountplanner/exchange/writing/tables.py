"""The tables of our workbooks: a header over rows, to be sorted and filtered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from accountplanner.domain.sentences import told
from accountplanner.exchange.writing.written import done

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def add_table(sheet: "Worksheet", name: str, header: Sequence[str], rows: int, look: Any) -> None:  # noqa: ANN401
    """Make a table of the first columns; one without rows has a blank one, as Excel wants it."""
    described = {
        "name": name.replace(" ", "_"),
        "style": "Table Style Light 1",
        "banded_rows": False,
        "columns": [{"header": text, "header_format": look} for text in header],
    }
    done(sheet, told("the table"), sheet.add_table(0, 0, max(1, rows), len(header) - 1, described))
