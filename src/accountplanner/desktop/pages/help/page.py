"""Help: short articles, searched as one types, with pictures, without any network."""

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.hairline import Hairline
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, spoken_language
from accountplanner.domain.help_articles import Article, articles, help_file, matching

_LIST_PX = 330
_WIDEST_PX = 760
_WIDEST_PICTURE_PX = 680
_PICTURE_STEP_PX = 20


class HelpPage(QWidget):
    """The articles at the left, the chosen one at the right; links lead from one to another."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._articles = articles(spoken_language())
        self._shown = ""
        self._build_widgets()
        self._build_layout()
        self._connect()
        self._show_list("")

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.search_field.setFocus()

    def show_article(self, name: str) -> None:
        """Bring an article into sight."""
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(place)
                return
        self.search_field.clear()
        self._show_list("", name)

    def _build_widgets(self) -> None:
        self.search_field = SearchField(self._theme, say("Search the help"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("Articles"))
        self.list.setWordWrap(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.reader = _Reader()
        self.reader.setAccessibleName(say("Article"))
        self._ring = FocusRing(self._theme, self.reader)
        self._nothing = Label(say("No article has these words. Try another one, or fewer."), "body", "muted", wrap=True)
        self._nothing.hide()
        self.setFocusProxy(self.search_field)

    def _build_layout(self) -> None:
        left = QWidget()
        left.setProperty("ground", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(say("Help"), "title"))
        column.addWidget(self.search_field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setContentsMargins(Space.PAGE, Space.LARGE, Space.HAIR, Space.HAIR)
        right.addWidget(self.reader)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = left
        self._fit_list()
        row.addWidget(left)
        row.addWidget(Hairline(is_standing=True))
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.search_field.searched.connect(self._on_searched)
        self.search_field.list_requested.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.reader.anchorClicked.connect(self._on_link_clicked)
        self._theme.scheme_changed.connect(self._fit_list)
        self.reader.look_changed.connect(self._show_again)

    def _fit_list(self) -> None:
        self._left.setFixedWidth(self._theme.scaled(_LIST_PX))

    def _on_searched(self, typed: str) -> None:
        self._show_list(typed)

    def _show_list(self, typed: str, wanted: str = "") -> None:
        found = matching(self._articles, typed)
        keep = wanted or self._shown
        self.list.clear()
        for article in found:
            item = QListWidgetItem(article.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, article.id)
        self._nothing.setVisible(not found)
        places = [place for place, article in enumerate(found) if article.id == keep]
        if found:
            self.list.setCurrentRow(places[0] if places and not typed else 0)

    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(next(each for each in self._articles if each.id == item.data(Qt.ItemDataRole.UserRole)))

    def _show(self, article: Article) -> None:
        self._shown = article.id
        self.reader.setMarkdown(f"# {article.title}\n\n{article.text}")
        self.reader.loosen(self._theme.colour("border"))
        self.reader.setAccessibleName(article.title)

    def _on_link_clicked(self, url: QUrl) -> None:
        self.show_article(url.toString().removesuffix(".md"))

    def _show_again(self) -> None:
        """The same article, as far read as it was."""
        read = self.reader.verticalScrollBar().value()
        for article in self._articles:
            if article.id == self._shown:
                self._show(article)
                self.reader.verticalScrollBar().setValue(read)


class _Reader(QTextBrowser):
    """Reads pictures from what comes with the program, and opens nothing by itself.

    `look_changed` comes when pictures have another width to fit into, and with other colours or another size of text:
    a text keeps those it was laid out in.
    """

    look_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fitted = 0
        self.setOpenLinks(False)
        # The sheet of the whole program frames fields to type in; this is a page to read.
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; }")
        # A reader needs no history of changes to itself.
        self.setUndoRedoEnabled(False)

    def loosen(self, lines: QColor) -> None:
        """Give paragraphs and the cells of tables room: Markdown comes without any."""
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            is_heading = bool(shape.headingLevel())
            shape.setTopMargin(Space.LARGE if is_heading else Space.HAIR)
            shape.setBottomMargin(Space.SMALL)
            cursor.setPosition(block.position())
            if cursor.currentTable() is None:
                cursor.setBlockFormat(shape)
            block = block.next()
        self._draw_tables(lines)
        self._draw_keys()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _draw_keys(self) -> None:
        """Write keys and commands in the type of the page, bold: a typewriter's among it looks like a fault."""
        families = self.font().families() or [self.font().family()]
        block = self.document().begin()
        while block.isValid():
            pieces = [piece.fragment() for piece in block.begin()]  # type: ignore[attr-defined]
            for place, length in [(p.position(), p.length()) for p in pieces if p.charFormat().fontFixedPitch()]:
                cursor = QTextCursor(self.document())
                cursor.setPosition(place)
                cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
                look = QTextCharFormat()
                look.setFontFixedPitch(False)
                look.setFontFamilies(families)
                look.setFontWeight(QFont.Weight.DemiBold)
                cursor.mergeCharFormat(look)
            block = block.next()

    def _draw_tables(self, lines: QColor) -> None:
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                frame = table.format()
                frame.setCellPadding(Space.HAIR + 2)
                frame.setBorder(1)
                frame.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                frame.setBorderCollapse(True)
                frame.setBorderBrush(QBrush(lines))
                frame.setTopMargin(Space.SMALL)
                frame.setBottomMargin(Space.LARGE)
                table.setFormat(frame)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        file = help_file(QUrl(name).fileName(), spoken_language())
        if not file.is_file():
            return None
        picture = QImage.fromData(file.read_bytes())
        return picture.scaledToWidth(min(picture.width(), self._room()), Qt.TransformationMode.SmoothTransformation)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines stay short enough to read; the scroll bar stays at the edge of the page, where hands look for it.
        self.setViewportMargins(0, 0, max(0, self.width() - _WIDEST_PX), 0)
        if self._room() != self._fitted:
            self._fitted = self._room()
            self.look_changed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.look_changed.emit()

    def _room(self) -> int:
        """How wide a picture may be, in steps: fitting them to each width anew would make the page flicker."""
        room = min(_WIDEST_PICTURE_PX, self.viewport().width() - 2 * Space.SMALL)
        return max(1, room // _PICTURE_STEP_PX) * _PICTURE_STEP_PX
