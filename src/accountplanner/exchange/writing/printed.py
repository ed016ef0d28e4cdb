"""How the sheets of our workbooks stand on paper."""

from typing import TYPE_CHECKING

from accountplanner.exchange.writing.words import FOOTER

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9


def set_page(sheet: "Worksheet", header: str, *, pages_wide: int, pages_tall: int = 0) -> None:
    """Landscape, as wide as so many pages, with a line above and below each; 0 pages tall is as many as it takes."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(pages_wide, pages_tall)
    sheet.set_header(header)
    sheet.set_footer(FOOTER)
