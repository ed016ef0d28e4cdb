"""The 360-degree view of an account, clicked and typed as a person does: head, thread, plan, partners, people."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import TellingDesk

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.history_dialog import HistoryDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.accounts.partners_tab import PartnerCard, PartnersTab
from accountplanner.desktop.pages.accounts.people_tab import PeopleTab
from accountplanner.desktop.pages.accounts.plan_tab import PlanTab
from accountplanner.desktop.records.record_dialog import RecordDialog
from accountplanner.desktop.records.special_card import ConsentDialog, SwitchDialog
from accountplanner.desktop.records.timeline_tab import TimelineTab
from accountplanner.desktop.widgets.popover import Popover
from accountplanner.desktop.widgets.value_editors import NameField
from accountplanner.desktop.widgets.value_row import ValueRow
from accountplanner.domain.briefs import Question, Reason
from accountplanner.domain.fields import Layer
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.partners import add_partner
from accountplanner.usecases.planning import plan_of
from accountplanner.usecases.session import Session
from accountplanner.usecases.special_answers import looks

Quiet = Callable[[], None]


@pytest.fixture
def account(session: Session) -> str:
    account, _ = create_record(session, "account", {"name": "Berglunds snabbköp", "city": "Luleå"})
    touch = {"account": account, "channel": "visit", "happened_on": "2026-11-18", "subject": "Walk through the shop"}
    create_record(session, "touch", touch)
    action = {"account": account, "title": "Send the price list", "due_on": "2026-11-18", "promise": "yes"}
    create_record(session, "action", action | {"state": "open"})
    order = {"account": account, "order_number": "10248", "ordered_on": "2026-10-01", "amount": "99.50 EUR"}
    create_record(session, "purchase", order)
    return account


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, account: str, quiet: Quiet) -> AccountsPage:
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
    page.show_record(account)
    qtbot.waitUntil(lambda: page.account.title == "Berglunds snabbköp")
    quiet()
    return page


def _readable(page: AccountsPage) -> str:
    """What stands on labels in sight."""
    return "\n".join(label.text() for label in page.account.findChildren(QLabel) if label.isVisible())


def _popover(page: AccountsPage) -> Popover:
    return next(each for each in page.account.findChildren(Popover) if each.isVisible())


def test_the_head_says_what_matters_and_stays(page: AccountsPage) -> None:
    assert "Last touch 2 days ago: Visit" in _readable(page)
    assert "Promised: Send the price list · 2 days late" in _readable(page)
    assert "touch in twelve months, 1 of them this month" in page.account.header._trend.toolTip()
    top = page.account.header.geometry()
    page.account.cards._columns.verticalScrollBar().setValue(10_000)
    assert page.account.header.geometry() == top
    assert page.account.header.isVisible()


def test_each_figure_says_why_with_the_keyboard(page: AccountsPage, session: Session, qtbot: QtBot) -> None:
    assert page.account.header.health.accessibleName() == "Not known, how they are"
    QTest.keyClick(page.account.header.health, Qt.Key.Key_Return)
    assert "Nobody has said how satisfied they are" in _popover(page).accessibleName()
    QTest.keyClick(_popover(page), Qt.Key.Key_Escape)
    set_value(session, Typed(page.account.record, "satisfaction", "very"))
    page.account.refresh()
    qtbot.waitUntil(lambda: page.account.header.health.accessibleName() == "Good, how they are")
    QTest.mouseClick(page.account.header.knowledge, Qt.MouseButton.LeftButton)
    told = _popover(page).accessibleName()
    assert "The account itself: 1 of 11 answers are fresh" in told
    assert "Sensitive answers never count" in told
    _popover(page).close()


def test_the_thread_is_narrowed_by_topic(qtbot: QtBot, page: AccountsPage, quiet: Quiet) -> None:
    page.account.tabs.show_tab("timeline")
    quiet()
    thread = page.account.findChildren(TimelineTab)[0]
    assert thread.chips is not None
    assert [chip.text() for chip in thread.chips._chips] == ["Visits  1", "Orders  1"]
    QTest.mouseClick(thread.chips._chips[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Order 10248" in thread.timeline.accessibleName())
    QTest.keyClick(thread.timeline, Qt.Key.Key_End)
    assert "Visit" not in thread.timeline.accessibleName()


def test_a_long_thread_comes_page_by_page(qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet) -> None:
    for number in range(130):
        touch = {"account": page.account.record, "channel": "call", "subject": f"Call {number}"}
        create_record(session, "touch", touch | {"happened_on": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"})
    page.account.tabs.show_tab("timeline")
    page.account.refresh()
    quiet()
    thread = page.account.findChildren(TimelineTab)[0]
    assert len(thread.timeline._entries) == 60
    QTest.mouseClick(thread.more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(thread.timeline._entries) >= 120)
    thread._area.verticalScrollBar().setValue(thread._area.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: "132 things happened in all" in _readable(page))
    assert not thread.more.isVisible()
    quiet()


def test_a_line_of_the_thread_opens_and_is_edited(qtbot: QtBot, page: AccountsPage, quiet: Quiet) -> None:
    page.account.tabs.show_tab("timeline")
    quiet()
    thread = page.account.findChildren(TimelineTab)[0]
    QTest.keyClick(thread.timeline, Qt.Key.Key_Return)
    dialog = page.findChildren(RecordDialog)[0]
    quiet()
    row = dialog.fields.rows.row("subject")
    QTest.keyClick(row, Qt.Key.Key_F2)
    editor = row.findChildren(QLineEdit)[-1]
    editor.setText("Walk through the stores")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Walk through the stores" in thread.timeline.accessibleName())
    dialog.accept()
    quiet()


@pytest.mark.slow
def test_what_does_not_fit_is_told_when_the_line_is_closed_over_it(
    qtbot: QtBot, page: AccountsPage, telling: TellingDesk, session: Session, account: str, quiet: Quiet
) -> None:
    (action,) = [each.record for each in plan_of(session, account).actions]
    dialog = RecordDialog(telling.desk, action, page)
    dialog.open()
    quiet()
    for key, typed in (("title", "Send the new price list"), ("due_on", "soon")):
        row = dialog.fields.rows.row(key)
        row.start_editing()
        row.findChildren(QLineEdit)[-1].setText(typed)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: record_page(session, action).title == "Send the new price list")
    assert record_page(session, action).text("due_on") == "2026-11-18"
    assert "“soon” does not fit and was not saved: Due on of Send the price list" in telling.sentences()
    quiet()


def test_a_promise_is_ticked_off_before_going_in(qtbot: QtBot, page: AccountsPage, session: Session) -> None:
    row = next(iter(page.account._promises.items._rows.values()))
    assert row.tick.accessibleName() == "Done: Send the price list"
    QTest.mouseClick(row.tick, Qt.MouseButton.LeftButton, pos=row.tick.rect().center())
    qtbot.waitUntil(lambda: "No next step" in _readable(page))
    assert [each.state for each in plan_of(session, page.account.record).done] == ["Late"]


def test_an_action_is_added_and_its_day_typed_in_place(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    page.account.tabs.show_tab("plan")
    quiet()
    plan = page.account.findChildren(PlanTab)[0]
    QTest.keyClicks(plan.action_items.add, "Bring samples")
    QTest.keyClick(plan.action_items.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(plan_of(session, page.account.record).actions) == 2)
    added = next(each for each in plan_of(session, page.account.record).actions if each.title == "Bring samples")
    qtbot.waitUntil(lambda: _opened(plan, added.record) is not None)
    quiet()
    row = _opened(plan, added.record)
    assert row is not None
    QTest.keyClick(row, Qt.Key.Key_Return)
    editor = row.findChildren(QLineEdit)[-1]
    editor.setText("2026-12-01")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: record_page(session, added.record).text("due_on") == "2026-12-01")
    following = _opened(plan, added.record, "done_on")
    assert following is not None
    assert following.is_editing
    following.revert()
    quiet()


@pytest.mark.slow
def test_what_is_being_typed_into_an_action_is_saved_when_another_account_is_opened(
    qtbot: QtBot, page: AccountsPage, session: Session, account: str, quiet: Quiet
) -> None:
    """From the palette, for one: the editor still stands when the lines of the account go."""
    other = create_record(session, "account", {"name": "Ernst Handel"})[0]
    page.account.tabs.show_tab("plan")
    quiet()
    plan = page.account.findChildren(PlanTab)[0]
    (action,) = [each.record for each in plan_of(session, account).actions]
    plan.open_item(action)
    quiet()
    row = _opened(plan, action)
    assert row is not None
    row.start_editing()
    row.findChildren(QLineEdit)[-1].setText("2026-12-01")
    palette = QDialog(page)
    palette.open()
    qtbot.waitUntil(palette.isActiveWindow)
    page.account.show_record(other)
    quiet()
    assert page.account.title == "Ernst Handel"
    palette.close()
    qtbot.waitUntil(lambda: record_page(session, action).text("due_on") == "2026-12-01")
    quiet()


def _opened(plan: PlanTab, record: str, key: str = "due_on") -> ValueRow | None:
    row = plan.action_items.row(record)
    return row.fields.rows.row(key) if row is not None and row.fields is not None else None


def test_a_plan_and_its_objectives_are_made_on_the_page(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    page.account.tabs.show_tab("plan")
    quiet()
    tab = page.account.findChildren(PlanTab)[0]
    QTest.keyClicks(tab.new_plan.add, "Plan for 2027")
    QTest.keyClick(tab.new_plan.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(tab._plans))
    card = next(iter(tab._plans.values()))
    QTest.keyClicks(card.objectives.add, "Two more houses")
    QTest.keyClick(card.objectives.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(card.objectives._rows))
    quiet()
    (line,) = plan_of(session, page.account.record).plans
    assert [each.title for each in line.objectives] == ["Two more houses"]
    objective = line.objectives[0].record
    quiet()
    qtbot.waitUntil(lambda: card.strategies_of(objective) is not None)
    strategies = card.strategies_of(objective)
    assert strategies is not None
    QTest.keyClicks(strategies.add, "Through the purchasing group")
    QTest.keyClick(strategies.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(strategies._rows) == 1)
    quiet()
    (line,) = plan_of(session, page.account.record).plans
    assert [each.title for each in line.strategies[objective]] == ["Through the purchasing group"]
    assert [row.title.accessibleName() for row in strategies._rows.values()] == ["Through the purchasing group"]


def test_a_partner_is_let_see_the_account_and_no_longer(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    add_partner(session, "Nordic Foods")
    page.account.tabs.show_tab("partners")
    quiet()
    tab = page.account.findChildren(PartnersTab)[0]
    assert "No channel partner sees this account yet" in _readable(page)
    QTest.mouseClick(tab.let_see, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nordic Foods" in _readable(page))
    quiet()
    QTest.mouseClick(tab.findChildren(PartnerCard)[0].scope, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "No channel partner sees this account yet" in _readable(page))
    quiet()


def test_names_complete_as_they_are_typed_and_stand_for_the_record_chosen(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    twins = [create_record(session, "colleague", {"name": "Ana Ruiz"})[0] for _ in range(2)]
    row = page.account.cards.rows_with("owner").row("owner")
    QTest.keyClick(row, Qt.Key.Key_F2)
    editor = row.findChildren(NameField)[-1]
    QTest.keyClicks(editor, "ana r")
    qtbot.waitUntil(editor.is_choosing)
    assert [editor._names.item(at).text() for at in range(editor._names.rowCount())] == ["Ana Ruiz", "Ana Ruiz"]
    popup = editor.popup
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    chosen = editor._offered[popup.currentIndex().row()][0]
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: record_page(session, page.account.record).text("owner") == "Ana Ruiz")
    assert chosen in twins
    assert record_page(session, page.account.record).line("owner").values[0].value == chosen
    quiet()


def test_escape_leaves_the_name_as_it_was(page: AccountsPage, session: Session, quiet: Quiet) -> None:
    row = page.account.cards.rows_with("owner").row("owner")
    row.start_editing()
    editor = row.findChildren(NameField)[-1]
    QTest.keyClicks(editor, "Nobody of that name")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    quiet()
    assert not row.is_editing
    assert record_page(session, page.account.record).text("owner") == ""


def test_a_cell_of_a_list_says_where_it_comes_from(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    contact, _ = create_record(session, "contact", {"name": "Christina", "account": page.account.record})
    set_value(session, Typed(contact, "title", "Buyer"))
    set_value(session, Typed(contact, "title", "Head of purchasing"))
    page.account.refresh()
    page.account.tabs.show_tab("people")
    people = page.account.findChildren(PeopleTab)[0]
    qtbot.waitUntil(lambda: people.table.model().rowCount() == 1)
    people.table.setCurrentIndex(people.table.model().index(0, 1))
    people.table.setFocus()
    QTest.keyClick(people.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(page.findChildren(HistoryDialog)))
    dialog = page.findChildren(HistoryDialog)[0]
    assert dialog.windowTitle() == "History of Job title"
    dialog.accept()
    quiet()


@pytest.mark.slow
def test_sensitive_answers_are_switched_on_kept_with_consent_and_shown_when_asked(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    contact, _ = create_record(session, "contact", {"name": "Christina", "account": page.account.record})
    page._on_contact_opened(contact)
    qtbot.waitUntil(lambda: page.contact.title == "Christina")
    quiet()
    card = page.contact.special
    QTest.mouseClick(card.switch, Qt.MouseButton.LeftButton)
    switch = page.findChildren(SwitchDialog)[0]
    assert not switch.accept_button.isEnabled()
    QTest.keyClicks(switch.reason, "A lift has to be ordered")
    QTest.keyClick(switch, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "mackay_physical" in card._rows)
    QTest.mouseClick(card.row("mackay_physical").edit, Qt.MouseButton.LeftButton)
    consent = page.findChildren(ConsentDialog)[0]
    QTest.keyClicks(consent.answer, "A bad back")
    QTest.mouseClick(consent.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "how the person agreed" in _words_of(consent))
    QTest.keyClicks(consent.consent, "asked her on the visit")
    QTest.mouseClick(consent.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "kept with consent: asked her on the visit" in _words_of(card))
    assert "A bad back" not in _words_of(page.contact)
    assert looks(session) == []
    QTest.mouseClick(card.row("mackay_physical").show_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "A bad back" in _words_of(card))
    assert [look.field for look in looks(session)] == ["mackay_physical"]
    assert session.store.layer(Layer.TEAM).picture(contact).value("mackay_physical") is None
    quiet()


def _words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_every_line_of_a_card_has_the_room_its_words_need(
    qtbot: QtBot, page: AccountsPage, session: Session, quiet: Quiet
) -> None:
    long = "Deliveries arrive after the shop opens, and the lift is too small for the pallets they come on. " * 3
    for key in ("key_problems", "priorities", "biggest_problem"):
        set_value(session, Typed(page.account.record, key, long))
    page.account.refresh()
    qtbot.waitUntil(lambda: "the lift is too small" in _readable(page))
    quiet()
    qtbot.waitUntil(lambda: _squeezed(page) == [])


def _squeezed(page: AccountsPage) -> list[str]:
    return [
        label.text()
        for label in page.account.cards.findChildren(QLabel)
        if label.isVisible() and label.wordWrap() and label.height() < label.heightForWidth(label.width())
    ]


def test_nothing_of_the_customer_is_left_after_closing(
    page: AccountsPage, desk: Desk, words: Callable[[QWidget], str], quiet: Quiet
) -> None:
    for tab in ("people", "timeline", "plan", "purchases", "partners", "ladder", "history", "overview"):
        page.account.tabs.show_tab(tab)
        quiet()
    page.write_note()
    composer = page.account.findChildren(TimelineTab)[0].composer
    QTest.keyClicks(composer.editor, "Canary draft")
    desk.closing.emit()
    quiet()
    told = words(page)
    for secret in ("Berglund", "price list", "Walk", "10248", "Canary", "99.50"):
        assert secret not in told


def test_a_new_person_is_placed_at_an_account_by_its_name(
    qtbot: QtBot, page: AccountsPage, desk: Desk, session: Session, quiet: Quiet
) -> None:
    asked = (("name", "Name"), ("account", "Account"))
    dialog = NewRecordDialog(desk, "contact", "New contact", asked, parent=page)
    dialog.open()
    QTest.keyClicks(dialog._fields["name"], "Christina")
    account = dialog._fields["account"]
    assert isinstance(account, NameField)
    account.setFocus()
    QTest.keyClicks(account, "bergl")
    qtbot.waitUntil(account.is_choosing)
    QTest.keyClick(account.popup, Qt.Key.Key_Down)
    QTest.keyClick(account.popup, Qt.Key.Key_Return)
    assert account.text() == "Berglunds snabbköp"
    dialog.accept_requested.emit()
    qtbot.waitUntil(lambda: len(session.store.every("contact")) == 1)
    assert session.store.every("contact")[0].values["account"] == page.account.record
    quiet()


def test_a_question_that_comes_later_squeezes_nothing(qtbot: QtBot, page: AccountsPage, quiet: Quiet) -> None:
    long = "What would have to happen so that the deliveries never again arrive after the shop has opened? " * 3
    asked = Question("need", long, Reason.MISSING)
    page.resize(1200, 500)
    quiet()
    page.account._question._on_read([asked] * 3)
    qtbot.waitUntil(lambda: _squeezed(page) == [])
    assert "Nobody has asked yet" in _readable(page)
