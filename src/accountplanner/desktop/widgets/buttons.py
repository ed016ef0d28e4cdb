"""Buttons whose icons follow the scheme and which always have a name."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import begin
from accountplanner.desktop.widgets.text import plain_tip

_BESIDE_WORDS_PX = 16
_ALONE_PX = 18
_ARROW_PX = 14
_ICON_ROLES = {"primary": "on_accent", "link": "accent", "danger": "bad", "chip": "accent"}


class Button(QPushButton):
    """A button with words. `kind`: `plain`, `primary` (one per view), `link`, `danger`, or `chip` for what it takes away.

    One that opens a menu shows the arrow of the boxes that open a list.
    """

    def __init__(
        self, theme: Theme, text: str, kind: str = "plain", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            theme.scheme_changed.connect(self._on_scheme_changed)
            self._on_scheme_changed()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.menu() is not None:
            side = self._theme.scaled(_ARROW_PX)
            corner = QRectF(self.width() - side - 10, (self.height() - side) / 2, side, side)
            self._theme.paint_icon(begin(self), "chevron-down", self._theme.colour("muted"), corner)

    def _on_scheme_changed(self) -> None:
        side = self._theme.scaled(_BESIDE_WORDS_PX)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._theme.icon(self._icon, _ICON_ROLES.get(self._kind, "text"), side))


class IconButton(QToolButton):
    """A button with an icon only; its name is read aloud and shown as a tip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        role: str = "muted",
        *,
        size_px: int = _ALONE_PX,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._role = role
        self._size_px = size_px
        self.rename(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.scheme_changed.connect(self._on_scheme_changed)
        self._on_scheme_changed()

    def rename(self, name: str) -> None:
        """Give it another name."""
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(name)

    def _on_scheme_changed(self) -> None:
        side = self._theme.scaled(self._size_px)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._theme.icon(self._icon, self._role, side))
