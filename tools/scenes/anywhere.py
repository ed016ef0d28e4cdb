# ruff: noqa: S101, SLF001 - a tool may look inside
"""What opens from anywhere: the palette, the keys, a note; and what the window says by itself."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget
from tools.scenes.scene import Scene
from tools.stage import Stage, story_contact

from accountplanner.desktop.capture.dialog import CaptureDialog
from accountplanner.desktop.capture.inbox_dialog import InboxDialog
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.palette import CommandPalette
from accountplanner.desktop.widgets.shortcut_sheet import ShortcutSheet


def _telling(stage: Stage) -> QWidget:
    """What the window says by itself: a banner, a toast with a way back."""
    stage.accounts()
    stage.window.banner.say(
        "The workspace lies in a folder that is synced; two computers may write it at once.", Tone.WARN
    )
    stage.window.tell("Phone of Hotels Kronwarder GmbH changed", stage.program.desk.undo)
    stage.quiet()
    return stage.window


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


TELLING: Final = (Scene("telling", _telling),)


ANYWHERE: Final = (
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
)
