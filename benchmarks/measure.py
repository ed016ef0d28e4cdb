"""Measure one thing in this process and print the number: `python -m benchmarks.measure subjects NAME FOLDER`.

This module imports next to nothing: the guarded child that reads workbooks imports it again, as it does the
program's own main module, and would pay for it.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main(side: str, name: str, folder: Path) -> None:
    """Make a world, or run a function of `subjects` or `peers`."""
    module = import_module(f"benchmarks.{side}")
    if side == "worlds":
        module.make_world(name, folder, module.Size(**json.loads(sys.stdin.read())))
        return
    print(json.dumps(getattr(module, name)(folder)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
