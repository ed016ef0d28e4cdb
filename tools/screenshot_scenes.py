# ruff: noqa: INP001 - a tool stands alone and is no package
"""The scenes of the screenshots: the real program, clicked through on the sample territory."""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from accountplanner.desktop.capture.dialog import CaptureDialog
from accountplanner.desktop.capture.inbox_dialog import InboxDialog
from accountplanner.desktop.dialogs.brief_dialog import BriefDialog
from accountplanner.desktop.dialogs.first_run import FirstRun
from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.desktop.pages.settings.page import SettingsPage
from accountplanner.desktop.pages.settings.restore_dialog import RestoreDialog
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.desktop.theme.theme import ThemeChoice
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.palette import CommandPalette
from accountplanner.domain.changes import Changes
from accountplanner.domain.statements import Source
from accountplanner.store.stretching import Stretching
from accountplanner.store.tables import SuggestionRow
from accountplanner.usecases.browsing import Condition, Operator
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.noting import write_note
from accountplanner.usecases.sample import fill_sample
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import NewWorkspace, back_up

_DAY = date(2026, 11, 20)
_STORY = "Hotels Kronwarder GmbH"


def _cheaply(wish: NewWorkspace) -> NewWorkspace:
    return replace(wish, name="Nancy Davolio", stretching=Stretching(memory_kib=64, iterations=1, lanes=1))


class Camera:
    """Drives one look of the program and writes what it shows."""

    def __init__(self, folder: Path, look: str, percent: int, size: tuple[int, int]) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self._application = QApplication.instance() or QApplication([])
        self._folder = folder
        self._name = look if percent == 100 and size[0] == 1440 else f"{look}-{percent}-{size[0]}"
        self._size = size if percent == 100 else (min(size[0], 1440), min(size[1], 900))
        desk = Path(tempfile.mkdtemp(prefix="accountplanner-"))
        wish = DesktopWish(desk / "workspace", temp_data=True, as_of=_DAY)
        assert isinstance(self._application, QApplication)  # noqa: S101 - made above
        self._front = Front(self._application, wish, SettingsFile(desk / "config"), _cheaply)
        self.program = self._front.program
        self.program.theme.choose(ThemeChoice(look))
        self.window = self.program.window

    def open(self) -> None:
        """Show the window with the sample territory in it."""
        self.window.resize(*self._size)
        self.window.show()
        self.wait_for(lambda: self.program.desk.session is not None)
        session = self.program.desk.session
        assert session is not None  # noqa: S101 - waited for
        self.program.desk.write("Sample", lambda each: fill_sample(each))  # noqa: PLW0108 - two optional arguments
        self.wait_for(lambda: bool(self.accounts().account.title))
        self.settle(300)
        self.window._toast.dismiss()  # noqa: SLF001 - the picture shows the page

    def shoot(self, scene: str, widget: QWidget | None = None) -> None:
        """Write one picture."""
        self.settle(350)
        shot = (widget or self.window).grab()
        shot.save(str(self._folder / f"{scene}-{self._name}.png"))

    def dialog(self, scene: str, kind: type[QDialog]) -> None:
        """Write a picture of a dialog that is open, and close it."""
        self.settle(350)
        for dialog in self.window.findChildren(kind):
            if dialog.isVisible():
                self.shoot(scene, dialog)
                dialog.reject()

    def accounts(self) -> AccountsPage:
        """The accounts page."""
        page = self.window.page("accounts")
        assert isinstance(page, AccountsPage)  # noqa: S101 - the window makes it
        return page

    def settle(self, pause_ms: int) -> None:
        """Let jobs end and widgets paint."""
        loop = QEventLoop()
        QTimer.singleShot(pause_ms, loop.quit)
        loop.exec()

    def wait_for(self, is_so: Callable[[], bool], most_ms: int = 20_000) -> None:
        """Wait until something holds."""
        for _ in range(most_ms // 50):
            if is_so():
                return
            self.settle(50)
        message = "what was waited for never came"
        raise TimeoutError(message)


def shoot_everything(camera: Camera) -> None:
    """Click through the program."""
    camera.window.show_area("today")
    camera.shoot("today")
    camera.window.show_area("accounts")
    page = camera.accounts()
    camera.shoot("account")
    for tab in ("people", "timeline", "plan", "purchases", "partners", "ladder", "history"):
        page.account.tabs.show_tab(tab)
        camera.shoot(f"account-{tab}")
    page.account.tabs.show_tab("people")
    camera.settle(200)
    people = page.account._people  # noqa: SLF001 - a tool may look
    if people.table.model().rowCount():
        page.account.contact_opened.emit(people._model.key_at(people._model.index(0, 0)))  # noqa: SLF001
        camera.shoot("contact")
    shoot_people_and_partners(camera)
    shoot_lists(camera)
    shoot_settings(camera)
    shoot_dialogs(camera)
    shoot_note(camera)
    shoot_exchange(camera)


def shoot_docs(camera: Camera) -> None:
    """The pictures of the documentation: Today, one account with a full story, its people, and the exchange."""
    camera.window.show_area("today")
    camera.shoot("today")
    camera.window.show_area("accounts")
    page = camera.accounts()
    session = camera.program.desk.session
    assert session is not None  # noqa: S101 - a workspace is open
    found = session.store.records_titled("account", _STORY)
    if found:
        page.show_record(found[0])
        camera.wait_for(lambda: page.account.title == _STORY)
    camera.shoot("account")
    camera.program.actions.run("brief")
    camera.dialog("brief", BriefDialog)
    page.account.tabs.show_tab("purchases")
    camera.shoot("purchases")
    page.account.tabs.show_tab("people")
    camera.settle(300)
    people = page.account._people  # noqa: SLF001 - a tool may look
    page.account.contact_opened.emit(people._model.key_at(people._model.index(0, 0)))  # noqa: SLF001
    camera.shoot("contact")
    camera.window.show_area("partners")
    camera.settle(600)
    camera.shoot("partners")
    camera.window.show_area("exchange")
    camera.program.desk.write("Conflict", _disagree)
    camera.settle(1200)
    camera.window._toast.dismiss()  # noqa: SLF001 - the picture shows the page
    camera.shoot("exchange")


def shoot_people_and_partners(camera: Camera) -> None:
    """The other two lists."""
    for area in ("people", "partners"):
        camera.window.show_area(area)
        camera.settle(600)
        camera.shoot(area)


def shoot_settings(camera: Camera) -> None:
    """What was done, the help, and every tab of the settings, with a backup to look into."""
    for area in ("history", "help"):
        camera.window.show_area(area)
        camera.settle(900)
        camera.shoot(area)
    camera.program.desk.write("Backing up", back_up)
    camera.window.show_area("settings")
    page = camera.window.page("settings")
    assert isinstance(page, SettingsPage)  # noqa: S101 - the page of that area
    for tab in ("look", "safety", "backups", "workspace", "about"):
        page.show_tab(tab)
        camera.shoot(f"settings-{tab}")
    page.backups.refresh()
    camera.wait_for(lambda: bool(page.backups.kept))
    page.show_tab("backups")
    next(each for each in page.backups.findChildren(Button) if each.text() == "Look inside …").click()
    camera.wait_for(lambda: bool(camera.window.findChildren(RestoreDialog)))
    camera.dialog("dialog-restore", RestoreDialog)


def shoot_lists(camera: Camera) -> None:
    """A list filtered and grouped, several records of it, the same as a table, and the palette."""
    camera.window.show_area("accounts")
    panel = camera.accounts().panel
    panel._on_condition_made(Condition("tier", Operator.KNOWN), "Tier is known")  # noqa: SLF001 - a tool may look
    panel._on_group_chosen("tier")  # noqa: SLF001
    camera.shoot("list-groups")
    panel.ask_for_filter()
    camera.dialog("dialog-filter", FormDialog)
    panel.list.selectAll()
    camera.shoot("list-many")
    panel.ask_for_change()
    camera.dialog("dialog-change", FormDialog)
    panel.ask_for_columns()
    camera.dialog("dialog-columns", FormDialog)
    panel.toggle_table()
    camera.shoot("list-table")
    panel.toggle_table()
    panel._on_group_chosen("")  # noqa: SLF001
    panel._on_condition_removed(panel._lens.conditions[0])  # noqa: SLF001
    camera.settle(300)
    for account in camera.program.desk.session.store.every("account")[:14]:  # type: ignore[union-attr]
        camera.program.finder.visit(account.record)
    for typed in ("", "ho k", "exp"):
        camera.window.open_palette()
        palette = next(each for each in camera.window.findChildren(CommandPalette) if each.isVisible())
        palette.findChildren(QLineEdit)[0].setText(typed)
        camera.shoot(f"palette-{typed.replace(' ', '') or 'open'}", palette)
        palette.reject()
        camera.settle(100)
    camera.window.open_shortcuts()
    camera.dialog("dialog-shortcuts", FormDialog)


def shoot_dialogs(camera: Camera) -> None:
    """Dialogs over the accounts page."""
    camera.window.show_area("accounts")
    page = camera.accounts()
    page.account.tabs.show_tab("overview")
    page._right.setCurrentWidget(page.account)  # noqa: SLF001 - a tool may look
    page.new_record()
    camera.dialog("dialog-new", FormDialog)
    camera.program.actions.run("brief")
    camera.dialog("dialog-brief", BriefDialog)
    page.account._on_merge_wanted()  # noqa: SLF001
    camera.dialog("dialog-merge", FormDialog)
    page.account.cards.editing._on_history_requested("phone")  # noqa: SLF001
    camera.dialog("dialog-history", FormDialog)
    door = camera.program.door
    UnlockDialog(camera.program.theme, door, camera.window).open()
    camera.dialog("dialog-unlock", UnlockDialog)
    first = FirstRun(camera.program.theme, door, camera.window)
    first.open()
    for number, screen in enumerate((first._place, first._person, first._key, first._beginning)):  # noqa: SLF001
        first._key.show_key("092GJ-XWKBN-15H8N-CFDYH-C7PY7-DE1X7-BD7ZQ-4XKF1")  # noqa: SLF001
        first._show(screen)  # noqa: SLF001
        camera.shoot(f"first-run-{number + 1}", first)
    first.reject()


def _disagree(session: Session) -> Changes:
    """Two people who did not know of each other, about the phone and the problems of the first account."""
    account = session.store.every("account")[0].record
    changes = Changes()
    for key, mine, theirs in (
        ("phone", "+49 40 66969 691", "+49 40 1234567"),
        ("key_problems", "The lift is too small for the pallets.", "Deliveries come when nobody is at the door."),
    ):
        before = session.shown()
        set_value(session, Typed(account, key, mine), before)
        changes = set_value(
            session, Typed(account, key, theirs, source=Source(speaker="Ana Ruiz", how="heard")), before
        )
    return changes


def _suggestion_row(each: Suggested) -> SuggestionRow:
    made = "2026-11-20T12:00:00Z"
    return SuggestionRow(id=each.id, kind=each.kind, file="", made_at=made, body=json.dumps(asdict(each)))


def _hold_files(session: Session) -> None:
    """A file that waits for its export, and one that looked wrong."""
    held = (
        Suggested("waits00001", "waiting", "Nordic Foods.xlsx", "“Nordic Foods.xlsx” answers export 41c07a, which is "
                  "not known here yet; it waits for a colleague's file."),
        Suggested("held000001", "held", "Accounts sorted.xlsx", "“Accounts sorted.xlsx”: the rows and their keys do "
                  "not belong together any more, as after sorting a part of the columns."),
    )  # fmt: skip
    with session.transaction("Files", undoable=False) as writing:
        rows = [_suggestion_row(each) for each in held]
        session.store.suggest(writing.team.connection, rows)


def shoot_mapping(camera: Camera, page: ExchangePage) -> None:
    """A list nobody knows."""
    own = Path(tempfile.mkdtemp()) / "kunden.csv"
    own.write_text(
        "Kundennr;Firma;Ansprechpartner;Ort;PLZ;Land;Telefon;Umsatz 2025;Merkmal\n"
        "10017;Ernst Handel;Roland Mendel;Graz;8010;Austria;7675-3425;124.300,00;A\n"
        "10018;Bon app';Laurence Lebihan;Marseille;13008;France;91.24.45.40;87.120,50;B\n"
        "10019;Around the Horn;Thomas Hardy;London;WA1 1DP;UK;(171) 555-7788;64.002,00;B\n",
        encoding="utf-8",
    )
    wizard = page.import_files([own])
    assert wizard is not None  # noqa: S101 - a workspace is open
    camera.wait_for(lambda: wizard._at > 0)  # noqa: SLF001
    camera.shoot("import-map", wizard)
    wizard.reject()


def shoot_note(camera: Camera) -> None:
    """The note: with names offered, with everything understood, one question after it, and the inbox."""
    session = camera.program.desk.session
    assert session is not None  # noqa: S101 - a workspace is open
    capturing = camera.program.capturing
    person = session.store.every("contact")[0].values["name"]
    for scene, text in (
        ("note-names", f"Met @{person[:2]}"),
        ("note", f"Met @{person}, I promised a quote for $12k by friday. @Zebulon takes over, was in hospital"),
    ):
        capturing.write()
        camera.settle(300)
        dialog = camera.window.findChildren(CaptureDialog)[0]
        dialog.line.setPlainText("")
        dialog.line.insertPlainText(text)
        camera.shoot(scene, dialog)
        dialog.line.setPlainText("")
        dialog.reject()
        camera.settle(200)
    capturing.write()
    camera.settle(300)
    dialog = camera.window.findChildren(CaptureDialog)[0]
    dialog.line.setPlainText(f"@{person}: I promised a quote for $12k by friday. The main problem is late delivery.")
    dialog.line.finished.emit()
    camera.shoot("note-question", dialog)
    dialog.reject()
    write_note(session, f"@{person[0]}{person[2:]} wants a visit in spring")
    capturing.show_inbox()
    camera.dialog("note-inbox", InboxDialog)


def shoot_exchange(camera: Camera) -> None:
    """The import, step by step, and what it leaves to decide."""
    camera.window.show_area("exchange")
    camera.settle(500)
    camera.shoot("exchange")
    page = camera.window.page("exchange")
    assert isinstance(page, ExchangePage)  # noqa: S101 - the window makes it
    shoot_mapping(camera, page)
    camera.program.desk.write("Files", _hold_files)
    folder = Path(__file__).resolve().parent.parent / "tests" / "data"
    wizard = page.import_files([folder / "northwind-wild" / "customers.csv"])
    assert wizard is not None  # noqa: S101 - a workspace is open
    camera.wait_for(lambda: wizard._at > 0)  # noqa: SLF001
    camera.shoot("import-1", wizard)
    while wizard._at < 3:  # noqa: SLF001
        before = wizard._at  # noqa: SLF001
        wizard.accept_requested.emit()
        camera.wait_for(lambda at=before: wizard._at != at)  # type: ignore[misc]  # noqa: SLF001
        camera.shoot(f"import-{wizard._at + 1}", wizard)  # noqa: SLF001
    wizard.accept_requested.emit()
    camera.settle(2500)
    camera.program.desk.write("Conflict", _disagree)
    camera.settle(1500)
    camera.shoot("exchange-after")
    camera.program.desk.record_requested.emit(camera.accounts().account.record)
    camera.settle(600)
    camera.shoot("account-conflict")


def main() -> None:
    """Make the pictures one look asks for."""
    folder, look, percent, width, height, which = sys.argv[1:7]
    camera = Camera(Path(folder), look, int(percent), (int(width), int(height)))
    camera.open()
    if which == "docs":
        shoot_docs(camera)
    else:
        shoot_everything(camera)
    camera.window.close()


if __name__ == "__main__":
    main()
