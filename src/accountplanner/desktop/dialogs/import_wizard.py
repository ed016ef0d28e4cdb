"""Bringing files in, in four steps one can see: File, Map, Fix, Confirm. Nothing is written before the last."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.import_confirm_step import ConfirmStep
from accountplanner.desktop.dialogs.import_file_step import FileStep
from accountplanner.desktop.dialogs.import_fix_step import FixStep
from accountplanner.desktop.dialogs.import_map_step import MapStep
from accountplanner.desktop.dialogs.import_redo_offer import RedoOffer
from accountplanner.desktop.dialogs.import_words import step_words
from accountplanner.desktop.dialogs.import_work import Applied, carry_out, read_files
from accountplanner.desktop.dialogs.step_dialog import StepDialog
from accountplanner.desktop.telling import tell_title
from accountplanner.desktop.wording import say
from accountplanner.usecases.begun_imports import BegunImport, forget_import, keep_import
from accountplanner.usecases.history import redo_step
from accountplanner.usecases.import_plans import ImportOptions, ImportPlan, ImportPreview
from accountplanner.usecases.mapping_choices import TableMapping, settle_choices


class ImportWizard(StepDialog):
    """Reads, shows and applies. `applied` carries the result.

    Every answer is kept until the import is carried out or given up; `begun` is one to be taken up.
    """

    applied = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, paths: Sequence[Path] = (), begun: BegunImport | None = None
    ) -> None:
        super().__init__(desk.theme, say("Import"), say("Next"), parent=parent)
        self._desk = desk
        self._preview: ImportPreview | None = None
        self._options = ImportOptions()
        self._begun = begun
        self._kept = say("Taken up where it was left: what you had answered was kept.") if begun else ""
        self._reading = Reading(None)
        self.file = FileStep(desk.theme, begun.currency if begun else desk.currency)
        self.map = MapStep(desk.theme)
        self.fix = FixStep(desk.theme)
        self.confirm = ConfirmStep(desk)
        self.undone = RedoOffer(desk.theme)
        self._arrange()
        self._connect()
        self._show_step(0)
        if begun:
            self.confirm.take_up(begun)
        if files := [Path(each) for each in begun.paths] if begun else paths:
            self.file.add_paths(files)
            QTimer.singleShot(0, self._on_accept_requested)

    def _arrange(self) -> None:
        names = (say("1 File"), say("2 Map"), say("3 Fix"), say("4 Confirm"))
        self.put_steps(names, (self.file, self.map, self.fix, self.confirm), (self.undone,))

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
        for step in (self.map, self.fix, self.confirm):
            step.answered.connect(self._keep)

    def _show_step(self, at: int) -> None:
        title, told, accept_text = step_words(at, is_known=self.map.is_known())
        self.show_title(title, f"{told} {self._kept}".strip(), accept_text)
        self.turn_to(at)
        self.undone.setVisible(at == 3 and self.undone.has_anything())
        self.allow_accept(is_allowed=at > 0 or bool(self.file.paths()))
        if at == 0:
            self.file.setFocus()
        if at == 2:
            self.fix.table.setFocus()
        if at in (1, 3):
            # Enter goes on; the rarer wish to have it otherwise is the first thing the focus would find.
            self.accept_button.setFocus()
        self._keep()

    def _keep(self) -> None:
        """Keep what was answered where neither a lock nor a crash loses it; not while it is still being taken up."""
        if self._preview is None or self._begun is not None:
            return
        begun = BegunImport(
            tuple(map(str, self.file.paths())),
            self._at,
            self.file.currency(),
            self._options.kind,
            self._options.otherwise,
            self._options.rejoin,
            self._options.shares,
            tuple((table, column, field) for (table, column), field in self.map.chosen().items()),
            self._with_corrections().corrections,
            tuple(sorted(self.confirm.unticked())),
            self.confirm.matches.kept(),
        )
        self._desk.write(say("Keeping the answers"), partial(keep_import, begun=begun))

    def _forget(self) -> None:
        self._preview = None
        self._desk.write(say("Keeping the answers"), forget_import)

    def _on_file_changed(self) -> None:
        self.allow_accept(is_allowed=bool(self.file.paths()))

    def _on_accept_requested(self) -> None:
        if self._at == 0 and self.file.paths():
            begun = self._begun or BegunImport(())
            self._options = ImportOptions(
                currency=self.file.currency(),
                password=self.file.password(),
                kind=begun.kind,
                otherwise=begun.otherwise,
                shares=begun.shares,
            )
            self._read(self._on_first_read)
        elif self._at == 1 and self._preview is not None and self.map.is_known():
            self._after_mapping(self._preview)
        elif self._at == 1 and self._preview is not None:
            self._options = replace(self._with_corrections(), settled=self._settled(self._preview.plan))
            self._read(self._on_mapped_read)
        elif self._at == 2:
            self._after_fixing()
        elif self._at == 3:
            self._apply()

    def _settled(self, plan: ImportPlan) -> TableMapping | None:
        """The mapping that reads the lists as they were left, or the one they were recognised by."""
        if not plan.proposals:
            return plan.mapping
        return settle_choices(plan.proposals, self.map.chosen(), self.file.paths()[0].stem, self.file.currency())

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
        self.be_busy(say("Reading…"), say("Nothing is written while the files are read."), say("Next"))
        work = partial(read_files, paths=self.file.paths(), options=self._options)
        self._reading = self._desk.write_slowly(say("Reading the files"), work, done, self._on_refused)

    def _on_first_read(self, preview: ImportPreview) -> None:
        self._preview, plan = preview, preview.plan
        if plan.mapping is not None and plan.recognised and not plan.proposals:
            self.map.show_known(plan.mapping, plan.recognised)
        else:
            self.map.show_proposals(plan.proposals)
        if self._begun is not None:
            self._take_up(preview, self._begun)
        elif self.map.has_anything():
            self._show_step(1)
        else:
            self._after_mapping(preview)

    def _take_up(self, preview: ImportPreview, begun: BegunImport) -> None:
        """Go on from the lists as they were proposed to where somebody had come with them."""
        self.map.choose(begun.columns)
        if begun.step > 1:
            settled = self._settled(preview.plan)
            self._options = replace(self._options, settled=settled, corrections=begun.corrections, rejoin=begun.rejoin)
            self._read(self._on_taken_up)
        else:
            self._begun = None
            self._show_step(1 if self.map.has_anything() else 0)

    def _on_taken_up(self, preview: ImportPreview) -> None:
        begun, self._begun = self._begun, None
        self._on_mapped_read(preview)
        if begun is not None and begun.step == 3:
            self._show_confirm()

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
            self._desk.write(say("Redo"), partial(redo_step, number=number))
        self._forget()
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self._show_step(self._at)
        self.show_error(sentence)

    def _apply(self) -> None:
        if self._preview is None:
            return
        self.be_busy(say("Importing…"), say("A backup is taken first."), say("Import"))
        decisions = dict(self.confirm.decisions())
        work = partial(carry_out, preview=self._preview, unticked=self.confirm.unticked(), decisions=decisions)
        self._reading = self._desk.write_slowly(say("Importing"), work, self._on_applied, self._on_refused)

    @override
    def reject(self) -> None:
        # Reading stops; an import that has begun is written as a whole and told about.
        self._reading.drop()
        self._forget()
        super().reject()

    def _on_applied(self, applied: Applied) -> None:
        result, changes = applied
        if not (changes or changes.step):
            # What changed nothing is announced to nobody, and still a file may wait now or be held back.
            self._desk.tell(tell_title(changes.title))
        self.applied.emit(result)
        self.accept()
