"""The shared folder on the exchange page: which one, whose workbooks lie there, and what is new."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.pages.exchange.folder_dialog import FolderDialog
from accountplanner.desktop.pages.exchange.folder_password import FolderPasswordDialog
from accountplanner.desktop.pages.exchange.folder_watch import FolderWatch
from accountplanner.desktop.records.history_entries import written_moment
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import ElidedLabel, Label, plain_tip
from accountplanner.desktop.wording import say, say_count, say_marked, to_say
from accountplanner.usecases.folder_memory import choose_folder, keep_folder_password
from accountplanner.usecases.folder_overview import FolderLine, FolderOverview
from accountplanner.usecases.session import Session

_SHOWN = 12
_NONE_YET = to_say(
    "A network share, a synced folder or a stick: each of you writes one workbook there, and reads everybody else’s."
)


class FolderCard(QWidget):
    """Lists the folder's workbooks and starts an exchange. `exchanged` comes when something was done."""

    exchanged = Signal()

    def __init__(self, desk: Desk, watch: FolderWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watch = watch
        self._folder: Path | None = None
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.show_overview(FolderOverview(None))
        watch.look()

    def show_overview(self, overview: FolderOverview) -> None:
        """Show what lies in the folder."""
        self._folder = overview.folder
        has_folder = overview.folder is not None
        self._told.setText("" if has_folder else say_marked(_NONE_YET))
        self._told.setVisible(not has_folder)
        self._place.show_text(str(overview.folder) if has_folder else "")
        self._place.setVisible(has_folder)
        self._refusal.setText(tell(overview.refusal))
        self._refusal.setVisible(bool(overview.refusal))
        for widget in (self.exchange, self.password, self._lock):
            widget.setVisible(has_folder)
        self._lock.setText(
            say("Your workbook there opens with the folder’s password.")
            if overview.is_locked
            else say("Your workbook there has no password: whoever gets at the folder can read it.")
        )
        self.choose.setText(say("Choose another folder") if has_folder else say("Choose the shared folder"))
        self._show_lines(overview)

    def choose_folder(self, folder: Path) -> None:
        """Remember the folder, and look into it."""
        self._desk.write(say("Remembering the folder"), partial(_choose, folder=folder), self._on_chosen)

    def open_dialog(self) -> FolderDialog | None:
        """Say what an exchange would do, and do it when a person agrees."""
        if self._folder is None or self._desk.session is None:
            return None
        dialog = FolderDialog(self._desk, self._folder, self.window())
        dialog.exchanged.connect(self._on_exchanged)
        dialog.open()
        return dialog

    def ask_for_password(self) -> FolderPasswordDialog | None:
        """Ask for the password colleagues agreed on, or expressly for none."""
        if self._folder is None or self._desk.session is None:
            return None
        dialog = FolderPasswordDialog(self._desk.theme, self.window())
        dialog.chosen.connect(self._on_password_chosen)
        dialog.open()
        return dialog

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self._told = Label("", "small", "muted", wrap=True)
        self._place = ElidedLabel("", "small", "muted")
        self._refusal = Label("", "small_strong", "warn", wrap=True)
        self.exchange = Button(theme, say("Exchange now"), icon="exchange")
        self.choose = Button(theme, "", icon="folder")
        self.password = Button(theme, say("Password of the folder…"), icon="key")
        self._lock = Label("", "small", "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.HAIR)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(say("Shared folder"), "heading"))
        for widget in (self._told, self._place, self._refusal):
            column.addWidget(widget)
        column.addLayout(self._lines)
        column.addWidget(self._lock)
        for button in (self.exchange, self.choose, self.password):
            column.addWidget(button)

    def _connect(self) -> None:
        self.exchange.clicked.connect(self.open_dialog)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.password.clicked.connect(self.ask_for_password)
        self._watch.looked.connect(self.show_overview)

    def _show_lines(self, overview: FolderOverview) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in overview.lines[:_SHOWN]:
            self._lines.addWidget(self._line(line))
        left = len(overview.lines) - _SHOWN
        if left > 0:
            self._lines.addWidget(Label(say_count("and {count} more", "and {count} more", left), "small", "muted"))

    def _line(self, line: FolderLine) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, Space.HAIR, 0, Space.HAIR)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        name = ElidedLabel(self._named(line), "small_strong")
        name.setToolTip(plain_tip(line.name))
        head.addWidget(name, 1)
        if mark := _mark(line):
            head.addWidget(Pill(self._desk.theme, *mark))
        column.addLayout(head)
        column.addWidget(Label(self._when(line), "small", "muted"))
        return holder

    def _named(self, line: FolderLine) -> str:
        return say("{who} (you)", who=line.who) if line.state == "mine" else line.who or line.name

    def _when(self, line: FolderLine) -> str:
        if line.state == "other":
            return say("no team workbook; import it by hand")
        if line.state == "waits":
            return say("has not wholly arrived yet")
        if not line.read_at:
            return say("not read yet")
        when = written_moment(line.read_at, self._desk.formats)
        return say("written {when}", when=when) if line.state == "mine" else say("read {when}", when=when)

    def _on_choose_clicked(self) -> None:
        start = str(self._folder) if self._folder else str(documents_folder())
        chosen = QFileDialog.getExistingDirectory(self, say("The folder you share with colleagues"), start)
        if chosen:
            self.choose_folder(Path(chosen))

    def _on_password_chosen(self, password: str) -> None:
        if self._folder is not None:
            work = partial(_keep_password, folder=self._folder, password=password)
            self._desk.write(say("Remembering the password"), work, self._on_chosen)

    def _on_chosen(self, _nothing: object) -> None:
        self._watch.look()

    def _on_exchanged(self, _result: object) -> None:
        self._watch.look()
        self.exchanged.emit()


def _mark(line: FolderLine) -> tuple[str, Tone] | None:
    marks = {"new": (say("New"), Tone.ACCENT), "waits": (say("Waits"), Tone.WARN)}
    return marks.get(line.state)


def _keep_password(session: Session, folder: Path, password: str) -> None:
    keep_folder_password(session, folder, password)


def _choose(session: Session, folder: Path) -> None:
    choose_folder(session, folder)
