"""Measure one thing in this process and print the number: `python -m benchmarks.measure subjects NAME FOLDER`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.worlds import Size, make_world


def main(side: str, name: str, folder: Path) -> None:
    """Make a world, or run a function of `subjects` or `peers`."""
    if side == "world":
        sizes = json.loads(sys.stdin.read())
        make_world(name, folder, Size(**sizes))
        return
    print(json.dumps(getattr(import_module(f"benchmarks.{side}"), name)(folder)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
