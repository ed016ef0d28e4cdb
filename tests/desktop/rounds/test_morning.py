"""A whole morning's round with no mouse: from unlocking to locking, every key goes where the focus is.

What did nothing or lost the focus when we first tried it, and was mended: Today stood there without the focus on its
first line; Enter in a list went nowhere, and nothing led back from a record's page (Escape does); Enter in a search
field did not lead to what was found; the queue lost the keyboard with each answer; “Exchange now” had no key.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.desktop.rounds.conftest import Furnish, Person, Start

from accountplanner.desktop.program import Program
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.folder_memory import choose_folder
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import invite
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

NAMES = ("Alpine Foods", "Bergmann", "Café Sperl")


@pytest.fixture
def share(tmp_path: Path, furnish: Furnish, cheap: Stretching) -> Path:
    """A folder shared with Ben, who says otherwise about two accounts, and promises to three customers."""
    folder = tmp_path / "share"
    folder.mkdir()

    def fill(session: Session) -> None:
        accounts = [_customer(session, name) for name in NAMES]
        choose_folder(session, folder)
        exchange_folder(session, folder)
        invite(session, tmp_path / "join", "join us", cheap)
        places, join = Places(tmp_path / "ben"), tmp_path / "join"
        wish = NewWorkspace(
            places, "Ben Dodd", "", "words", join_file=join, join_passphrase="join us", stretching=cheap
        )
        ben = create_workspace(wish).session
        exchange_folder(ben, folder)
        for account in accounts[:2]:
            set_value(ben, Typed(account, "city", "Linz"))
            set_value(session, Typed(account, "city", "Wels"))
        exchange_folder(ben, folder)
        ben.close()
        set_scope(session, add_partner(session, "Nordic Foods")[0], [accounts[0]], covers=True)

    furnish(fill)
    return folder


def _customer(session: Session, name: str) -> str:
    account = create_record(session, "account", {"name": name, "city": "Graz"})[0]
    contact = create_record(session, "contact", {"name": f"Eva {name}", "account": account})[0]
    for words, days in (("Send the samples", -2), ("Price list", 1)):
        due = (session.clock.today() + timedelta(days=days)).isoformat()
        values = {"title": f"{words} to {name}", "account": account, "contact": contact, "promise": "yes"}
        create_record(session, "action", values | {"due_on": due})
    return account


def _works_through_today(me: Person) -> None:
    me.wait_to_read("Send the samples to Alpine Foods")
    assert me.stands_on("Send the samples to Alpine Foods")
    me.press("Space")
    me.wait(lambda: me.stands_on("Send the samples to Bergmann"))
    me.press("S", "Return")
    me.wait(lambda: me.stands_on("Send the samples to Café Sperl"))
    assert not me.reads("Send the samples to Bergmann")
    me.press("Ctrl+Z")
    me.wait_to_read("Send the samples to Bergmann")


def _looks_after_an_account(me: Person) -> None:
    me.press("Ctrl+K")
    me.type("cs")
    me.press("Return")
    me.wait(lambda: me.stands_on("Accounts"))
    me.press("Return")
    me.tab_to("Key problems as they see them")
    me.press("F2")
    me.type("Deliveries come late")
    me.press("Tab")
    me.type("Never mind")
    assert me.stands_on("Their priorities this year")
    me.press("Escape")
    me.wait_to_read("Deliveries come late")
    assert not me.reads("Never mind")
    me.press("Escape")
    assert me.stands_on("Accounts"), "back in the list"
    me.press("Ctrl+Shift+Space")
    me.type("They want smaller packs")
    me.press("Return")
    me.wait(lambda: me.dialogs() == [])
    me.press("Ctrl+B")
    me.dialog("Visit brief of Café Sperl")
    assert me.reads("They want smaller packs")
    me.press("Escape")


def _writes_in_the_timeline(me: Person) -> None:
    me.press("Ctrl+PgDown", "Ctrl+PgDown")
    assert me.stands_on("New note"), "two keys from the overview to the timeline's own line"
    me.type("Walked the new section with Eva")
    me.press("Return")
    me.wait(lambda: me.stands_on("New note") and not me.reads("Enter saves, Shift+Enter begins"))
    me.wait_to_read("Walked the new section with Eva")


def _changes_many_people(me: Person) -> None:
    me.press("Ctrl+3", "Ctrl+F")
    me.type("eva")
    me.press("Return")
    assert me.stands_on("People")
    me.press("Ctrl+A", "Ctrl+Shift+E")
    me.dialog("Change a field of 3 contacts")
    me.type("Their")
    me.press("Tab", "Down")
    me.wait_to_read("3 will change")
    me.press("Return")
    me.wait(lambda: me.dialogs() == [])
    assert me.stands_on("People")


def _exchanges(me: Person, home: Path) -> None:
    me.press("Ctrl+Shift+X")
    me.dialog("Exchange with colleagues")
    me.wait_to_read("New from Ben Dodd")
    me.press("Return")
    me.wait(lambda: me.dialogs() == [])
    me.wait_to_read("2 conflicts")
    me.press("Ctrl+1", "Ctrl+6")
    assert me.stands_on("Conflict: Alpine Foods, City"), me.focus_name()
    me.press("1", "N")
    assert me.stands_on("Conflict: Bergmann, City")
    me.press("2", "Ctrl+Return")
    me.wait_to_read("Nothing waits for you")
    me.back_to("Partner workbook")
    me.press("Space", "Down", "Return")
    me.dialog("Workbook for Nordic Foods")
    me.choose_file(home / "Nordic.xlsx")
    me.press("Return")
    me.wait((home / "Nordic.xlsx").exists)
    me.settle()


@pytest.mark.slow
def test_a_whole_morning_with_no_mouse(
    start: Start, share: Path, person: Callable[[Program], Person], home: Path
) -> None:
    assert share.is_dir()
    with start() as program:
        me = person(program)
        me.unlock()
        _works_through_today(me)
        _looks_after_an_account(me)
        _writes_in_the_timeline(me)
        _changes_many_people(me)
        _exchanges(me, home)
        me.press("Ctrl+H")
        me.tab_to("Undo: “Their department” changed")
        me.press("Space")
        me.wait_to_read("Redo: “Their department” changed")
        me.press("Ctrl+,")
        me.tab_to("Like the system")
        me.press("Ctrl+L")
        me.wait(lambda: me.stands_on("Passphrase"))
        assert not me.reads("Café Sperl")
        assert me.lost == [], "after these keys the focus stood nowhere a person would see it"
        assert not any(each.startswith("click") for each in me.did)
    assert "Alpine Foods" in str([row for sheet in load_workbook(home / "Nordic.xlsx") for row in sheet.values])
