"""What a scene is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from tools.stage import Stage


@dataclass(frozen=True)
class Scene:
    """`show` brings it into sight and returns what is looked at: the window, or what floats over it."""

    name: str
    show: Callable[[Stage], QWidget]
    covers: tuple[type[QWidget], ...] = ()
    """The dialogs and sheets this scene is the one to show."""
