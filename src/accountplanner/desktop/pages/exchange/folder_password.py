"""The password of a shared folder: asked for once, remembered in the encrypted workspace."""

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.wording import say


class FolderPasswordDialog(LockDialog):
    """Asks under which password the workbooks of a folder are written and read. `chosen` carries it, empty for none."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, say("Password of the shared folder"), is_personal=True, parent=parent)
        told = say(
            "Agree on one with your colleagues, and tell it by another way. Your workbook gets it at the next exchange, "
            "and theirs are opened with it. It is kept in your encrypted workspace."
        )
        self.show_title(say("Password of the shared folder"), told, say("Keep"))
