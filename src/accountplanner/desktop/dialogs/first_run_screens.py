"""The screens of the first run, each asking for one thing."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.text import ElidedLabel, Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.workspaces import Places, place_warning

_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "JPY")
_GOOD_LENGTH = 16
_LEAST_LENGTH = 8


class _Screen(QWidget):
    """A column of things with room between them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.MEDIUM)


class PlaceScreen(_Screen):
    """Where the data lives, and that it goes nowhere; or the file that makes one a member of a team."""

    folder_wanted = Signal()
    join_file_wanted = Signal()

    def __init__(self, theme: Theme, places: Places) -> None:
        super().__init__()
        self._places = places
        self._join_file: Path | None = None
        told = say(
            "Account Planner has no account, no server and no connection. What you enter is kept encrypted in one "
            "folder on this computer, and leaves it only in workbooks that you write yourself."
        )
        self.column.addWidget(Label(told, wrap=True))
        self._folder = ElidedLabel("", "strong")
        self._warning = Label("", "small_strong", "warn", wrap=True)
        change = Button(theme, say("Choose another folder"), "link", "folder")
        self._join = Button(theme, say("I have a join file from my team"), "link", "import")
        self._join_passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._join_passphrase.setPlaceholderText(say("Passphrase of the join file"))
        self._join_passphrase.setAccessibleName(say("Passphrase of the join file"))
        for widget in (Label(say("The folder"), "small", "muted"), self._folder, self._warning):
            self.column.addWidget(widget)
        self.column.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addSpacing(Space.SMALL)
        self.column.addWidget(self._join, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._join_passphrase)
        self.column.addStretch(1)
        self._join_passphrase.hide()
        change.clicked.connect(self.folder_wanted)
        self._join.clicked.connect(self.join_file_wanted)
        self._join_passphrase.textChanged.connect(self.changed)
        self.show_places(places)

    def show_places(self, places: Places) -> None:
        """Show another folder, with a warning where a sync program carries it away."""
        self._places = places
        self._folder.show_text(str(places.folder))
        warning = place_warning(places)
        self._warning.setText(tell(warning))
        self._warning.setVisible(bool(warning))

    def show_join_file(self, file: Path) -> None:
        """Join the team this file invites to."""
        self._join_file = file
        self._join.setText(say("Joining with {name}", name=file.name))
        self._join_passphrase.show()
        self._join_passphrase.setFocus()
        self.changed.emit()

    def places(self) -> Places:
        """The folder chosen."""
        return self._places

    def join_file(self) -> Path | None:
        """The team's file, if one was given."""
        return self._join_file

    def join_passphrase(self) -> str:
        """What opens the team's file."""
        return self._join_passphrase.text()

    def is_ready(self) -> bool:
        """Whether one can go on."""
        return self._join_file is None or bool(self._join_passphrase.text())


class PersonScreen(_Screen):
    """Name and passphrase."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.email = QLineEdit()
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.again = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.currency = ComboBox(theme)
        self.currency.addItems(_CURRENCIES)
        self.remember = CheckBox(theme, say("Let this computer’s keyring open it for me"))
        self._hint = Label("", "small", "muted", wrap=True)
        self._form = QFormLayout()
        self._form.setSpacing(Space.SMALL)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._currency_label = Label(say("Currency"))
        rows = ((say("Your name"), self.name), (say("E-mail"), self.email), (say("Passphrase"), self.passphrase))
        for label, field in (*rows, (say("Again"), self.again)):
            self._form.addRow(Label(label), field)
            field.setAccessibleName(label)
            field.textChanged.connect(self._on_text_changed)
        self._form.addRow("", self._hint)
        self._form.addRow(self._currency_label, self.currency)
        self.currency.setAccessibleName(say("Currency"))
        self.email.setPlaceholderText(say("may stay empty"))
        self.column.addLayout(self._form)
        self.column.addWidget(self.remember)
        self.column.addStretch(1)
        self.setFocusProxy(self.name)
        self._on_text_changed()

    def show_joining(self, *, is_joining: bool) -> None:
        """A team has its currency already."""
        self._form.setRowVisible(self.currency, not is_joining)

    def is_ready(self) -> bool:
        """Whether everything needed was typed."""
        return bool(self.name.text().strip() and self.passphrase.text() and self.again.text())

    def complaint(self) -> str:
        """What stands in the way, in a sentence; empty for nothing."""
        if self.passphrase.text() != self.again.text():
            return say("The two passphrases differ.")
        return ""

    def forget_passphrase(self) -> None:
        """Take the passphrase off the screen."""
        self.passphrase.clear()
        self.again.clear()

    def _on_text_changed(self) -> None:
        typed = self.passphrase.text()
        self._hint.setText(_strength(typed))
        self._hint.set_tone("warn" if 0 < len(typed) < _LEAST_LENGTH else "muted")
        self.changed.emit()


class KeyScreen(_Screen):
    """The recovery key, shown this once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        told = say(
            "If you ever forget the passphrase, this key opens your data, and nothing else does. It is shown only now: "
            "write it down and keep it away from this computer."
        )
        self._spelt = ""
        self._key = Label("", "figure", wrap=True)
        self._key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._key.setAccessibleName(say("Recovery key"))
        self.written = CheckBox(theme, say("I have written it down"))
        copy = Button(theme, say("Copy"), icon="copy")
        print_it = Button(theme, say("Print"))
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(print_it)
        row.addStretch(1)
        self.column.addWidget(Label(told, wrap=True))
        self.column.addWidget(self._key)
        self.column.addLayout(row)
        self.column.addWidget(self.written)
        self.column.addStretch(1)
        self.setFocusProxy(self.written)
        self.written.toggled.connect(self.changed)
        copy.clicked.connect(self._on_copy_clicked)
        print_it.clicked.connect(self._on_print_clicked)

    def show_key(self, key: str) -> None:
        """Show the key, or take it off the screen for good."""
        # Qt breaks no line at these hyphens by itself, and without a break the end of a large key would be out of sight.
        self._spelt = key
        self._key.setText(key.replace("-", "-\u200b"))

    def is_ready(self) -> bool:
        """Whether the person says they have it."""
        return self.written.isChecked()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._spelt)

    def _on_print_clicked(self) -> None:
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            page = QTextDocument()
            page.setPlainText(say("Account Planner – recovery key") + "\n\n" + self._spelt)
            page.print_(printer)
        dialog.deleteLater()


class BeginningScreen(_Screen):
    """What stands in the workspace on the first day."""

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._choices: dict[str, QRadioButton] = {}
        for key, words, told in (
            (
                "sample",
                say("With a sample territory"),
                say("Sixty invented customers to try everything on; one step takes them away again."),
            ),
            ("list", say("With my own list"), say("An Excel, ODS or CSV file of customers, contacts or orders.")),
            ("empty", say("Empty"), say("And add the first account by hand.")),
        ):
            choice = QRadioButton(words)
            choice.setAccessibleDescription(told)
            self._choices[key] = choice
            self._group.addButton(choice)
            self.column.addWidget(choice)
            explained = Label(told, "small", "muted", wrap=True)
            explained.setContentsMargins(Space.PAGE + 6, 0, 0, Space.LARGE)
            self.column.addWidget(explained)
        self.column.setSpacing(0)
        self._choices["sample"].setChecked(True)
        self.column.addStretch(1)
        self.setFocusProxy(self._choices["sample"])

    def chosen(self) -> str:
        """What was chosen: sample, list or empty."""
        return next(key for key, choice in self._choices.items() if choice.isChecked())


def _strength(passphrase: str) -> str:
    """Say what a passphrase is worth; length is what counts."""
    if not passphrase:
        return say("A few unrelated words are easy to remember and hard to guess. Nobody can reset it for you.")
    if len(passphrase) < _LEAST_LENGTH:
        return say("Short: it would be guessed quickly. A few more words help.")
    if len(passphrase) < _GOOD_LENGTH:
        return say("Fair. One more word makes it good.")
    return say("A good passphrase.")
