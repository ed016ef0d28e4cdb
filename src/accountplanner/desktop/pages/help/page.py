"""Help: short articles, searched as one types, with pictures, without any network."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, spoken_language
from accountplanner.domain.help_articles import Article, articles, help_file, matching

_LIST_PX = 330
_WIDEST_PX = 760


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
        self.list.setSpacing(Space.HAIR)
        self.reader = _Reader()
        self.reader.setAccessibleName(say("Article"))
        self._ring = FocusRing(self._theme, self.reader)
        self._nothing = Label(say("No article has these words. Try another one, or fewer."), "body", "muted", wrap=True)
        self._nothing.hide()
        self.setFocusProxy(self.search_field)

    def _build_layout(self) -> None:
        left = QWidget()
        left.setFixedWidth(_LIST_PX * self._theme.text_percent // 100)
        column = QVBoxLayout(left)
        column.setContentsMargins(Space.PAGE, Space.LARGE, Space.SMALL, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(say("Help"), "title"))
        column.addWidget(self.search_field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setContentsMargins(Space.LARGE, Space.LARGE, Space.PAGE, Space.LARGE)
        right.addWidget(self.reader)
        self.reader.setMaximumWidth(_WIDEST_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 100)
        row.addStretch(1)

    def _connect(self) -> None:
        self.search_field.searched.connect(self._on_searched)
        self.search_field.list_requested.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.reader.anchorClicked.connect(self._on_link_clicked)
        self._theme.scheme_changed.connect(self._on_scheme_changed)

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
        self.reader.loosen()
        self.reader.setAccessibleName(article.title)

    def _on_link_clicked(self, url: QUrl) -> None:
        self.show_article(url.toString().removesuffix(".md"))

    def _on_scheme_changed(self) -> None:
        for article in self._articles:
            if article.id == self._shown:
                self._show(article)


class _Reader(QTextBrowser):
    """Reads pictures from what comes with the program, and opens nothing by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        # The sheet of the whole program frames fields to type in; this is a page to read.
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; }")
        # A reader needs no history of changes to itself.
        self.setUndoRedoEnabled(False)

    def loosen(self) -> None:
        """Give paragraphs room: Markdown comes without any."""
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
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        file = help_file(QUrl(name).fileName(), spoken_language())
        if not file.is_file():
            return None
        picture = QImage.fromData(file.read_bytes())
        return picture.scaledToWidth(min(picture.width(), 680), Qt.TransformationMode.SmoothTransformation)
