"""What floats over the window: the palette with every command in it, and how all of it goes."""

# ruff: noqa: PLC0415 - the window stands before what only floats over it is loaded

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from accountplanner.desktop.actions import Command
from accountplanner.desktop.page_stack import drop
from accountplanner.desktop.shell import Shell
from accountplanner.desktop.wording import say, say_keys, say_marked

if TYPE_CHECKING:
    from accountplanner.desktop.widgets.palette import CommandPalette, PaletteEntry


def make_palette(window: QWidget, shell: Shell) -> "CommandPalette":
    """The palette, with what suits the record in sight first and every command somebody may give now."""
    from accountplanner.desktop.widgets.palette import CommandPalette

    available = shell.actions.available()
    commands = [_palette_entry(command) for command in available if command.id != "palette"]
    can = {command.id: command for command in available}
    offered = [_palette_entry(can[each], said) for each, said in shell.offered().items() if each in can]
    return CommandPalette(shell.theme, shell.find_records, commands, window, offered=offered)


def drop_what_floats(window: QWidget, but: QWidget) -> None:
    """Close every tip, list and dialog, and drop those of this window but one."""
    QToolTip.hideText()
    for popup in iter(QApplication.activePopupWidget, None):
        popup.hide()
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog):
            # Past its own `reject`, which may ask or refuse.
            QDialog.done(each, 0)
        if each.parentWidget() is window and each is not but:
            drop(each)


def _palette_entry(command: Command, words: str = "") -> "PaletteEntry":
    from accountplanner.desktop.widgets.palette import PaletteEntry

    return PaletteEntry(
        command.id, words or say_marked(command.text), command.icon, say("Command"), shortcut=say_keys(command.shortcut)
    )
