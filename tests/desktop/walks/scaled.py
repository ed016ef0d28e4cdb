"""Walks some scenes in a process of its own, because Qt takes the scale of the screen once, at start.

Prints what it finds, as JSON. Arguments: the workspace, and a folder for everything else.
"""

import json
import sys
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication
from tests.desktop.walks.looking import faults
from tools.scenes import SCENES, played
from tools.stage import Stage

_SOME: Final = (
    "today",
    "account-overview",
    "contact",
    "exchange",
    "list-table",
    "dialog-columns",
    "dialog-new",
    "palette",
)
_SIZE: Final = (1024, 640)


def main(workspace: Path, folder: Path) -> None:
    """Walk the scenes in a small window on a screen that is scaled."""
    application = QApplication([])
    stage = Stage(folder, workspace)
    stage.open(size=_SIZE)
    scale = stage.window.devicePixelRatioF()
    some = tuple(scene for scene in SCENES if scene.name in _SOME)
    found = {scene.name: faults(window) for scene, window in played(stage, some)}
    stage.close()
    application.quit()
    sys.stdout.write(json.dumps({"scale": scale, "found": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
