"""Sensitive answers on a person's page: closed, switched off until there is a reason, each shown only when asked for."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.provenance import written_day
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.standing import Standing, put_in_order
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.usecases.editing import Typed
from accountplanner.usecases.pages import ShownValue
from accountplanner.usecases.session import Session
from accountplanner.usecases.special_answers import (
    SpecialAnswer,
    Switch,
    reveal,
    set_special,
    special_answers,
    switch_of,
    switch_on,
)


class SpecialRow(QWidget):
    """One question: closed, with a way to look and a way to write down."""

    look_requested = Signal(str)
    edit_requested = Signal(str)

    def __init__(self, desk: Desk, answer: SpecialAnswer, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = answer.field.key
        label = f"{answer.field.number}  {say_label(answer.field.label)}"
        self._is_answered = answer.is_answered
        self._answer = Label("", wrap=True)
        self.show_button = Button(desk.theme, say("Show"), "link")
        self.show_button.setAccessibleName(say("Show the answer to {question}", question=say_label(answer.field.label)))
        self.edit = Button(desk.theme, say("Change") if answer.is_answered else say("Add"), "link")
        self.edit.setAccessibleName(say("Write down the answer to {question}", question=say_label(answer.field.label)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(label, "small", "muted" if answer.is_answered else "faint", wrap=True))
        words.addWidget(self._answer)
        if answer.is_answered:
            told = say("kept with consent: {how}", how=answer.consent) if answer.consent else say("no consent is noted")
            day = written_day(answer.said_on, desk.formats, today)
            words.addWidget(Label(f"{day} · {told}", "small", "muted" if answer.consent else "warn", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HAIR)
        row.addLayout(words, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.edit)
        self.show_button.clicked.connect(self._on_show_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.put_away()

    def put_away(self) -> None:
        """Show the answer no longer."""
        self._answer.setText("")
        self._answer.hide()
        self.show_button.setVisible(self._is_answered)

    def show_answer(self, text: str) -> None:
        """Show the answer somebody asked to see."""
        self._answer.setText(text)
        self._answer.show()
        self.show_button.hide()

    def _on_show_clicked(self) -> None:
        self.look_requested.emit(self._key)

    def _on_edit_clicked(self) -> None:
        self.edit_requested.emit(self._key)


class SpecialCard(Card):
    """Closed until a person opens it. `filled` comes when its height may have changed."""

    filled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("Sensitive"), say("Open"), parent)
        self._desk = desk
        self._record = ""
        self._today = date.min
        self._is_open = False
        self._reading = Reading(None)
        self._rows: dict[str, SpecialRow] = {}
        self._standing = Standing(self._new_row)
        self._list = QVBoxLayout()
        self._told = Label("", "small", "muted", wrap=True)
        self.switch = Button(desk.theme, say("Switch on for a reason"))
        self.body.addWidget(self._told)
        self.body.addWidget(self.switch)
        self._list.setSpacing(self.body.spacing())
        self.body.addLayout(self._list)
        self.action_requested.connect(self._on_action_requested)
        self.switch.clicked.connect(self._on_switch_wanted)

    def show_record(self, record: str, today: date) -> None:
        """Show a person's sensitive questions, closed; an answer in sight is put away."""
        if record != self._record:
            self._is_open = False
        self._record, self._today = record, today
        self._reading.drop()
        self._reading = self._desk.read(partial(_read, record=record), self._on_read)

    def forget(self) -> None:
        """Show nothing of anybody any more."""
        self._reading.drop()
        self._record, self._is_open = "", False
        self._on_read((Switch(is_on=False), ()))

    def row(self, key: str) -> SpecialRow:
        """The row of a question."""
        return self._rows[key]

    def _on_read(self, read: tuple[Switch, Sequence[SpecialAnswer]]) -> None:
        switch, answers = read
        answered = sum(answer.is_answered for answer in answers)
        if not switch.is_on:
            told = say(
                "Health, religion, politics and the like are not asked for. They stay off until there is a reason."
            )
        else:
            held = say_count("{count} answer is kept", "{count} answers are kept", answered)
            told = say("{held}, on this computer only. They never count as knowledge.", held=held)
        self._told.setText(told)
        self.switch.setVisible(not switch.is_on)
        self.show_action((say("Close") if self._is_open else say("Open")) if switch.is_on else "")
        self._show_rows(answers if switch.is_on and self._is_open else ())
        self.filled.emit()

    def _show_rows(self, answers: Sequence[SpecialAnswer]) -> None:
        rows = self._standing.show([(self._record, answer, self._today) for answer in answers])
        put_in_order(self._list, rows)
        for row in rows:
            row.put_away()
        self._rows = {answer.field.key: row for answer, row in zip(answers, rows, strict=True)}

    def _new_row(self, shown: tuple[str, SpecialAnswer, date]) -> SpecialRow:
        _record, answer, today = shown
        row = SpecialRow(self._desk, answer, today)
        row.look_requested.connect(self._on_look_requested)
        row.edit_requested.connect(self._on_edit_requested)
        return row

    def _on_action_requested(self) -> None:
        self._is_open = not self._is_open
        self.show_record(self._record, self._today)

    def _on_look_requested(self, key: str) -> None:
        asked = _Asked(self, key)
        self._desk.write(say("Showing the answer"), partial(reveal, record=self._record, key=key), asked.show)

    def show_answer(self, record: str, key: str, value: ShownValue | None) -> None:
        """Show an answer that was asked for, if its question is still in sight."""
        if record == self._record and key in self._rows:
            self._rows[key].show_answer(value.text if value else say("No answer any more"))
            self.filled.emit()

    @property
    def record(self) -> str:
        """Whose questions are in sight."""
        return self._record

    def _on_edit_requested(self, key: str) -> None:
        ConsentDialog(self._desk, self._record, key, self.window()).open()

    def _on_switch_wanted(self) -> None:
        dialog = SwitchDialog(self._desk, self.window())
        dialog.switched.connect(self._on_switched)
        dialog.open()

    def _on_switched(self) -> None:
        self._is_open = True
        self.show_record(self._record, self._today)


class _Asked:
    """Brings an answer back to the question it was asked for."""

    def __init__(self, card: SpecialCard, key: str) -> None:
        self._card = card
        self._record = card.record
        self._key = key

    def show(self, value: ShownValue | None) -> None:
        self._card.show_answer(self._record, self._key, value)


class SwitchDialog(FormDialog):
    """Asks for the reason without which sensitive answers stay off."""

    switched = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = say(
            "Such answers need the person’s consent, each of them. They are kept on this computer alone, shown one at a "
            "time, and every look is noted."
        )
        title = say("Switch sensitive answers on")
        super().__init__(desk.theme, title, say("Switch on"), explanation=told, parent=parent)
        self._desk = desk
        self.reason = QLineEdit()
        self.add_field(say("What are they needed for?"), self.reason)
        self.reason.textChanged.connect(self._on_text_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self.allow_accept(is_allowed=False)

    def _on_text_changed(self, text: str) -> None:
        self.allow_accept(is_allowed=bool(text.strip()))

    def _on_accept_requested(self) -> None:
        work = partial(switch_on, reason=self.reason.text())
        self._desk.write(say("Switching on"), work, self._on_switched, self.show_error)

    def _on_switched(self, _switch: Switch) -> None:
        self.switched.emit()
        self.accept()


class ConsentDialog(FormDialog):
    """Takes one sensitive answer together with how the person agreed."""

    def __init__(self, desk: Desk, record: str, key: str, parent: QWidget) -> None:
        told = say("Would you be comfortable if they read this? An empty answer takes away the one that stands.")
        super().__init__(desk.theme, say("Sensitive answer"), say("Keep"), explanation=told, parent=parent)
        self._desk = desk
        self._record = record
        self._key = key
        self.answer = QPlainTextEdit()
        self.answer.setTabChangesFocus(True)
        self.answer.setFixedHeight(self.answer.fontMetrics().lineSpacing() * 4 + 28)
        self.consent = QLineEdit()
        self.add_field(say("Answer"), self.answer)
        self.add_field(say("How did they agree to its being kept?"), self.consent)
        self.accept_requested.connect(self._on_accept_requested)

    def _on_accept_requested(self) -> None:
        text = self.answer.toPlainText().strip()
        typed = Typed(self._record, self._key, text, clear=not text)
        work = partial(set_special, typed=typed, consent=self.consent.text())
        self._desk.write(say("Keeping the answer"), work, self._on_kept, self.show_error)

    def _on_kept(self, _changes: object) -> None:
        self.accept()


def _read(session: Session, record: str) -> tuple[Switch, tuple[SpecialAnswer, ...]]:
    switch = switch_of(session)
    return switch, special_answers(session, record)
