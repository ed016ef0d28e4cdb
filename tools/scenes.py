# ruff: noqa: INP001, S101, SLF001 - a tool stands alone, is no package, and may look inside
"""Every page, tab, dialog and state of the program, each with how a person comes there.

Pictures are made of them (`screenshot_scenes.py`) and tests walk them (`tests/desktop/walks`); one of those tests
fails where the program has a page, a tab or a dialog that no scene shows.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from tools.stage import Stage, story_account, story_contact

from accountplanner.desktop.capture.dialog import CaptureDialog
from accountplanner.desktop.capture.inbox_dialog import InboxDialog
from accountplanner.desktop.crash import CrashReport
from accountplanner.desktop.dialogs.brief_dialog import BriefDialog
from accountplanner.desktop.dialogs.card_dialog import CardDialog
from accountplanner.desktop.dialogs.drafts_dialog import DraftsDialog
from accountplanner.desktop.dialogs.erase_dialog import EraseDialog
from accountplanner.desktop.dialogs.first_run import FirstRun
from accountplanner.desktop.dialogs.history_dialog import HistoryDialog
from accountplanner.desktop.dialogs.import_wizard import ImportWizard
from accountplanner.desktop.dialogs.invite_dialog import InviteDialog
from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.dialogs.merge_dialog import MergeDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.dialogs.scope_dialog import ScopeDialog
from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.lock_screen import LockScreen
from accountplanner.desktop.pages.exchange.folder_dialog import FolderDialog
from accountplanner.desktop.pages.exchange.folder_password import FolderPasswordDialog
from accountplanner.desktop.pages.partners.page import PartnersPage
from accountplanner.desktop.pages.people import PeoplePage
from accountplanner.desktop.pages.settings.about import DiagnosticsDialog
from accountplanner.desktop.pages.settings.key_dialogs import PassphraseDialog, RecoveryDialog
from accountplanner.desktop.pages.settings.restore_dialog import RestoreDialog
from accountplanner.desktop.records.item_list import ItemList
from accountplanner.desktop.records.list_filters import FilterDialog
from accountplanner.desktop.records.list_many import BulkEditDialog
from accountplanner.desktop.records.list_menus import KeepDialog
from accountplanner.desktop.records.list_table import ColumnsDialog
from accountplanner.desktop.records.record_dialog import RecordDialog
from accountplanner.desktop.records.special_card import ConsentDialog, SwitchDialog
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.crash_dialog import CrashDialog
from accountplanner.desktop.widgets.palette import CommandPalette
from accountplanner.desktop.widgets.popover import Popover
from accountplanner.desktop.widgets.shortcut_sheet import ShortcutSheet
from accountplanner.usecases.browsing import Condition, Operator
from accountplanner.usecases.drafts import Draft

_DATA: Final = Path(__file__).resolve().parent.parent / "tests" / "data"
_KEY: Final = "092GJ-XWKBN-15H8N-CFDYH-C7PY7-DE1X7-BD7ZQ-4XKF1"
_UNKNOWN_LIST: Final = (
    "Kundennr;Firma;Ansprechpartner;Ort;PLZ;Land;Telefon;Umsatz 2025;Merkmal\n"
    "10017;Ernst Handel;Roland Mendel;Graz;8010;Austria;7675-3425;124.300,00;A\n"
    "10018;Bon app';Laurence Lebihan;Marseille;13008;France;91.24.45.40;87.120,50;B\n"
    "10019;Around the Horn;Thomas Hardy;London;WA1 1DP;UK;(171) 555-7788;64.002,00;B\n"
)


@dataclass(frozen=True)
class Scene:
    """`show` brings it into sight and returns what is looked at: the window, or what floats over it."""

    name: str
    show: Callable[[Stage], QWidget]
    covers: tuple[type[QWidget], ...] = ()
    """The dialogs and sheets this scene is the one to show."""


# --- pages and their tabs -------------------------------------------------------------------------------------------


def _area(name: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.area(name)
        return stage.window

    return show


def _account_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.accounts().account.tabs.show_tab(tab)
        stage.quiet()
        return stage.window

    return show


def _contact_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.contact().contact.tabs.show_tab(tab)
        stage.quiet()
        return stage.window

    return show


def _partner_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        page = stage.area("partners")
        assert isinstance(page, PartnersPage)
        stage.wait_for(lambda: bool(page.partner.title))
        page.partner.tabs.show_tab(tab)
        stage.quiet()
        return stage.window

    return show


def _settings_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.settings(tab)
        return stage.window

    return show


def _people(stage: Stage) -> QWidget:
    page = stage.area("people")
    assert isinstance(page, PeoplePage)
    page.show_record(story_contact(stage.session)[0])
    stage.quiet()
    return stage.window


def _sensitive(stage: Stage) -> QWidget:
    """A person whose sensitive answers are open, one of them shown."""
    card = stage.contact().contact.special
    if not card._rows:
        card.action_requested.emit()
        stage.quiet()
    for row in card._rows.values():
        if row.show_button.isVisibleTo(card):
            row.show_button.click()
    stage.quiet()
    columns = stage.accounts_page().contact.cards.findChildren(CardColumns)[0]
    columns.ensureWidgetVisible(card)
    return stage.window


def _editing(key: str, refused: str = "") -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        cards = stage.accounts().account.cards
        row = cards.rows_with(key).row(key)
        row.start_editing()
        if refused:
            row.refuse(refused)
        stage.quiet()
        return stage.window

    return show


def _plan_open(stage: Stage) -> QWidget:
    """The plan with one of its lines open."""
    view = stage.accounts().account
    view.tabs.show_tab("plan")
    stage.quiet()
    rows = [row for each in view._plan_tab.findChildren(ItemList) for row in each._rows.values()]
    if rows:
        rows[0].toggle()
    stage.quiet()
    return stage.window


# --- lists ----------------------------------------------------------------------------------------------------------


def _list_filtered(stage: Stage) -> QWidget:
    head = stage.accounts().panel.head
    head.add_condition(Condition("tier", Operator.KNOWN), "Tier is known")
    head.look_through(replace(head.lens, group="tier"))
    stage.quiet()
    return stage.window


def _list_as_it_was(stage: Stage) -> None:
    panel = stage.accounts_page().panel
    panel.show_table(is_table=False)
    panel.head.look_through(replace(panel.head.lens, group=""))
    panel.head.show_all()
    stage.quiet()


def _list_many(stage: Stage) -> QWidget:
    _list_as_it_was(stage)
    shown = stage.accounts().panel.list
    shown.selectAll()
    shown.scrollTo(shown.currentIndex())
    stage.quiet()
    return stage.window


def _list_table(stage: Stage) -> QWidget:
    _list_as_it_was(stage)
    stage.accounts().panel.show_table(is_table=True)
    stage.quiet()
    return stage.window


def _list_empty(stage: Stage) -> QWidget:
    _list_as_it_was(stage)
    panel = stage.accounts().panel
    panel.search.setText("nobody is called this")
    panel.search.returnPressed.emit()
    stage.wait_for(panel.empty.isVisible)
    stage.quiet()
    return stage.window


def _over_list(ask: str, kind: type[QDialog]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        _list_as_it_was(stage)
        panel = stage.accounts().panel
        if kind is BulkEditDialog:
            panel.list.selectAll()
        getattr(panel, ask)()
        return stage.opened(kind)

    return show


# --- over the pages -------------------------------------------------------------------------------------------------


def _from_account(handler: str, kind: type[QWidget]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        getattr(stage.accounts().account, handler)()
        return stage.opened(kind)

    return show


def _from_contact(handler: str, kind: type[QWidget]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        getattr(stage.contact().contact, handler)()
        return stage.opened(kind)

    return show


def _from_settings(tab: str, handler: str, kind: type[QWidget]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        section = getattr(stage.settings(tab), tab)
        getattr(section, handler)()
        return stage.opened(kind)

    return show


def _made(kind: type[QDialog], make: Callable[[Stage], QDialog]) -> Callable[[Stage], QWidget]:
    """For a dialog that opens after a file was chosen, or in a case that cannot be brought about here."""

    def show(stage: Stage) -> QWidget:
        stage.accounts()
        make(stage).open()
        return stage.opened(kind)

    return show


def _new_record(stage: Stage) -> QWidget:
    stage.accounts().new_record()
    return stage.opened(NewRecordDialog)


def _new_record_refused(stage: Stage) -> QWidget:
    dialog = _new_record(stage)
    assert isinstance(dialog, NewRecordDialog)
    dialog.show_error("An account of this name is here already; open it, or give this one another name.")
    stage.quiet()
    return dialog


def _record(stage: Stage) -> QWidget:
    view = stage.accounts().account
    touches = [each for each in stage.session.store.every("touch") if each.values.get("account") == view.record]
    view._on_entry_opened(touches[0].record)
    return stage.opened(RecordDialog)


def _value_history(stage: Stage) -> QWidget:
    stage.accounts().account.cards.editing._on_history_requested("phone")
    return stage.opened(HistoryDialog)


def _brief(stage: Stage) -> QWidget:
    stage.accounts()
    stage.program.actions.run("brief")
    return stage.opened(BriefDialog)


def _trip(stage: Stage) -> QWidget:
    """The trip pack of three accounts chosen in the list."""
    _list_as_it_was(stage)
    shown = stage.accounts().panel.list
    shown.clearSelection()
    for row in range(3):
        flags = QItemSelectionModel.SelectionFlag
        shown.selectionModel().select(shown.model().index(row, 0), flags.Select | flags.Rows)
    stage.accounts_page().panel.show_trip()
    return stage.opened(BriefDialog)


def _consent(stage: Stage) -> QWidget:
    _sensitive(stage)
    card = stage.accounts_page().contact.special
    next(iter(card._rows.values())).edit.click()
    return stage.opened(ConsentDialog)


def _switch(stage: Stage) -> QDialog:
    return SwitchDialog(stage.program.desk, stage.window)


def _recovery_key(stage: Stage) -> QWidget:
    dialog = _from_settings("safety", "_on_recovery_clicked", RecoveryDialog)(stage)
    assert isinstance(dialog, RecoveryDialog)
    dialog._on_made(_KEY)
    stage.quiet()
    return dialog


def _lock_file(stage: Stage) -> QDialog:
    return LockDialog(stage.program.theme, "Team workbook", is_personal=True, parent=stage.window)


def _drafts(stage: Stage) -> QDialog:
    drafts = (Draft("Key problems", "The lift is too small for the"), Draft("Note", "Met @"))
    return DraftsDialog(stage.program.theme, drafts, stage.window)


def _crash(stage: Stage) -> QDialog:
    report = CrashReport(
        "ValueError in timeline.py:120", "Account Planner, Python 3.11\nbuiltins.ValueError\ntimeline.py:120"
    )
    return CrashDialog(stage.program.theme, report, stage.window)


def _folder(stage: Stage) -> QDialog:
    place = stage.folder / "shared folder"
    place.mkdir(exist_ok=True)
    return FolderDialog(stage.program.desk, place, stage.window)


def _folder_password(stage: Stage) -> QDialog:
    return FolderPasswordDialog(stage.program.theme, stage.window)


def _invite(stage: Stage) -> QWidget:
    stage.exchange().invite.click()
    return stage.opened(InviteDialog)


def _scope(stage: Stage) -> QWidget:
    page = stage.area("partners")
    assert isinstance(page, PartnersPage)
    stage.wait_for(lambda: bool(page.partner.title))
    page.partner._on_scope_wanted()
    return stage.opened(ScopeDialog)


def _restore(stage: Stage) -> QWidget:
    section = stage.settings("backups").backups
    section.refresh()
    stage.wait_for(lambda: bool(section._rows))
    next(each for each in section._rows[0].findChildren(Button) if each.property("place") == 0).click()
    return stage.opened(RestoreDialog)


def _palette(typed: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.accounts()
        stage.window.open_palette()
        palette = stage.opened(CommandPalette)
        palette.findChildren(QLineEdit)[0].setText(typed)
        stage.quiet()
        return palette

    return show


def _shortcuts(stage: Stage) -> QWidget:
    stage.accounts()
    stage.window.open_shortcuts()
    return stage.opened(ShortcutSheet)


def _first_run(screen: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        first = FirstRun(stage.program.theme, stage.program.door, stage.window)
        first.open()
        first._key.show_key(_KEY)
        first._show(getattr(first, screen))
        stage.quiet()
        return first

    return show


def _lock_screen(stage: Stage) -> QWidget:
    stage.program.locking.ask_for_key()
    stage.quiet()
    return stage.window


# --- the note -------------------------------------------------------------------------------------------------------


def _note(text: str) -> Callable[[Stage], QWidget]:
    """`text` names the person of the story as {person}."""

    def show(stage: Stage) -> QWidget:
        stage.accounts()
        stage.program.capturing.write()
        dialog = stage.opened(CaptureDialog)
        dialog.line.setPlainText("")
        dialog.line.insertPlainText(text.format(person=story_contact(stage.session)[1]))
        stage.settle(150)
        stage.quiet()
        return dialog

    return show


def _note_waiting(stage: Stage) -> QWidget:
    """A finished note while the writing worker is busy, as with an import."""
    dialog = _note("Met @{person}, wants the larger oven")(stage)
    assert isinstance(dialog, CaptureDialog)
    dialog.is_saving = True
    dialog.line.setReadOnly(True)
    dialog._waiting.show()
    stage.settle(50)
    return dialog


def _inbox(stage: Stage) -> QWidget:
    stage.accounts()
    stage.program.capturing.show_inbox()
    return stage.opened(InboxDialog)


# --- the import, step by step ---------------------------------------------------------------------------------------


def _wizard(stage: Stage, *files: Path) -> ImportWizard:
    wizard = stage.exchange().import_files(files)
    assert wizard is not None
    if files:
        stage.wait_for(lambda: wizard._at > 0)
    stage.quiet()
    return wizard


def _import_file(stage: Stage) -> QWidget:
    return _wizard(stage)


def _import_map(stage: Stage) -> QWidget:
    own = Path(tempfile.mkdtemp(dir=stage.folder)) / "kunden.csv"
    own.write_text(_UNKNOWN_LIST, encoding="utf-8")
    return _wizard(stage, own)


def _import_cards(stage: Stage) -> QWidget:
    """Somebody's own address book, whose notes and birthdays stay on this computer."""
    book = Path(tempfile.mkdtemp(dir=stage.folder)) / "people.vcf"
    cards = (("Ida Moe", "Likes early calls, never on Fridays"), ("Ola Vik", "Plays chess with the owner"))
    book.write_text(
        "".join(
            f"BEGIN:VCARD\nVERSION:3.0\nUID:{name}\nFN:{name}\nORG:Nova Fjord\nBDAY:1978-06-13\nNOTE:{note}\nEND:VCARD\n"
            for name, note in cards
        ),
        encoding="utf-8",
    )
    return _wizard(stage, book)


def _import_matches(stage: Stage) -> QWidget:
    """A list with a row that may be the account of the story."""
    own = Path(tempfile.mkdtemp(dir=stage.folder)) / "kunden.csv"
    held = stage.session.store.record(story_account(stage.session))
    assert held is not None
    values = held.values
    row = (
        "9001",
        values["name"],
        "Lübeck",
        values.get("country", ""),
        values.get("phone", ""),
        values.get("website", ""),
    )
    own.write_text(f"Kundennr;Firma;Ort;Land;Telefon;Website\n{';'.join(row)}\n9002;Neuer Kunde KG;Graz;Austria;;\n")
    wizard = _wizard(stage, own)
    while wizard._at < 3:
        before = wizard._at
        wizard.accept_requested.emit()
        stage.wait_for(lambda at=before: wizard._at != at)  # type: ignore[misc]
        stage.quiet()
    assert wizard.confirm.matches.cards()
    return wizard


def _import_changes(stage: Stage) -> QWidget:
    wizard = _import_matches(stage)
    assert isinstance(wizard, ImportWizard)
    wizard.confirm.tabs.choose("changes")
    stage.quiet()
    return wizard


def _import_at(step: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        wizard = _wizard(stage, _DATA / "northwind-wild" / "customers.csv")
        while wizard._at < step:
            before = wizard._at
            wizard.accept_requested.emit()
            stage.wait_for(lambda at=before: wizard._at != at)  # type: ignore[misc]
            stage.quiet()
        return wizard

    return show


def _telling(stage: Stage) -> QWidget:
    """What the window says by itself: a banner, a toast with a way back."""
    stage.accounts()
    stage.window.banner.say(
        "The workspace lies in a folder that is synced; two computers may write it at once.", Tone.WARN
    )
    stage.window.tell("Phone of Hotels Kronwarder GmbH changed", stage.program.desk.undo)
    stage.quiet()
    return stage.window


SCENES: Final = (
    Scene("today", _area("today")),
    *(
        Scene(f"account-{tab}", _account_tab(tab))
        for tab in ("overview", "people", "timeline", "plan", "purchases", "partners", "ladder", "history")
    ),
    Scene("account-plan-open", _plan_open),
    Scene("account-editing-text", _editing("city")),
    Scene("account-editing-long", _editing("key_problems")),
    Scene("account-refused", _editing("website", "This is no web address; it begins with https:// or www.")),
    Scene("contact", _contact_tab("profile")),
    Scene("contact-notes", _contact_tab("notes")),
    Scene("contact-history", _contact_tab("history")),
    Scene("contact-sensitive", _sensitive),
    Scene("people", _people),
    *(Scene(f"partners-{tab}", _partner_tab(tab)) for tab in ("scope", "about", "notes", "history")),
    Scene("exchange", _area("exchange")),
    Scene("history", _area("history")),
    Scene("help", _area("help")),
    *(Scene(f"settings-{tab}", _settings_tab(tab)) for tab in ("look", "safety", "backups", "workspace", "about")),
    Scene("list-groups", _list_filtered),
    Scene("list-many", _list_many),
    Scene("list-table", _list_table),
    Scene("list-empty", _list_empty),
    Scene("telling", _telling),
    Scene("dialog-filter", _over_list("ask_for_filter", FilterDialog), (FilterDialog,)),
    Scene("dialog-columns", _over_list("ask_for_columns", ColumnsDialog), (ColumnsDialog,)),
    Scene("dialog-keep", _over_list("ask_for_name", KeepDialog), (KeepDialog,)),
    Scene("dialog-change", _over_list("ask_for_change", BulkEditDialog), (BulkEditDialog,)),
    Scene("dialog-new", _new_record, (NewRecordDialog,)),
    Scene("dialog-new-refused", _new_record_refused),
    Scene("dialog-new-contact", _from_account("_on_contact_wanted", NewRecordDialog)),
    Scene("dialog-merge", _from_account("_on_merge_wanted", MergeDialog), (MergeDialog,)),
    Scene("dialog-record", _record, (RecordDialog,)),
    Scene("dialog-value-history", _value_history, (HistoryDialog,)),
    Scene("dialog-brief", _brief, (BriefDialog,)),
    Scene("dialog-trip", _trip),
    Scene("sheet-knowledge", _from_account("_on_knowledge_asked", Popover), (Popover,)),
    Scene("sheet-health", _from_account("_on_health_asked", Popover)),
    Scene("dialog-card", _from_contact("_on_card_wanted", CardDialog), (CardDialog,)),
    Scene("dialog-erase", _from_contact("_on_erase_wanted", EraseDialog), (EraseDialog,)),
    Scene("dialog-consent", _consent, (ConsentDialog,)),
    Scene("dialog-switch", _made(SwitchDialog, _switch), (SwitchDialog,)),
    Scene("dialog-lock-file", _made(LockDialog, _lock_file), (LockDialog,)),
    Scene("dialog-drafts", _made(DraftsDialog, _drafts), (DraftsDialog,)),
    Scene("dialog-crash", _made(CrashDialog, _crash), (CrashDialog,)),
    Scene("dialog-folder", _made(FolderDialog, _folder), (FolderDialog,)),
    Scene("dialog-folder-password", _made(FolderPasswordDialog, _folder_password), (FolderPasswordDialog,)),
    Scene("dialog-invite", _invite, (InviteDialog,)),
    Scene("dialog-scope", _scope, (ScopeDialog,)),
    Scene(
        "dialog-passphrase", _from_settings("safety", "_on_passphrase_clicked", PassphraseDialog), (PassphraseDialog,)
    ),
    Scene("dialog-recovery-key", _recovery_key),
    Scene("dialog-recovery", _from_settings("safety", "_on_recovery_clicked", RecoveryDialog), (RecoveryDialog,)),
    Scene("dialog-about", _from_settings("about", "_on_diagnostics_clicked", DiagnosticsDialog), (DiagnosticsDialog,)),
    Scene("dialog-restore", _restore, (RestoreDialog,)),
    Scene("palette", _palette(""), (CommandPalette,)),
    Scene("palette-found", _palette("ho k")),
    Scene("palette-commands", _palette("exp")),
    Scene("dialog-shortcuts", _shortcuts, (ShortcutSheet,)),
    Scene(
        "note",
        _note("Met @{person}, I promised a quote for $12k by friday. @Zebulon takes over, was in hospital"),
        (CaptureDialog,),
    ),
    Scene("note-names", _note("Met @H")),
    Scene("note-waiting", _note_waiting),
    Scene("note-inbox", _inbox, (InboxDialog,)),
    Scene("import-file", _import_file, (ImportWizard,)),
    Scene("import-map", _import_map),
    Scene("import-fix", _import_at(2)),
    Scene("import-confirm", _import_at(3)),
    Scene("import-matches", _import_matches),
    Scene("import-changes", _import_changes),
    Scene("import-cards", _import_cards),
    Scene("first-run-place", _first_run("_place"), (FirstRun,)),
    Scene("first-run-person", _first_run("_person")),
    Scene("first-run-key", _first_run("_key")),
    Scene("first-run-beginning", _first_run("_beginning")),
    Scene("locked", _lock_screen, (LockScreen, UnlockDialog)),
)
"""In the order of a person who looks at everything; the lock screen comes last, for nothing stands beside it."""


def played(stage: Stage, scenes: tuple[Scene, ...] = SCENES) -> Iterator[tuple[Scene, QWidget]]:
    """Bring scene after scene into sight, and take away what floats before the next."""
    for scene in scenes:
        yield scene, scene.show(stage)
        stage.clear()
