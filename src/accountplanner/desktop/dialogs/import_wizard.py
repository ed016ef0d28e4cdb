"""Bringing files in, in four steps one can see: File, Map, Fix, Confirm. Nothing is written before the last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.dialogs.import_confirm_step import ConfirmStep
from accountplanner.desktop.dialogs.import_file_step import FileStep
from accountplanner.desktop.dialogs.import_fix_step import FixStep
from accountplanner.desktop.dialogs.import_map_step import MapStep
from accountplanner.desktop.dialogs.import_redo_offer import RedoOffer
from accountplanner.desktop.jobs import Progress
from accountplanner.desktop.telling import tell_title
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.drafts import Draft
from accountplanner.usecases.history import redo_step
from accountplanner.usecases.import_plans import ImportOptions, ImportPreview, ImportResult
from accountplanner.usecases.importing import apply_import, preview_import
from accountplanner.usecases.mapping_choices import settle_choices
from accountplanner.usecases.session import Session

_SIZE_PX = (940, 640)
_STEPS = ("file", "map", "fix", "confirm")

Applied = tuple[ImportResult, Changes]


class ImportWizard(FormDialog):
    """Reads, shows and applies. `applied` carries the result."""

    applied = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, paths: Sequence[Path] = ()) -> None:
        super().__init__(desk.theme, say("Import"), say("Next"), parent=parent)
        self._desk = desk
        self._preview: ImportPreview | None = None
        self._options = ImportOptions()
        self._reading = Reading(None)
        self._at = 0
        session = desk.session
        self.file = FileStep(desk.theme, session.currency if session else "EUR")
        self.map = MapStep(desk.theme)
        self.fix = FixStep(desk.theme)
        self.confirm = ConfirmStep(desk)
        self.undone = RedoOffer(desk.theme)
        self._steps = QStackedWidget()
        self.back = Button(desk.theme, say("Back"))
        self._arrange(parent)
        self._connect()
        self._show_step(0)
        if paths:
            self.file.add_paths(paths)
            QTimer.singleShot(0, self._on_accept_requested)

    def begun(self) -> list[Draft]:
        """The cells put right so far, for when the program is locked before they are taken in."""
        held = self._with_corrections().corrections
        return [Draft(f"{say('Import')}: {each.sheet}, {each.row}, {each.column}", each.text) for each in held]

    def _arrange(self, parent: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.LARGE)
        self._labels = [
            Label(words, "small_strong", "faint")
            for words in (say("1 File"), say("2 Map"), say("3 Fix"), say("4 Confirm"))
        ]
        for label in self._labels:
            row.addWidget(label)
        row.addStretch(1)
        self.body.addLayout(row)
        for step in (self.file, self.map, self.fix, self.confirm):
            self._steps.addWidget(step)
        self.body.addWidget(self._steps, 1)
        self.body.addWidget(self.undone)
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName(say("Progress"))
        self.body.addWidget(self._busy)
        self._busy.hide()
        self.let_body_grow()
        self.beside.addWidget(self.back)
        around = parent.window().size()
        wanted = [self._desk.theme.scaled(each) for each in _SIZE_PX]
        self.resize(min(wanted[0], around.width() - 48), min(wanted[1], around.height() - 48))

    def _connect(self) -> None:
        self.accept_requested.connect(self._on_accept_requested)
        self.back.clicked.connect(self._on_back_clicked)
        self.file.changed.connect(self._on_file_changed)
        self.map.otherwise_wanted.connect(self._on_otherwise_wanted)
        self.map.kind_wanted.connect(self._on_kind_wanted)
        self.fix.rejoining_wanted.connect(self._on_rejoining_wanted)
        self.fix.told.connect(self._desk.tell)
        self.confirm.asked.connect(self._on_asked)
        self.confirm.sharing_wanted.connect(self._on_sharing_wanted)
        self.undone.redo_wanted.connect(self._on_redo_wanted)

    def _show_step(self, at: int) -> None:
        self._at = at
        self._busy.hide()
        self.show_title(*_title(at, is_known=self.map.is_known()))
        for number, label in enumerate(self._labels):
            label.set_tone("accent" if number == at else "muted" if number < at else "faint")
        self._steps.setCurrentIndex(at)
        self.undone.setVisible(at == 3 and self.undone.has_anything())
        self.back.setVisible(at > 0)
        self.show_error("")
        self.allow_accept(is_allowed=at > 0 or bool(self.file.paths()))
        if at == 0:
            self.file.setFocus()
        if at == 2:
            self.fix.table.setFocus()
        if at in (1, 3):
            # Enter goes on; the rarer wish to have it otherwise is the first thing the focus would find.
            self.accept_button.setFocus()

    def _on_file_changed(self) -> None:
        self.allow_accept(is_allowed=bool(self.file.paths()))

    def _on_accept_requested(self) -> None:
        if self._at == 0 and self.file.paths():
            self._options = ImportOptions(currency=self.file.currency(), password=self.file.password())
            self._read(self._on_first_read)
        elif self._at == 1 and self._preview is not None and self.map.is_known():
            self._after_mapping(self._preview)
        elif self._at == 1 and self._preview is not None:
            proposals = self._preview.plan.proposals
            name = Path(self.file.paths()[0]).stem
            settled = settle_choices(proposals, self.map.chosen(), name, self.file.currency())
            self._options = replace(self._with_corrections(), settled=settled)
            self._read(self._on_mapped_read)
        elif self._at == 2:
            self._after_fixing()
        elif self._at == 3:
            self._apply()

    def _after_fixing(self) -> None:
        """Read again where something was put right, so that what is confirmed is what will happen."""
        if self.fix.corrections() and self._preview is not None:
            self._options = replace(self._with_corrections(), settled=self._preview.plan.mapping)
            self._read(self._on_mapped_read)
        else:
            self._show_confirm()

    def _with_corrections(self) -> ImportOptions:
        """How to read, with what was put right until now; of two corrections of one cell the later."""
        held = (*self._options.corrections, *self.fix.corrections())
        last = {(each.sheet, each.row, each.column, each.found): each for each in held}
        return replace(self._options, corrections=tuple(last.values()))

    def _on_back_clicked(self) -> None:
        wanted = self._at - 1
        if wanted == 2 and not self.fix.has_anything():
            wanted = 1
        if wanted == 1 and not self.map.has_anything():
            wanted = 0
        self._show_step(wanted)

    def _read(self, done: Callable[[ImportPreview], object]) -> None:
        self.allow_accept(is_allowed=False)
        self.show_error("")
        self.show_title(say("Reading…"), say("Nothing is written while the files are read."), say("Next"))
        self._busy.show()
        work = partial(_preview, paths=self.file.paths(), options=self._options)
        self._reading = self._desk.write_slowly(say("Reading the files"), work, done, self._on_refused)

    def _on_first_read(self, preview: ImportPreview) -> None:
        self._preview, plan = preview, preview.plan
        if plan.mapping is not None and plan.recognised and not plan.proposals:
            self.map.show_known(plan.mapping, plan.recognised)
        else:
            self.map.show_proposals(plan.proposals)
        if self.map.has_anything():
            self._show_step(1)
        else:
            self._after_mapping(preview)

    def _on_mapped_read(self, preview: ImportPreview) -> None:
        # A settled mapping has no proposals of its own; going back shows those it was made from.
        if self._preview is not None:
            preview.plan.proposals = self._preview.plan.proposals
        self._after_mapping(preview)

    def _after_mapping(self, preview: ImportPreview) -> None:
        self._preview = preview
        self.fix.show_plan(preview.plan)
        if self.fix.has_anything():
            self._show_step(2)
        else:
            self._show_confirm()

    def _show_confirm(self) -> None:
        if self._preview is not None:
            self.confirm.show_preview(self._preview)
            self.undone.show_steps(self._preview.undone)
            self._show_step(3)
            self.allow_accept(is_allowed=self.confirm.has_anything())

    def _on_asked(self) -> None:
        if self._at == 3 and self.accept_button.hasFocus():
            self.confirm.matches.enter()

    def _on_otherwise_wanted(self) -> None:
        self._options = replace(self._options, otherwise=True)
        self._read(self._on_first_read)

    def _on_sharing_wanted(self, is_wanted: bool) -> None:  # noqa: FBT001 - a signal carries it
        self._options = replace(self._options, shares=is_wanted)
        self._read(self._on_shared_read)

    def _on_shared_read(self, preview: ImportPreview) -> None:
        self._preview = preview
        self._show_confirm()
        self.confirm.share.setFocus()

    def _on_kind_wanted(self, kind: str) -> None:
        self._options = replace(self._options, kind=kind)
        self._read(self._on_read_as_kind)

    def _on_read_as_kind(self, preview: ImportPreview) -> None:
        self._on_first_read(preview)
        if self.map.kind is not None:
            # Arrow keys go on from where the person was choosing.
            self.map.kind.setFocus()

    def _on_rejoining_wanted(self) -> None:
        settled = self._preview.plan.mapping if self._preview else None
        self._options = replace(self._with_corrections(), rejoin=True, settled=settled)
        self._read(self._on_mapped_read)

    def _on_redo_wanted(self, numbers: Sequence[int]) -> None:
        self.undone.setEnabled(False)
        for number in numbers:
            self._desk.write(say("Redo"), partial(_redo, number=number))
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self._show_step(self._at)
        self.show_error(sentence)

    def _apply(self) -> None:
        if self._preview is None:
            return
        self.allow_accept(is_allowed=False)
        self.show_title(say("Importing…"), say("A backup is taken first."), say("Import"))
        self._busy.show()
        decisions = dict(self.confirm.decisions())
        work = partial(_apply, preview=self._preview, unticked=self.confirm.unticked(), decisions=decisions)
        self._reading = self._desk.write_slowly(say("Importing"), work, self._on_applied, self._on_refused)

    @override
    def reject(self) -> None:
        # Reading stops; an import that has begun is written as a whole and told about.
        self._reading.drop()
        super().reject()

    def _on_applied(self, applied: Applied) -> None:
        result, changes = applied
        if not (changes or changes.step):
            # What changed nothing is announced to nobody, and still a file may wait now or be held back.
            self._desk.tell(tell_title(changes.title))
        self.applied.emit(result)
        self.accept()


def _title(at: int, *, is_known: bool) -> tuple[str, str, str]:
    """A step's title, what is told below it, and the word on the button that goes on."""
    if at == 0:
        return say("Which files?"), say("Workbooks that came back, or any list of your own."), say("Next")
    if at == 1 and is_known:
        told = say("This list is known, so nothing has to be chosen. If it is another one, read it otherwise.")
        return say("How the list is read"), told, say("Next")
    if at == 1:
        told = say("Proposed by header, likeness and content. Change what is wrong; the choice is remembered.")
        return say("What does each column mean?"), told, say("Next")
    if at == 2:
        told = say("Enter puts a cell right where it stands, Ctrl+Enter goes on: good rows are not held back by these.")
        return say("What could not be read"), told, say("Next")
    return say("What will happen"), say("Nothing has been written yet."), say("Import")


def _preview(session: Session, progress: Progress, paths: Sequence[Path], options: ImportOptions) -> ImportPreview:
    progress.report(0, 0)
    return preview_import(session, paths, options)


def _redo(session: Session, number: int) -> Changes:
    return redo_step(session, number)


def _apply(
    session: Session,
    progress: Progress,
    preview: ImportPreview,
    unticked: frozenset[str],
    decisions: Mapping[str, bool],
) -> Applied:
    progress.report(0, 0)
    result = apply_import(session, preview, unticked, decisions)
    return result, Changes(result.records, result.step, _told(result))


def _told(result: ImportResult) -> str:
    counts = result.counts
    parts = [
        say_count("{count} new record", "{count} new records", counts.new) if counts.new else "",
        say_count("{count} change", "{count} changes", counts.changed) if counts.changed else "",
        say_count("{count} conflict", "{count} conflicts", counts.conflicts) if counts.conflicts else "",
        say_count("{count} to decide", "{count} to decide", counts.suggestions) if counts.suggestions else "",
        say_count("{count} file to decide about", "{count} files to decide about", counts.files)
        if counts.files
        else "",
    ]
    what = ", ".join(part for part in parts if part)
    if counts.changes or result.step:
        return say("Imported: {what}", what=what or say("nothing new"))
    if what:
        return say("Nothing is changed before you decide: {what}", what=what)
    return say("Nothing was changed; the file is kept.")
