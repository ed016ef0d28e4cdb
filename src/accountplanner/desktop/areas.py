"""The areas that have a page, how each is made, and who is asked when a record is wanted."""

# ruff: noqa: PLC0415 - a page is loaded when it is visited first: all of them together take longer than the window

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.main_window import MainWindow
from accountplanner.desktop.page_makers import MAKERS
from accountplanner.desktop.pages.exchange.folder_watch import FolderWatch
from accountplanner.desktop.records.trip import open_trip
from accountplanner.desktop.system_lock import SystemLock
from accountplanner.desktop.wording import say
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.begun_imports import BegunImport, begun_import
from accountplanner.usecases.folder_overview import FolderOverview

if TYPE_CHECKING:
    from accountplanner.desktop.pages.accounts.page import AccountsPage
    from accountplanner.desktop.pages.exchange.page import ExchangePage
    from accountplanner.desktop.records.list_page import ListPage
    from accountplanner.desktop.records.list_panel import ListPanel
    from accountplanner.usecases.import_plans import ImportResult


_AREA_OF: Final = {"account": "accounts", "contact": "people", "partner": "partners"}


class Areas(QObject):
    """Makes pages on their first visit and takes wishes that concern one of them."""

    def __init__(self, desk: Desk, window: MainWindow, choices: Choices) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._choices = choices
        self.system_lock = SystemLock(self)
        self._pages: dict[str, Callable[[Desk], QWidget]] = {
            **MAKERS,
            "today": self._make_today,
            "exchange": self._make_exchange,
            "settings": self._make_settings,
        }
        self._watch = FolderWatch(desk, self)
        self._waiting = {"queue": 0, "folder": 0}
        self._goes_on_to_accounts = False
        self._watch.looked.connect(self._on_folder_looked)
        desk.record_requested.connect(self.show_record)
        desk.area_requested.connect(window.show_area)
        desk.settled.connect(self._on_settled)

    def make(self, area: str) -> QWidget:
        """Make the page of an area."""
        return self._pages[area](self._desk)

    def wishes(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """The commands that pages carry out."""
        return (
            ("search", self.search),
            ("brief", self.show_brief),
            ("filter_list", self.filter_list),
            ("table", self.toggle_table),
            ("columns", self.choose_columns),
            ("keep_filter", self.keep_filter),
            ("change_many", self.change_many),
            ("trip", self.show_trip),
            ("next_tab", self.next_tab),
            ("previous_tab", self.previous_tab),
            ("new_account", self.new_account),
            ("import", self.import_file),
            ("export", self.export_workbook),
            ("exchange_now", self.exchange_now),
            ("leave_in_peace", self.report_peace),
            ("backups", self.show_backups),
        )

    def show_record(self, record: str) -> None:
        """Go to the page of a record."""
        area = _AREA_OF.get(kind_of(record))
        if area is not None:
            self._window.show_area(area)
            page = self._window.page(area)
            show = getattr(page, "show_record", None)
            if show is not None:
                show(record)

    def in_sight(self) -> tuple[str, str]:
        """The id and the name of the record in sight, both empty where the page in sight shows none."""
        page = self._window.page(self._window.area) if self._window.area else None
        in_sight = getattr(page, "record_in_sight", None)
        return in_sight() if in_sight is not None else ("", "")

    def search(self) -> None:
        """Put the cursor into the search field of the page in sight."""
        if self._window.area:
            search = getattr(self._window.page(self._window.area), "search", None)
            if search is not None:
                search()

    def filter_list(self) -> None:
        """Ask what must hold in the list in sight."""
        if panel := self._panel():
            panel.asking.ask_for_filter()

    def toggle_table(self) -> None:
        """Show the list in sight as a table, or as a list again."""
        if panel := self._panel():
            panel.toggle_table()

    def choose_columns(self) -> None:
        """Ask which columns the list in sight has as a table."""
        if panel := self._panel():
            panel.ask_for_columns()

    def keep_filter(self) -> None:
        """Keep how the list in sight is filtered."""
        if panel := self._panel():
            panel.asking.ask_for_name()

    def change_many(self) -> None:
        """Change one field of the records selected in the list in sight."""
        if panel := self._panel():
            panel.chosen.ask_for_change()

    def _panel(self) -> "ListPanel | None":
        page = self._list_page()
        if page is not None:
            return page.panel
        self._desk.tell(say("There is no list here; Accounts, People and Partners have one."))
        return None

    def next_tab(self) -> None:
        """Go to the next tab of the record in sight."""
        self._step_tab(1)

    def previous_tab(self) -> None:
        """Go to the tab before."""
        self._step_tab(-1)

    def _step_tab(self, steps: int) -> None:
        page = self._list_page()
        if page is not None:
            page.step_tab(steps)

    def _list_page(self) -> "ListPage | None":
        """The page in sight, where it is a list."""
        from accountplanner.desktop.records.list_page import ListPage

        page = self._window.page(self._window.area) if self._window.area else None
        return page if isinstance(page, ListPage) else None

    def show_brief(self) -> None:
        """Show the visit brief of the account or person in sight."""
        from accountplanner.domain.briefs import KINDS

        record, title = self.in_sight()
        if kind_of(record) in KINDS:
            from accountplanner.desktop.dialogs.brief_dialog import BriefDialog

            BriefDialog(self._desk, [record], title, self._window).open()
        else:
            self._desk.tell(say("Choose an account or a person first; the brief is about whoever is in sight."))

    def show_trip(self) -> None:
        """Join the briefs of what is selected in the list in sight, or of the visits ahead."""
        lists = self._list_page()
        if lists is not None:
            lists.panel.chosen.show_trip()
        else:
            page = self._window.page(self._window.area) if self._window.area else None
            open_trip(self._desk, getattr(page, "visits_ahead", tuple)(), self._window)

    def new_account(self) -> None:
        """Ask for a new account."""
        self._accounts().new_record()

    def import_file(self) -> None:
        """Choose files to bring in."""
        self._exchange().choose_files()

    def begin_with_list(self) -> None:
        """Choose the first files of a workspace, and go on to the accounts that come with them."""
        self._goes_on_to_accounts = True
        self.import_file()

    def _on_settled(self) -> None:
        self._desk.read(begun_import, self._on_begun_read)

    def _on_begun_read(self, begun: BegunImport | None) -> None:
        """An import that a lock or an end of the program came between goes on where it was."""
        if begun is not None:
            self._exchange().take_up(begun)

    def _on_imported(self, result: "ImportResult") -> None:
        goes_on, self._goes_on_to_accounts = self._goes_on_to_accounts, False
        if goes_on and result.step and not result.counts.queued:
            self._window.show_area("accounts")

    def export_workbook(self) -> None:
        """Write the team workbook."""
        self._exchange().export_team()

    def exchange_now(self) -> None:
        """Read what is new in the shared folder and write one's own workbook there, after a look at both."""
        self._exchange().exchange_now()

    def report_peace(self) -> None:
        """Write the report of whom marketing leaves in peace this week."""
        self._exchange().report_peace()

    def show_backups(self) -> None:
        """Show what can be brought back."""
        from accountplanner.desktop.pages.settings.page import SettingsPage

        self._window.show_area("settings")
        page = self._window.page("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101 - made below
        page.show_tab("backups")

    def show_help(self, article: str) -> None:
        """Show an article of the help."""
        from accountplanner.desktop.pages.help.page import HelpPage

        self._window.show_area("help")
        page = self._window.page("help")
        assert isinstance(page, HelpPage)  # noqa: S101 - made below
        page.show_article(article)

    def _make_settings(self, desk: Desk) -> QWidget:
        from accountplanner.desktop.pages.settings.page import SettingsPage

        return SettingsPage(desk, self._choices, self.system_lock.says())

    def _make_today(self, desk: Desk) -> QWidget:
        from accountplanner.desktop.pages.today.page import TodayPage

        page = TodayPage(desk)
        page.counted.connect(self._on_pressing_counted)
        page.import_wanted.connect(self.begin_with_list)
        return page

    def _on_pressing_counted(self, count: int) -> None:
        self._window.show_count("today", count)

    def _make_exchange(self, desk: Desk) -> QWidget:
        from accountplanner.desktop.pages.exchange.page import ExchangePage

        page = ExchangePage(desk, self._watch)
        page.counted.connect(self._on_counted)
        page.imported.connect(self._on_imported)
        return page

    def _on_counted(self, count: int) -> None:
        self._show_waiting("queue", count)

    def _on_folder_looked(self, overview: FolderOverview) -> None:
        self._show_waiting("folder", len(overview.news))

    def _show_waiting(self, where: str, count: int) -> None:
        """Count in the rail what waits for a decision and what waits in the shared folder."""
        self._waiting[where] = count
        self._window.show_count("exchange", sum(self._waiting.values()))

    def _exchange(self) -> "ExchangePage":
        from accountplanner.desktop.pages.exchange.page import ExchangePage

        self._window.show_area("exchange")
        page = self._window.page("exchange")
        assert isinstance(page, ExchangePage)  # noqa: S101 - made above
        return page

    def _accounts(self) -> "AccountsPage":
        from accountplanner.desktop.pages.accounts.page import AccountsPage

        self._window.show_area("accounts")
        page = self._window.page("accounts")
        assert isinstance(page, AccountsPage)  # noqa: S101 - made above
        return page
