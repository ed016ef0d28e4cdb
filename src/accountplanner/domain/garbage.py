"""Work that makes a great many objects which all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_AT_ONCE = 500


@contextmanager
def many_objects() -> Iterator[None]:
    """Keep Python from searching millions of objects for garbage of which there is none.

    A search takes a tenth of an import's time, and a full one stops every thread, a window's event loop included, for
    a quarter of a second. What little is really left over in cycles is found afterwards. May be nested.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def let_go(objects: list[Any]) -> None:
    """Empty a list that holds the last of a great many objects, some hundred at a time.

    Freeing half a million at once stops every other thread for a sixth of a second.
    """
    while objects:
        del objects[-_AT_ONCE:]
