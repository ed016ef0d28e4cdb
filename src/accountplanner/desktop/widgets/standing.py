"""Widgets made for what a list says: what it says again keeps the widget it has."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

Content = TypeVar("Content")
Made = TypeVar("Made", bound=QWidget)


class Standing(Generic[Content, Made]):
    """Makes a widget for each content, and takes it away when that content comes no more.

    Pages read again after every change of anything, also while somebody works on them. Would they make everything
    anew each time, a click or key could meet a widget that was just going, and an open menu would go with it.
    """

    def __init__(self, make: Callable[[Content], Made]) -> None:
        self._make = make
        self._shown: list[tuple[Content, Made]] = []

    def widgets(self) -> list[Made]:
        """What stands there now."""
        return [widget for _content, widget in self._shown]

    def show(self, contents: Sequence[Content]) -> list[Made]:
        """Have a widget for each of these, in this order; those of equal contents stay."""
        left = list(self._shown)
        self._shown = [_taken_from(left, content) or (content, self._make(content)) for content in contents]
        for _content, widget in left:
            # Out of the window at once: a locked one holds nothing, not even for a moment.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        return self.widgets()


def put_in_order(layout: QBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Have a layout begin with these widgets; one that stands in its place already is not touched."""
    for place, widget in enumerate(widgets):
        if layout.indexOf(widget) != place:
            layout.removeWidget(widget)
            layout.insertWidget(place, widget)


def _taken_from(left: list[tuple[Content, Made]], content: Content) -> tuple[Content, Made] | None:
    at = next((at for at, (said, _widget) in enumerate(left) if said == content), -1)
    return left.pop(at) if at >= 0 else None
