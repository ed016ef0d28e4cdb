"""Work that makes a great many objects which all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
