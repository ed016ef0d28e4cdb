"""When the program locks, what opens it again, and sensitive answers."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.settings.key_dialogs import PassphraseDialog, RecoveryDialog
from accountplanner.desktop.pages.settings.rows import Choice, Section, SettingRow
from accountplanner.desktop.records.special_card import SwitchDialog
from accountplanner.desktop.settings import CLIPBOARD_SECONDS, LOCK_MINUTES, Settings
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.own_workspace import OwnWorkspace, new_recovery_key, open_by_keyring, own_workspace
from accountplanner.usecases.session import Session
from accountplanner.usecases.special_answers import Switch, switch_of, switch_off


class SafetySection(Section):
    """The lock, the keys, the clipboard and the switch for sensitive answers."""

    def __init__(self, desk: Desk, choices: Choices, system_says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices = choices
        self._build_widgets()
        self._add_lock(system_says)
        self._add_keys()
        self.add_card(desk.theme, say("Sensitive answers"), (self._special_row,))
        self._connect()
        self._show(choices.now)
        self.refresh()

    def refresh(self) -> None:
        """Read again what opens the workspace."""
        self._desk.read(_read, self._on_read)

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.minutes = Choice(theme, [(each, _minutes(each)) for each in LOCK_MINUTES])
        self.with_system = CheckBox(theme, say("With the system"))
        self.clipboard = Choice(theme, [(each, _seconds(each)) for each in CLIPBOARD_SECONDS])
        self.passphrase = Button(theme, say("Change the passphrase…"))
        self.recovery = Button(theme, say("Make a new recovery key…"))
        self.keyring = CheckBox(theme, say("Open without asking"))
        self.special = Button(theme, say("Switch on…"))
        self._special_row = SettingRow(say("Keep sensitive answers"), "", self.special)
        self._keyring_row = SettingRow(
            say("Keyring of this computer"),
            say("Whoever is signed in to this computer as you then opens the workspace without the passphrase."),
            self.keyring,
        )

    def _add_lock(self, system_says: str) -> None:
        self.add_card(
            self._desk.theme,
            say("Lock"),
            (
                SettingRow(
                    say("Lock when nobody is there"),
                    say("Counts keys and mouse only. What is half typed is kept, encrypted. Ctrl+L locks at once."),
                    self.minutes,
                ),
                SettingRow(say("Lock with the computer"), system_says, self.with_system),
                SettingRow(
                    say("Clear the clipboard"),
                    say("Takes away what was copied from here, and nothing that was copied elsewhere."),
                    self.clipboard,
                ),
            ),
        )

    def _add_keys(self) -> None:
        self.add_card(
            self._desk.theme,
            say("What opens the workspace"),
            (
                SettingRow(
                    say("Passphrase"),
                    say("Backups made before a change still open with the passphrase of their day."),
                    self.passphrase,
                ),
                SettingRow(
                    say("Recovery key"),
                    say(
                        "Opens the workspace when the passphrase is forgotten. A new one makes the former one useless."
                    ),
                    self.recovery,
                ),
                self._keyring_row,
            ),
        )

    def _connect(self) -> None:
        self.minutes.chosen.connect(self._on_minutes_chosen)
        self.with_system.clicked.connect(self._on_with_system_clicked)
        self.clipboard.chosen.connect(self._on_clipboard_chosen)
        self.passphrase.clicked.connect(self._on_passphrase_clicked)
        self.recovery.clicked.connect(self._on_recovery_clicked)
        self.keyring.clicked.connect(self._on_keyring_clicked)
        self.special.clicked.connect(self._on_special_clicked)
        self._choices.changed.connect(self._show)
        self._desk.opened.connect(self.refresh)

    def _show(self, settings: Settings) -> None:
        self.minutes.show_value(settings.lock_minutes)
        self.with_system.setChecked(settings.lock_with_system)
        self.clipboard.show_value(settings.clipboard_seconds)

    def _on_read(self, read: tuple[OwnWorkspace, Switch]) -> None:
        own, switch = read
        self.keyring.setChecked(own.opens_by_keyring)
        self._is_on = switch.is_on
        self.special.setText(say("Switch off") if switch.is_on else say("Switch on…"))
        self._special_row.say(
            say(
                "On since {on}, by {by}: {reason}",
                on=self._desk.formats.full_date(date.fromisoformat(switch.on)),
                by=switch.by,
                reason=switch.reason,
            )
            if switch.is_on
            else say(
                "Health, religion, politics: off. Switched on, each answer asks for the person’s consent and stays on "
                "this computer."
            )
        )

    def _on_minutes_chosen(self, minutes: int) -> None:
        self._choices.choose(lock_minutes=minutes)

    def _on_with_system_clicked(self) -> None:
        self._choices.choose(lock_with_system=self.with_system.isChecked())

    def _on_clipboard_chosen(self, seconds: int) -> None:
        self._choices.choose(clipboard_seconds=seconds)

    def _on_passphrase_clicked(self) -> None:
        PassphraseDialog(self._desk, self.window()).open()

    def _on_recovery_clicked(self) -> None:
        RecoveryDialog(self._desk, new_recovery_key, self.window()).open()

    def _on_keyring_clicked(self) -> None:
        self._desk.write(say("Saving"), partial(_by_keyring, wanted=self.keyring.isChecked()), self._on_keyring_set)

    def _on_keyring_set(self, outcome: tuple[bool, bool]) -> None:
        wanted, holds = outcome
        self.keyring.setChecked(holds)
        if wanted and not holds:
            self._desk.tell(
                say("This computer has no keyring that keeps secrets; the passphrase is asked for as before.")
            )
        else:
            self._desk.tell(say("The keyring opens it.") if holds else say("The passphrase is asked for each time."))

    def _on_special_clicked(self) -> None:
        if self._is_on:
            self._desk.write(say("Saving"), switch_off, self._on_switched)
        else:
            dialog = SwitchDialog(self._desk, self.window())
            dialog.switched.connect(self.refresh)
            dialog.open()

    def _on_switched(self, _switch: Switch) -> None:
        self.refresh()


def _read(session: Session) -> tuple[OwnWorkspace, Switch]:
    return own_workspace(session), switch_of(session)


def _by_keyring(session: Session, *, wanted: bool) -> tuple[bool, bool]:
    return wanted, open_by_keyring(session, wanted=wanted)


def _minutes(count: int) -> str:
    return say_count("After {count} minute", "After {count} minutes", count) if count else say("Never by itself")


def _seconds(count: int) -> str:
    return say_count("After {count} second", "After {count} seconds", count) if count else say("Only when locking")
