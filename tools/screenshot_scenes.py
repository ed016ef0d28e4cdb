# ruff: noqa: INP001 - a tool stands alone and is no package
"""The pictures of one look: the real program, brought to the scenes of `scenes.py` one after the other."""

import shutil
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication
from tools.scenes import SCENES, played
from tools.stage import USUAL_SIZE, Stage, fill_for_pictures, fill_with_everything, make_workspace

_IN_DOCS: Final = MappingProxyType(
    {
        "today": "today",
        "account-overview": "account",
        "dialog-brief": "brief",
        "account-purchases": "purchases",
        "contact": "contact",
        "partners-scope": "partners",
        "exchange": "exchange",
    }
)
"""Which scenes the documentation shows, and what their pictures are called there."""

_PAUSE_MS: Final = 80


def main(folder: Path, look: str, percent: int, size: tuple[int, int], *, for_docs: bool) -> None:
    """Make the pictures one look asks for."""
    application = QApplication([])
    desk = Path(tempfile.mkdtemp(prefix="accountplanner-"))
    fill = fill_for_pictures if for_docs else fill_with_everything
    stage = Stage(desk, make_workspace(desk / "workspace", fill))
    stage.open(look, size)
    tail = look if percent == 100 and size == USUAL_SIZE else f"{look}-{percent}-{size[0]}"
    scenes = tuple(scene for scene in SCENES if not for_docs or scene.name in _IN_DOCS)
    for scene, window in played(stage, scenes):
        stage.settle(_PAUSE_MS)
        name = _IN_DOCS[scene.name] if for_docs else scene.name
        window.grab().save(str(folder / f"{name}-{tail}.png"))
    stage.close()
    application.quit()
    shutil.rmtree(desk)


if __name__ == "__main__":
    where, shown, scale, width, height, which = sys.argv[1:7]
    main(Path(where), shown, int(scale), (int(width), int(height)), for_docs=which == "docs")
