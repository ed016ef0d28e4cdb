# ruff: noqa: INP001 - a tool stands alone and is no package
"""The scenes of the gallery, in a window each, as pictures: a whole account page, and a board of all other widgets."""

from pathlib import Path

from gallery_account import AccountScene
from gallery_board import BoardScene
from gallery_customer import NAMES
from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from accountplanner.desktop.actions import COMMANDS, ActionRegistry
from accountplanner.desktop.crash import CrashReport
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.main_window import MainWindow
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.shell import Shell
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.crash_dialog import CrashDialog
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.palette import CommandPalette, PaletteEntry, Receive
from accountplanner.desktop.widgets.shortcut_sheet import ShortcutSheet


class Gallery:
    """One look of the program, drawn without a screen."""

    def __init__(self, look: str, desk: Path) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self._application = QApplication([])
        self._theme = Theme(self._application, ThemeChoice(look))
        self._theme.load_all_faces()
        self._formats = Formats()
        self._desk = desk

    def write(self, folder: Path, name: str) -> None:
        """Write the pictures of all scenes."""
        for scene, size in (("account", (1440, 900)), ("account", (1024, 640)), ("board", (1440, 1000))):
            window = self._window(scene)
            window.resize(*size)
            self._grab(window, folder / f"{scene}-{size[0]}-{name}.png")
            if scene == "account" and size[0] == 1440:
                self._floating(window, folder, name)
            window.close()

    def _floating(self, window: MainWindow, folder: Path, name: str) -> None:
        window.tell("Key problem of Berglunds snabbköp saved", window.repaint)
        window.banner.say("Two colleagues' workbooks are waiting in the shared folder.", Tone.INFO, "Look at them")
        self._grab(window, folder / f"toast-{name}.png")
        commands = [PaletteEntry(c.id, c.text, c.icon, "Command", "", c.shortcut) for c in COMMANDS]
        dialogs = {
            "palette": CommandPalette(self._theme, _find, commands, window),
            "form": self._form(window),
            "shortcuts": ShortcutSheet(self._theme, COMMANDS, window),
            "crash": CrashDialog(self._theme, CrashReport("KeyError in page.py:41", "Account Planner 0.1.0"), window),
        }
        for scene, dialog in dialogs.items():
            dialog.open()
            self._grab(dialog, folder / f"{scene}-{name}.png")
            dialog.close()

    def _form(self, window: MainWindow) -> FormDialog:
        form = FormDialog(
            self._theme, "New account", "Make the account", explanation="Only the name is needed.", parent=window
        )
        form.add_field("Name", QLineEdit("Königlich Essen"))
        form.add_field("Country", QLineEdit())
        form.show_error("There is an account with this name in Brandenburg already.")
        return form

    def _grab(self, widget: QWidget, path: Path) -> None:
        widget.show()
        loop = QEventLoop()
        QTimer.singleShot(120, loop.quit)
        loop.exec()
        widget.grab().save(str(path))

    def _window(self, scene: str) -> MainWindow:
        scenes = {
            "account": AccountScene(self._theme, self._formats),
            "board": BoardScene(self._theme, self._formats),
        }
        pages = dict.fromkeys(
            ("today", "accounts", "people", "ladder", "partners", "exchange", "reviews", "understanding", "settings"),
            scenes[scene].page,
        )
        shell = Shell(self._theme, ActionRegistry(self._theme), SettingsFile(self._desk), pages, _find)
        window = MainWindow(shell)
        window.show_area("accounts")
        window.show_count("today", 5)
        window.show_count("exchange", 3)
        window.fill_menu()
        return window


def _find(typed: str, receive: Receive) -> None:
    found = [name for name in NAMES if typed.casefold() in name[0].casefold()]
    receive(typed, [PaletteEntry(name[0], name[0], "accounts", "Account", name[1]) for name in found[:4]])
