"""What a list says again keeps its widget; what it says no more goes at once."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.widgets.standing import Standing, put_in_order


def test_what_is_said_again_stays_in_its_new_place_with_the_keyboard_and_what_was_typed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    lines = Standing[str, QLineEdit](QLineEdit)
    put_in_order(layout, lines.show(["a", "b", "c"]))
    window.show()
    a, b, c = lines.widgets()
    b.setFocus()
    b.setText("half a wo")
    put_in_order(layout, lines.show(["new", "c", "b"]))
    assert a not in window.findChildren(QLineEdit)
    qtbot.waitUntil(lines.widgets()[0].isVisible)
    assert lines.widgets()[1:] == [c, b]
    assert window.focusWidget() is b
    assert b.text() == "half a wo"
    qtbot.waitUntil(lambda: sorted(lines.widgets(), key=QLineEdit.y) == lines.widgets())


def test_equal_contents_have_a_widget_each(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lines = Standing[str, QLineEdit](lambda text: QLineEdit(text, window))
    first, second = lines.show(["same", "same"])
    assert first is not second
    assert lines.show(["same"]) == [first]
    assert second.parent() is None
