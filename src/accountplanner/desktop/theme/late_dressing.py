"""Lets what nobody sees follow a change of the look later."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.theme.theme import Theme

_NEXT_MS: Final = 20
_POLISHED: Final = Qt.WidgetAttribute.WA_WState_Polished


class LateDressing(QObject):
    """Keeps pages out of sight from being dressed with everything else, and dresses them one by one afterwards.

    `hidden` names them when the look is about to change. Whoever brings one into sight calls `dress` first.
    """

    def __init__(self, theme: Theme, hidden: Callable[[], Iterable[QWidget]], parent: QObject) -> None:
        super().__init__(parent)
        self._hidden = hidden
        self._due: list[QWidget] = []
        self._next = QTimer(self, singleShot=True, interval=_NEXT_MS)
        self._next.timeout.connect(self._on_next_due)
        theme.scheme_changing.connect(self._on_scheme_changing)
        theme.scheme_changed.connect(self._next.start)

    def dress(self, page: QWidget) -> None:
        """Dress a page now, if it was left out."""
        if page not in self._due:
            return
        self._due.remove(page)
        bare = [each for each in _all_in(page) if not each.testAttribute(_POLISHED)]
        # Whatever fits itself to its text asks others for their size as well: all are dressed before any is told.
        for kind in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            for each in bare:
                QCoreApplication.sendEvent(each, QEvent(kind))

    def forget(self) -> None:
        """Dress nothing later: the pages are thrown away."""
        self._due.clear()
        self._next.stop()

    def _on_scheme_changing(self) -> None:
        # Qt dresses what says that it is dressed already, and asks nothing else for its style before it is shown.
        self._due = list(self._hidden())
        for page in self._due:
            for each in _all_in(page):
                if not each.isVisible():
                    each.setAttribute(_POLISHED, on=False)

    def _on_next_due(self) -> None:
        if self._due:
            self.dress(self._due[0])
            self._next.start()


def _all_in(page: QWidget) -> Iterator[QWidget]:
    yield page
    yield from page.findChildren(QWidget)
