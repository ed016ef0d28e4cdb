"""What stands in the place of everything while the workspace is closed: the key, and nothing of what it opens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.door import Door
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.card import Card

_WIDTH_PX = 480


class LockScreen(QWidget):
    """Holds the form that asks for the key; whoever wants the window covered shows it there."""

    def __init__(self, theme: Theme, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = UnlockDialog(theme, door, self)
        self.form.setWindowFlags(Qt.WindowType.Widget)
        self.form.setModal(False)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = Card(theme)
        card.setMinimumWidth(_WIDTH_PX)
        card.body.addWidget(self.form)
        self._build_layout(card)
        self.setFocusProxy(self.form.passphrase)

    def _build_layout(self, card: Card) -> None:
        inside = QWidget()
        inside.setProperty("ground", "window")
        row = QHBoxLayout(inside)
        row.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE)
        row.addStretch(1)
        row.addWidget(card, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
