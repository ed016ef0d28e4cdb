"""Our own words on the sheets that hold no records: what else stands there when a workbook comes back, somebody typed."""

from collections.abc import Iterable

from accountplanner.domain.text import comparison_text
from accountplanner.exchange.contract import GUIDE_SHEET, RECEIPT_SHEET, WorkbookKind
from accountplanner.exchange.projection import Content
from accountplanner.exchange.receipt import RECEIPT_HEADERS
from accountplanner.exchange.writing.words import NO_RECEIPT, POINT, SHEETS_HEADING, guide_lines, sheet_line, step_mark


def own_words(content: Content) -> dict[str, list[str]]:
    """Per sheet, every text the program writes there, each once. They go with the base, for a later version has others."""
    lines = guide_lines(content.facts)
    steps = [step_mark(number) for number, _ in enumerate(lines, start=1)]
    sheets = [sheet_line(sheet, content.facts.kind) for sheet in content.sheets]
    words = {GUIDE_SHEET: _once([*(line.text for line in lines), *steps, POINT, SHEETS_HEADING, *sheets])}
    if content.facts.kind is WorkbookKind.PARTNER:
        receipt = [text for line in content.receipt for text in line] or [NO_RECEIPT]
        words[RECEIPT_SHEET] = _once([*RECEIPT_HEADERS, *receipt])
    return words


def recognisable(texts: Iterable[str]) -> frozenset[str]:
    """The same, however a spreadsheet program spells white space and letters."""
    return frozenset(comparison_text(text).casefold() for text in texts)


def _once(texts: list[str]) -> list[str]:
    return sorted(set(texts))
