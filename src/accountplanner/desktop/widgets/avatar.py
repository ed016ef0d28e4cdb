"""The tile with initials that stands for an account, a contact or a partner."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, paint_avatar


class Avatar(PaintedWidget):
    """Shows who is meant. There are no pictures of people in this program."""

    def __init__(self, theme: Theme, name: str, size_px: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._size_px = size_px
        self._fit()
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Stand for somebody else."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    @override
    def _on_scheme_changed(self) -> None:
        self._fit()
        super()._on_scheme_changed()

    def _fit(self) -> None:
        side = self.theme.scaled(self._size_px)
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(begin(self), self.theme, QRectF(self.rect()), self._name)
