"""The pages of the areas: each is made when it is first visited, and one is in sight."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QWidget

from accountplanner.desktop.theme.late_dressing import LateDressing
from accountplanner.desktop.theme.theme import Theme


class PageStack(QStackedWidget):
    """Makes, shows and forgets pages; those out of sight follow another look a moment later."""

    def __init__(
        self, theme: Theme, makers: Mapping[str, Callable[[], QWidget]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._makers = makers
        self._pages: dict[str, QWidget] = {}
        self._dressing = LateDressing(theme, self._out_of_sight, self)
        self.setProperty("ground", "window")

    @property
    def made(self) -> Mapping[str, QWidget]:
        """The pages there are, by area."""
        return self._pages

    def page(self, area: str) -> QWidget:
        """Return the page of an area, making it on the first visit."""
        if area not in self._pages:
            self._theme.load_all_faces()
            self._pages[area] = self._makers[area]()
            self.addWidget(self._pages[area])
        return self._pages[area]

    def show_page(self, area: str) -> None:
        """Bring the page of an area into sight, and the keyboard to it or to what it named its focus proxy."""
        page = self.page(area)
        self._dressing.dress(page)
        self.setCurrentWidget(page)
        page.setFocus()

    def forget(self) -> None:
        """Throw every page away; they are made anew when visited."""
        self._dressing.forget()
        for page in self._pages.values():
            self.removeWidget(page)
            drop(page)
        self._pages.clear()

    def _out_of_sight(self) -> list[QWidget]:
        return [page for page in self._pages.values() if page is not self.currentWidget()]


def drop(widget: QWidget) -> None:
    """Take a widget out of its window now; it is freed as soon as nothing of it is running any more."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
