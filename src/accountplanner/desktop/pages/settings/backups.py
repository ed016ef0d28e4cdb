"""Backups: which there are, what is in them, how long they are kept, and bringing one back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.bringing_back import BringingBack
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.pages.settings.backup_words import reason_words, size_words
from accountplanner.desktop.pages.settings.restore_dialog import RestoreDialog
from accountplanner.desktop.pages.settings.rows import Choice, Section, SettingRow
from accountplanner.desktop.telling import tell
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.wording import say
from accountplanner.usecases.backup_choices import (
    DAYS_OFFERED,
    BackupChoices,
    Kept,
    LookBack,
    backup_choices,
    copy_backups_to,
    copy_latest,
    keep_backups_for,
    kept_backups,
    look_back,
)
from accountplanner.usecases.restoring import BroughtBack
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import back_up


class BackupsSection(Section):
    """Lists every whole backup; each can be looked into and brought back."""

    restored = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bringing = BringingBack(desk, self)
        self.kept: list[Kept] = []
        self._rows: list[QWidget] = []
        self._build_widgets()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is kept."""
        self._desk.read(_read, self._on_read)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # An import has made one, too, since this was made.
        if not event.spontaneous():
            self.refresh()

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.days = Choice(theme, [(days, say("{count} days", count=days)) for days in DAYS_OFFERED])
        self.now = Button(theme, say("Back up now"), "primary", "shield")
        self.second = Button(theme, say("Choose a folder…"))
        self.no_second = Button(theme, say("No second copy"), "link")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.no_second)
        row.addWidget(self.second)
        both.setAccessibleName(say("A second copy"))
        self._second_row = SettingRow(say("A second copy"), "", both)
        self._place_row = SettingRow(say("Automatic backups"), "", self.now)
        self.add_card(
            theme,
            say("Backups"),
            (
                self._place_row,
                SettingRow(
                    say("Keep each day’s backup for"),
                    say("One for each of the last four weeks and twelve months is kept beside them."),
                    self.days,
                ),
                self._second_row,
            ),
        )
        self._list = self.add_card(theme, say("What can be brought back"), ())

    def _connect(self) -> None:
        self.days.chosen.connect(self._on_days_chosen)
        self.now.clicked.connect(self._on_now_clicked)
        self.second.clicked.connect(self._on_second_clicked)
        self.no_second.clicked.connect(self._on_no_second_clicked)
        self._bringing.done.connect(self._on_brought_back)
        self._desk.opened.connect(self.refresh)
        self._desk.backed_up.connect(self.refresh)

    def _on_read(self, read: tuple[BackupChoices, list[Kept]]) -> None:
        choices, kept = read
        is_as_shown, self.kept = kept == self.kept and bool(self._rows), kept
        self.days.show_value(choices.days)
        self.no_second.setVisible(bool(choices.second))
        self._place_row.say(
            say(
                "Every day, before each import and before updates of the program: encrypted and checked, in {folder}.",
                folder=choices.folder,
            )
        )
        self._second_row.say(self._second_words(choices))
        if not is_as_shown:
            self._show_rows()

    def _second_words(self, choices: BackupChoices) -> str:
        if not choices.second:
            return say("On a stick or another disk, so that a lost computer takes no work with it.")
        if any(kept.is_beside for kept in self.kept[:1]):
            return say("The latest backup lies in {folder}, too.", folder=choices.second)
        return say("The latest backup is not yet in {folder}; is it there?", folder=choices.second)

    def _show_rows(self) -> None:
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = [self._row(place, kept) for place, kept in enumerate(self.kept)]
        for row in self._rows:
            self._list.body.addWidget(row)
        self._list.title.show_text(say("What can be brought back") if self.kept else say("No backup yet"))

    def _row(self, place: int, kept: Kept) -> SettingRow:
        moment = self._desk.formats.moment(kept.backup.taken_at)
        look = Button(self._desk.theme, say("Look inside…"), "link")
        look.setAccessibleName(say("Look inside the backup of {moment}", moment=moment))
        look.setProperty("place", place)
        look.clicked.connect(self._on_look_clicked)
        facts = [reason_words(kept.backup.reason), size_words(kept.backup.size, self._desk.formats)]
        facts.append(say("checked row by row") if kept.backup.thorough else say("checked page by page"))
        if kept.is_beside:
            facts.append(say("second copy"))
        return SettingRow(moment, " · ".join(facts), look)

    def _on_look_clicked(self) -> None:
        kept = self.kept[self.sender().property("place")]
        self._desk.read(partial(_look, kept=kept), self._on_looked)

    def _on_looked(self, looked: LookBack) -> None:
        dialog = RestoreDialog(self._desk, looked, self.window())
        dialog.restore_wanted.connect(self._on_restore_wanted)
        dialog.open()

    def _on_restore_wanted(self, looked: LookBack) -> None:
        self._bringing.begin(Kept(looked.backup))

    def _on_brought_back(self, brought: BroughtBack) -> None:
        if brought.refusal:
            self._desk.tell(tell(brought.refusal))
        else:
            safety = self._desk.formats.moment(brought.safety.taken_at)
            self._desk.tell(
                say("The backup is back. What stood here until now is kept as the backup of {moment}.", moment=safety)
            )
        self.restored.emit()
        self.refresh()

    def _on_days_chosen(self, days: int) -> None:
        self._desk.write(say("Saving"), partial(keep_backups_for, days=days), self._on_kept)

    def _on_kept(self, _nothing: object) -> None:
        self.refresh()

    def _on_now_clicked(self) -> None:
        self._desk.write(say("Backing up"), _back_up_now, self._on_backed_up)

    def _on_backed_up(self, refusal: str) -> None:
        self._desk.tell(tell(refusal) or say("A verified, encrypted backup was made."))
        self.refresh()

    def _on_second_clicked(self) -> None:
        begins_at = str(documents_folder())
        chosen = QFileDialog.getExistingDirectory(self, say("A folder for the second copy"), begins_at)
        if chosen:
            self.choose_second(chosen)

    def choose_second(self, folder: str) -> None:
        """Copy backups to this folder from now on."""
        self._desk.write(say("Copying the backup"), partial(copy_backups_to, folder=folder), self._on_kept)

    def _on_no_second_clicked(self) -> None:
        self.choose_second("")


def _read(session: Session) -> tuple[BackupChoices, list[Kept]]:
    return backup_choices(session), kept_backups(session)


def _look(session: Session, kept: Kept) -> LookBack:
    return look_back(session, kept.backup)


def _back_up_now(session: Session) -> str:
    back_up(session)
    return copy_latest(session)
