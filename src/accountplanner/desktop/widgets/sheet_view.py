"""Pages as they will lie on paper, to be read on the screen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round, paint_focus_ring
from accountplanner.desktop.widgets.sheet_painting import SheetPainter, screen_colour
from accountplanner.documents.sheet import HEIGHT, WIDTH, Sheet

_USUAL_SCALE: Final = 1.36
_LEAST_SCALE: Final = 0.8
_FAR: Final = {
    Qt.Key.Key_Down: 0.1,
    Qt.Key.Key_Up: -0.1,
    Qt.Key.Key_PageDown: 0.9,
    Qt.Key.Key_PageUp: -0.9,
    Qt.Key.Key_Space: 0.9,
    Qt.Key.Key_Home: -100.0,
    Qt.Key.Key_End: 100.0,
}


class SheetPage(PaintedWidget):
    """One sheet, as wide as it was given room for; aloud it says all its words."""

    def __init__(self, theme: Theme, painter: SheetPainter, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._painter = painter
        self._sheet = Sheet("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet."""
        self._sheet = sheet
        self.setAccessibleName(sheet.title)
        self.setAccessibleDescription(sheet.text())
        self.update()

    def take_width(self, width: int) -> None:
        """Be so wide, and as high as paper of that width."""
        self.setFixedSize(QSize(width, round(width * HEIGHT / WIDTH)))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        fill_round(painter, place, Radius.SMALL, self.theme.colour("surface"))
        outline_round(painter, place, Radius.SMALL, self.theme.colour("border"))
        if self.hasFocus():
            paint_focus_ring(painter, self.theme, place, Radius.SMALL)
        painter.scale(self.width() / WIDTH, self.width() / WIDTH)
        self._painter.paint(painter, self._sheet, screen_colour(self.theme))


class SheetView(QScrollArea):
    """Shows sheets below each other, as large as reads well; arrows, Page and Space keys scroll them."""

    def __init__(self, theme: Theme, painter: SheetPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = painter
        self.page = SheetPage(theme, painter)
        self._further: list[SheetPage] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setProperty("ground", "window")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QWidget()
        self._column = margins = QVBoxLayout(around)
        around.setProperty("ground", "window")
        around.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        margins.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        margins.setSpacing(Space.LARGE)
        margins.addWidget(self.page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setWidgetResizable(True)
        self.setWidget(around)
        self.setFocusProxy(self.page)
        theme.scheme_changed.connect(self._fit)

    @property
    def pages(self) -> list[SheetPage]:
        """The pages in sight, from top to bottom."""
        return [self.page, *self._further]

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Show other sheets from the top of the first."""
        first, *rest = sheets or [Sheet("")]
        self.page.show_sheet(first)
        while len(self._further) > len(rest):
            page = self._further.pop()
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        while len(self._further) < len(rest):
            self._further.append(SheetPage(self._theme, self._painter))
            self._column.addWidget(self._further[-1], 0, Qt.AlignmentFlag.AlignHCenter)
        for page, sheet in zip(self._further, rest, strict=True):
            page.show_sheet(sheet)
        self._fit()
        self.verticalScrollBar().setValue(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        share = _FAR.get(Qt.Key(event.key()))
        if share is None:
            super().keyPressEvent(event)
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(share * self.viewport().height()))

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Qt would show the middle of a page that is higher than the window; it is read from its top.
        done = super().focusNextPrevChild(next)
        page = self.window().focusWidget()
        if isinstance(page, SheetPage):
            self.verticalScrollBar().setValue(page.y() - Space.MEDIUM)
        return done

    def _fit(self) -> None:
        wanted = WIDTH * _USUAL_SCALE * self._theme.text_percent / 100
        room = self.viewport().width() - 2 * Space.MEDIUM
        pages = self.pages
        for page in pages:
            page.take_width(max(round(WIDTH * _LEAST_SCALE), min(round(wanted), room)))
        # Said outright: with pages that come into a window in sight, the area would lay them over each other.
        inside = self.widget()
        if inside is not None:
            heights = sum(page.height() for page in pages)
            inside.setMinimumHeight(heights + (len(pages) - 1) * Space.LARGE + 2 * Space.MEDIUM)
