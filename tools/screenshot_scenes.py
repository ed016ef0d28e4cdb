# ruff: noqa: INP001 - a tool stands alone and is no package
"""The pictures of one look: the real program, brought to the scenes of `tools/scenes` one after the other."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from tools.scenes import SCENES, played
from tools.stage import USUAL_SIZE, Stage, fill_for_pictures, fill_with_everything, fill_with_northwind, make_workspace

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
_AREAS: Final = ("today", "accounts", "people", "partners", "exchange", "history")
_WORLDS: Final = MappingProxyType(
    {"docs": fill_for_pictures, "all": fill_with_everything, "northwind": fill_with_northwind, "empty": None}
)
"""What the workspace holds. Of the last two only the pages are shown, beside everything of the sample territory."""

_OVERVIEW_PX: Final = 720


class Wish(NamedTuple):
    """Which pictures are wanted, and where."""

    folder: Path
    look: str
    percent: int
    size: tuple[int, int]
    world: str
    small: bool


def main(wish: Wish) -> None:
    """Make the pictures one look asks for."""
    folder, look, percent, size, world, small = wish
    application = QApplication([])
    desk = Path(tempfile.mkdtemp(prefix="accountplanner-"))
    stage = Stage(desk, make_workspace(desk / "workspace", _WORLDS[world]))
    stage.open(look, size)
    tail = look if percent == 100 and size == USUAL_SIZE else f"{look}-{percent}-{size[0]}"
    for name, window in _shown(stage, world):
        stage.settle(_PAUSE_MS)
        _keep(window.grab().toImage(), folder / f"{name}-{tail}", small=small)
    stage.close()
    application.quit()
    shutil.rmtree(desk)


def _shown(stage: Stage, world: str) -> Iterator[tuple[str, QWidget]]:
    """What a world has to show, and what each picture is called."""
    if world in {"northwind", "empty"}:
        for area in _AREAS:
            stage.window.show_area(area)
            stage.quiet()
            yield f"{world}-{area}", stage.window
        return
    scenes = tuple(scene for scene in SCENES if world == "all" or scene.name in _IN_DOCS)
    for scene, window in played(stage, scenes):
        yield _IN_DOCS[scene.name] if world == "docs" else scene.name, window


def _keep(image: QImage, path: Path, *, small: bool) -> None:
    """Write a picture; a small one shows how everything lies and looks, and takes a tenth of the room."""
    if not small:
        image.save(str(path.with_name(path.name + ".png")))
        return
    width = min(image.width(), _OVERVIEW_PX)
    image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    image.save(str(path.with_name(path.name + ".webp")), "WEBP", 70)  # type: ignore[call-overload]


if __name__ == "__main__":
    where, shown, scale, wide, high, which, kind = sys.argv[1:8]
    main(Wish(Path(where), shown, int(scale), (int(wide), int(high)), which, kind == "small"))
