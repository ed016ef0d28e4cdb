"""People, partners and exchange: what a person does there reaches the workspace."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import TellingDesk

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.erase_dialog import EraseDialog
from accountplanner.desktop.dialogs.invite_dialog import InviteDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.dialogs.scope_dialog import ScopeDialog
from accountplanner.desktop.dialogs.sending import Sending
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.desktop.pages.exchange.recent import RecentCards
from accountplanner.desktop.pages.partners.page import PartnersPage
from accountplanner.desktop.pages.people import PeoplePage
from accountplanner.desktop.records.notes_tab import NotesTab
from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import Source, state
from accountplanner.store.tables import SuggestionRow
from accountplanner.usecases.browsing import ListQuery, list_numbers
from accountplanner.usecases.copies_outside import SentWorkbook
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.erasing import Erased
from accountplanner.usecases.exchange_overview import ExchangeOverview
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.parked import Parked
from accountplanner.usecases.partners import add_partner, scope_of, set_scope
from accountplanner.usecases.session import Session

Words = Callable[[QWidget], str]
Wait = Callable[[], None]


@pytest.fixture
def account(session: Session) -> str:
    return create_record(session, "account", {"name": "Berglunds snabbköp", "city": "Luleå"})[0]


def _shown(qtbot: QtBot, page: QWidget, quiet: Wait) -> None:
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
    quiet()


def _says_it_is_known(dialog: NewRecordDialog) -> bool:
    return "is here already" in dialog._error.text()


def test_a_new_contact_is_put_under_its_account_by_name(
    qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Wait
) -> None:
    page = PeoplePage(desk)
    _shown(qtbot, page, quiet)
    page.new_record()
    dialog = page.findChildren(NewRecordDialog)[0]
    name, at = dialog.findChildren(QLineEdit)[:2]
    QTest.keyClicks(name, "Christina Berglund")
    at.setText("Nobody AB")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "Nobody AB" in dialog._error.text())
    at.setText("Berglunds snabbköp")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: page.panel.selected().startswith("contact:"))
    first = page.panel.selected()
    for where in ("Berglunds snabbköp", ""):
        page.new_record()
        again = next(each for each in page.findChildren(NewRecordDialog) if each.isVisible())
        for field, text in zip(again.findChildren(QLineEdit), ("Christina Berglund", where), strict=False):
            field.setText(text)
        again.accept_button.click()
        qtbot.waitUntil(partial(_says_it_is_known, again))
        again.reject()
    assert page.panel.selected() == first
    assert record_page(session, page.panel.selected()).line("account").values[0].value == account


def test_erasing_asks_for_the_name_leaves_nothing_and_offers_no_undo(
    qtbot: QtBot, telling: TellingDesk, session: Session, account: str, quiet: Wait, words: Words
) -> None:
    desk = telling.desk
    create_record(session, "contact", {"name": "Christina Berglund", "account": account})
    page = PeoplePage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: "Christina" in words(page.contact))
    page.contact._on_erase_wanted()
    dialog = page.findChildren(EraseDialog)[0]
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog._typed, "christina berglund")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog._is_done)
    dialog.accept_button.click()
    quiet()
    assert list_numbers(session, ListQuery("contact")) == []
    assert "Christina" not in words(page.contact)
    assert [told.is_undoable for told in telling.told] == [False]


def test_what_left_with_an_erased_person_is_named_with_its_day_where_that_is_known(
    qtbot: QtBot, desk: Desk, words: Words
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = EraseDialog(desk, "contact:1", "Ada", window)
    sent = (SentWorkbook("For Nordic", "2026-11-20"), SentWorkbook("Of a newer program", ""))
    dialog._on_erased(Erased(Changes(), (), (), sent))
    day = desk.formats.full_date(date(2026, 11, 20))
    assert f"to delete them: For Nordic of {day}, Of a newer program." in words(dialog)


def test_a_partner_gets_accounts_and_a_workbook(
    qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Wait, words: Words, tmp_path: Path
) -> None:
    partner = add_partner(session, "Nordic Foods")[0]
    page = PartnersPage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: "may not see any account yet" in words(page.partner))
    assert not page.partner.header.primary.isEnabled()
    page.partner._on_scope_wanted()
    dialog = page.findChildren(ScopeDialog)[0]
    qtbot.waitUntil(lambda: dialog._list.count() == 1)
    dialog._list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: scope_of(session, partner) == [account])
    qtbot.waitUntil(page.partner.header.primary.isEnabled)
    sending = page.findChildren(Sending)[0]
    with qtbot.waitSignal(sending.written):
        sending.send_partner(partner, tmp_path / "nordic.xlsx")
    assert (tmp_path / "nordic.xlsx").stat().st_size > 5000


def test_a_partner_note_is_kept(qtbot: QtBot, desk: Desk, session: Session, quiet: Wait, words: Words) -> None:
    add_partner(session, "Nordic Foods")
    page = PartnersPage(desk)
    _shown(qtbot, page, quiet)
    page.partner.tabs.show_tab("notes")
    notes = page.partner.findChildren(NotesTab)[0]
    QTest.keyClicks(notes.composer.editor, "Dock hours change")
    notes.composer.add.click()
    qtbot.waitUntil(lambda: "Dock hours change" in words(notes._timeline))


def test_what_came_too_early_stands_beside_the_imports(qtbot: QtBot, desk: Desk, words: Words) -> None:
    sentence = told("2 steps of Ben wait and are not shown yet.")
    cards = RecentCards(desk)
    qtbot.addWidget(cards)
    cards.show()
    cards.show_overview(ExchangeOverview((), (), (), (Parked("Ben", 2, "2026-11-22", ("Cleo",), sentence),)))
    assert "Waits for earlier files" in words(cards)
    assert sentence in words(cards)
    cards.show_overview(ExchangeOverview((), (), ()))
    assert not any(label.isVisible() for label in cards.findChildren(QLabel))


def test_a_conflict_is_settled_in_the_queue(
    qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Wait, words: Words
) -> None:
    before = session.shown()
    set_value(session, Typed(account, "city", "Umeå", source=Source(speaker="Ana")), before)
    set_value(session, Typed(account, "city", "Boden", source=Source(speaker="Marit")), before)
    page = ExchangePage(desk)
    counted: list[object] = []
    page.counted.connect(counted.append)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: "1 conflict" in words(page.queue))
    assert counted[-1] == 1
    # A card put into a layout is shown with the next event.
    qtbot.waitUntil(lambda: [card.isVisible() for card in page.queue.cards()] == [True])
    (card,) = page.queue.cards()
    second = record_page(session, account).line("city").values[1].text
    assert "Before" in words(card)
    QTest.keyClick(card, Qt.Key.Key_2)
    assert f"“{second}” stays" in words(card)
    quiet()
    assert record_page(session, account).line("city").has_conflict, "nothing is written before Apply"
    after_the_lock = ExchangePage(desk)
    _shown(qtbot, after_the_lock, quiet)
    qtbot.waitUntil(lambda: "1 of 1 answered" in words(after_the_lock.queue))
    assert f"“{second}” stays" in words(after_the_lock.queue)
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Nothing waits for you" in words(page.queue))
    qtbot.waitUntil(lambda: counted[-1] == 0)
    assert record_page(session, account).text("city") == second
    assert session.store.local("answers_not_applied") is None


@pytest.mark.slow
def test_what_comes_in_while_the_queue_is_answered_turns_no_answer_round_and_takes_no_typing_away(
    qtbot: QtBot, telling: TellingDesk, session: Session, account: str, quiet: Wait, words: Words
) -> None:
    """The answer is the number of a value, and a newer value comes before it."""
    desk, before = telling.desk, session.shown()
    set_value(session, Typed(account, "city", "Umeå", source=Source(speaker="Ana")), before)
    set_value(session, Typed(account, "city", "Boden", source=Source(speaker="Marit")), before)
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: [card.isVisible() for card in page.queue.cards()] == [True])
    QTest.keyClick(page.queue.cards()[0], Qt.Key.Key_1)
    quiet()
    late = Typed(account, "city", "Kiruna", source=Source(speaker="Ole", date="2026-12-01"))
    desk.write("Ole's workbook", partial(set_value, typed=late, shown=before))
    qtbot.waitUntil(lambda: "Kiruna" in words(page.queue))
    assert "stays" not in words(page.queue)
    assert "1 question reads otherwise now; please answer it again." in telling.sentences()
    (card,) = page.queue.cards()
    QTest.keyClick(card, getattr(Qt.Key, f"Key_{len(card.buttons)}"))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "Lar")
    desk.write("Somebody's note", partial(set_value, typed=Typed(account, "phone", "0920 1")))
    quiet()
    QTest.keyClicks(editor, "vik")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "✓ Will be “Larvik”" in words(page.queue)
    quiet()
    page.queue.apply.click()
    qtbot.waitUntil(lambda: record_page(session, account).text("city") == "Larvik")


def _suggestion_row(each: Suggested) -> SuggestionRow:
    made = "2026-11-20T12:00:00Z"
    return SuggestionRow(id=each.id, kind=each.kind, file="", made_at=made, body=json.dumps(asdict(each)))


def _suggest(session: Session, *suggested: Suggested) -> None:
    rows = [_suggestion_row(each) for each in suggested]
    with session.transaction("Suggested", undoable=False) as writing:
        session.store.suggest(writing.team.connection, rows)


def test_files_that_wait_or_are_held_back_say_why_and_stay_out_of_accepting_all(
    qtbot: QtBot,
    desk: Desk,
    session: Session,
    account: str,
    quiet: Wait,
    words: Words,
    nameless: Callable[[QWidget], list[QWidget]],
) -> None:
    told = "“early.xlsx” answers export 7, which is not known here yet; it waits for a colleague's file."
    said = (state(account, "city", "Boden", Source(speaker="Ana")),)
    also = (state(account, "phone", "0921 1", Source(speaker="Ana")),)
    _suggest(
        session,
        Suggested("waits00001", "waiting", "early.xlsx", told, value="7"),
        Suggested("held000001", "held", "mixed.xlsx", "“mixed.xlsx”: the rows look sorted column by column."),
        Suggested(
            "value00001", "value", "Berglunds snabbköp", "Not from xlsx", record=account, field="city", statements=said
        ),
        Suggested("value00002", "value", "Berglunds snabbköp", "Not from xlsx", record=account, statements=also),
    )
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: "2 suggestions, 2 files wait" in words(page.queue))
    assert told in words(page.queue)
    assert "File waits" in words(page.queue)
    assert "File held back" in words(page.queue)
    assert "City: Luleå → Boden" in words(page.queue)
    assert nameless(page) == []
    page.queue.accept_all.click()
    assert "2 of 3 answered" in words(page.queue)
    page.queue.apply.click()
    qtbot.waitUntil(lambda: [card.isVisible() for card in page.queue.cards()] == [True, True])
    assert record_page(session, account).text("city") == "Boden"
    buttons = [button for card in page.queue.cards() for button in card.findChildren(QPushButton)]
    assert sorted(button.accessibleName() for button in buttons if button.isVisible()) == [
        "Leave it out: mixed.xlsx",
        "Take it in all the same: mixed.xlsx",
        "Wait no longer: early.xlsx",
    ]


def test_an_answer_to_be_taken_back_is_preselected_and_a_person_may_let_it_stand(
    qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Wait, words: Words
) -> None:
    edit = state(account, "city", "Boden", Source(speaker="Ana"), mark="an edit")
    with session.transaction("Import") as writing:
        writing.say(Layer.TEAM, [edit])
    again = "“a.xlsx” shows “Luleå” again, as it was sent; an earlier copy of it said “Boden”. Take that answer back?"
    _suggest(
        session, Suggested("again1", "withdrawal", "Berglunds", again, record=account, field="city", other="an edit")
    )
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: [card.isVisible() for card in page.queue.cards()] == [True])
    (card,) = page.queue.cards()
    assert again in words(card)
    assert "City: Boden → Luleå" in words(card)
    assert "✓ Will be accepted" in words(card)
    QTest.keyClick(card, Qt.Key.Key_Backspace)
    assert [button.text() for button in card.buttons if button.isVisible()] == ["1  Take it back", "2  Let it stand"]
    page.queue.refresh()
    quiet()
    assert not page.queue.apply.isEnabled()
    assert page.queue.cards() == [card], "a reading that brings nothing new takes no card away under somebody's hand"
    QTest.keyClick(card, Qt.Key.Key_1)
    page.queue.apply.click()
    qtbot.waitUntil(lambda: record_page(session, account).text("city") == "Luleå")
    qtbot.waitUntil(lambda: "Nothing waits for you" in words(page.queue))


def test_a_refused_value_is_typed_as_it_should_be(
    qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Wait, words: Words
) -> None:
    refused = "Accounts, row 2, Employees: Ana wrote “many”, expected a whole number."
    _suggest(
        session, Suggested("value1", "value", "Berglunds", refused, record=account, field="employees", value="many")
    )
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(lambda: [card.isVisible() for card in page.queue.cards()] == [True])
    (card,) = page.queue.cards()
    assert refused in words(card)
    assert card.accessibleName().startswith("Value not taken: ")
    assert [button.text() for button in card.buttons] == ["1  Reject", "2  Edit"]
    QTest.keyClick(card, Qt.Key.Key_2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.selectedText() == "many"
    QTest.keyClicks(editor, "45")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "✓ Will be “45”" in words(card)
    page.queue.apply.click()
    qtbot.waitUntil(lambda: record_page(session, account).text("employees") == "45")
    qtbot.waitUntil(lambda: "Nothing waits for you" in words(page.queue))


def test_a_team_workbook_is_written_and_read_again_without_change(
    qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Wait, tmp_path: Path, words: Words
) -> None:
    assert account
    set_scope(session, add_partner(session, "Nordic Foods")[0], [account], covers=True)
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    with qtbot.waitSignal(page._sending.written):
        page._sending.send_team(tmp_path / "team.xlsx")
    wizard = page.import_files([tmp_path / "team.xlsx"])
    assert wizard is not None
    qtbot.waitUntil(lambda: wizard._at == 3)
    assert "0" in words(wizard.confirm)
    assert not wizard.accept_button.isEnabled()
    wizard.reject()


def test_a_colleague_is_invited_with_a_file(qtbot: QtBot, desk: Desk, quiet: Wait, tmp_path: Path) -> None:
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    page.invite.click()
    dialog = page.findChildren(InviteDialog)[0]
    QTest.keyClicks(dialog.passphrase, "told by phone")
    dialog.write_to(tmp_path / "team.join")
    qtbot.waitUntil((tmp_path / "team.join").is_file)
    quiet()


@pytest.mark.parametrize("make", [PeoplePage, PartnersPage, ExchangePage])
def test_everything_has_a_name_also_when_nothing_is_there(
    qtbot: QtBot, desk: Desk, quiet: Wait, make: Callable[[Desk], QWidget], nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    page = make(desk)
    _shown(qtbot, page, quiet)
    assert nameless(page) == []
