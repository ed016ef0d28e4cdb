"""What stands in a layout, in the order in which one reads it.

`QLayout.itemAt` is not asked. PySide 6.11 keeps what it returns for as long as the layout's own wrapper lives, but Qt
destroys an item together with its widget and says nothing; the next object that Qt makes in the same place in memory
then appears to Python as that old item, has none of its own methods, and is destroyed as what it is not. `indexOf`
tells as much and makes no such thing.
"""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def laid_out(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout and of those within it."""
    holder = layout.parentWidget()
    inside: list[QObject] = [*holder.findChildren(QWidget, options=_DIRECT), *_inner(layout)] if holder else []
    placed = [(_place(layout, each), each) for each in inside if layout.indexOf(each) >= 0]  # type: ignore[call-overload]
    for _its_place, each in sorted(placed, key=lambda pair: pair[0]):
        if isinstance(each, QWidget):
            yield each
        elif isinstance(each, QLayout):
            yield from laid_out(each)


def _inner(layout: QLayout) -> list[QLayout]:
    return [each for each in layout.children() if isinstance(each, QLayout)]


def _place(layout: QLayout, each: QObject) -> tuple[int, ...]:
    at = layout.indexOf(each)  # type: ignore[call-overload]
    if isinstance(layout, QGridLayout):
        # A grid keeps its items as they were added, not as they stand.
        return tuple(layout.getItemPosition(at)[:2])  # type: ignore[index]
    return (at,)
