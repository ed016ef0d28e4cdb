# ruff: noqa: S101, SLF001 - a tool may look inside
"""Dialogs of the workspace and its files: keys, backups, scopes, the shared folder, and what may go wrong."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget
from tools.scenes.entering import RECOVERY_KEY
from tools.scenes.scene import Scene
from tools.stage import Stage

from accountplanner.desktop.crash import CrashReport
from accountplanner.desktop.dialogs.drafts_dialog import DraftsDialog
from accountplanner.desktop.dialogs.invite_dialog import InviteDialog
from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.dialogs.scope_dialog import ScopeDialog
from accountplanner.desktop.pages.exchange.folder_dialog import FolderDialog
from accountplanner.desktop.pages.exchange.folder_password import FolderPasswordDialog
from accountplanner.desktop.pages.partners.page import PartnersPage
from accountplanner.desktop.pages.settings.about import DiagnosticsDialog
from accountplanner.desktop.pages.settings.key_dialogs import PassphraseDialog, RecoveryDialog
from accountplanner.desktop.pages.settings.restore_dialog import RestoreDialog
from accountplanner.desktop.records.special_card import SwitchDialog
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.crash_dialog import CrashDialog
from accountplanner.usecases.drafts import Draft


def _made(kind: type[QDialog], make: Callable[[Stage], QDialog]) -> Callable[[Stage], QWidget]:
    """For a dialog that opens after a file was chosen, or in a case that cannot be brought about here."""

    def show(stage: Stage) -> QWidget:
        stage.accounts()
        make(stage).open()
        return stage.opened(kind)

    return show


def _from_settings(tab: str, handler: str, kind: type[QWidget]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        section = getattr(stage.settings(tab), tab)
        getattr(section, handler)()
        return stage.opened(kind)

    return show


def _switch(stage: Stage) -> QDialog:
    return SwitchDialog(stage.program.desk, stage.window)


def _lock_file(stage: Stage) -> QDialog:
    return LockDialog(stage.program.theme, "Team workbook", is_personal=True, parent=stage.window)


def _drafts(stage: Stage) -> QDialog:
    drafts = (Draft("Key problems", "The lift is too small for the"), Draft("Note", "Met @"))
    return DraftsDialog(stage.program.theme, drafts, stage.window)


def _crash(stage: Stage) -> QDialog:
    report = CrashReport(
        "ValueError in timeline.py:120", "Account Planner, Python 3.11\nbuiltins.ValueError\ntimeline.py:120"
    )
    return CrashDialog(stage.program.theme, report, stage.window)


def _folder(stage: Stage) -> QDialog:
    place = stage.folder / "shared folder"
    place.mkdir(exist_ok=True)
    return FolderDialog(stage.program.desk, place, stage.window)


def _folder_password(stage: Stage) -> QDialog:
    return FolderPasswordDialog(stage.program.theme, stage.window)


def _invite(stage: Stage) -> QWidget:
    stage.exchange().invite.click()
    return stage.opened(InviteDialog)


def _scope(stage: Stage) -> QWidget:
    page = stage.area("partners")
    assert isinstance(page, PartnersPage)
    stage.wait_for(lambda: bool(page.partner.title))
    page.partner._on_scope_wanted()
    return stage.opened(ScopeDialog)


def _recovery_key(stage: Stage) -> QWidget:
    dialog = _from_settings("safety", "_on_recovery_clicked", RecoveryDialog)(stage)
    assert isinstance(dialog, RecoveryDialog)
    dialog._on_made(RECOVERY_KEY)
    stage.quiet()
    return dialog


def _restore(stage: Stage) -> QWidget:
    section = stage.settings("backups").backups
    section.refresh()
    stage.wait_for(lambda: bool(section._rows))
    next(each for each in section._rows[0].findChildren(Button) if each.property("place") == 0).click()
    return stage.opened(RestoreDialog)


UPKEEP_DIALOGS: Final = (
    Scene("dialog-switch", _made(SwitchDialog, _switch), (SwitchDialog,)),
    Scene("dialog-lock-file", _made(LockDialog, _lock_file), (LockDialog,)),
    Scene("dialog-drafts", _made(DraftsDialog, _drafts), (DraftsDialog,)),
    Scene("dialog-crash", _made(CrashDialog, _crash), (CrashDialog,)),
    Scene("dialog-folder", _made(FolderDialog, _folder), (FolderDialog,)),
    Scene("dialog-folder-password", _made(FolderPasswordDialog, _folder_password), (FolderPasswordDialog,)),
    Scene("dialog-invite", _invite, (InviteDialog,)),
    Scene("dialog-scope", _scope, (ScopeDialog,)),
    Scene(
        "dialog-passphrase", _from_settings("safety", "_on_passphrase_clicked", PassphraseDialog), (PassphraseDialog,)
    ),
    Scene("dialog-recovery-key", _recovery_key),
    Scene("dialog-recovery", _from_settings("safety", "_on_recovery_clicked", RecoveryDialog), (RecoveryDialog,)),
    Scene("dialog-about", _from_settings("about", "_on_diagnostics_clicked", DiagnosticsDialog), (DiagnosticsDialog,)),
    Scene("dialog-restore", _restore, (RestoreDialog,)),
)
