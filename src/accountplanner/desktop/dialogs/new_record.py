"""Making a record from the few things one knows at first."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import Shiboken

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.value_editors import NameField, typed_in
from accountplanner.desktop.wording import say
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import FieldType
from accountplanner.usecases.browsing import Hit, find
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.namesakes import refuse_namesake
from accountplanner.usecases.session import Session

_NAMES_MOST = 8


class NewRecordDialog(FormDialog):
    """Asks for some fields, the first of which is needed. `record_made` carries the new record's id.

    Where one of this name is here already it says so first; whoever creates again means another.
    """

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
        self._refused: dict[str, str] = {}
        self._fields = {key: self._editor(key) for key, _ in fields}
        self._needed = fields[0]
        for key, label in fields:
            self.add_field(label, self._fields[key])
        self._fields[self._needed[0]].textChanged.connect(self._on_needed_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self.allow_accept(is_allowed=False)

    def _editor(self, key: str) -> QLineEdit:
        """A line for a field; one that names a record completes it as it is typed."""
        field = known_field(self._kind, key)
        if field is None or field.type is not FieldType.REFERENCE:
            return QLineEdit()
        editor = NameField("")
        editor.names_wanted.connect(self._on_names_wanted)
        return editor

    def _on_names_wanted(self, typed: str) -> None:
        editor = self.sender()
        key = next((key for key, each in self._fields.items() if each is editor), "")
        field = known_field(self._kind, key)
        if field is not None:
            work = partial(find, typed=typed, kinds=field.refers_to, limit=_NAMES_MOST)
            self._desk.read(work, _Names(self, key, typed).tell)

    def offer_names(self, key: str, typed: str, hits: Sequence[Hit]) -> None:
        """Offer records for what was typed into a field that names one."""
        editor = self._fields[key]
        if isinstance(editor, NameField):
            editor.offer(typed, [(hit.record, hit.title) for hit in hits if hit.in_title])

    def _on_needed_changed(self, text: str) -> None:
        self.allow_accept(is_allowed=bool(text.strip()))

    def _on_accept_requested(self) -> None:
        values = {key: typed_in(field).strip() for key, field in self._fields.items()}
        if not values[self._needed[0]]:
            return
        self.allow_accept(is_allowed=False)
        told = say("{name} added", name=values[self._needed[0]])
        values |= self._fixed
        work = partial(_create, kind=self._kind, values=values, has_been_told=values == self._refused)
        self._refused = values
        self._desk.write(self.windowTitle(), work, self._on_made, self._on_refused, told=told)

    def _on_made(self, made: tuple[str, Changes]) -> None:
        self.record_made.emit(made[0])
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self.allow_accept(is_allowed=True)
        self.show_error(sentence)


class _Names:
    """Brings names back to the field they were looked up for, if the dialog is still there."""

    def __init__(self, dialog: NewRecordDialog, key: str, typed: str) -> None:
        self._dialog = dialog
        self._key = key
        self._typed = typed

    def tell(self, hits: list[Hit]) -> None:
        if Shiboken.isValid(self._dialog):
            self._dialog.offer_names(self._key, self._typed, hits)


def _create(session: Session, kind: str, values: Mapping[str, str], *, has_been_told: bool) -> tuple[str, Changes]:
    known = {key: text for key, text in values.items() if text}
    if not known:
        raise WrongUseError("Something has to be known about it.")
    if not has_been_told:
        refuse_namesake(session, kind, known)
    return create_record(session, kind, known)
