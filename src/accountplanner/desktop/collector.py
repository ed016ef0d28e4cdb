"""Python's garbage collector while the program starts.

What is loaded at the start stays until the end, and the collector would look through all of it again with every few
thousand new objects: a tenth of the start, and pauses of several frames ever after.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

_NEVER: Final = 1_000_000
_USUAL: Final = gc.get_threshold()


@dataclass
class _Busy:
    """How many workers are busy."""

    workers: int = 0
    lock: Any = field(default_factory=Lock)


_busy = _Busy()


def put_off() -> None:
    """Collect nothing until `begin`."""
    gc.disable()


def begin() -> None:
    """Collect from now on, but never look again at what stands there already."""
    gc.freeze()
    gc.enable()


def thaw() -> None:
    """Look at everything again, because much of it is about to be thrown away."""
    gc.unfreeze()
    gc.enable()


@contextmanager
def sparing() -> Iterator[None]:
    """Look only at young objects while a worker is busy.

    A full collection walks through every row the worker holds, for a tenth of a second, and the window waits for it.
    """
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def _count(step: int) -> None:
    with _busy.lock:
        _busy.workers += step
        gc.set_threshold(*_USUAL[:2], _NEVER if _busy.workers else _USUAL[2])
