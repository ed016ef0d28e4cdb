"""The day that is meant, beside a field in which somebody says it as friday or in 2 weeks."""

from PySide6.QtWidgets import QLineEdit, QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.widgets.text import Label


class DayHint(Label):
    """Follows a field and names the day it says, unless the day stands there already. Hidden while there is none.

    Where a field takes other things, too, `ask` says whether it takes a day now.
    """

    def __init__(self, formats: Formats, editor: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__("", "small", "good", wrap=True, parent=parent)
        self._formats = formats
        self._editor = editor
        self._is_asked = True
        self.hide()
        editor.textChanged.connect(self._on_text_changed)

    def ask(self, *, is_asked: bool) -> None:
        """Say whether the field takes a day."""
        self._is_asked = is_asked
        self._on_text_changed(self._editor.text())

    def _on_text_changed(self, typed: str) -> None:
        day = self._formats.read_date(typed) if self._is_asked else None
        if day is None or typed.strip() == self._formats.full_date(day):
            self.hide()
            return
        self.setText(f"→ {self._formats.spoken_date(day)}")
        self.show()
