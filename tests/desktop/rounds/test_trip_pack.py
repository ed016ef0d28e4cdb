"""A trip pack out of the window: several accounts chosen in the list, or the visits ahead, joined and printed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.desktop.rounds.conftest import Furnish, Person, Start, dialog_widgets

from accountplanner.desktop.program import Program
from accountplanner.desktop.widgets.sheet_view import SheetPage
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.session import Session


def _territory(session: Session) -> None:
    first = session.clock.today()
    for number, name in enumerate(("Alpine Foods", "Bergmann", "Café Sperl", "Delikatessen Zoll")):
        account = create_record(session, "account", {"name": name, "city": "Graz"})[0]
        create_record(session, "contact", {"name": f"Eva {name}", "account": account})
        if number % 2:
            day = (first + timedelta(days=4 - number)).isoformat()
            create_record(
                session, "touch", {"subject": "Visit", "account": account, "channel": "visit", "happened_on": day}
            )


@pytest.mark.slow
def test_several_accounts_make_one_pack_on_screen_and_on_paper(
    start: Start, furnish: Furnish, person: Callable[[Program], Person], home: Path
) -> None:
    furnish(_territory)
    with start() as program:
        me = person(program)
        me.unlock()
        me.press("Ctrl+2")
        me.wait_to_read("Delikatessen Zoll")
        me.press("Home", "Shift+Down", "Shift+Down", "Ctrl+Shift+B")
        me.dialog("Trip pack of 3 visits")
        assert [title for title in me.sees() if title in {"Trip", "Alpine Foods", "Bergmann", "Café Sperl"}] == [
            "Trip",
            "Alpine Foods",
            "Bergmann",
            "Café Sperl",
        ]
        first, *others = dialog_widgets(SheetPage)
        assert len(others) == 3
        for page in others:
            assert page.y() > first.geometry().bottom(), "each page has its own place below the one before"
            first = page
        me.press("Ctrl+P", "Return")
        me.wait(lambda: list(home.glob("*.pdf")))
        me.press("Escape", "Ctrl+1")
        me.wait_to_read("Trip pack of 2 visits")
        me.click("Trip pack of 2 visits")
        me.dialog("Trip pack of 2 visits")
        visits = [title for title in me.sees() if title in {"Bergmann", "Delikatessen Zoll"}]
        assert visits == ["Delikatessen Zoll", "Bergmann"], "in the order of the days"
        me.press("Escape")
    (printed,) = home.glob("*.pdf")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(printed).pages]
    assert len(pages) == 4
    assert "3 visits" in pages[0]
    assert all(name in page for name, page in zip(("Alpine Foods", "Bergmann", "Café Sperl"), pages[1:], strict=True))
