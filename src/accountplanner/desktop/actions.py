"""Every command of the program, declared once: menu, palette and cheat sheet read it here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.wording import say_marked, to_say


@dataclass(frozen=True)
class Command:
    """One thing a person can do from anywhere. `menu` is empty for those kept out of the menu bar."""

    id: str
    text: str
    icon: str
    shortcut: str = ""
    menu: str = ""
    other_shortcuts: tuple[str, ...] = ()

    @property
    def shortcuts(self) -> tuple[str, ...]:
        """All key combinations, the one shown in menus first."""
        return (*((self.shortcut,) if self.shortcut else ()), *self.other_shortcuts)


MENUS: Final = (
    to_say("Program"),
    to_say("Edit"),
    to_say("Customers"),
    to_say("Exchange"),
    to_say("Go"),
    to_say("Help"),
)

COMMANDS: Final = (
    Command("palette", to_say("Find anything"), "search", "Ctrl+K", "Go"),
    # Before the note: what is in sight is offered in this order, and the brief must be two keystrokes away.
    Command("brief", to_say("Visit brief"), "visit", "Ctrl+B", "Customers"),
    Command("trip", to_say("Trip pack"), "visit", "Ctrl+Shift+B", "Customers"),
    Command("note", to_say("Write a note"), "note", "Ctrl+Shift+Space", "Customers"),
    Command("inbox", to_say("Notes to file"), "note", "", "Customers"),
    Command("new_account", to_say("New account"), "add", "Ctrl+N", "Customers"),
    Command("accept_rungs", to_say("Accept all proposed rungs"), "ladder", "", "Customers"),
    Command("search", to_say("Search this page"), "search", "Ctrl+F", "Go"),
    Command("filter_list", to_say("Filter this list"), "filter", "Ctrl+Shift+F", "Edit"),
    Command("table", to_say("List as a table"), "sheet", "Ctrl+Shift+T", "Edit"),
    Command("columns", to_say("Choose columns"), "list", "", "Edit"),
    Command("keep_filter", to_say("Keep this filter"), "flag", "", "Edit"),
    Command("change_many", to_say("Change a field of the selected records"), "edit", "Ctrl+Shift+E", "Edit"),
    Command("undo", to_say("Undo"), "undo", "Ctrl+Z", "Edit"),
    Command("redo", to_say("Redo"), "redo", "Ctrl+Shift+Z", "Edit"),
    Command("import", to_say("Import a file"), "import", "Ctrl+I", "Exchange"),
    Command("export", to_say("Export a workbook"), "export", "Ctrl+E", "Exchange"),
    Command("leave_in_peace", to_say("Leave in peace this week"), "export", "", "Exchange"),
    Command("exchange_now", to_say("Exchange now"), "exchange", "Ctrl+Shift+X", "Exchange"),
    Command("history", to_say("History of changes"), "history", "Ctrl+H", "Edit"),
    Command("backup", to_say("Back up now"), "shield", "", "Program"),
    Command("backups", to_say("Backups, and bringing one back"), "shield", "", "Program"),
    Command("settings", to_say("Settings"), "settings", "Ctrl+,", "Program"),
    Command("lock", to_say("Lock"), "lock", "Ctrl+L", "Program"),
    Command("quit", to_say("Quit"), "quit", "Ctrl+Q", "Program"),
    Command("theme_light", to_say("Light look"), "sun", "", "Program"),
    Command("theme_dark", to_say("Dark look"), "moon", "", "Program"),
    Command("theme_contrast", to_say("High contrast look"), "contrast", "", "Program"),
    Command("theme_system", to_say("Look like the system"), "settings", "", "Program"),
    Command("next_tab", to_say("Next tab of this page"), "chevron-right", "Ctrl+PgDown", "Go"),
    Command("previous_tab", to_say("Tab before this one"), "chevron-left", "Ctrl+PgUp", "Go"),
    Command("go_today", to_say("Today"), "today", "Ctrl+1", "Go"),
    Command("go_accounts", to_say("Accounts"), "accounts", "Ctrl+2", "Go"),
    Command("go_people", to_say("People"), "people", "Ctrl+3", "Go"),
    Command("go_ladder", to_say("Ladder"), "ladder", "Ctrl+4", "Go"),
    Command("go_partners", to_say("Partners"), "partners", "Ctrl+5", "Go"),
    Command("go_exchange", to_say("Exchange"), "exchange", "Ctrl+6", "Go"),
    Command("go_reviews", to_say("Reviews"), "reviews", "Ctrl+7", "Go"),
    Command("go_understanding", to_say("Understanding"), "understanding", "Ctrl+8", "Go"),
    Command("help_pages", to_say("Help"), "help", "F1", "Help"),
    Command("help", to_say("Keyboard shortcuts"), "list", "?", "Help"),
)


class ActionRegistry(QObject):
    """Turns declared commands into actions, and is told later what each one does.

    A command that nobody wired is not shown anywhere: the program offers nothing that it
    cannot do.
    """

    def __init__(self, theme: Theme, commands: Iterable[Command] = COMMANDS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._commands = {command.id: command for command in commands}
        self._actions = {command.id: self._make(command) for command in self._commands.values()}
        self._wired: set[str] = set()
        self._enabled: set[str] = set()
        self._left: frozenset[str] | None = None
        self._has_icons = False
        theme.scheme_changed.connect(self._on_scheme_changed)
        self._on_scheme_changed()

    def wire(self, command_id: str, do: Callable[[], object]) -> None:
        """Say what a command does.

        `do` takes no arguments, not even optional ones: Qt would fill them. It is a bound
        method of something that lives as long as the window.
        """
        action = self._actions[command_id]
        action.triggered.connect(do)
        action.setVisible(True)
        self._wired.add(command_id)
        self.enable(command_id, enabled=True)

    def action(self, command_id: str) -> QAction:
        """Return the action, for a button or a context menu."""
        return self._actions[command_id]

    def enable(self, command_id: str, *, enabled: bool) -> None:
        """Allow or forbid a wired command for now."""
        if enabled and command_id in self._wired:
            self._enabled.add(command_id)
        else:
            self._enabled.discard(command_id)
        self._let(command_id)

    def reword(self) -> None:
        """Take the words of the language spoken now."""
        for command in self._commands.values():
            self._actions[command.id].setText(say_marked(command.text))

    def leave_only(self, command_ids: Iterable[str]) -> None:
        """Leave only these commands to a person, as on the lock screen, until `give_back`."""
        self._left = frozenset(command_ids)
        for command_id in self._commands:
            self._let(command_id)

    def give_back(self) -> None:
        """Allow again whatever is allowed."""
        self._left = None
        for command_id in self._commands:
            self._let(command_id)

    def run(self, command_id: str) -> None:
        """Do what the command does, as the palette wishes."""
        self._actions[command_id].trigger()

    def available(self) -> list[Command]:
        """List the commands a person can use now, in declared order."""
        return [command for command in self._commands.values() if self._actions[command.id].isEnabled()]

    def offer_in(self, window: QWidget) -> None:
        """Make the shortcuts work wherever the focus is inside this window."""
        window.addActions(list(self._actions.values()))

    def fill(self, menu: QMenu) -> None:
        """Build the submenus of the program's menu, leaving out what nobody wired."""
        for title in MENUS:
            actions = [self._actions[command.id] for command in self._in_menu(title)]
            if actions:
                submenu = menu.addMenu(say_marked(title))
                submenu.addActions(actions)
                submenu.aboutToShow.connect(self._draw_icons)

    def _let(self, command_id: str) -> None:
        is_left = self._left is None or command_id in self._left
        self._actions[command_id].setEnabled(is_left and command_id in self._enabled)

    def _in_menu(self, title: str) -> list[Command]:
        return [command for command in self._commands.values() if command.menu == title and command.id in self._wired]

    def _make(self, command: Command) -> QAction:
        action = QAction(say_marked(command.text), self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setVisible(False)
        action.setEnabled(False)
        return action

    def _on_scheme_changed(self) -> None:
        if self._has_icons:
            self._has_icons = False
            self._draw_icons()

    def _draw_icons(self) -> None:
        """Draw the icons when the first menu opens: at the start they would cost as much as the whole window."""
        if self._has_icons:
            return
        self._has_icons = True
        for command in self._commands.values():
            self._actions[command.id].setIcon(self._theme.icon(command.icon))
