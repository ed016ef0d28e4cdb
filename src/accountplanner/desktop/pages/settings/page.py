"""Settings: each says what it does, works at once, and is kept without a Save button."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.settings.about import AboutSection
from accountplanner.desktop.pages.settings.backups import BackupsSection
from accountplanner.desktop.pages.settings.look import LookSection
from accountplanner.desktop.pages.settings.rows import Section
from accountplanner.desktop.pages.settings.safety import SafetySection
from accountplanner.desktop.pages.settings.workspace import WorkspaceSection
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.tab_bar import TabBar
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say

AnySection = TypeVar("AnySection", bound=Section)


class SettingsPage(QWidget):
    """Tabs, each made when it is seen first. `system_says` is what this computer tells of its own lock."""

    def __init__(self, desk: Desk, choices: Choices, system_says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._choices, self._system_says = desk, choices, system_says
        tabs = (
            ("look", say("Language and appearance")),
            ("safety", say("Lock and keys")),
            ("backups", say("Backups")),
            ("workspace", say("You and the workspace")),
            ("about", say("About")),
        )
        self.tabs = TabBar(desk.theme, tabs, say("Settings"))
        self._stack = QStackedWidget()
        self._showing = WhenSeen(self, self._show_chosen)
        self.setFocusProxy(self.tabs)
        self.tabs.tab_chosen.connect(self.show_tab)
        self._build_layout()
        self._showing.wish()

    @cached_property
    def look(self) -> LookSection:
        """How the program looks."""
        return self._put(LookSection(self._desk.theme, self._choices))

    @cached_property
    def safety(self) -> SafetySection:
        """The lock and the keys."""
        return self._put(SafetySection(self._desk, self._choices, self._system_says))

    @cached_property
    def backups(self) -> BackupsSection:
        """What can be brought back."""
        return self._put(BackupsSection(self._desk))

    @cached_property
    def workspace(self) -> WorkspaceSection:
        """Who one is, and where the data lies."""
        return self._put(WorkspaceSection(self._desk))

    @cached_property
    def about(self) -> AboutSection:
        """What the program is made of."""
        return self._put(AboutSection(self._desk))

    def steps_ahead(self) -> Sequence[Callable[[], object]]:
        """The tabs, made before somebody asks for them."""
        return tuple(self._sections().values())

    def show_tab(self, key: str) -> None:
        """Bring one tab into sight."""
        self._stack.setCurrentWidget(self._sections()[key]())
        if self.tabs.chosen() != key:
            self.tabs.choose(key)

    def _sections(self) -> Mapping[str, Callable[[], Section]]:
        return {
            "look": lambda: self.look,
            "safety": lambda: self.safety,
            "backups": lambda: self.backups,
            "workspace": lambda: self.workspace,
            "about": lambda: self.about,
        }

    def _put(self, section: AnySection) -> AnySection:
        self._stack.addWidget(section)
        return section

    def _show_chosen(self) -> None:
        self.show_tab(self.tabs.chosen())

    def _build_layout(self) -> None:
        head = QVBoxLayout()
        # A tab has room at both sides; the line under the first begins where the title and the cards begin.
        head.setContentsMargins(Space.PAGE - Space.SMALL, Space.LARGE, Space.PAGE, 0)
        title = Label(say("Settings"), "title")
        title.setContentsMargins(Space.SMALL, 0, 0, 0)
        head.addWidget(title)
        head.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
