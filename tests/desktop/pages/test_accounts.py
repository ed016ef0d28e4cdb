"""The accounts page on a small encrypted workspace, clicked and typed as a person does."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import TellingDesk

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.merge_dialog import MergeDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.records.conflict_choice import ConflictChoice
from accountplanner.desktop.records.field_groups import groups_of
from accountplanner.desktop.records.timeline_tab import TimelineTab
from accountplanner.desktop.records.understanding_composer import UnderstandingComposer
from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Source
from accountplanner.usecases.browsing import ListQuery, list_numbers
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.history import undo
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.session import Session

Words = Callable[[QWidget], str]


@pytest.fixture
def account(session: Session) -> str:
    values = {"name": "Berglunds snabbköp", "city": "Luleå", "country": "Sweden", "phone": "0921-12 34 65"}
    return create_record(session, "account", values)[0]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, session: Session, account: str, quiet: Callable[[], None]) -> AccountsPage:
    create_record(session, "account", {"name": "Ernst Handel", "city": "Graz"})
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
    page.show_record(account)
    qtbot.waitUntil(lambda: page.account.title == "Berglunds snabbköp")
    quiet()
    return page


def _type_into(page: AccountsPage, key: str, text: str) -> None:
    row = page.account.cards.rows_with(key).row(key)
    row.start_editing()
    # The editor before may still wait for its deletion.
    editor = row.findChildren(QLineEdit)[-1]
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def _timeline(page: AccountsPage) -> TimelineTab:
    return page.account.findChildren(TimelineTab)[0]


def _value(session: Session, account: str, key: str) -> str:
    return record_page(session, account).text(key)


def _said_elsewhere(session: Session, typed: Typed) -> Changes:
    return set_value(session, typed)


def test_every_field_of_the_catalogue_has_its_place() -> None:
    for kind in ("account", "contact", "partner"):
        placed = [key for group in groups_of(kind) for key in group.keys]
        assert sorted(placed) == sorted(field.key for field in record_kind(kind).fields if not field.internal)


def test_the_list_shows_names_and_how_many(page: AccountsPage, words: Words) -> None:
    assert "2 in the list" in words(page.panel)
    assert page.panel.selected().startswith("account:")


def test_a_value_is_typed_saved_and_undone(
    qtbot: QtBot, page: AccountsPage, desk: Desk, session: Session, account: str, words: Words
) -> None:
    _type_into(page, "city", "Umeå")
    qtbot.waitUntil(lambda: _value(session, account, "city") == "Umeå")
    qtbot.waitUntil(lambda: "City: Umeå" in words(page.account))
    desk.undo()
    qtbot.waitUntil(lambda: "City: Luleå" in words(page.account))


def test_the_same_field_typed_twice_in_a_row_is_no_conflict(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, quiet: Callable[[], None]
) -> None:
    _type_into(page, "city", "Umeå")
    _type_into(page, "city", "Piteå")
    qtbot.waitUntil(lambda: _value(session, account, "city") == "Piteå")
    quiet()
    assert not record_page(session, account).line("city").has_conflict


def test_a_field_open_while_somebody_elses_value_comes_in_replaces_nothing_it_did_not_show(
    qtbot: QtBot, page: AccountsPage, desk: Desk, session: Session, account: str, quiet: Callable[[], None]
) -> None:
    """The values arrive while both editors are open; what the page holds back until then has not been seen."""
    for key, theirs, mine in (("city", "Boden", "Umeå"), ("phone", "0921-99", None)):
        row = page.account.cards.rows_with(key).row(key)
        row.start_editing()
        said = Typed(account, key, theirs, source=Source(speaker="Ana"))
        desk.write("Ana's workbook", partial(_said_elsewhere, typed=said))
        qtbot.waitUntil(lambda key=key, theirs=theirs: _value(session, account, key) == theirs)  # type: ignore[misc]
        quiet()
        editor = row.findChildren(QLineEdit)[-1]
        editor.setText(editor.text() if mine is None else mine)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        quiet()
    city, phone = (record_page(session, account).line(key) for key in ("city", "phone"))
    assert {value.text for value in city.values} == {"Boden", "Umeå"}
    assert [value.text for value in phone.values] == ["0921-99"], "Enter without a change says nothing"


@pytest.mark.slow
def test_what_is_being_typed_stays_with_its_record_when_another_is_opened(
    page: AccountsPage, telling: TellingDesk, session: Session, account: str, quiet: Callable[[], None]
) -> None:
    """From the palette, for one: an editor keeps its text while a dialog has the keyboard."""
    (other,) = session.store.records_titled("account", "Ernst Handel")
    for key, typed in (("city", "Umeå"), ("next_review", "soon")):
        row = page.account.cards.rows_with(key).row(key)
        row.start_editing()
        row.findChildren(QLineEdit)[-1].setText(typed)
        page.show_record(other)
        quiet()
        assert page.account.title == "Ernst Handel"
        assert not row.is_editing
        page.show_record(account)
        quiet()
    assert (_value(session, account, "city"), _value(session, other, "city")) == ("Umeå", "Graz")
    assert [_value(session, each, "next_review") for each in (account, other)] == ["", ""]
    expected = "“soon” does not fit and was not saved: Next review of Berglunds snabbköp"
    assert expected in telling.sentences()


def test_what_does_not_fit_is_said_at_the_field_and_can_be_mended(
    qtbot: QtBot, page: AccountsPage, words: Words, session: Session, account: str
) -> None:
    _type_into(page, "email", "no address")
    row = page.account.cards.rows_with("email").row("email")
    qtbot.waitUntil(lambda: row.is_editing)
    assert "does not fit" in words(row)
    assert _value(session, account, "email") == ""
    row.revert()


def test_emptying_a_field_clears_it_and_the_history_keeps_it(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str
) -> None:
    _type_into(page, "phone", "")
    qtbot.waitUntil(lambda: _value(session, account, "phone") == "")


def test_a_conflict_is_settled_in_place(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, quiet: Callable[[], None]
) -> None:
    before = session.shown()
    set_value(session, Typed(account, "city", "Umeå"), before)
    set_value(session, Typed(account, "city", "Boden", source=Source(speaker="Ana")), before)
    assert record_page(session, account).line("city").has_conflict
    page.account.refresh()
    qtbot.waitUntil(lambda: bool(page.account.findChildren(ConflictChoice)))
    choice = page.account.findChildren(ConflictChoice)[0]
    second = record_page(session, account).line("city").values[1].text
    QTest.mouseClick(choice.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _value(session, account, "city") == second)
    quiet()


def test_opinions_of_others_stand_beside_mine(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, words: Words
) -> None:
    typed = Typed(account, "satisfaction", "unhappy", source=Source(speaker="Nordic Foods"), voice="partner:nordic")
    set_value(session, typed)
    page.account.refresh()
    qtbot.waitUntil(lambda: "opinion of Nordic Foods" in words(page.account))
    assert "How satisfied are they with us: not known" in words(page.account)


def test_a_note_is_written_with_the_keyboard(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, quiet: Callable[[], None]
) -> None:
    page.write_note()
    composer = _timeline(page).composer
    QTest.keyClicks(composer.editor, "They want")
    QTest.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.editor, "smaller packs")
    QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    QTest.keyClicks(composer.editor, " next")
    qtbot.waitUntil(lambda: "They want smaller packs" in _timeline(page).timeline.accessibleName())
    assert composer.editor.toPlainText() == "next", "typed while the note was being saved"
    composer.editor.setPlainText("y" * 200_001)
    QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    quiet()
    assert len(composer.editor.toPlainText()) == 200_001, "refused, and nothing lost"
    composer.editor.setPlainText("")
    (note,) = session.store.every("note")
    assert (note.values["text"], note.values["account"]) == ("They want\nsmaller packs", account)


@pytest.mark.slow
def test_the_line_on_the_page_understands_and_offers_as_the_note_over_the_window_does(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, quiet: Callable[[], None], words: Words
) -> None:
    for name in ("Christina Lind", "Christina Berglund"):
        create_record(session, "contact", {"name": name, "account": account})
    page.write_note()
    composer = _timeline(page).composer
    QTest.keyClicks(composer.editor, "@chri")
    qtbot.waitUntil(composer.names.isVisible)
    QTest.keyClick(composer.editor, Qt.Key.Key_Down)
    chosen = composer.names.currentItem().text().partition(" at ")[0]
    QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    assert composer.editor.toPlainText() == f"@{chosen} ", "Enter took the name, and saved nothing"
    QTest.keyClicks(composer.editor, "and #ern")
    qtbot.waitUntil(composer.names.isVisible)
    QTest.keyClick(composer.editor, Qt.Key.Key_Escape)
    assert not composer.names.isVisible()
    QTest.keyClicks(composer.editor, "s")
    qtbot.waitUntil(composer.names.isVisible)
    QTest.keyClick(composer.editor, Qt.Key.Key_Tab)
    QTest.keyClicks(composer.editor, "I promised to send the samples by friday")
    qtbot.waitUntil(lambda: chosen in words(composer.pills) and "Ernst Handel" in words(composer.pills))
    assert "about" not in words(composer.pills), "it stands at this account whatever it names"
    QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(composer.offer.isVisible)
    assert f"Make it a promise to {chosen}" in words(composer.offer)
    assert session.store.every("action") == [], "offered, never taken"
    QTest.keyClick(composer.offer, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: len(session.store.every("action")) == 1)
    quiet()
    qtbot.waitUntil(lambda: not composer.offer.isVisible())
    (note,) = session.store.every("note")
    assert note.values["text"].startswith(f"@{chosen} and #Ernst Handel I promised")
    assert session.store.titles([note.values["contact"]]) == {note.values["contact"]: chosen}


def test_a_private_note_stays_on_this_computer(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Callable[[], None]
) -> None:
    page.write_note()
    composer = _timeline(page).composer
    QTest.keyClicks(composer.editor, "Between us")
    composer.private.setChecked(True)
    QTest.mouseClick(composer.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Between us" in _timeline(page).timeline.accessibleName())
    assert "only on this computer" in _timeline(page).timeline.accessibleName()
    quiet()
    assert session.store.every("note") == []


def test_a_note_begun_for_one_account_is_not_saved_at_another(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, quiet: Callable[[], None]
) -> None:
    page.write_note()
    composer = _timeline(page).composer
    QTest.keyClicks(composer.editor, "Only about Berglunds")
    page.show_record(session.store.records_titled("account", "Ernst Handel")[0])
    qtbot.waitUntil(lambda: page.account.title == "Ernst Handel")
    qtbot.waitUntil(lambda: composer.editor.toPlainText() == "")
    page.show_record(account)
    qtbot.waitUntil(lambda: composer.editor.toPlainText() == "Only about Berglunds")
    quiet()


def test_a_new_account_needs_only_a_name(qtbot: QtBot, page: AccountsPage) -> None:
    page.new_record()
    dialog = page.findChildren(NewRecordDialog)[0]
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "Around the Horn")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.account.title == "Around the Horn")


def test_a_second_of_one_name_is_made_only_by_who_means_it(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Callable[[], None]
) -> None:
    page.new_record()
    dialog = page.findChildren(NewRecordDialog)[0]
    QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "ernst handel")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is here already" in dialog._error.text())
    assert len(session.store.records_titled("account", "Ernst Handel")) == 1
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.account.title == "ernst handel")
    quiet()


def test_two_accounts_are_merged_and_parted(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Callable[[], None]
) -> None:
    page.account._on_merge_wanted()
    dialog = page.findChildren(MergeDialog)[0]
    dialog._on_searched("Ernst")
    qtbot.waitUntil(lambda: dialog._list.count() == 1)
    dialog._list.setCurrentRow(0)
    qtbot.waitUntil(lambda: bool(dialog._preview.text()))
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(list_numbers(session, ListQuery("account"))) == 1)
    quiet()
    undo(session)
    assert len(list_numbers(session, ListQuery("account"))) == 2


def test_a_deleted_account_leaves_the_list_and_comes_back(
    qtbot: QtBot, page: AccountsPage, desk: Desk, words: Words
) -> None:
    page.account._on_delete_wanted()
    qtbot.waitUntil(lambda: "1 in the list" in words(page.panel))
    desk.undo()
    qtbot.waitUntil(lambda: "2 in the list" in words(page.panel))


def test_an_account_in_dispute_is_marked_in_the_list(
    qtbot: QtBot, page: AccountsPage, desk: Desk, account: str
) -> None:
    said = {"title": "Invoiced twice", "account": account, "dispute": "yes"}
    rows = page.panel.list.model()

    def told() -> str:
        return str(rows.data(rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))

    assert told() == "Berglunds snabbköp, Luleå, Sweden, Prospect"
    desk.write("Case", lambda session: create_record(session, "case", said))
    qtbot.waitUntil(lambda: told() == "Berglunds snabbköp, Luleå, Sweden, Prospect, 1 open dispute")


def test_filters_that_match_nobody_offer_a_way_back(qtbot: QtBot, page: AccountsPage, words: Words) -> None:
    next(chip for chip in page.panel.findChildren(QAbstractButton) if chip.text() == "Conflicts").click()
    qtbot.waitUntil(page.panel.empty.isVisible)
    assert "Nothing matches" in words(page.panel.empty)
    page.panel.empty.action_requested.emit()
    qtbot.waitUntil(page.panel.list.isVisible)


def test_a_contact_is_opened_from_the_account_and_the_way_back_taken(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, words: Words, quiet: Callable[[], None]
) -> None:
    contact = create_record(session, "contact", {"name": "Christina Berglund", "account": account})[0]
    set_value(session, Typed(contact, "mackay_spouse", "Canary Spouse"))
    page.account.tabs.show_tab("people")
    page.account.refresh()
    qtbot.waitUntil(lambda: page.account._people.table.model().rowCount() == 1)
    page.account.contact_opened.emit(contact)
    qtbot.waitUntil(lambda: "Canary Spouse" in words(page.contact))
    assert "Private" in words(page.contact)
    assert "Share" in words(page.contact)
    assert session.store.team.picture(contact).value("mackay_spouse") is None
    page.contact.cards.editing._on_share_requested("mackay_spouse")
    qtbot.waitUntil(lambda: session.store.layer(Layer.TEAM).picture(contact).value("mackay_spouse") == "Canary Spouse")
    page.contact.tabs.show_tab("notes")
    composer = page.contact.findChildren(UnderstandingComposer)[0]
    QTest.keyClicks(composer.editor, "#bergl")
    qtbot.waitUntil(composer.names.isVisible)
    QTest.keyClick(composer.editor, Qt.Key.Key_Tab)
    QTest.keyClicks(composer.editor, "We will call back tomorrow")
    QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(composer.offer.isVisible)
    QTest.keyClick(composer.offer, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: [each.values["account"] for each in session.store.every("action")] == [account])
    page.contact.back_requested.emit()
    assert page.account.isVisible()
    quiet()


def test_special_answers_are_nowhere_while_they_are_off(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, words: Words, quiet: Callable[[], None]
) -> None:
    contact = create_record(session, "contact", {"name": "Christina Berglund", "account": account})[0]
    session.store.enable_special("a visit in hospital", "Nancy", "2026-11-20")
    said = Source(origin="consent:asked on the visit")
    set_value(session, Typed(contact, "mackay_physical", "Canary bad back", source=said))
    with session.store.team.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM local WHERE name = 'special_enabled'")
    page.account.refresh()
    page._on_contact_opened(contact)
    qtbot.waitUntil(lambda: "Christina Berglund" in words(page.contact))
    quiet()
    page.contact.tabs.show_tab("history")
    quiet()
    assert "Canary" not in words(page)
    assert "bad back" not in words(page.contact.special)
    page.contact.tabs.show_tab("profile")
    assert page.contact.special.switch.isVisible()


def test_what_is_private_shows_in_no_list_and_no_search(
    page: AccountsPage, session: Session, account: str, words: Words, quiet: Callable[[], None]
) -> None:
    contact = create_record(session, "contact", {"name": "Christina Berglund", "account": account})[0]
    set_value(session, Typed(contact, "mackay_spouse", "Canary Spouse"))
    quiet()
    assert "Canary" not in words(page)
    assert list_numbers(session, ListQuery("contact", "Canary")) == []


def test_everything_that_takes_the_focus_has_a_name(
    page: AccountsPage, nameless: Callable[[QWidget], list[QWidget]], quiet: Callable[[], None]
) -> None:
    for tab in ("people", "timeline", "plan", "purchases", "partners", "ladder", "history", "overview"):
        page.account.tabs.show_tab(tab)
        quiet()
        assert nameless(page) == [], tab


def test_after_closing_nothing_of_a_customer_is_left_on_the_page(
    page: AccountsPage, desk: Desk, words: Words, session: Session, quiet: Callable[[], None]
) -> None:
    quiet()
    desk.closing.emit()
    assert "Berglund" not in words(page)
    assert session.store.identity.name
