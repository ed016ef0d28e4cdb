"""Writing workbooks that leave the workspace: where to, then as a job, then what was written in one sentence."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.jobs import Progress
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.exporting import Exported, export_partner, export_team
from accountplanner.usecases.session import Session

_FILTER = "Excel (*.xlsx)"


class Sending(QObject):
    """Asks for a file name and writes a workbook there. `written` carries the result, `refused` a sentence."""

    written = Signal(object)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent

    def ask_for_team(self) -> None:
        """Ask where the team workbook goes, and write it."""
        if path := self._ask(say("Team workbook")):
            self.send_team(path)

    def ask_for_partner(self, partner: str, name: str) -> None:
        """Ask where a channel partner's workbook goes, and write it."""
        if path := self._ask(name):
            self.send_partner(partner, path)

    def send_team(self, path: Path) -> None:
        """Write the team workbook."""
        work = partial(_team, path=path)
        self._desk.write_slowly(say("Writing the team workbook"), work, self._on_written, self._on_refused)

    def send_partner(self, partner_id: str, path: Path) -> None:
        """Write a channel partner's workbook."""
        work = partial(_partner, partner_id=partner_id, path=path)
        self._desk.write_slowly(say("Writing the partner’s workbook"), work, self._on_written, self._on_refused)

    def _ask(self, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent, say("Write the workbook"), str(Path.home() / f"{name}.xlsx"), _FILTER
        )
        return Path(chosen) if chosen else None

    def _on_written(self, exported: Exported) -> None:
        rows = say_count("{count} row", "{count} rows", exported.rows)
        sentence = say("{file} was written with {rows}, read back and checked.", file=exported.path.name, rows=rows)
        self._desk.tell(" ".join(part for part in (sentence, exported.warning) if part))
        self.written.emit(exported)

    def _on_refused(self, sentence: str) -> None:
        self._desk.tell(sentence)
        self.refused.emit(sentence)


def _team(session: Session, _progress: Progress, path: Path) -> Exported:
    return export_team(session, path)


def _partner(session: Session, _progress: Progress, partner_id: str, path: Path) -> Exported:
    return export_partner(session, partner_id, path)
