"""The machine: some histories with every change, a few hundred in a full run, thousands by `tools/long_machine.py`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.usecases.any_exchange.copies import ACTS, SHEETS
from tests.usecases.any_exchange.machine import AnyExchange, run

from accountplanner.usecases.reviewing import queue

if TYPE_CHECKING:
    from tests.usecases.any_exchange.ground import Ground


def test_whatever_people_do_everybody_ends_at_one_picture(ground: Ground) -> None:
    run(ground, 3, 8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_whatever_many_people_do_everybody_ends_at_one_picture(ground: Ground, seed: int) -> None:
    run(ground, 25, 16, seed=seed)


@pytest.mark.slow
def test_whatever_was_done_to_a_copy_its_answers_are_proposed_from_other_formats_too(ground: Ground) -> None:
    """The machine comes to these rules now and then; here each copy that somebody worked on is saved in every format."""
    proposed = 0
    for seed in range(12):
        dice, machine = random.Random(seed), type("Here", (AnyExchange,), {"ground": ground})()  # noqa: S311 - dice
        machine.start(2, seed)
        machine.asks_a_partner(0, 0) if seed % 3 == 0 else machine.sends_to_the_team(0)
        machine.somebody_works_on_a_copy(0, ["edit", dice.choice(sorted(ACTS)), "edit"], seed)
        machine.a_copy_is_saved_as_ods(0, 0)
        machine.a_copy_is_saved_as_xls(0, 0)
        machine.a_copy_is_saved_as_csv(number=1, pick=0, kind=dice.choice(sorted(SHEETS)))
        proposed += len(queue(machine.session(0)))
    assert proposed > 12
