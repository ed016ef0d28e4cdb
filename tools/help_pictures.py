# ruff: noqa: INP001 - a tool stands alone and is no package
"""Make the pictures of the help, in each language, from the scenes of `tools/scenes`.

python -m tools.help_pictures
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from tools.scenes import SCENES
from tools.stage import Stage, fill_with_everything, make_workspace

_HELP: Final = Path(__file__).resolve().parent.parent / "resources" / "help"
_PLACES: Final = {"en_GB.UTF-8": _HELP, "de_DE.UTF-8": _HELP / "de"}
_PICTURES: Final = {
    "account": "account-overview",
    "contact": "contact",
    "partners": "partners-scope",
    "exchange": "exchange",
    "history": "history",
    "backups": "settings-backups",
    "lock": "locked",
}
_WIDTH_PX: Final = 900
_COLOURS: Final = 200


def make_pictures(folder: Path) -> None:
    """Write the pictures of the language this process speaks."""
    scenes = {scene.name: scene for scene in SCENES}
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(Path(place), make_workspace(Path(place) / "Account Planner", fill_with_everything))
        stage.open()
        for name, scene in _PICTURES.items():
            scenes[scene].show(stage)
            stage.quiet()
            _write(stage.window.grab().toImage(), folder / f"{name}.png")
            stage.clear()
        stage.close()


def _write(picture: QImage, file: Path) -> None:
    """Small enough for the help: as wide as it is shown, with few colours. Qt would dither; text must stay clear."""
    picture.scaledToWidth(_WIDTH_PX, Qt.TransformationMode.SmoothTransformation).save(str(file))
    with Image.open(file) as written:
        few = written.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main() -> None:
    """Make them in a process for each language: the system is asked for its own once, at start."""
    for region, folder in _PLACES.items():
        speaking = {"LC_ALL": region, "LANGUAGE": "", "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "tools.help_pictures", str(folder)]
        subprocess.run(command, check=True, env=os.environ | speaking)  # noqa: S603 - it starts only itself


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make_pictures(Path(sys.argv[1]))
    else:
        main()
