"""The benchmarks run: a promise nobody can measure is none. How fast anything is, no test says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def measured(folder: Path, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks", "--tiny", "--json", "--folder", str(folder), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


@pytest.mark.slow
def test_a_figure_with_a_peer_gives_a_ratio_for_each_pair(tmp_path: Path) -> None:
    (figure,) = measured(tmp_path, "import-preview", "--pairs", "2")["figures"]

    assert len(figure["subjects"]) == len(figure["peers"]) == len(figure["ratios"]) == 2
    assert figure["compared"] > 0


@pytest.mark.slow
def test_a_figure_without_a_peer_stands_alone(tmp_path: Path) -> None:
    (figure,) = measured(tmp_path, "search", "--pairs", "1")["figures"]

    assert figure["peers"] == []
    assert figure["within"] == (figure["compared"] <= figure["limit"])


@pytest.mark.slow
def test_an_unknown_figure_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--folder", str(tmp_path), "speed"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "no figure called 'speed'" in done.stderr
