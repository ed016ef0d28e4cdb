"""The lock beside a value that stays on this computer, and the way to share it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.wording import say


class PrivateMark(QWidget):
    """Says that a value is private; `share_requested` carries the field's key."""

    share_requested = Signal(str)

    def __init__(self, theme: Theme, key: str, label: str, *, may_share: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, Space.HAIR)
        row.setSpacing(Space.SMALL)
        row.addWidget(Pill(theme, say("Private"), Tone.INFO))
        if may_share:
            share = Button(theme, say("Share with the team"), "link")
            share.setAccessibleName(say("Share {field} with the team", field=label))
            share.clicked.connect(self._on_share_clicked)
            row.addWidget(share)
        row.addStretch(1)

    def _on_share_clicked(self) -> None:
        self.share_requested.emit(self._key)
