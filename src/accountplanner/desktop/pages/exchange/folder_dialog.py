"""Exchange with colleagues through the shared folder: first what would happen, then what was done."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.import_confirm_step import ConfirmStep
from accountplanner.desktop.dialogs.import_redo_offer import RedoOffer
from accountplanner.desktop.jobs import Progress
from accountplanner.desktop.telling import tell, tell_all
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.exchange_folder import FolderPlan, FolderResult, carry_out, plan_exchange
from accountplanner.usecases.history import redo_step
from accountplanner.usecases.session import Session

_MOST_SENTENCES = 6
_USUAL_PX = (760, 240)
_WITH_TABLE_PX = 560


class FolderDialog(FormDialog):
    """Shows what comes in and what goes out; nothing is written before a person agrees. `exchanged` comes afterwards."""

    exchanged = Signal(object)

    def __init__(self, desk: Desk, folder: Path, parent: QWidget) -> None:
        super().__init__(desk.theme, say("Exchange with colleagues"), say("Exchange now"), parent=parent)
        self._desk = desk
        self._folder = folder
        self._plan: FolderPlan | None = None
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(say("Progress"))
        self.coming = ConfirmStep(desk)
        self.undone = RedoOffer(desk.theme)
        self.going = Label("", "body", wrap=True)
        self.aside = Label("", "small", "muted", wrap=True)
        for widget in (self._busy, self.coming, self.undone, self.aside, self.going):
            self.body.addWidget(widget, 100 if widget is self.coming else 0)
        self.body.addStretch(1)
        self.let_body_grow()
        self.resize(QSize(*(self.theme.scaled(each) for each in _USUAL_PX)).boundedTo(self._room()))
        self.accept_requested.connect(self._on_accept_requested)
        self.undone.redo_wanted.connect(self._on_redo_wanted)
        self.rejected.connect(self._on_rejected)
        self._show_busy(say("Reading…"), say("Nothing is written while the workbooks are read."))
        work = partial(_plan, folder=folder)
        self._work = desk.write_slowly(say("Reading the shared folder"), work, self._on_planned, self._on_refused)

    def _show_busy(self, title: str, told: str) -> None:
        self.show_title(title, told, say("Exchange now"))
        self.allow_accept(is_allowed=False)
        self._busy.show()
        for widget in (self.coming, self.undone, self.going, self.aside):
            widget.hide()

    def _make_room(self) -> None:
        """A table of what comes wants more of it than one sentence does."""
        wanted = self.size().expandedTo(QSize(0, self.theme.scaled(_WITH_TABLE_PX)))
        self.resize(wanted.boundedTo(self._room()))

    def _on_planned(self, plan: FolderPlan) -> None:
        self._plan = plan
        self._busy.hide()
        told = _what_comes(plan)
        self.show_title(say("Exchange with colleagues"), told, say("Exchange now"))
        if plan.preview is not None:
            self.coming.show_preview(plan.preview)
            self.undone.show_steps(plan.preview.undone)
        self.undone.setVisible(self.undone.has_anything())
        self.coming.setVisible(plan.preview is not None)
        if plan.preview is not None:
            self._make_room()
        # Without a table below them the figures would spread over all the height there is.
        grows = QSizePolicy.Policy.Maximum if self.coming.table.isHidden() else QSizePolicy.Policy.Expanding
        self.coming.setSizePolicy(QSizePolicy.Policy.Expanding, grows)
        aside = _aside(plan)
        self.aside.setText("\n".join(aside))
        self.aside.setVisible(bool(aside))
        self.going.setText(tell(plan.outgoing.sentence()))
        self.going.show()
        self.allow_accept(is_allowed=bool(plan.preview is not None or plan.outgoing.reason))
        self.accept_button.setFocus()

    def _on_accept_requested(self) -> None:
        if self._plan is None or not self.accept_button.isEnabled():
            return
        self.show_error("")
        self._show_busy(say("Exchanging…"), say("What comes in is one step that can be undone."))
        work = partial(_carry_out, plan=self._plan, unticked=self.coming.unticked())
        self._work = self._desk.write_slowly(say("Exchanging"), work, self._on_exchanged, self._on_refused)

    def _on_redo_wanted(self, numbers: Sequence[int]) -> None:
        """What is redone changes what is sent, so the dialog closes; the next exchange carries it."""
        self.undone.setEnabled(False)
        for number in numbers:
            self._desk.write(say("Redo"), partial(_redo, number=number))
        self.reject()

    def _on_exchanged(self, result: FolderResult) -> None:
        self.exchanged.emit(result)
        if result.refusal:
            self._busy.hide()
            self.show_title(
                say("Your workbook could not be written"), say("What came in is kept."), say("Exchange now")
            )
            self.show_error(tell(result.refusal))
            return
        if result.edition is not None and (result.edition.is_second or result.edition.warning):
            self._desk.tell(tell_all((result.edition.sentence(), result.edition.warning)))
        elif not result.changes:
            self._desk.tell(say("Exchanged; nothing new came in."))
        self.accept()

    def _on_refused(self, sentence: str) -> None:
        self._busy.hide()
        self.show_title(say("Exchange with colleagues"), "", say("Exchange now"))
        self.show_error(sentence)

    def _on_rejected(self) -> None:
        self._work.drop()


def _what_comes(plan: FolderPlan) -> str:
    people = list(dict.fromkeys(file.who or file.name for file in plan.of("new")))
    if not people:
        return say("Nothing new lies in the folder.")
    parts = [_listed(say("New from {names}."), say("New from {names} and {count} more."), people, 3)]
    if plan.touched:
        parts.append(_listed(say("About {names}."), say("About {names} and {count} more."), plan.touched, 6))
    return " ".join(parts)


def _listed(all_named: str, with_more: str, names: Sequence[str], most: int) -> str:
    sentence = with_more if len(names) > most else all_named
    return sentence.format(names=", ".join(names[:most]), count=len(names) - most)


def _aside(plan: FolderPlan) -> Sequence[str]:
    """What is not taken, and why."""
    told = [tell(file.sentence) for file in plan.of("refused", "waits", "other") if file.sentence]
    left = len(told) - _MOST_SENTENCES
    more = [say_count("and {count} more", "and {count} more", left)] if left > 0 else []
    return [*told[:_MOST_SENTENCES], *more]


def _redo(session: Session, number: int) -> Changes:
    return redo_step(session, number)


def _plan(session: Session, progress: Progress, folder: Path) -> FolderPlan:
    return plan_exchange(session, folder, report=progress.report)


def _carry_out(session: Session, progress: Progress, plan: FolderPlan, unticked: frozenset[str]) -> FolderResult:
    progress.report(0, 0)
    return carry_out(session, plan, unticked=unticked)
