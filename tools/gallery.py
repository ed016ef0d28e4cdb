# ruff: noqa: INP001 - a tool stands alone and is no package
"""Show every widget with believable content and write pictures of it, to be looked at.

python tools/gallery.py FOLDER            all looks at 100 and 150 percent
python tools/gallery.py FOLDER --one dark 150
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

LOOKS: Final = ("light", "dark", "contrast")
SCALES: Final = (100, 150)


def main(folder: Path) -> None:
    """Make all pictures, each look in a process of its own: Qt takes its scale once, at start."""
    for look in LOOKS:
        for percent in SCALES:
            scale = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(percent / 100)}
            command = [sys.executable, __file__, str(folder), "--one", look, str(percent)]
            subprocess.run(command, check=True, env=os.environ | scale)  # noqa: S603 - it starts only itself


def make_pictures(folder: Path, look: str, percent: int) -> None:
    """Make the pictures of one look."""
    from gallery_scenes import Gallery  # noqa: PLC0415 - only this process may start Qt

    with TemporaryDirectory() as desk:
        Gallery(look, Path(desk)).write(folder, f"{look}-{percent}")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    if "--one" in sys.argv:
        make_pictures(target, sys.argv[3], int(sys.argv[4]))
    else:
        main(target)
