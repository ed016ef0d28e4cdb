"""The note over the window: a line, what the program understands of it, and what it may keep after the saving."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.records.capture_line import CaptureLine
from accountplanner.desktop.records.note_words import suggestion_words, understood_words
from accountplanner.desktop.records.offer_card import OfferCard
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.reading_order import InReadingOrder
from accountplanner.desktop.widgets.sensitive_hint import SensitiveHint
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.domain.capture import Sign
from accountplanner.usecases.note_offers import Offer, accept_offer, offers
from accountplanner.usecases.noting import Noted, Understood, understand, write_note
from accountplanner.usecases.noting_names import Meant, completions
from accountplanner.usecases.session import Session

_WIDTH_PX: Final = 640
_PAUSE_MS: Final = 150
_DRAFT_PAUSE_MS: Final = 400
_WAIT_MS: Final = 400
_SHOWN: Final = 6


@dataclass(frozen=True)
class Sight:
    """What a note is about unless it says otherwise: the record in sight and its name."""

    record: str = ""
    title: str = ""


@dataclass
class _Offered:
    names: tuple[Meant, ...] = ()
    sign: str = ""
    typed: str = ""
    is_chosen: bool = False
    reading: Reading = field(default_factory=lambda: Reading(None))


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
        self._offered = _Offered()
        self._understanding = Reading(None)
        self.is_saving = False
        self._is_saved = False
        self._opens_after = False
        self._today: date | None = None
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
        self._names = _name_list()
        self._pills = QWidget()
        self._flow = FlowLayout(self._pills, Space.SMALL)
        self._hint = SensitiveHint(self.line)
        self._error = Label("", "small_strong", "bad", wrap=True)
        self._error.hide()
        self._waiting = Label(
            say("Your note is safe. It is saved as soon as the work under way is done; you may go on."),
            "small_strong",
            wrap=True,
        )
        self._waiting.hide()
        self._private = CheckBox(theme, say("Only on this computer"))
        self._private.setVisible(not self._is_locked)
        self._save = Button(theme, say("Save"), "primary")
        self._card = OfferCard(self._desk)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
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
        self.line.name_typed.connect(self._on_name_typed)
        self.line.stepped.connect(self._on_stepped)
        self.line.taken.connect(self._on_taken)
        self._names.itemClicked.connect(self._on_taken)
        self._save.clicked.connect(self._on_finished)
        self._pause.timeout.connect(self._on_pause)
        self._draft_pause.timeout.connect(self._on_draft_pause)
        self._wait.timeout.connect(self._waiting.show)
        self._card.accepted.connect(self._on_offer_accepted)
        self._card.finished.connect(self.accept)

    # --- typing ---

    def _on_text_changed(self) -> None:
        self._error.hide()
        self._save.setEnabled(bool(self.text.strip()))
        self._pause.start()
        self._draft_pause.start()

    def _on_draft_pause(self) -> None:
        self.draft_changed.emit(self.text)

    def _on_pause(self) -> None:
        self._understanding.drop()
        if self.text.strip() and not self._is_locked:
            work = partial(_understand, text=self.text, here=self._sight.record, bound=dict(self.line.bound))
            self._understanding = self._desk.read(work, self._on_understood, self.show_error)
        else:
            self._show_pills(())
            self.line.show_chips(())

    def _on_understood(self, read: tuple[Understood, date]) -> None:
        understood, self._today = read
        if understood.capture.text == self.text:
            self.line.show_chips(understood.chips())
            self._show_pills(understood_words(understood, self._desk.formats, self._today))

    def _show_pills(self, said: Sequence[tuple[str, Tone]]) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for words, tone in said:
            self._flow.addWidget(Pill(self._desk.theme, words, tone))
        self._pills.setVisible(bool(said))

    # --- names ---

    def _on_name_typed(self, sign: str, typed: str) -> None:
        if (sign, typed) == (self._offered.sign, self._offered.typed):
            return
        self._offered.reading.drop()
        self._offered = _Offered(sign=sign, typed=typed)
        if not typed or self._is_locked:
            self._show_names(())
            return
        work = partial(_complete, sign=sign, typed=typed, here=self._sight.record)
        self._offered.reading = self._desk.read(work, self._show_names, self.show_error)

    def _show_names(self, names: Sequence[Meant]) -> None:
        self._offered.names = tuple(names)
        self._names.clear()
        for meant in names:
            self._names.addItem(suggestion_words(meant))
        if names:
            self._names.setCurrentRow(0)
            row = max(1, self._names.sizeHintForRow(0)) + 2 * self._names.spacing()
            self._names.setFixedHeight(row * min(_SHOWN, len(names)) + Space.SMALL)
        self._names.setVisible(bool(names))
        self.line.is_offering = bool(names)

    def _on_stepped(self, step: int) -> None:
        self._offered.is_chosen = True
        last = len(self._offered.names) - 1
        self._names.setCurrentRow(max(0, min(last, self._names.currentRow() + step)))

    def _on_taken(self) -> None:
        row = self._names.currentRow()
        if 0 <= row < len(self._offered.names):
            meant = self._offered.names[row]
            self.line.complete(meant.title, meant.record)
            self.line.setFocus()

    # --- saving ---

    def _on_finished(self) -> None:
        if self._offered.is_chosen and self.line.is_offering:
            self._on_taken()
            return
        self._begin_saving(opens=False)

    def _on_finished_to_open(self) -> None:
        self._begin_saving(opens=True)

    def _begin_saving(self, *, opens: bool) -> None:
        if self.is_saving or not self.text.strip():
            return
        self.is_saving, self._opens_after = True, opens
        self.line.setReadOnly(True)
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
            self._desk.read(partial(_offers, note=noted.note), self._on_offers_read, self._on_no_offers)

    def _on_offers_read(self, read: tuple[tuple[Offer, ...], date]) -> None:
        found, today = read
        if not found:
            self.accept()
            return
        self._writing.hide()
        self._card.show()
        self._card.ask(list(found), today)

    def _on_no_offers(self, _sentence: str) -> None:
        self.accept()

    def _on_offer_accepted(self, offer: Offer) -> None:
        self._desk.write(say("Saving"), partial(_accept, offer=offer))

    def _let_text_go(self) -> None:
        """Forget the text, which is saved."""
        self.is_saving, self._is_saved = False, True
        self._wait.stop()
        self._waiting.hide()
        self.line.clear()
        self._pause.stop()
        self._draft_pause.stop()
        self._show_pills(())


def _name_list() -> QListWidget:
    names = QListWidget()
    names.setAccessibleName(say("Names that fit"))
    names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    names.setSpacing(2)
    names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    names.hide()
    return names


def _understand(session: Session, text: str, here: str, bound: dict[str, str]) -> tuple[Understood, date]:
    return understand(session, text, here, bound), session.clock.today()


def _complete(session: Session, sign: str, typed: str, here: str) -> tuple[Meant, ...]:
    return completions(session, Sign(sign), typed, here)


def _save(session: Session, text: str, here: str, bound: dict[str, str], *, private: bool) -> Noted:
    return write_note(session, text, here, bound, private=private)


def _offers(session: Session, note: str) -> tuple[tuple[Offer, ...], date]:
    return offers(session, note), session.clock.today()


def _accept(session: Session, offer: Offer) -> object:
    return accept_offer(session, offer)
