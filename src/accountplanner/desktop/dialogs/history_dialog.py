"""Everything that was ever said about one value: who, when, how, and what stands now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.wording import say

_WIDTH_PX = 540
_HEIGHT_PX = 360


class HistoryDialog(FormDialog):
    """Shows the history of a field; nothing is decided here."""

    def __init__(self, theme: Theme, title: str, entries: Sequence[TimelineEntry], parent: QWidget) -> None:
        told = "" if entries else say("Nobody has said anything here yet.")
        super().__init__(theme, title, say("Close"), explanation=told, parent=parent)
        self.cancel_button.hide()
        timeline = Timeline(theme, title)
        timeline.show_entries(entries)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(timeline)
        column.addStretch(1)
        area.setWidget(inside)
        area.setMinimumHeight(min(_HEIGHT_PX, max(80, timeline.sizeHint().height() + 24)))
        area.setVisible(bool(entries))
        self.setMinimumWidth(_WIDTH_PX)
        self.body.addWidget(area)
        self.accept_requested.connect(self.accept)
