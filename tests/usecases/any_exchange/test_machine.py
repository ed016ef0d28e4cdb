"""The machine: some histories with every change, a few hundred in a full run, thousands by `tools/long_machine.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.any_exchange.machine import run

if TYPE_CHECKING:
    from tests.usecases.any_exchange.ground import Ground


def test_whatever_people_do_everybody_ends_at_one_picture(ground: Ground) -> None:
    run(ground, 5, 10)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_whatever_many_people_do_everybody_ends_at_one_picture(ground: Ground, seed: int) -> None:
    run(ground, 25, 16, seed=seed)
