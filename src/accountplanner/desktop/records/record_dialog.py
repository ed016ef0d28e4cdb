"""One record opened over the page: a visit, a case, an order line, with every field to be edited in place."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.record_fields import RecordFields
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.editing import delete_record
from accountplanner.usecases.pages import RecordPage

_WIDTH_LETTERS = 76
_HEIGHT_LINES = 28


class _Scrolled(QScrollArea):
    """As high as what is in it, up to the height of a dialog."""

    @override
    def sizeHint(self) -> QSize:
        inside = self.widget()
        most = self.fontMetrics().lineSpacing() * _HEIGHT_LINES
        height = min(most, inside.sizeHint().height()) if inside is not None else most
        return QSize(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS, height)


class RecordDialog(FormDialog):
    """Shows a record; each value is saved as it is left, so closing loses nothing."""

    def __init__(self, desk: Desk, record: str, parent: QWidget) -> None:
        super().__init__(desk.theme, say_label(record_kind(kind_of(record)).label), say("Close"), parent=parent)
        self._desk = desk
        self.fields = RecordFields(desk, record)
        self.cancel_button.hide()
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.SMALL, 0)
        column.addWidget(self.fields)
        column.addStretch(1)
        self._area = _Scrolled()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self.body.addWidget(self._area)
        self.delete = Button(desk.theme, say("Delete"), "link", "trash")
        self.body.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.accept_requested.connect(self._on_close_requested)
        self.fields.read.connect(self._on_read)
        self.fields.gone.connect(self.reject)

    def _on_read(self, _page: RecordPage) -> None:
        self._area.updateGeometry()
        self.adjustSize()
        # Qt stops at two thirds of the screen.
        self.fit_height()

    def _on_close_requested(self) -> None:
        self.fields.leave()
        self.accept()

    def _on_delete_clicked(self) -> None:
        page = self.fields.page()
        if page is not None:
            work = partial(delete_record, record=page.record, shown=page.shown)
            self._desk.write(say("Deleting"), work, told=say("{kind} deleted", kind=say_label(page.kind.label)))
            self.accept()
