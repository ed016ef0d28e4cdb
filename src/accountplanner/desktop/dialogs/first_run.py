"""The first run: three short screens from nothing to a workspace one can work in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from accountplanner.desktop.dialogs.first_run_screens import BeginningScreen, KeyScreen, PersonScreen, PlaceScreen
from accountplanner.desktop.door import Door
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say
from accountplanner.usecases.workspaces import Created, NewWorkspace, Places

_SIZE_PX = (580, 520)


class FirstRun(FormDialog):
    """Makes a workspace. `finished_with` carries the session and what to begin with: sample, list or empty.

    `refine` may change the wish before it is carried out; tests make key stretching cheap with it.
    """

    finished_with = Signal(object, str)

    def __init__(
        self, theme: Theme, door: Door, parent: QWidget, refine: Callable[[NewWorkspace], NewWorkspace] | None = None
    ) -> None:
        super().__init__(theme, say("Welcome to Account Planner"), say("Continue"), parent=parent)
        self._door = door
        self._refine = refine
        self._created: Created | None = None
        self._place = PlaceScreen(theme, door.places)
        self._person = PersonScreen(theme)
        self._key = KeyScreen(theme)
        self._beginning = BeginningScreen()
        self._screens = QStackedWidget()
        for screen in (self._place, self._person, self._key, self._beginning):
            self._screens.addWidget(screen)
        self.body.addWidget(self._screens)
        self.resize(*_SIZE_PX)
        self.setMinimumWidth(_SIZE_PX[0])
        self._connect()
        self._show(self._place)

    def _connect(self) -> None:
        self.accept_requested.connect(self._on_accept_requested)
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self._place.folder_wanted.connect(self._on_folder_wanted)
        self._place.join_file_wanted.connect(self._on_join_file_wanted)
        self._person.changed.connect(self._allow)
        self._key.changed.connect(self._allow)
        self._place.changed.connect(self._allow)
        self._door.created.connect(self._on_created)
        self._door.refused.connect(self._on_refused)

    def _show(self, screen: QWidget) -> None:
        titles: dict[QWidget, tuple[str, str, str]] = {
            self._place: (say("Everything stays on this computer"), say("Continue"), say("Quit")),
            self._person: (say("Who you are, and the lock"), say("Make the workspace"), say("Back")),
            self._key: (say("Your recovery key"), say("Continue"), ""),
            self._beginning: (say("How do you want to begin?"), say("Start"), ""),
        }
        title, accept, cancel = titles[screen]
        self._title.setText(title)
        self.accept_button.setText(accept)
        self.cancel_button.setText(cancel)
        self.cancel_button.setVisible(bool(cancel))
        self.show_error("")
        self._screens.setCurrentWidget(screen)
        screen.setFocus()
        self._allow()

    def _allow(self) -> None:
        screen = self._screens.currentWidget()
        ready: dict[QWidget | None, bool] = {
            self._place: self._place.is_ready(),
            self._person: self._person.is_ready(),
            self._key: self._key.is_ready(),
        }
        self.allow_accept(is_allowed=ready.get(screen, True))

    def _on_accept_requested(self) -> None:
        screen = self._screens.currentWidget()
        if screen is self._place:
            self._person.show_joining(is_joining=bool(self._place.join_file()))
            self._show(self._person)
        elif screen is self._person:
            self._create()
        elif screen is self._key:
            if self._place.join_file():
                self._finish("empty")
            else:
                self._show(self._beginning)
        else:
            self._finish(self._beginning.chosen())

    def _create(self) -> None:
        if complaint := self._person.complaint():
            self.show_error(complaint)
            return
        person = self._person
        wish = NewWorkspace(
            self._place.places(),
            person.name.text().strip(),
            person.email.text().strip(),
            person.passphrase.text(),
            person.currency.currentText(),
            self._place.join_file(),
            self._place.join_passphrase(),
        )
        self.show_error("")
        self.allow_accept(is_allowed=False)
        self._door.create(self._refine(wish) if self._refine else wish, remember=person.remember.isChecked())

    def _on_created(self, created: Created) -> None:
        self._created = created
        self._person.forget_passphrase()
        self._key.show_key(created.recovery_key)
        self._show(self._key)

    def _on_refused(self, sentence: str) -> None:
        self.show_error(sentence)
        self.allow_accept(is_allowed=True)

    def _finish(self, beginning: str) -> None:
        if self._created is not None:
            created, self._created = self._created, None
            self._key.show_key("")
            # Gone before anything begins: the next thing may be a dialog of its own, for the list to bring in.
            self.accept()
            self.finished_with.emit(created.session, beginning)

    def _on_cancel_clicked(self) -> None:
        if self._screens.currentWidget() is self._person:
            self._show(self._place)
        else:
            self.reject()

    def _on_folder_wanted(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("Where the workspace lies"))
        if chosen:
            self._place.show_places(Places(Path(chosen) / "Account Planner"))

    def _on_join_file_wanted(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, say("The join file of your team"))
        if chosen:
            self._place.show_join_file(Path(chosen))

    @override
    def reject(self) -> None:
        # Once the workspace exists, its recovery key must have been seen.
        if self._created is None:
            super().reject()
