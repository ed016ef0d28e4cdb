"""The merge machine for as long as you like: `python tools/long_machine.py --examples 20000 --jobs 2`.

Runs the random histories of `tests/usecases/any_exchange` in parts of 50 examples, each part under a seed of its
own, in processes of its own. Prints one line a part; at the first history that goes wrong its steps, and the
command that repeats it. `--done FILE` notes finished parts, so that an interrupted run goes on where it stopped.
"""

# ruff: noqa: INP001, T201 - a script that prints how far it is

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PART = 50


def main() -> int:
    """Run what was asked for; 1 where a history went wrong."""
    wish = _arguments()
    if wish.part is not None:
        return _run_part(wish.part, min(PART, wish.examples), wish.steps)
    return _run_all(wish)


def _arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--examples", type=int, default=20_000, help="how many histories in all")
    words.add_argument("--steps", type=int, default=20, help="how many steps in each, at most")
    words.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    words.add_argument("--seed", type=int, default=1, help="the seed of the first part; the next one has the next")
    words.add_argument("--done", type=Path, help="a file that keeps which parts are done")
    words.add_argument("--part", type=int, help="run the one part with this seed, here")
    return words.parse_args()


def _run_all(wish: argparse.Namespace) -> int:
    parts = range(wish.seed, wish.seed + -(-wish.examples // PART))
    done = set(wish.done.read_text().split()) if wish.done and wish.done.exists() else set()
    left = [part for part in parts if f"{part}:{wish.steps}" not in done]
    finished, began = len(parts) - len(left), time.monotonic()
    with ThreadPoolExecutor(wish.jobs) as pool:
        running = {pool.submit(_start_part, part, wish.steps): part for part in left}
        for each in as_completed(running):
            part, (code, told) = running[each], each.result()
            if code:
                pool.shutdown(wait=False, cancel_futures=True)
                print(told)
                print(f"Again: python tools/long_machine.py --part {part} --steps {wish.steps}")
                return 1
            finished += 1
            _note(wish, part)
            print(f"{finished * PART:7,} examples, seed {part}, {time.monotonic() - began:8.0f} s", flush=True)
    return 0


def _note(wish: argparse.Namespace, part: int) -> None:
    if wish.done:
        with wish.done.open("a") as file:
            file.write(f"{part}:{wish.steps}\n")


def _start_part(part: int, steps: int) -> tuple[int, str]:
    command = [sys.executable, __file__, "--part", str(part), "--steps", str(steps)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - this very file
    return ended.returncode, ended.stdout + ended.stderr


def _run_part(part: int, examples: int, steps: int) -> int:
    # The machine's modules are tests and lie beside the program, not in it.
    sys.path.insert(0, str(HOUSE))
    from hypothesis import HealthCheck, Phase  # noqa: PLC0415 - only the child needs it
    from tests.usecases.any_exchange.ground import Ground, quick_work  # noqa: PLC0415
    from tests.usecases.any_exchange.machine import run  # noqa: PLC0415

    with quick_work(), tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        try:
            run(
                ground, examples, steps, seed=part, database=None,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck),
            )  # fmt: skip
        except AssertionError as wrong:
            print(f"{wrong}\n" + "\n".join(getattr(wrong, "__notes__", [])))
            return 1
        finally:
            ground.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
