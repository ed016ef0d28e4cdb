"""Settings: each says what it does, works at once, and is kept without a Save button."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.settings.about import AboutSection
from accountplanner.desktop.pages.settings.backups import BackupsSection
from accountplanner.desktop.pages.settings.look import LookSection
from accountplanner.desktop.pages.settings.safety import SafetySection
from accountplanner.desktop.pages.settings.workspace import WorkspaceSection
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.tab_bar import TabBar
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say


class SettingsPage(QWidget):
    """Tabs of settings. `system_says` is what this computer tells of its own lock."""

    def __init__(self, desk: Desk, choices: Choices, system_says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = LookSection(desk.theme, choices)
        self.safety = SafetySection(desk, choices, system_says)
        self.backups = BackupsSection(desk)
        self.workspace = WorkspaceSection(desk)
        self.about = AboutSection(desk)
        tabs = (
            ("look", say("Language and appearance"), self.look),
            ("safety", say("Lock and keys"), self.safety),
            ("backups", say("Backups"), self.backups),
            ("workspace", say("You and the workspace"), self.workspace),
            ("about", say("About"), self.about),
        )
        self.tabs = TabBar(desk.theme, [(key, words) for key, words, _ in tabs], say("Settings"))
        self._places = {key: place for place, (key, _, _) in enumerate(tabs)}
        self._stack = QStackedWidget()
        for _, _, section in tabs:
            self._stack.addWidget(section)
        self.setFocusProxy(self.tabs)
        self.tabs.tab_chosen.connect(self.show_tab)
        self._build_layout()

    def show_tab(self, key: str) -> None:
        """Bring one tab into sight."""
        self._stack.setCurrentIndex(self._places[key])
        if self.tabs.chosen() != key:
            self.tabs.choose(key)

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
