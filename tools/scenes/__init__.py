"""Every page, tab, dialog and state of the program, each with how a person comes there.

Pictures are made of them (`screenshot_scenes.py`) and tests walk them (`tests/desktop/walks`); one of those tests
fails where the program has a page, a tab or a dialog that no scene shows.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QWidget
from tools.scenes.anywhere import ANYWHERE, TELLING
from tools.scenes.entering import ENTERING
from tools.scenes.imports import IMPORTS
from tools.scenes.lists import LIST_DIALOGS, LISTS
from tools.scenes.pages import PAGES
from tools.scenes.records import RECORD_DIALOGS
from tools.scenes.scene import Scene
from tools.scenes.upkeep import UPKEEP_DIALOGS
from tools.stage import Stage

__all__ = ["SCENES", "Scene", "played"]

SCENES: Final = (
    *PAGES,
    *LISTS,
    *TELLING,
    *LIST_DIALOGS,
    *RECORD_DIALOGS,
    *UPKEEP_DIALOGS,
    *ANYWHERE,
    *IMPORTS,
    *ENTERING,
)
"""In the order of a person who looks at everything; the lock screen comes last, for nothing stands beside it."""


def played(stage: Stage, scenes: tuple[Scene, ...] = SCENES) -> Iterator[tuple[Scene, QWidget]]:
    """Bring scene after scene into sight, and take away what floats before the next."""
    for scene in scenes:
        yield scene, scene.show(stage)
        stage.clear()
