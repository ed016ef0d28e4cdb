"""The note over the window: a line, what the program understands of it, and what it may keep after the saving."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.capture_line import CaptureLine
from accountplanner.desktop.records.name_offers import NameOffers
from accountplanner.desktop.records.note_pills import NotePills
from accountplanner.desktop.records.offer_card import OfferCard
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.reading_order import InReadingOrder
from accountplanner.desktop.widgets.sensitive_hint import SensitiveHint
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.noting import Noted, write_note
from accountplanner.usecases.session import Session

_WIDTH_PX: Final = 640
_DRAFT_PAUSE_MS: Final = 400
_WAIT_MS: Final = 400


@dataclass(frozen=True)
class Sight:
    """What a note is about unless it says otherwise: the record in sight and its name."""

    record: str = ""
    title: str = ""


class CaptureDialog(InReadingOrder, QDialog):
    """Takes one note. Enter saves, Ctrl+Enter saves and opens what it is about, Esc keeps the draft.

    `draft_changed` carries the text at each pause. A finished note goes out with `save_wanted`, beside it what
    saves it; `show_saved` or `refuse` answers. While the workspace is closed it goes out with `sealed_wanted`, and
    `show_sealed` or `refuse` answers.
    """

    draft_changed = Signal(str)
    save_wanted = Signal(str, object)
    sealed_wanted = Signal(str)

    def __init__(self, desk: Desk, sight: Sight, around: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_locked = desk.session is None
        self._sight = Sight() if self._is_locked else sight
        self.is_saving = False
        self._is_saved = False
        self._opens_after = False
        self._build_widgets()
        self._build_layout(around)
        self._connect()
        self._on_text_changed()

    @property
    def text(self) -> str:
        """What is typed and not saved."""
        return self.line.toPlainText()

    @property
    def is_writing(self) -> bool:
        """Whether the note is still being written."""
        return not (self.is_saving or self._is_saved)

    def show_draft(self, draft: str) -> None:
        """Go on with what was begun; what was typed meanwhile stands after it."""
        if draft.strip():
            typed = self.text
            self.line.setPlainText(f"{draft}\n{typed}" if typed.strip() else draft)
            self.line.moveCursor(self.line.textCursor().MoveOperation.End)

    def show_sealed(self) -> None:
        """The note lies sealed in the workspace."""
        self._let_text_go()
        self.accept()

    def refuse(self, sentence: str) -> None:
        """Say why it could not be saved; the text stays."""
        self.is_saving = False
        self._wait.stop()
        self._waiting.hide()
        self._save.setEnabled(True)
        self.line.setReadOnly(False)
        self.show_error(sentence)

    def show_error(self, sentence: str) -> None:
        """Say what else went wrong; the note goes its way."""
        self._error.setText(sentence)
        self._error.setVisible(True)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Be as high as what stands here needs: wrapped words and chips ask for more as one types."""
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height()))

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.setProperty("frameless", "true")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        title = say("Write a note")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.line = CaptureLine(theme, keeps_draft=True)
        self.line.setAccessibleName(title)
        self.line.setAccessibleDescription(say("Enter saves, Control and Enter save and open, Escape keeps the draft."))
        self.line.setPlaceholderText(self._invitation())
        self._names = NameOffers(self._desk, self.line)
        self._pills = NotePills(self._desk, self.line)
        for each in (self._names, self._pills):
            each.look_from(self._sight.record)
        self._hint = SensitiveHint(self.line)
        self._error = Label("", "small_strong", "bad", wrap=True)
        self._error.hide()
        self._waiting = Label(
            say("Your note is safe. It is saved as soon as the work under way is done; press Esc to go on."),
            "small_strong",
            wrap=True,
        )
        self._waiting.hide()
        self._private = CheckBox(theme, say("Only on this computer"))
        self._private.setVisible(not self._is_locked)
        self._save = Button(theme, say("Save"), "primary")
        self._card = OfferCard(self._desk)
        self._draft_pause = QTimer(self, singleShot=True, interval=_DRAFT_PAUSE_MS)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)

    def _invitation(self) -> str:
        if self._is_locked:
            return say("Sealed until the next unlock; then it waits in the inbox")
        if self._sight.title:
            return say("About {name}: what was learnt, promised, agreed?", name=self._sight.title)
        return say("@person #account !friday – what was learnt, promised, agreed?")

    def _build_layout(self, around: QWidget) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(Space.MEDIUM)
        keys = (
            say("Enter seals · Esc keeps the draft")
            if self._is_locked
            else say("Enter saves · Ctrl+Enter opens it, too · Esc keeps the draft")
        )
        foot.addWidget(self._private)
        foot.addWidget(Label(keys, "small", "muted", wrap=True), 1)
        foot.addWidget(self._save)
        writing = QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        for widget in (self.line, self._names, self._pills, self._hint, self._error, self._waiting):
            column.addWidget(widget)
        column.addLayout(foot)
        self._writing = writing
        self._card.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.MEDIUM)
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(writing)
        whole.addWidget(self._card)
        width = _WIDTH_PX * max(100, self._desk.theme.text_percent) // 100
        self.setFixedWidth(min(width, around.width() - 2 * Space.PAGE))
        corner = around.mapToGlobal(around.rect().topLeft())
        self.move(corner.x() + (around.width() - self.width()) // 2, corner.y() + min(110, around.height() // 8))

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text_changed)
        self.line.finished.connect(self._on_finished)
        self.line.finished_to_open.connect(self._on_finished_to_open)
        self._names.refused.connect(self.show_error)
        self._pills.refused.connect(self.show_error)
        self._save.clicked.connect(self._on_finished)
        self._draft_pause.timeout.connect(self._on_draft_pause)
        self._wait.timeout.connect(self._waiting.show)
        self._card.found.connect(self._on_offers_found)
        self._card.finished.connect(self.accept)

    # --- typing ---

    def _on_text_changed(self) -> None:
        self._error.hide()
        self._save.setEnabled(bool(self.text.strip()))
        self._draft_pause.start()

    def _on_draft_pause(self) -> None:
        self.draft_changed.emit(self.text)

    # --- saving ---

    def _on_finished(self) -> None:
        if not self._names.take_chosen():
            self._begin_saving(opens=False)

    def _on_finished_to_open(self) -> None:
        self._begin_saving(opens=True)

    def _begin_saving(self, *, opens: bool) -> None:
        if self.is_saving or not self.text.strip():
            return
        self.is_saving, self._opens_after = True, opens
        self.line.setReadOnly(True)
        self._save.setEnabled(False)
        self._draft_pause.stop()
        if self._is_locked:
            self.sealed_wanted.emit(self.text)
            return
        self._wait.start()
        work = partial(
            _save,
            text=self.text,
            here=self._sight.record,
            bound=dict(self.line.bound),
            private=self._private.isChecked(),
        )
        self.save_wanted.emit(self.text, work)

    def show_saved(self, noted: Noted) -> None:
        """The note is saved; offer what it mentions."""
        self._let_text_go()
        about = noted.understood.contact or noted.understood.account
        if self._opens_after:
            self.accept()
            if about is not None and not noted.waits:
                self._desk.record_requested.emit(about.record)
        elif noted.waits:
            self.accept()
        else:
            self._card.ask_about(noted.note)

    def _on_offers_found(self) -> None:
        self._writing.hide()
        self._card.show()

    def _let_text_go(self) -> None:
        """Forget the text, which is saved."""
        self.is_saving, self._is_saved = False, True
        self._wait.stop()
        self._waiting.hide()
        self.line.clear()
        self._pills.say_nothing()
        self._draft_pause.stop()


def _save(session: Session, text: str, here: str, bound: dict[str, str], *, private: bool) -> Noted:
    return write_note(session, text, here, bound, private=private)
