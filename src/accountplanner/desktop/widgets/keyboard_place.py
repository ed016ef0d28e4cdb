"""Where the keyboard is: asked before what it stands on is taken away, so that it can be put somewhere afterwards."""

from PySide6.QtWidgets import QWidget


def holds_keyboard(around: QWidget) -> bool:
    """Whether the keyboard is in here, as it comes back to when the window is in front again.

    Qt hands the focus of a widget that goes on to the next one in the window, which may be anywhere, or to none.
    """
    at: QWidget | None = around.window().focusWidget()
    return at is not None and (at is around or around.isAncestorOf(at))
