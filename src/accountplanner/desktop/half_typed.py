"""Finds what a person has typed and not yet handed over, in whatever is open."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QTextEdit, QWidget

from accountplanner.desktop.widgets.search_field import SEARCHES
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.drafts import Draft


def finish_editing() -> None:
    """Let the field with the cursor hand over what fits, as if one had clicked elsewhere."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()


def half_typed() -> list[Draft]:
    """Everything typed into fields that are still open; never passwords, nor what is searched for."""
    found = []
    for widget in QApplication.allWidgets():
        text = _typed(widget)
        # In this order: few hold a text, and whether they are open is asked of everything around them.
        if text and _is_open(widget):
            found.append(Draft(_name(widget), text))
        found += _begun(widget)
    return found


def _begun(widget: QWidget) -> Sequence[Draft]:
    """What a widget keeps of what was typed into it and handed on to nobody, in fields that have closed again."""
    begun = getattr(widget, "begun", None)
    return begun() if begun is not None else ()


def _is_open(widget: QWidget) -> bool:
    """Whether it is in sight, or would be if another page or tab did not stand before it."""
    each: QWidget | None = widget
    while each is not None and not each.isWindow():
        if each.isHidden() and not isinstance(each.parentWidget(), QStackedWidget):
            return False
        each = each.parentWidget()
    return each is not None and each.isVisible()


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
    while above is not None and not above.property(SEARCHES):
        above = above.parentWidget()
    return above is not None


def _name(widget: QWidget) -> str:
    name = widget.accessibleName()
    title = widget.window().windowTitle()
    if not name:
        labels = [label.text() for label in widget.window().findChildren(Label) if label.buddy() is widget]
        name = labels[0] if labels else say("Text")
    return name if title in (name, say("Account Planner")) else f"{title}: {name}"
