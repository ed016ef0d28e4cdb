"""Our own drawings, tinted with the colour of a role and sharp at every scale."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from accountplanner.domain.shipped import shipped_file

_SCALES: Final = (1.0, 1.25, 1.5, 2.0, 3.0)


class Icons:
    """Draws each icon once per colour, size and scale, and keeps the picture.

    The pictures belong to this object and not to the module: a pixmap that outlives the
    application crashes the program on its way out.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size_px: int, scale: float) -> QPixmap:
        """Return the icon for a device of this scale."""
        key = (name, colour, size_px, scale)
        if key not in self._drawn:
            self._drawn[key] = _draw(*key)
        return self._drawn[key]

    def icon(self, name: str, colour: str, size_px: int, disabled: str) -> QIcon:
        """Make an icon for buttons and menus out of plain pixmaps.

        An icon engine of our own would be called back while Qt paints, where Python's
        garbage collection may run and crash the program.
        """
        icon = QIcon()
        for scale in _SCALES:
            icon.addPixmap(self.pixmap(name, colour, size_px, scale))
            icon.addPixmap(self.pixmap(name, disabled, size_px, scale), QIcon.Mode.Disabled)
        return icon

    def paint(self, painter: QPainter, name: str, colour: str, place: QRectF) -> None:
        """Paint an icon into a square of something that draws itself."""
        picture = self.pixmap(name, colour, round(place.width()), painter.device().devicePixelRatioF())
        painter.drawPixmap(place.topLeft(), picture)

    def forget(self) -> None:
        """Drop every picture, as when the colours change."""
        self._drawn.clear()


def _draw(name: str, colour: str, size_px: int, scale: float) -> QPixmap:
    picture = QPixmap(QSize(round(size_px * scale), round(size_px * scale)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_text(name).replace("currentColor", colour).encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


@lru_cache(maxsize=256)
def _text(name: str) -> str:
    return shipped_file(f"icons/{name}.svg").read_text(encoding="utf-8")
