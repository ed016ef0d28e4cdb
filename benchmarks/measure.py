"""Measure one thing in this process and print the number: `python -m benchmarks.measure MODULE.FUNCTION FOLDER`.

This module imports next to nothing: the guarded child that reads workbooks imports it again, as it does the
program's own main module, and would pay for it.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main(function: str, folder: Path) -> None:
    """Call a function of a module beside this one with the folder of its world."""
    module, _, name = function.partition(".")
    print(json.dumps(getattr(import_module(f"benchmarks.{module}"), name)(folder)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
