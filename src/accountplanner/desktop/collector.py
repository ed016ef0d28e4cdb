"""Python's garbage collector: it rests while the program starts and while a worker is busy.

What is loaded at the start stays until the end, and the collector would look through all of it again with every few
thousand new objects: a tenth of the start, and pauses of several frames ever after. While a worker is busy, a full
collection walks through every row the worker holds, for a tenth of a second, and the window waits for it; and what a
worker collects it also destroys, objects of Qt among it that belong to the window's thread. So the window's thread alone
says when the collector rests and when it goes on.
"""

import gc
from dataclasses import dataclass


@dataclass
class _Rest:
    """Why the collector rests: the program starts, or jobs wait or run."""

    starting: bool = False
    jobs: int = 0


_rest = _Rest()


def put_off() -> None:
    """Collect nothing until `begin`."""
    _rest.starting = True
    gc.disable()


def begin() -> None:
    """Collect from now on, but never look again at what stands there already."""
    gc.freeze()
    _go_on()


def thaw() -> None:
    """Look at everything again, because much of it is about to be thrown away."""
    gc.unfreeze()
    _go_on()


def job_begins() -> None:
    """Rest until as many jobs have ended as have begun. For the window's thread only, like `job_ended`."""
    _rest.jobs += 1
    gc.disable()


def job_ended() -> None:
    """Go on when this was the last of them."""
    _rest.jobs -= 1
    if not _rest.jobs and not _rest.starting:
        gc.enable()


def _go_on() -> None:
    _rest.starting = False
    if not _rest.jobs:
        gc.enable()
