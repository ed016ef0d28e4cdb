"""What a person would find wrong with a window, measured: each function returns sentences, none when all is well."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedLayout,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from accountplanner.desktop.widgets.badge import Pill, RoundBadge
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.laid_out import laid_out

SMALLEST_TARGET_PX: Final = 24
_FEWEST_LETTERS: Final = 6
_DOTS: Final = "…"
_TEXT_IN_SVG: Final = re.compile(r"<text[^>]*>([^<]*)</text>")


def shown(window: QWidget) -> list[QWidget]:
    """Every widget of a window that is not hidden, scrolled out of sight or not; not those of dialogs over it."""
    inside = [each for each in window.findChildren(QWidget) if each.isVisible() and each.window() is window.window()]
    return [window, *inside]


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    spoken: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


def call(widget: QWidget) -> str:
    """Name a widget for whoever reads the failure."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} “{(text or name_of(widget) or widget.objectName())[:60]}”"


def stops(window: QWidget) -> list[QWidget]:
    """Everything Tab should reach: of buttons that exclude each other the chosen one, from which arrows go on."""
    takers = (each for each in shown(window) if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return [each for each in takers if not each.focusProxy() and not _is_one_of_several(each)]


def _is_one_of_several(widget: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable() or widget.isChecked():
        return False
    group: QButtonGroup | None = widget.group()
    if group is not None:
        return group.exclusive() and any(each.isChecked() for each in group.buttons())
    around = widget.parentWidget()
    beside = around.findChildren(type(widget)) if around is not None else []
    return widget.autoExclusive() and any(each.isChecked() for each in beside)


# --- names ----------------------------------------------------------------------------------------------------------


def nameless(window: QWidget) -> Iterator[str]:
    """Find what takes the focus or is clicked and says nothing, and icons without a word."""
    for each in shown(window):
        takes_focus = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        is_button = isinstance(each, QAbstractButton) and not _belongs_to_qt(each)
        name = name_of(each)
        if (takes_focus or is_button) and (not name.strip() or name == type(each).__name__):
            yield f"{call(each)} has no name"
        if is_button and isinstance(each, QAbstractButton) and not each.text() and not each.toolTip():
            yield f"{call(each)} shows an icon and has no tip"


def alike(window: QWidget) -> Iterator[str]:
    """Find buttons that are read aloud alike in the same surroundings."""
    told = Counter(
        (name_of(each), _surroundings(each))
        for each in shown(window)
        if isinstance(each, QPushButton | QToolButton | QCheckBox) and not _belongs_to_qt(each)
    )
    for (name, around), count in told.items():
        if count > 1:
            yield f"{count} buttons are called “{name}” in “{around}”"


def _surroundings(widget: QWidget) -> str:
    around = widget.parentWidget()
    while around is not None and not around.accessibleName():
        around = around.parentWidget()
    return around.accessibleName() if around is not None else ""


def wordless(window: QWidget) -> Iterator[str]:
    """Find what tells something by its colour alone."""
    for each in shown(window):
        if isinstance(each, Pill) and not each.accessibleName().strip():
            yield "a pill without a word"
        around = each.parentWidget()
        if (
            isinstance(each, RoundBadge)
            and not each.accessibleName()
            and around is not None
            and not _is_told_by(around)
        ):
            yield f"a badge that says nothing in {call(around)}"


def _is_told_by(around: QWidget) -> bool:
    """Whether what holds a badge says aloud what the badge shows."""
    return isinstance(around, EmptyState) or bool(around.accessibleName())


# --- text that is cut -----------------------------------------------------------------------------------------------


def cut_off(window: QWidget) -> Iterator[str]:
    """Find text that does not fit where it stands."""
    for each in shown(window):
        if isinstance(each, QLabel):
            yield from _cut_label(each)
        elif isinstance(each, QComboBox):
            yield from _cut_choice(each)
        elif isinstance(each, QPushButton | QCheckBox | QRadioButton):
            yield from _smaller_than(each, each.sizeHint())
        elif isinstance(each, QLineEdit):
            yield from _cut_field(each)
        elif isinstance(each, QHeaderView):
            yield from _cut_header(each)
        elif isinstance(each, QTabBar):
            yield from _cut_tabs(each)
        elif _paints_itself(each):
            yield from _cut_painting(each)


def _cut_label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or label.pixmap().width():
        return
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.property("shortens"):
        least = metrics.horizontalAdvance(text[:_FEWEST_LETTERS])
        if room.width() + 1 < least or (text.endswith(_DOTS) and not label.toolTip()):
            yield f"{call(label)} is shortened to nothing, or its whole is told nowhere"
        return
    words = re.split(r"[\s\u200b]+", text) if label.wordWrap() else text.split("\n")
    widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    if widest > room.width() + 1:
        yield f"{call(label)} needs {widest} px and has {room.width()}"
    if needed > label.height() + 1:
        yield f"{call(label)} needs a height of {needed} px and has {label.height()}"


def _cut_choice(choice: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    place = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, choice
    )
    needed = choice.fontMetrics().horizontalAdvance(choice.currentText())
    if needed > place.width() + 1 and not choice.toolTip():
        yield f"{call(choice)} “{choice.currentText()}” needs {needed} px and has {place.width()}"
    yield from _lower_than(choice, choice.sizeHint())


def _cut_field(field: QLineEdit) -> Iterator[str]:
    if isinstance(field.parentWidget(), QComboBox):
        return
    text = field.text() if field.isReadOnly() else "" if field.text() else field.placeholderText()
    inside = sum(button.width() for button in field.findChildren(QToolButton) if button.isVisible())
    frame = field.sizeHint().width() - 17 * field.fontMetrics().horizontalAdvance("x")
    room = field.width() - max(0, frame) - inside
    needed = field.fontMetrics().horizontalAdvance(text)
    if text and needed > room + 2 and not field.toolTip():
        yield f"{call(field)} shows “{text}”, which needs {needed} px and has {room}"
    yield from _lower_than(field, field.sizeHint())


def _cut_header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    for section in range(header.count()):
        if not header.isSectionHidden(section):
            needed = header.sectionSizeFromContents(section).width()
            if needed > header.sectionSize(section) + 1:
                text = header.model().headerData(section, Qt.Orientation.Horizontal)
                yield f"the column “{text}” needs {needed} px and has {header.sectionSize(section)}"


def _cut_tabs(tabs: QTabBar) -> Iterator[str]:
    can_scroll = any(button.isVisible() for button in tabs.findChildren(QToolButton))
    for index in range(tabs.count()):
        place = tabs.tabRect(index)
        needed = tabs.fontMetrics().horizontalAdvance(tabs.tabText(index))
        if needed > place.width() or (place.right() > tabs.width() and not can_scroll):
            yield f"the tab “{tabs.tabText(index)}” is cut off"


def _cut_painting(widget: QWidget) -> Iterator[str]:
    """Look at what a widget paints for words that were shortened without its saying so."""
    for text in painted_texts(widget):
        begun = text.rstrip(_DOTS).rstrip()
        whole = f"{widget.accessibleName()} {widget.accessibleDescription()} {widget.toolTip()}"
        if text.endswith(_DOTS) and text not in whole and not (widget.property("shortens") and begun in whole):
            yield f"{call(widget)} paints “{text}”"
    if isinstance(widget, Pill | QAbstractButton):
        yield from _lower_than(widget, widget.minimumSizeHint())


def painted_texts(widget: QWidget) -> list[str]:
    """Return the words a widget draws by itself, as they appear."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(widget.size())
    painter = QPainter(drawing)
    widget.render(painter, QPoint(), QRegion(widget.rect()), QWidget.RenderFlag(0))
    painter.end()
    return [unescape(text).strip() for text in _TEXT_IN_SVG.findall(bytes(buffer.data().data()).decode())]


def _paints_itself(widget: QWidget) -> bool:
    own = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("accountplanner"))
    return any("paintEvent" in vars(kind) for kind in own)


def _smaller_than(widget: QWidget, wanted: QSize) -> Iterator[str]:
    if widget.width() + 1 < wanted.width():
        yield f"{call(widget)} needs {wanted.width()} px and has {widget.width()}"
    yield from _lower_than(widget, wanted)


def _lower_than(widget: QWidget, wanted: QSize) -> Iterator[str]:
    if widget.height() + 1 < wanted.height():
        yield f"{call(widget)} needs a height of {wanted.height()} px and has {widget.height()}"


# --- places ---------------------------------------------------------------------------------------------------------


def misplaced(window: QWidget) -> Iterator[str]:
    """Find what lies outside of what holds it, or over its neighbour."""
    for each in shown(window):
        layout = each.layout()
        if layout is None or isinstance(layout, QStackedLayout):
            continue
        placed = [(widget, widget.geometry()) for widget in laid_out(layout) if widget.isVisible()]
        for widget, place in placed:
            if not each.rect().adjusted(-1, -1, 1, 1).contains(place):
                yield f"{call(widget)} at {_told(place)} lies outside of {call(each)} of {_told(each.rect())}"
        for at, (widget, place) in enumerate(placed):
            for other, there in placed[at + 1 :]:
                shared = place.intersected(there)
                if shared.width() > 1 and shared.height() > 1:
                    yield f"{call(widget)} and {call(other)} overlap in {call(each)}"


def squeezed(window: QWidget) -> Iterator[str]:
    """Find areas that scroll sideways without being tables, where half of every line is out of sight."""
    for each in shown(window):
        if isinstance(each, QAbstractScrollArea) and not each.property("wide"):
            inside = each.widget() if hasattr(each, "widget") else None
            if isinstance(inside, QWidget) and inside.width() > each.viewport().width() + 1:
                yield f"what {call(each)} holds is {inside.width()} px wide and has {each.viewport().width()}"


def too_small(window: QWidget) -> Iterator[str]:
    """Find what is clicked and easily missed."""
    for each in shown(window):
        is_aimed_at = isinstance(each, QAbstractButton | QLineEdit | QComboBox) and not _belongs_to_qt(each)
        if is_aimed_at and min(each.width(), each.height()) < SMALLEST_TARGET_PX:
            yield f"{call(each)} is {each.width()} x {each.height()} px"


def _belongs_to_qt(widget: QWidget) -> bool:
    """The buttons Qt puts into its own widgets: to clear a field, to scroll tabs, into the corner of a table."""
    around = widget.parentWidget()
    return isinstance(around, QLineEdit | QTabBar | QHeaderView | QAbstractScrollArea) and not isinstance(
        widget, QPushButton
    )


def _told(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"


def too_large(window: QWidget) -> Iterator[str]:
    """Find what floats over the window and is larger than it: on a small screen its foot would be out of reach."""
    around = window.parentWidget()
    while around is not None and around.parentWidget() is not None:
        around = around.parentWidget()
    if around is not None and (window.height() > around.height() or window.width() > around.width()):
        yield f"{call(window)} is {window.width()} x {window.height()} over {around.width()} x {around.height()}"


CHECKS: Final = (nameless, alike, wordless, cut_off, misplaced, squeezed, too_small, too_large)


def faults(window: QWidget) -> list[str]:
    """Everything that is wrong with a window."""
    return [f"{check.__name__}: {sentence}" for check in CHECKS for sentence in check(window)]
