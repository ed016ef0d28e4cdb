"""On screens that are scaled the same fits: each scale in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1.25, 2.0])
def test_nothing_is_cut_on_a_scaled_screen(everything: Path, tmp_path: Path, scale: float) -> None:
    shutil.copytree(everything, tmp_path / "workspace")
    command = [sys.executable, "-m", "tests.desktop.walks.scaled", str(tmp_path / "workspace"), str(tmp_path)]
    shown = os.environ | {"QT_SCALE_FACTOR": str(scale)}
    ended = subprocess.run(command, cwd=ROOT, env=shown, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["scale"] == scale
    assert {name: found for name, found in told["found"].items() if found} == {}
