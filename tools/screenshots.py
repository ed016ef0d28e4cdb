# ruff: noqa: INP001 - a tool stands alone and is no package
"""Render the pictures of the documentation from a sample territory in a temporary workspace.

python tools/screenshots.py [FOLDER]                        into docs/screenshots unless a folder is named, and small
                                                            ones of every page, dialog and state into its folder `every`
python tools/screenshots.py FOLDER --all                    every page and dialog in every look and size, to be looked at
python tools/screenshots.py FOLDER --all --language de      the same as on a German computer
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve().parent
_DOCS: Final = _HERE.parent / "docs" / "screenshots"
_LOOKS: Final = (
    ("light", 100, 1440, 900),
    ("dark", 100, 1440, 900),
)
_REGIONS: Final = {"en": "en_GB.UTF-8", "de": "de_DE.UTF-8"}
_ALL_LOOKS: Final = (
    *_LOOKS,
    ("light", 150, 1440, 900),
    ("dark", 150, 1440, 900),
    ("light", 150, 1024, 640),
    ("contrast", 100, 1440, 900),
)


_SMALL_LOOKS: Final = (
    ("light", 100, 1440, 900),
    ("dark", 100, 1440, 900),
    ("light", 150, 1024, 640),
    ("dark", 150, 1024, 640),
)
_WORLDS: Final = ("all", "northwind", "empty")


def main(folder: Path, *, all_looks: bool, region: str) -> None:
    """Make the pictures of each look and world in a process of its own: Qt takes its scale once, at start."""
    if all_looks:
        for look in _ALL_LOOKS:
            for world in _WORLDS:
                _make(folder, look, world, region)
        return
    for look in _LOOKS:
        _make(folder, look, "docs", region)
    for look in _SMALL_LOOKS:
        for world in _WORLDS:
            _make(folder / "every", look, world, region, "small")


def _make(folder: Path, look: tuple[str, int, int, int], world: str, region: str, kind: str = "full") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name, percent, width, height = look
    scale = {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QT_SCALE_FACTOR": str(percent / 100),
        "LC_ALL": region,
        "LANGUAGE": "",
    }
    wish = [str(folder), name, str(percent), str(width), str(height), world, kind]
    command = [sys.executable, str(_HERE / "screenshot_scenes.py"), *wish]
    subprocess.run(command, check=True, env=os.environ | scale)  # noqa: S603 - it starts only its own scenes


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=_DOCS)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--language", choices=tuple(_REGIONS), default="en")
    return parser.parse_args()


if __name__ == "__main__":
    wanted = _arguments()
    main(wanted.folder, all_looks=wanted.all, region=_REGIONS[wanted.language])
