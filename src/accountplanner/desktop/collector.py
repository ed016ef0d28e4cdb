"""Python's garbage collector while the program starts.

What is loaded at the start stays until the end, and the collector would look through all of it again with every few
thousand new objects: a tenth of the start, and pauses of several frames ever after.
"""

import gc


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
