"""Labels: what their text is (`role`) and what it says by its colour (`tone`)."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

_LEAST_LETTERS = 22
_LONG_WORD = re.compile(r"\S{24,}")
_JOINTS = re.compile(r"([@._/\\-])")
_MAY_BREAK = "\u200b"


def breakable(text: str) -> str:
    """Let addresses and folders go on in another line at their joints; Qt breaks between words alone."""
    return _LONG_WORD.sub(lambda word: _JOINTS.sub(rf"\1{_MAY_BREAK}", word[0]), text)


def plain_tip(text: str) -> str:
    """A tip that says a text letter by letter.

    Qt reads as HTML what looks like it and fetches the pictures it names, on Windows even from another computer; a
    name or a value may have come from anybody.
    """
    if "<" not in text:
        return text
    from html import escape  # noqa: PLC0415 - the window must not wait for the names of two thousand characters

    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"


class Label(QLabel):
    """Text of a kind in `tokens.TYPES`, coloured by the style sheet. It is never read as HTML.

    `tone` is one of `tokens.Tone`, or `muted` or `faint`.
    """

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Change what the colour says."""
        if self.property("tone") == tone:
            return
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(Label):
    """One line that shortens itself with an ellipsis, and shows the whole as a tip.

    It asks for room for `least_letters` where there is little.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        *,
        least_letters: int = _LEAST_LETTERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", role, tone, parent=parent)
        self._least_letters = least_letters
        self._whole = ""
        self.setProperty("shortens", True)  # noqa: FBT003 - Qt names properties by position
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()
        self.updateGeometry()

    def whole_text(self) -> str:
        """Return the text without shortening."""
        return self._whole

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        self.ensurePolished()
        least = self.fontMetrics().averageCharWidth() * self._least_letters
        return QSize(min(least, self.sizeHint().width()), super().sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _write_as(self, role: str) -> None:
        """Change what kind of text it is."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
        if shown != self.text():
            self.setText(shown)


class NameLabel(ElidedLabel):
    """The name of a record, as large as there is room for: a smaller one that is whole says more than a large part."""

    @override
    def _elide(self) -> None:
        self._write_as("name")
        self.ensurePolished()
        if self.fontMetrics().horizontalAdvance(self.whole_text()) > self.width():
            self._write_as("title")
        super()._elide()
