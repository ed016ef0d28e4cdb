"""Writing workbooks that leave the workspace: under which password, where to, as a job, then what was written."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.jobs import Progress
from accountplanner.desktop.telling import tell
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.domain.file_names import file_name
from accountplanner.usecases.departments import DEPARTMENT_LABELS, shows_profiles
from accountplanner.usecases.exporting import Exported, export_partner, export_team
from accountplanner.usecases.reports import ReportWritten, export_report, report_kinds
from accountplanner.usecases.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

_FILTER = "Excel (*.xlsx)"


class Sending(QObject):
    """Asks for a file name and writes a workbook there. `written` carries the result, `refused` a sentence."""

    written = Signal(object)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self._wanted: tuple[Callable[[Path, str], None], str] | None = None

    def ask_for_team(self, department: str = "") -> None:
        """Ask for a password and where the team workbook goes, and write it, in a department's shape if one is named."""
        name = say("Team workbook")
        if department:
            name = f"{name} {say_label(DEPARTMENT_LABELS[department])}"
        self._wanted = (partial(self.send_team, department=department), name)
        self._ask_for_password(name, is_personal=shows_profiles(department))

    def ask_for_report(self, kind: str) -> None:
        """Ask where a report goes, and write it: it holds business data alone, so no password is asked for."""
        if path := self._ask(say_label(report_kinds()[kind])):
            self.send_report(kind, path)

    def ask_for_partner(self, partner: str, name: str) -> None:
        """Ask for a password and where a channel partner's workbook goes, and write it."""
        self._wanted = (partial(self.send_partner, partner), name)
        self._ask_for_password(say("Workbook for {name}", name=name), is_personal=False)

    def send_team(self, path: Path, password: str = "", *, department: str = "") -> None:
        """Write the team workbook."""
        work = partial(_team, path=path, department=department, password=password)
        self._desk.write_slowly(say("Writing the team workbook"), work, self._on_written, self._on_refused)

    def send_partner(self, partner_id: str, path: Path, password: str = "") -> None:
        """Write a channel partner's workbook."""
        work = partial(_partner, partner_id=partner_id, path=path, password=password)
        self._desk.write_slowly(say("Writing the partner’s workbook"), work, self._on_written, self._on_refused)

    def send_report(self, kind: str, path: Path) -> None:
        """Write a report."""
        work = partial(_report, kind=kind, path=path)
        self._desk.write_slowly(say("Writing the report"), work, self._on_report_written, self._on_refused)

    def _on_report_written(self, written: ReportWritten) -> None:
        rows = say_count("{count} row", "{count} rows", written.rows)
        sentence = say("{file} was written with {rows}, read back and checked.", file=written.path.name, rows=rows)
        self._desk.tell(sentence)
        self.written.emit(written)

    def _ask_for_password(self, title: str, *, is_personal: bool) -> None:
        dialog = LockDialog(self._desk.theme, title, is_personal=is_personal, parent=self._parent)
        dialog.chosen.connect(self._on_password_chosen)
        dialog.open()

    def _on_password_chosen(self, password: str) -> None:
        if self._wanted is None:
            return
        write, name = self._wanted
        self._wanted = None
        if path := self._ask(name):
            write(path, password)

    def _ask(self, name: str) -> Path | None:
        proposed = str(documents_folder() / file_name(name, ".xlsx"))
        chosen, _ = QFileDialog.getSaveFileName(self._parent, say("Write the workbook"), proposed, _FILTER)
        return Path(chosen) if chosen else None

    def _on_written(self, exported: Exported) -> None:
        rows = say_count("{count} row", "{count} rows", exported.rows)
        sentence = say("{file} was written with {rows}, read back and checked.", file=exported.path.name, rows=rows)
        locked = say("It opens with the password alone.") if exported.locked else tell(exported.warning)
        self._desk.tell(" ".join(part for part in (sentence, locked) if part))
        self.written.emit(exported)

    def _on_refused(self, sentence: str) -> None:
        self._desk.tell(sentence)
        self.refused.emit(sentence)


def _team(session: Session, _progress: Progress, path: Path, department: str, password: str) -> Exported:
    return export_team(session, path, department=department, password=password)


def _report(session: Session, _progress: Progress, kind: str, path: Path) -> ReportWritten:
    return export_report(session, kind, path)


def _partner(session: Session, _progress: Progress, partner_id: str, path: Path, password: str) -> Exported:
    return export_partner(session, partner_id, path, password=password)
