"""The visit brief over the window, or a trip pack of several: read, printed or saved, and closed with Esc."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.brief_wording import WindowWording
from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.reading_order import InReadingOrder
from accountplanner.desktop.widgets.sheet_painting import SheetPainter, paper_colour
from accountplanner.desktop.widgets.sheet_view import SheetView
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.documents.sheet import HEIGHT, WIDTH, Sheet
from accountplanner.domain.briefs import Brief
from accountplanner.domain.calendar import read_day
from accountplanner.domain.fields import Privacy
from accountplanner.domain.file_names import file_name
from accountplanner.usecases.brief_documents import BriefWritten, sheets_on, write_briefs
from accountplanner.usecases.briefs import read_brief
from accountplanner.usecases.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_WIDTH_PX: Final = 900


class BriefDialog(InReadingOrder, QDialog):
    """Shows the brief of one account or contact, or of several in the order of the way with a page in front.

    `title` says whose brief it is; a trip pack needs none. What is ticked counts for this time only.
    """

    def __init__(self, desk: Desk, records: Sequence[str], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._records = tuple(records)
        self._title = title
        self._briefs: tuple[Brief, ...] = ()
        self._sheets: list[Sheet] = []
        self._printer: QPrinter | None = None
        self._reading = Reading(None)
        self._wording = WindowWording(desk.formats)
        self._painter = SheetPainter(desk.theme.font("body").family())
        self._build_widgets()
        self._build_layout(parent.window())
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the briefs again."""
        self._reading.drop()
        work = partial(_read, records=self._records, ticked=self._ticked())
        self._reading = self._desk.read(work, self._on_read, self._on_refused)

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        name = self._name()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setModal(True)
        self._told = Label("", "small_strong", "bad", wrap=True)
        self._told.hide()
        self.view = SheetView(theme, self._painter)
        self.family = CheckBox(theme, say("With family"))
        self.family.setToolTip(say("Husband, wife and children: on the page this time only"))
        self.habits = CheckBox(theme, say("With clubs, food and drink"))
        self.habits.setToolTip(say("What could be concluded from: on the page this time only"))
        self.print_button = Button(theme, say("Print"), "primary")
        self.save_button = Button(theme, say("Save as PDF"))
        self.close_button = Button(theme, say("Close"))
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)

    def _build_layout(self, around: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self._told)
        self._told.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, 0)
        ticks = QWidget()
        flow = FlowLayout(ticks)
        for box in (self.family, self.habits):
            flow.addWidget(box)
        row = QHBoxLayout()
        row.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        row.setSpacing(Space.SMALL)
        row.addWidget(ticks, 1)
        for button in (self.close_button, self.save_button, self.print_button):
            row.addWidget(button)
        column.addLayout(row)
        percent = self._desk.theme.text_percent
        self.resize(min(_WIDTH_PX * percent // 100, around.width() - Space.WIDE), around.height() - Space.WIDE)
        self._order_focus()
        self.view.setFocus()

    def _order_focus(self) -> None:
        """Tab goes through the pages before what stands below them."""
        for earlier, later in pairwise(self._in_order()):
            self.setTabOrder(earlier, later)

    def _in_order(self) -> list[QWidget]:
        return [*self.view.pages, self.family, self.habits, self.close_button, self.save_button, self.print_button]

    def _connect(self) -> None:
        for box in (self.family, self.habits):
            box.toggled.connect(self._on_ticked)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save_wanted)
        self.print_button.clicked.connect(self._on_print_wanted)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self._on_print_wanted)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self._on_save_wanted)
        self._desk.closing.connect(self._on_closing)

    def _ticked(self) -> frozenset[Privacy]:
        boxes = ((self.family, Privacy.HOUSEHOLD), (self.habits, Privacy.INFERABLE))
        return frozenset(privacy for box, privacy in boxes if box.isChecked())

    def _on_closing(self) -> None:
        """Forget what is shown: the dialog may live a moment longer than the workspace is open."""
        self._reading.drop()
        self._briefs, self._sheets = (), []
        self.view.show_sheets(())
        self.reject()

    def _on_ticked(self, _is_ticked: bool) -> None:  # noqa: FBT001 - a signal carries it
        self.refresh()

    def _on_read(self, briefs: tuple[Brief, ...]) -> None:
        self._briefs = briefs
        self._title = self._title or briefs[0].title
        self.setWindowTitle(self._name())
        today = read_day(briefs[0].day)
        assert today is not None  # noqa: S101 - a brief is of a day
        self._sheets = sheets_on(today, briefs, self._painter.measure, self._wording)
        self.view.show_sheets(self._sheets)
        self._order_focus()
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)

    def _on_refused(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.show()

    def _on_save_wanted(self) -> None:
        if not self._briefs:
            return
        is_personal = any(brief.personal for brief in self._briefs)
        dialog = LockDialog(self._desk.theme, self._name(), is_personal=is_personal, parent=self)
        dialog.chosen.connect(self._on_password_chosen)
        dialog.open()

    def _on_password_chosen(self, password: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, say("Save the brief"), str(self._proposed()), "PDF (*.pdf)")
        if chosen and self._briefs:
            self.save(Path(chosen), password)

    def save(self, path: Path, password: str = "") -> None:
        """Write the brief as PDF."""
        if self._briefs:
            work = partial(_write, briefs=self._briefs, path=path, wording=self._wording, password=password)
            self._desk.read(work, self._on_written, self._on_refused)

    def _on_written(self, written: BriefWritten) -> None:
        sentence = say("{file} was written.", file=written.path.name)
        locked = say("It opens with the password alone.") if written.locked else tell(written.warning)
        missing = (
            say("No typeface here has these characters: {characters}", characters=" ".join(written.unwritable))
            if written.unwritable
            else ""
        )
        self._desk.tell(" ".join(part for part in (sentence, locked, missing) if part))

    def _on_print_wanted(self) -> None:
        if not self._briefs:
            return
        # Loaded when somebody prints: Qt then asks the system for its printers.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415

        # Kept as long as this dialog: Qt's own only borrows it, and would print on what is gone.
        self._printer = printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name())
        if QPrinterInfo.defaultPrinter().isNull():
            # Without a printer Qt prints to a file, but proposes a folder as its name and then complains of that.
            printer.setOutputFileName(str(self._proposed()))
        dialog: QPrintDialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        dialog.accepted[QPrinter].connect(self.print_on)  # type: ignore[index]
        dialog.show()

    def print_on(self, printer: "QPrinter") -> None:
        """Print the pages, as large as the paper allows."""
        painter = QPainter(printer)
        room = printer.pageRect(printer.Unit.DevicePixel)
        full = printer.paperRect(printer.Unit.DevicePixel)
        scale = min(full.width() / WIDTH, full.height() / HEIGHT)
        painter.translate(-room.left(), -room.top())
        painter.scale(scale, scale)
        for number, sheet in enumerate(self._sheets):
            if number:
                printer.newPage()
            self._painter.paint(painter, sheet, paper_colour)
        painter.end()

    def _name(self) -> str:
        if len(self._records) > 1:
            return say_count("Trip pack of {count} visit", "Trip pack of {count} visits", len(self._records))
        return say("Visit brief of {name}", name=self._title)

    def _proposed(self) -> Path:
        name = self._title if len(self._records) == 1 else self._name()
        return documents_folder() / file_name(name, ".pdf")


def _read(session: Session, records: Sequence[str], ticked: frozenset[Privacy]) -> tuple[Brief, ...]:
    return tuple(read_brief(session, record, ticked) for record in records)


def _write(
    session: Session, briefs: Sequence[Brief], path: Path, wording: WindowWording, password: str
) -> BriefWritten:
    return write_briefs(session, briefs, path, wording, password=password)
