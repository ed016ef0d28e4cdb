"""The visit brief, measured on the real window: from the key until the page is painted."""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QEvent, QObject

_BRIEFS = 20
_APART = 37
"""Accounts lie so far apart in the list, so that none is read because its neighbour was."""


def brief_shown(world: Path) -> float:
    """Milliseconds from Ctrl+B until the brief is painted, 95th percentile, each of another account."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - loaded like the other windows, when measured

    return _Round(QApplication([]), world / "mine").percentile_ms()


class _Round:
    """Our window, through which somebody goes from account to account and asks for each one's brief."""

    def __init__(self, application: Any, workspace: Path) -> None:  # noqa: ANN401 - Qt is loaded by now, its types are not
        from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - as above

        from accountplanner.desktop.start import DesktopWish, Front  # noqa: PLC0415 - as above

        round_ = self

        class _Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # type: ignore[explicit-override]  # noqa: N802
                if event.type() is QEvent.Type.Paint:
                    round_.painted(watched)
                return False

        self._application = application
        self._front = Front(application, DesktopWish(workspace, os.environ["ACCOUNTPLANNER_PASSPHRASE"]))
        self._program = self._front.program
        self._records: list[str] = []
        self._taken: list[float] = []
        self._began = 0.0
        self._later = QTimer.singleShot
        self._watch = _Watch(application)
        application.installEventFilter(self._watch)

    def percentile_ms(self) -> float:
        """Go round and say how long nineteen of twenty briefs took at most."""
        self._program.desk.opened.connect(self._on_opened)
        self._program.window.show()
        self._application.exec()
        return 1000 * statistics.quantiles(self._taken, n=20)[-1]

    def painted(self, watched: QObject) -> None:
        """Look whether what was just painted is a page with something on it."""
        from accountplanner.desktop.widgets.sheet_view import SheetPage  # noqa: PLC0415 - loaded by now

        if self._began and isinstance(watched, SheetPage) and watched.accessibleDescription():
            self._later(0, self._on_seen)

    def _on_opened(self) -> None:
        self._later(1_000, self._begin)

    def _begin(self) -> None:
        self._program.window.show_area("accounts")
        self._program.desk.read(_some_accounts, self._on_found)

    def _on_found(self, records: list[str]) -> None:
        self._records = records
        self._next()

    def _next(self) -> None:
        if not self._records:
            self._program.window.close()
            return
        self._program.areas.show_record(self._records.pop())
        self._later(300, self._ask)

    def _ask(self) -> None:
        self._began = time.perf_counter()
        self._program.actions.run("brief")

    def _on_seen(self) -> None:
        if not self._began:
            return
        self._taken.append(time.perf_counter() - self._began)
        self._began = 0.0
        dialog = self._application.activeModalWidget()
        if dialog is not None:
            dialog.reject()
        self._later(0, self._next)


def _some_accounts(session: Any) -> list[str]:  # noqa: ANN401 - as above
    from accountplanner.usecases.browsing import ListQuery, account_rows, list_numbers  # noqa: PLC0415 - as above

    numbers = list_numbers(session, ListQuery("account"))
    step = min(_APART, max(1, len(numbers) // _BRIEFS))
    return [row.record for row in account_rows(session, numbers[::step][:_BRIEFS])]
