"""From the first-run page to a first printed brief out of one's own Excel list, every action counted.

What we stumbled over when we first tried it, and mended:

- A list of customers with several people at each was taken for a list of channel partners, and nothing in the window
  let one say otherwise. It is read as people and their companies now, and the second step asks what the rows are.
- After the import one stood on the exchange page before “Nothing waits for you”. One goes on to the accounts now.
- In the second and fourth step the focus stood in a drop-down or a table, where Enter might as well have done
  something else. It stands on the button that goes on.
- Printing without a printer proposed a folder as the file and then complained of it; and a page printed from the
  print dialog took the program down, for the printer was gone by then.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from pypdf import PdfReader
from tests.desktop.rounds.conftest import Person, Start

from accountplanner.desktop.program import Program

MOST_ACTIONS = 25

HEADER = (
    "Cust. no.", "COMPANY NAME ", "Street / no", "ZIP", "Town", "Ctry", "Contact person", "Function", "E-mail addr.",
    "Tel. (office)", "B'day", "Remarks",
)  # fmt: skip
ROWS = (
    (10023, "Hofmann Feinkost GmbH", "Ringstr. 4", "04109", "Leipzig", "Germany", "Petra Lang", "Purchasing",
     "p.lang@hofmann.example", "+49 341 5550101", "14.03.", "Wants deliveries before six"),
    (10023, "Hofmann Feinkost GmbH", "Ringstr. 4", "04109", "Leipzig", "Germany", "Uwe Brandt", "Kitchen",
     "u.brandt@hofmann.example", None, None, None),
    (10031, "Café Sperl", "Gumpendorfer 11", "1060", "Wien", "Austria", "Rainer Staub", "Owner",
     "staub@sperl.example", "0043 1 5864158", "2.9.1961", "Pays late, always pays"),
    (10044, "Bergmann & Söhne", "Am Markt 1", "99084", "Erfurt", "Germany", "Anke Vogt", "Buyer",
     "anke.vogt@bergmann.example", "0361/123", None, None),
)  # fmt: skip


def _own_list(path: Path) -> Path:
    """A list as people keep it: a title above, a blank line, headers with blanks and dots."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tabelle1"
    sheet.append(["Customers as of November"])
    sheet.append([])
    for row in (HEADER, *ROWS):
        sheet.append(row)
    book.save(path)
    return path


def _make_a_workspace(me: Person) -> None:
    me.dialog("Everything stays on this computer")
    me.press("Return")
    me.type("Nancy Davolio")
    me.press("Tab", "Tab")
    me.type("four plain small words")
    me.press("Tab")
    me.type("four plain small words")
    me.press("Return")
    me.dialog("Your recovery key")
    me.press("Space", "Return")


@pytest.mark.slow
def test_from_the_first_page_to_a_printed_brief(
    start: Start, person: Callable[[Program], Person], tmp_path: Path, home: Path
) -> None:
    mine = _own_list(tmp_path / "customers.xlsx")
    with start() as program:
        me = person(program)
        _make_a_workspace(me)
        me.choose_file(mine)
        me.press("Down", "Return")
        me.dialog("What does each column mean?")
        me.press("Return")
        me.dialog("What will happen")
        assert {"4 contacts, 3 accounts", "Hofmann Feinkost GmbH", "Petra Lang"} <= set(me.sees())
        me.press("Return")
        me.wait(lambda: "Bergmann & Söhne" in me.sees())
        me.press("Ctrl+B")
        me.dialog("Visit brief of Bergmann & Söhne")
        me.press("Ctrl+P", "Return")
        me.wait(lambda: list(home.glob("*.pdf")))
        me.press("Escape")
    (printed,) = home.glob("*.pdf")
    words = " ".join(PdfReader(printed).pages[0].extract_text().split())
    for expected in ("Bergmann & Söhne", "Erfurt", "Anke Vogt", "One question worth asking"):
        assert expected in words
    assert len(me.did) - 1 <= MOST_ACTIONS, "the closing Escape does not count"
    assert len(me.did) - 1 == 19, "fewer are welcome: say so here"
