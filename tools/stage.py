# ruff: noqa: INP001, S101, SLF001 - a tool stands alone, is no package, and may look inside
"""The stage of the scenes: a workspace with something of everything in it, and the real program opened on it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.desktop.pages.settings.page import SettingsPage
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.desktop.theme.theme import ThemeChoice
from accountplanner.domain.fields import Privacy
from accountplanner.domain.sentences import fixed, titled, told
from accountplanner.domain.statements import Source
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.import_plans import ImportOptions, ImportPlan, Suggested
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.noting import write_note
from accountplanner.usecases.proposals import proposal_rows
from accountplanner.usecases.sample import fill_sample
from accountplanner.usecases.session import Session
from accountplanner.usecases.special_answers import set_special, switch_on
from accountplanner.usecases.workspaces import NewWorkspace, back_up, create_workspace

TODAY: Final = date(2026, 11, 20)
PASSPHRASE: Final = "four plain small words"  # noqa: S105 - of workspaces that live for a minute
STORY: Final = "Hotels Kronwarder GmbH"
LITTLE_KNOWN: Final = "Hotel Krummbachl"
SECRET: Final = "Zyxwvut"  # noqa: S105 - what a restricted field holds, to be looked for where it must not be
USUAL_SIZE: Final = (1440, 900)

Kind = TypeVar("Kind", bound=QWidget)


class SlowDay:
    """A clock of one day, so that every picture is of the same; it is asked once a minute."""

    def __init__(self) -> None:
        self._now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """A minute later than last time."""
        self._now += timedelta(minutes=1)
        return self._now

    def today(self) -> date:
        """That day."""
        return TODAY


def make_workspace(folder: Path, fill: Callable[[Session], object] | None = None) -> Path:
    """Make a workspace that `PASSPHRASE` opens, quickly, and fill it."""
    cheap = Stretching(memory_kib=64, iterations=1, lanes=1)
    wish = NewWorkspace(Places(folder), "Nancy Davolio", "", PASSPHRASE, stretching=cheap)
    session = create_workspace(wish, SlowDay()).session
    try:
        if fill is not None:
            fill(session)
    finally:
        session.close()
    return folder


def fill_with_everything(session: Session) -> None:
    """The sample territory, and what makes every state appear: conflicts, suggestions, held files, secrets, a backup."""
    fill_sample(session)
    _disagree(session, story_account(session))
    _suggest(session)
    _tell_secrets(session)
    person = story_contact(session)[1]
    write_note(session, f"@{person[0]}{person[2:]} wants a visit in spring")
    back_up(session)


def fill_for_pictures(session: Session) -> None:
    """The sample territory, and one conflict to be decided."""
    fill_sample(session)
    _disagree(session, session.store.every("account")[0].record)


def fill_with_northwind(session: Session) -> None:
    """Somebody's real list: the Northwind customers with their orders."""
    files = sorted((Path(__file__).resolve().parent.parent / "tests" / "data" / "northwind").glob("*.csv"))
    import_files(session, files, ImportOptions(mapping="northwind", currency="USD"))


def story_account(session: Session) -> str:
    """The account with a full story."""
    return session.store.records_titled("account", STORY)[0]


def story_contact(session: Session) -> tuple[str, str]:
    """A person there: id and name."""
    account = story_account(session)
    found = next(each for each in session.store.every("contact") if each.values.get("account") == account)
    return found.record, found.values["name"]


def _disagree(session: Session, account: str) -> None:
    """Two people who did not know of each other, about the phone and the problems of an account."""
    for key, mine, theirs in (
        ("phone", "+49 40 66969 691", "+49 40 1234567"),
        ("key_problems", "The lift is too small for the pallets.", "Deliveries come when nobody is at the door."),
    ):
        before = session.shown()
        set_value(session, Typed(account, key, mine), before)
        set_value(session, Typed(account, key, theirs, source=Source(speaker="Ana Ruiz", how="heard")), before)


def _suggest(session: Session) -> None:
    """A file that waits for its export, one that looked wrong, and two accounts that may be one."""
    one, other = (each.record for each in session.store.every("account")[:2])
    waits, held = "Nordic Foods.xlsx", "Accounts sorted.xlsx"
    answers = "“{name}” answers export {export}, which is not known here yet; it waits for a colleague's file."
    missing = told("{missing} of {count} rows are not in the workbook any more.", missing=31, count=60)
    city = told("{label}: {matter}", label=fixed("Account"), matter=told("same city {city}", city="Hamburg"))
    waiting = (
        Suggested("waits00001", "waiting", waits, told(answers, name=waits, export="41c07a"), other="nordic"),
        Suggested(
            "held000001", "held", held, told("“{name}” is held back: {matter}", name=held, matter=missing), other="sorted"
        ),
        Suggested(
            "match00001", "match", told("“{name}” may be “{known}”", name=_named(session, one), known=_named(session, other)),
            city, one, other=other,
        ),
    )  # fmt: skip
    with session.transaction(titled("Import of {name}", name=held), undoable=False) as writing:
        session.store.suggest(writing.team.connection, proposal_rows(session, waiting, ImportPlan()))


def _named(session: Session, record: str) -> str:
    return session.store.titles([record])[record]


def _tell_secrets(session: Session) -> None:
    """One secret in each kind of field that is restricted, and a private note."""
    contact, _name = story_contact(session)
    switch_on(session, "To know what not to serve.")
    for privacy in (Privacy.HOUSEHOLD, Privacy.INFERABLE):
        set_value(session, Typed(contact, _text_field(privacy), f"{SECRET} {privacy}"))
    special = Typed(contact, _text_field(Privacy.SPECIAL), f"{SECRET} special")
    set_special(session, special, "Said so over lunch.")


def _text_field(privacy: Privacy) -> str:
    from accountplanner.domain.catalogue import record_kind  # noqa: PLC0415 - read once
    from accountplanner.domain.fields import FieldType  # noqa: PLC0415

    texts = (FieldType.TEXT, FieldType.LONG_TEXT)
    fields = record_kind("contact").fields
    return next(each.key for each in fields if each.privacy is privacy and each.type in texts)


class Stage:
    """The real program on a workspace, and ways to bring something into sight."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self.folder = folder
        wish = DesktopWish(workspace, PASSPHRASE, as_of=TODAY)
        self._front = Front(application, wish, SettingsFile(folder / "config"))
        self.program = self._front.program
        self.window = self.program.window
        self.calm_rounds = 4
        """How often in a row nothing may be found busy before the program counts as being at rest."""

    def open(self, look: str = "light", size: tuple[int, int] = USUAL_SIZE, text_percent: int = 100) -> None:
        """Show the window in a look, with the workspace open."""
        self.program.choices.choose(theme=ThemeChoice(look), text_percent=text_percent)
        self.window.resize(*size)
        self.window.show()
        self.wait_for(lambda: self.program.desk.session is not None)
        self.program.locking.idle.stop()
        self.wait_for(lambda: bool(self.window.area))
        self.quiet()

    def speak(self, language: str) -> None:
        """Say everything in another language."""
        self.program.choices.choose(language=language)
        self.settle(50)
        self.quiet()

    def close(self) -> None:
        """Close the program and wait until nothing of it runs."""
        self.window._toast.dismiss()
        self.window.close()
        self.wait_for(lambda: not self.window.isVisible())
        for each in (self.window, self.program.theme, self.program, self._front):
            each.deleteLater()
        self.settle(0)

    @property
    def session(self) -> Session:
        """The session that is open."""
        session = self.program.desk.session
        assert session is not None
        return session

    def area(self, name: str) -> QWidget:
        """Bring an area into sight and let it read."""
        self.window.show_area(name)
        self.quiet()
        return self.window.page(name)

    def accounts(self) -> AccountsPage:
        """The accounts page, with the story in sight."""
        self.area("accounts")
        page = self.accounts_page()
        account = story_account(self.session)
        page.panel.show_table(is_table=False)
        page.show_record(account)
        self.wait_for(lambda: page.account.title == STORY)
        page.show_beside(page.account)
        page.account.tabs.show_tab("overview")
        self.quiet()
        return page

    def accounts_page(self) -> AccountsPage:
        """The accounts page as it stands."""
        page = self.window.page("accounts")
        assert isinstance(page, AccountsPage)
        return page

    def contact(self) -> AccountsPage:
        """The accounts page with a person of the story beside the list."""
        page = self.accounts()
        record, name = story_contact(self.session)
        page.account.contact_opened.emit(record)
        self.wait_for(lambda: page.contact.title == name)
        self.quiet()
        return page

    def exchange(self) -> ExchangePage:
        """The exchange page."""
        page = self.area("exchange")
        assert isinstance(page, ExchangePage)
        return page

    def settings(self, tab: str) -> SettingsPage:
        """The settings, at one tab."""
        page = self.area("settings")
        assert isinstance(page, SettingsPage)
        page.show_tab(tab)
        self.quiet()
        return page

    def opened(self, kind: type[Kind]) -> Kind:
        """The one thing of a kind that has opened over the window."""
        self.wait_for(lambda: any(each.isVisible() for each in self._all(kind)))
        self.quiet()
        return next(each for each in self._all(kind) if each.isVisible())

    def popped_up(self, menu: QMenu) -> QMenu:
        """Open a menu as its button does."""
        menu.popup(self.window.mapToGlobal(self.window.rect().center()))
        self.quiet()
        return menu

    def _all(self, kind: type[Kind]) -> list[Kind]:
        return self.window.findChildren(kind)

    def clear(self) -> None:
        """Close whatever floats over the window."""
        for popup in iter(QApplication.activePopupWidget, None):
            popup.close()
        for kind in (QMenu, QDialog):
            for each in self._all(kind):
                if each.isVisible() and each.isWindow():
                    each.close()
        if self.window.is_covered:
            self.window.uncover()
            self.window.commands.give_back()
        self.window._toast.dismiss()
        self.window.banner.say_nothing()
        self.quiet()

    def quiet(self) -> None:
        """Wait until no worker has anything to do and everything it brought is laid out."""
        runners = (self.program.desk.runners.reading, self.program.desk.runners.writing, self.program.capturing.runner)
        calm = 0
        for _round in range(20_000):
            self.settle(5)
            calm = 0 if any(runner.is_busy for runner in runners) else calm + 1
            if calm >= self.calm_rounds:
                return
        message = "the program never came to rest"
        raise TimeoutError(message)

    def settle(self, pause_ms: int) -> None:
        """Let events be handled for a while."""
        loop = QEventLoop()
        QTimer.singleShot(pause_ms, loop.quit)
        loop.exec()

    def wait_for(self, is_so: Callable[[], bool], most_ms: int = 60_000) -> None:
        """Wait until something holds."""
        for _round in range(most_ms // 10):
            if is_so():
                return
            self.settle(10)
        message = "what was waited for never came"
        raise TimeoutError(message)
