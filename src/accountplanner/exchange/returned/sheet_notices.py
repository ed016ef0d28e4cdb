"""What is to be said about whole sheets of a returned workbook: unreadable, too large, added, or missing."""

from collections.abc import Collection, Iterator

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.exchange.base import Base
from accountplanner.exchange.reading.cells import Workbook
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.sheets import is_service_sheet


def workbook_notices(workbook: Workbook, base: Base, comparison: Comparison) -> list[Problem]:
    """Everything there is to say, in the order in which a person looks."""
    return [
        *_unreadable_sheets(workbook),
        *_cut_sheets(workbook),
        *_added_sheets(workbook, comparison),
        *_missing_sheets(workbook, base, comparison.kinds_seen),
    ]


def _unreadable_sheets(workbook: Workbook) -> Iterator[Problem]:
    found, expected = told("a sheet that cannot be read"), told("its cells; nothing follows from it")
    for sheet in workbook.sheets:
        if not sheet.readable:
            yield Problem(sheet.name, 0, "", found, expected, "unreadable")


def _cut_sheets(workbook: Workbook) -> Iterator[Problem]:
    for sheet in workbook.sheets:
        if sheet.beyond:
            found = told("{count:,} cells far outside", count=sheet.beyond)
            yield Problem(sheet.name, 0, "", found, told("cells within 200,000 rows"), "beyond")


def _added_sheets(workbook: Workbook, comparison: Comparison) -> Iterator[Problem]:
    ours = {id(found.sheet) for found in comparison.found}
    remarks = {remark.place.sheet for remark in comparison.remarks if remark.beside and not remark.place.row}
    expected = told("one of the sheets that left; they were left alone")
    for sheet in workbook.sheets:
        if id(sheet) in ours or is_service_sheet(sheet.name) or sheet.name in remarks:
            continue
        if cells := sum(len(row.cells) for row in sheet.rows):
            yield Problem(sheet.name, 0, "", told("{count:,} cells", count=cells), expected, "added")


def _missing_sheets(workbook: Workbook, base: Base, seen: Collection[str]) -> list[Problem]:
    """One sentence where a single sheet was saved apart, as every CSV file is."""
    missing = [sheet for sheet in base.sheets if sheet.kind not in seen and (sheet.rows or sheet.spares)]
    if len(workbook.sheets) == 1 and len(missing) > 1:
        expected = told("the other sheets, too; nothing in them counts as removed")
        return [Problem(workbook.sheets[0].name, 0, "", told("this sheet alone"), expected, "missing")]
    expected = told("the sheet; nothing in it counts as removed")
    return [Problem(sheet.name, 0, "", told("no such sheet"), expected, "missing") for sheet in missing]
