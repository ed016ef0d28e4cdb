"""`python -m benchmarks [names…]`: how fast the program is, against what people would use instead."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import FIGURES, Figure, figures_named
from benchmarks.harness import FigureFailedError, Harness


def main(arguments: list[str]) -> int:
    """Measure and print. The exit code says whether all could be measured, not whether they were fast."""
    wish = _parser().parse_args(arguments)
    chosen = figures_named(wish.names)
    if wish.folder:
        return _measure(chosen, Harness(wish.folder, wish.pairs, tiny=wish.tiny), as_json=wish.json)
    with tempfile.TemporaryDirectory(prefix="accountplanner-benchmarks-") as folder:
        return _measure(chosen, Harness(Path(folder), wish.pairs, tiny=wish.tiny), as_json=wish.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which figures: {', '.join(figure.name for figure in FIGURES)}")
    parser.add_argument("--pairs", type=int, default=3, help="how often subject and peer take turns")
    parser.add_argument("--folder", type=Path, help="keep what is measured on here and use it again")
    parser.add_argument("--tiny", action="store_true", help="on a handful of records, to see that everything runs")
    parser.add_argument("--json", action="store_true", help="one JSON object for all figures")
    return parser


def _measure(figures: list[Figure], harness: Harness, *, as_json: bool) -> int:
    results, failed = [], []
    for figure in figures:
        try:
            result = harness.measure(figure)
        except FigureFailedError as error:
            failed.append(figure.name)
            print(f"{figure.name}: could not be measured: {error}", file=sys.stderr)
            continue
        results.append(result)
        if not as_json:
            print("\n".join(result.lines()), flush=True)
    if as_json:
        print(json.dumps({"figures": [result.to_json() for result in results], "failed": failed}, indent=2))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
