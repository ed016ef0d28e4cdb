"""The first step of an import: which files, their password, and the currency of amounts that name none."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_ENDINGS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.vcf *.ics"


def file_kinds() -> str:
    """The kinds of files to choose from, as Qt's file dialog wants them."""
    return f"{say('Workbooks, tables, address books, calendars')} ({_ENDINGS});;{say('All files')} (*)"


class FileStep(QWidget):
    """Takes files by choosing or dropping them; the order is the person's."""

    changed = Signal()

    def __init__(self, theme: Theme, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []
        self._list = QListWidget()
        self._list.setAccessibleName(say("Files to import"))
        self._invitation = Label(say("Drop files here, or choose them."), "body", "muted", wrap=True)
        choose = Button(theme, say("Choose files"), icon="folder")
        clear = Button(theme, say("Clear"), "link")
        self._currency = QLineEdit(currency)
        self._currency.setMaximumWidth(90)
        self._currency.setAccessibleName(say("Currency where a list names none"))
        self._password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._password.setPlaceholderText(say("only if a file asks for one"))
        self._password.setToolTip(self._password.placeholderText())
        self._password.setMaximumWidth(theme.scaled(320))
        self._password.setAccessibleName(say("Password of the files"))
        self.setAcceptDrops(True)
        self._list.setAcceptDrops(False)
        self.setFocusProxy(choose)
        self._clear = clear
        self._build_layout(choose, clear)
        self._clear.hide()
        choose.clicked.connect(self._on_choose_clicked)
        clear.clicked.connect(self._on_clear_clicked)

    def paths(self) -> list[Path]:
        """The files chosen."""
        return list(self._paths)

    def currency(self) -> str:
        """The currency of amounts that name none."""
        return self._currency.text().strip().upper()

    def password(self) -> str:
        """What opens the files."""
        return self._password.text()

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Take more files."""
        for path in paths:
            if path not in self._paths:
                self._paths.append(path)
                self._list.addItem(f"{path.name}   –   {path.parent}")
        self._clear.setVisible(bool(self._paths))
        self.changed.emit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.add_paths(dropped_files(event))
        event.acceptProposedAction()

    def _build_layout(self, choose: QWidget, clear: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        row = QHBoxLayout()
        row.addWidget(choose)
        row.addWidget(clear)
        row.addWidget(self._invitation, 1)
        column.addLayout(row)
        column.addWidget(self._list, 1)
        form = QFormLayout()
        form.setSpacing(Space.SMALL)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(Label(say("Currency where a list names none")), self._currency)
        form.addRow(Label(say("Password")), self._password)
        column.addLayout(form)

    def _on_choose_clicked(self) -> None:
        begins_at = self._paths[-1].parent if self._paths else documents_folder()
        chosen, _ = QFileDialog.getOpenFileNames(self, say("Files to import"), str(begins_at), file_kinds())
        self.add_paths(Path(each) for each in chosen)

    def _on_clear_clicked(self) -> None:
        self._paths.clear()
        self._list.clear()
        self._clear.hide()
        self.setFocus()
        self.changed.emit()


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files of this computer among what was dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
