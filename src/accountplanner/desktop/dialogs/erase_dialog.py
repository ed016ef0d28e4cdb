"""Erasing a person for good: the one thing without an undo, so it asks, and says afterwards what is left to do."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.telling import tell_all, tell_title
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.calendar import read_day
from accountplanner.usecases.copies_outside import SentWorkbook
from accountplanner.usecases.erasing import Erased, erase


class EraseDialog(FormDialog):
    """Asks for the person's name before anything is erased."""

    def __init__(self, desk: Desk, record: str, name: str, parent: QWidget) -> None:
        told = say(
            "Everything known of {name} goes: answers, ties, private notes, imported files and older backups, here and "
            "on every colleague’s computer once they have your next workbook. This cannot be undone.",
            name=name,
        )
        super().__init__(desk.theme, say("Erase {name}", name=name), say("Erase"), explanation=told, parent=parent)
        self._desk = desk
        self._record = record
        self._name = name
        self._is_done = False
        self._typed = QLineEdit()
        self.add_field(say("Type the name to confirm"), self._typed)
        self._typed.textChanged.connect(self._on_text_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self.allow_accept(is_allowed=False)

    def _on_text_changed(self, text: str) -> None:
        self.allow_accept(is_allowed=text.strip().casefold() == self._name.strip().casefold())

    def _on_accept_requested(self) -> None:
        if self._is_done:
            self.accept()
            return
        self.allow_accept(is_allowed=False)
        self._desk.write(say("Erasing"), partial(erase, record=self._record), self._on_erased, self._on_refused)

    def _on_erased(self, erased: Erased) -> None:
        self._is_done = True
        self._typed.setEnabled(False)
        left = [
            say_count(
                "{count} text of others still names the person.",
                "{count} texts of others still name the person.",
                len(erased.mentions),
            )
            if erased.mentions
            else "",
            tell_all(erased.again),
            say("Ask whoever has these workbooks to delete them: {names}.", names=self._named(erased))
            if erased.sent
            else "",
        ]
        told = " ".join(part for part in left if part) or say("Nothing is left to do.")
        self.show_title(say("Erased"), told, say("Close"))
        self.cancel_button.hide()
        self.allow_accept(is_allowed=True)

    def _named(self, erased: Erased) -> str:
        return ", ".join(self._sent(each) for each in erased.sent)

    def _sent(self, each: SentWorkbook) -> str:
        title, day = tell_title(each.title), read_day(each.made_on)
        return say("{name} of {day}", name=title, day=self._desk.formats.full_date(day)) if day else title

    def _on_refused(self, sentence: str) -> None:
        self.allow_accept(is_allowed=True)
        self.show_error(sentence)
