"""Whose workspace this is and where it lies."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.settings.rows import Section, SettingRow
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.own_workspace import OwnWorkspace, name_oneself, own_workspace


class WorkspaceSection(Section):
    """Name and address as colleagues see them; folder and currency to know."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.name, self.email = QLineEdit(), QLineEdit()
        for field in (self.name, self.email):
            field.setMinimumWidth(280)
            field.editingFinished.connect(self._on_edited)
        self.folder = Label("", "body")
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.currency = Label("", "body")
        self._refusal = Label("", "small_strong", "bad", wrap=True)
        self._refusal.hide()
        self.copy = Button(theme, say("Copy the place"), "link", "copy")
        self._folder_row = SettingRow(say("Folder"), "", self.copy)
        self._add_cards(theme)
        self.copy.clicked.connect(self._on_copy_clicked)
        desk.opened.connect(self.refresh)
        desk.closing.connect(self._on_closing)
        self._own: OwnWorkspace | None = None
        self.refresh()

    def _add_cards(self, theme: Theme) -> None:
        self.add_card(
            theme,
            say("You"),
            (
                SettingRow(say("Name"), say("Colleagues see it beside everything you say."), self.name),
                SettingRow(say("E-mail"), say("So that a workbook can be sent back to you."), self.email),
                self._refusal,
            ),
        )
        self.add_card(
            theme,
            say("Workspace"),
            (
                self._folder_row,
                SettingRow(
                    say("Currency"),
                    say("Chosen when the team was founded; every colleague has the same."),
                    self.currency,
                ),
            ),
        )

    def refresh(self) -> None:
        """Read again whose workspace it is."""
        self._desk.read(own_workspace, self._on_read)

    def _on_read(self, own: OwnWorkspace) -> None:
        self._own = own
        self.name.setText(own.name)
        self.email.setText(own.email)
        self.currency.setText(own.currency)
        self._folder_row.say(str(own.folder))

    def _on_edited(self) -> None:
        own, typed = self._own, (self.name.text().strip(), self.email.text().strip())
        if own is not None and typed != (own.name, own.email):
            work = partial(name_oneself, name=typed[0], email=typed[1])
            self._desk.write(say("Saving"), work, self._on_saved, self._on_refused)

    def _on_saved(self, _changes: object) -> None:
        self._refusal.hide()
        self.refresh()

    def _on_refused(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()

    def _on_copy_clicked(self) -> None:
        if self._own is not None:
            QGuiApplication.clipboard().setText(str(self._own.folder))
            self._desk.tell(say("The folder’s place is on the clipboard."))

    def _on_closing(self) -> None:
        self._own = None
        for shown in (self.name, self.email, self.currency):
            shown.clear()
        self._folder_row.say("")
