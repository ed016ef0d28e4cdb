"""The tabs of a record's page; each is built when a person first looks at it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.hairline import Hairline
from accountplanner.desktop.widgets.tab_bar import TabBar


@runtime_checkable
class Forgetful(Protocol):
    """A tab that can let go of what it shows."""

    def forget(self) -> None:
        """Show nothing of any record any more."""


class RecordTabs(QWidget):
    """Shows one tab under the header; `tab_shown` carries its key after it was built.

    `make` holds, for each key, how its widget is made.
    """

    tab_shown = Signal(str)

    def __init__(
        self,
        theme: Theme,
        tabs: Sequence[tuple[str, str]],
        make: Mapping[str, Callable[[], QWidget]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = dict(make)
        self._built: dict[str, QWidget] = {}
        self.bar = TabBar(theme, tabs, name)
        self._stack = QStackedWidget()
        strip = QWidget()
        strip.setProperty("ground", "surface")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QVBoxLayout(strip)
        around.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        around.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(Hairline())
        column.addWidget(self._stack, 1)
        self.bar.tab_chosen.connect(self.show_tab)

    def show_tab(self, key: str) -> None:
        """Bring a tab into sight."""
        if self.bar.chosen() != key:
            self.bar.choose(key)  # which comes back here
            return
        if key not in self._built:
            self._built[key] = self._make[key]()
            self._stack.addWidget(self._built[key])
        self._stack.setCurrentWidget(self._built[key])
        self.tab_shown.emit(key)

    def enter(self) -> None:
        """Give the focus to what comes first in the tab in sight."""
        inside = self._stack.currentWidget()
        each = inside.nextInFocusChain() if inside is not None else None
        while inside is not None and each is not None and inside.isAncestorOf(each):
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled():
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return
            each = each.nextInFocusChain()
        self.bar.setFocus(Qt.FocusReason.TabFocusReason)

    def shown(self) -> str:
        """The key of the tab in sight."""
        return self.bar.chosen()

    def forget(self) -> None:
        """Let every tab show nothing any more."""
        for tab in self._built.values():
            if isinstance(tab, Forgetful):
                tab.forget()

    def is_built(self, key: str) -> bool:
        """Whether a tab has been looked at yet."""
        return key in self._built
