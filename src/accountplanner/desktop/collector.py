"""Python's garbage collector: it rests while the program starts and while a worker is busy.

What is loaded at the start stays until the end, and the collector would look through all of it again with every few
thousand new objects: a tenth of the start, and pauses of several frames ever after. While a worker is busy, a full
collection walks through every row the worker holds, for a tenth of a second, and the window waits for it; and what a
worker collects it also destroys, objects of Qt among it that belong to the window's thread and are still being told
something there. So the window's thread alone says when the collector rests and when it goes on.
"""

import gc
from dataclasses import dataclass, field
from weakref import WeakSet


@dataclass
class _Rest:
    """Why the collector rests: the program starts, or workers are busy."""

    is_starting: bool = False
    workers: WeakSet[object] = field(default_factory=WeakSet)


_rest = _Rest()


def put_off() -> None:
    """Collect nothing until `begin`."""
    _rest.is_starting = True
    gc.disable()


def begin() -> None:
    """Collect from now on, but never look again at what stands there already."""
    gc.freeze()
    _end_start()


def thaw() -> None:
    """Look at everything again, because much of it is about to be thrown away."""
    gc.unfreeze()
    _end_start()


def rest_for(worker: object) -> None:
    """Rest while this worker is busy, or as long as it exists. For the window's thread only, like `go_on_after`."""
    _rest.workers.add(worker)
    gc.disable()


def go_on_after(worker: object) -> None:
    """Go on when this was the last worker that was busy."""
    _rest.workers.discard(worker)
    _go_on()


def _end_start() -> None:
    _rest.is_starting = False
    _go_on()


def _go_on() -> None:
    if not _rest.workers and not _rest.is_starting:
        gc.enable()
