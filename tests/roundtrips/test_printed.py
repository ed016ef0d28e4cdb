"""A workbook as pages: what LibreOffice prints of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tests.roundtrips.programs import by_libreoffice

from accountplanner.exchange.contract import LISTS_SHEET, SYNC_SHEET

if TYPE_CHECKING:
    from tests.roundtrips.conftest import Territories
    from tests.roundtrips.programs import Bench

pytestmark = pytest.mark.slow


def test_every_printed_page_says_of_what_it_is_and_the_machinery_stays_inside(
    territories: Territories, bench: Bench
) -> None:
    (printed,) = by_libreoffice(bench, [territories.sample.partner], "pdf")
    pages = [page.extract_text() for page in PdfReader(printed).pages]
    export = re.search(r"Export \w{8}", pages[0])
    assert export is not None
    for number, words in enumerate(pages, start=1):
        assert export[0] in words
        assert f"{number} / {len(pages)}" in words
    asked = [words for words in pages if words.startswith(("Accounts", "Contacts"))]
    assert len(asked) > 2, "wider than one sheet of paper, so headings and names have to be repeated"
    assert all("Key Name" in words for words in asked)
    assert not [words for words in pages if words.startswith((SYNC_SHEET, LISTS_SHEET))]
