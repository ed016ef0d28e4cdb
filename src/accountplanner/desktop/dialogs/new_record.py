"""Making a record from the few things one knows at first."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.session import Session


class NewRecordDialog(FormDialog):
    """Asks for some fields, the first of which is needed. `record_made` carries the new record's id."""

    record_made = Signal(str)

    def __init__(  # noqa: PLR0913 - what is asked, what is known, where it opens
        self,
        desk: Desk,
        kind: str,
        title: str,
        fields: Sequence[tuple[str, str]],
        *,
        fixed: Mapping[str, str] | None = None,
        explanation: str = "",
        parent: QWidget,
    ) -> None:
        super().__init__(desk.theme, title, say("Create"), explanation=explanation, parent=parent)
        self._desk = desk
        self._kind = kind
        self._fixed = dict(fixed or {})
        self._fields = {key: QLineEdit() for key, _ in fields}
        self._needed = fields[0]
        for key, label in fields:
            self.add_field(label, self._fields[key])
        self._fields[self._needed[0]].textChanged.connect(self._on_needed_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self.allow_accept(is_allowed=False)

    def _on_needed_changed(self, text: str) -> None:
        self.allow_accept(is_allowed=bool(text.strip()))

    def _on_accept_requested(self) -> None:
        values = {key: field.text().strip() for key, field in self._fields.items()}
        if not values[self._needed[0]]:
            return
        self.allow_accept(is_allowed=False)
        told = say("{name} added", name=values[self._needed[0]])
        work = partial(_create, kind=self._kind, values={**values, **self._fixed})
        self._desk.write(self.windowTitle(), work, self._on_made, self._on_refused, told=told)

    def _on_made(self, made: tuple[str, Changes]) -> None:
        self.record_made.emit(made[0])
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self.allow_accept(is_allowed=True)
        self.show_error(sentence)


def _create(session: Session, kind: str, values: Mapping[str, str]) -> tuple[str, Changes]:
    known = {key: text for key, text in values.items() if text}
    if not known:
        raise WrongUseError("Something has to be known about it.")
    return create_record(session, kind, known)
