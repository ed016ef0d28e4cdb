"""Runs subject and peer alternately, each in a process of its own, and says how they compare.

Nothing is asserted: a busy machine is no fault of the program. Ratios are taken pair by pair, because both of a pair
saw the same machine; their median is held against the limit.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from benchmarks.worlds import MADE, PASSPHRASE, SIZE, SIZES, TINY

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.figures import Figure


_STARTS = "windows."
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class FigureFailedError(Exception):
    """A figure could not be measured; the message says why."""


@dataclass(frozen=True)
class Result:
    """What came out for one figure; `peers` and `ratios` are empty for one without a peer."""

    name: str
    what: str
    unit: str
    limit: float
    subjects: list[float]
    peers: list[float]

    @property
    def ratios(self) -> list[float]:
        """Subject over peer, pair by pair."""
        return [mine / theirs for mine, theirs in zip(self.subjects, self.peers, strict=bool(self.peers))]

    @property
    def compared(self) -> float:
        """What is held against the limit."""
        return statistics.median(self.ratios or self.subjects)

    @property
    def is_within(self) -> bool:
        """Whether the limit is kept."""
        return self.compared <= self.limit

    def to_json(self) -> dict[str, object]:
        """Everything, for machines."""
        return {**asdict(self), "ratios": self.ratios, "compared": self.compared, "within": self.is_within}

    def lines(self) -> list[str]:
        """Everything, for people."""
        verdict = "within" if self.is_within else "OVER"
        head = f"{self.name}: {self.what}"
        mine = f"  ours   {_spread(self.subjects, self.unit)}"
        if not self.peers:
            return [head, mine, f"  limit  {self.limit:g} {self.unit}: {verdict}"]
        ratios = ", ".join(f"{ratio:.2f}" for ratio in self.ratios)
        return [
            head,
            mine,
            f"  peer   {_spread(self.peers, self.unit)}",
            f"  ratio  {self.compared:.2f} ({ratios}), limit {self.limit:g}: {verdict}",
        ]


def _spread(values: list[float], unit: str) -> str:
    listed = ", ".join(f"{value:.3g}" for value in values)
    return f"{statistics.median(values):.3g} {unit} ({listed})"


class Harness:
    """Measures figures on worlds it makes in a folder; a world made there before is used again."""

    def __init__(self, folder: Path, pairs: int, *, tiny: bool = False) -> None:
        self._folder = folder / ("tiny" if tiny else "full")
        self._pairs = pairs
        self._sizes = TINY if tiny else SIZES

    def measure(self, figure: Figure) -> Result:
        """Run a figure's pairs, the one first that was second before.

        Windows are started once without measuring: an installed program has been compiled.

        Raises:
            FigureFailedError: a process ended without a number.
        """
        world = self._world(figure.world)
        found: dict[str, list[float]] = {function: [] for function in (figure.subject, figure.peer) if function}
        if figure.subject.startswith(_STARTS):
            for function in found:
                self._run(function, world)
        for pair in range(self._pairs):
            for function in found if pair % 2 == 0 else reversed(found):
                found[function].append(float(self._run(function, world)))
        mine, theirs = found[figure.subject], found.get(figure.peer, [])
        return Result(figure.name, figure.what, figure.unit, figure.limit, mine, theirs)

    def _world(self, name: str) -> Path:
        if name not in self._sizes:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._folder
        world = self._folder / name
        if not (world / MADE).exists():
            world.mkdir(parents=True)
            (world / SIZE).write_text(json.dumps(asdict(self._sizes[name])))
            self._run("worlds.make_world", world)
        return world

    def _run(self, function: str, world: Path) -> str:
        command = [sys.executable, "-m", "benchmarks.measure", function, str(world)]
        environment = _environment(self._folder.parent / "bytecode")
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise FigureFailedError(done.stderr.strip().rpartition("\n")[2] or f"it ended with {done.returncode}")
        return done.stdout.strip().rpartition("\n")[2]


def _environment(bytecode: Path) -> dict[str, str]:
    """What a child is told: when it was started, what opens its workspace, where to paint without a display."""
    painted = {} if any(os.environ.get(name) for name in _DISPLAYS) else {"QT_QPA_PLATFORM": "offscreen"}
    displayed = painted if sys.platform == "linux" else {}
    # Whoever keeps a checkout clean of bytecode would measure the compiler with every start.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = {"PYTHONPYCACHEPREFIX": str(bytecode)}
    return {
        **kept,
        **compiled,
        **displayed,
        "ACCOUNTPLANNER_PASSPHRASE": PASSPHRASE,
        "BENCHMARK_STARTED": str(time.time()),
    }
