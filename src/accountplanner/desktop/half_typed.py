"""Finds what a person has typed and not yet handed over, in whatever is open."""

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.drafts import Draft


def finish_editing() -> None:
    """Let the field with the cursor hand over what fits, as if one had clicked elsewhere."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()


def half_typed() -> list[Draft]:
    """Everything typed into fields still in sight; never passwords, nor what is searched for."""
    found = []
    for widget in QApplication.allWidgets():
        text = _typed(widget) if widget.isVisible() else ""
        if text:
            found.append(Draft(_name(widget), text))
    return found


def _typed(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        is_kept = widget.isModified() and widget.echoMode() is QLineEdit.EchoMode.Normal and not widget.isReadOnly()
        return widget.text().strip() if is_kept and not _is_search(widget) else ""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        document = widget.document()
        return widget.toPlainText().strip() if document.isModified() and not widget.isReadOnly() else ""
    return ""


def _is_search(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, SearchField):
        above = above.parentWidget()
    return above is not None


def _name(widget: QWidget) -> str:
    name = widget.accessibleName()
    title = widget.window().windowTitle()
    if not name:
        labels = [label.text() for label in widget.window().findChildren(Label) if label.buddy() is widget]
        name = labels[0] if labels else say("Text")
    return name if title in (name, say("Account Planner")) else f"{title}: {name}"
