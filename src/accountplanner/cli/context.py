"""What stands before the command, and the one workspace a command opens with it."""

# ruff: noqa: PLC0415 - the help must not wait for the database; what is heavy loads with the first session

import re
import secrets
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from accountplanner.cli.passphrases import given_passphrase, typed_passphrase
from accountplanner.cli.preamble import Options
from accountplanner.cli.printing import warn
from accountplanner.domain.errors import RefusedError

if TYPE_CHECKING:
    from accountplanner.usecases.session import Clock, Session
    from accountplanner.usecases.workspaces import Key, Places

_RECOVERY_KEY = re.compile(r"([0-9A-Z]{5}-){7}[0-9A-Z]{5}", re.IGNORECASE)
_NOT_OPENED = (
    "The keyring does not open this workspace; name a file with --passphrase-file, or set ACCOUNTPLANNER_PASSPHRASE."
)


@dataclass(slots=True)
class Shell:
    """One call of the program: opens the workspace once, when it is first needed, and closes it at the end."""

    options: Options
    _closing: ExitStack = field(default_factory=ExitStack)
    _places: "Places | None" = None
    _session: "Session | None" = None

    @property
    def clock(self) -> "Clock":
        """The computer's clock, standing on the day of `--as-of` for all figures."""
        from accountplanner.usecases.session import SystemClock

        return SystemClock(self.options.as_of)

    @property
    def places(self) -> "Places":
        """Where the workspace lies; with `--temp-data` a folder that vanishes with this call."""
        from accountplanner.usecases.workspaces import workspace_places

        if self._places is None:
            self._places = workspace_places(self._temporary() if self.options.temp_data else self.options.workspace)
        return self._places

    @property
    def session(self) -> "Session":
        """The open workspace."""
        if self._session is None:
            self.keep(self._throwaway() if self.options.temp_data else self._opened())
        assert self._session is not None  # noqa: S101 - `keep` has just set it
        return self._session

    def keep(self, session: "Session") -> None:
        """Work with a session that a command made itself, and close it at the end."""
        self._session = session
        self._closing.callback(session.close)

    def close(self) -> None:
        """Close the workspace, and remove it if it was a temporary one."""
        self._closing.close()

    def _temporary(self) -> Path:
        from accountplanner.usecases.throwaway import throwaway_folder

        return self._closing.enter_context(throwaway_folder())

    def _throwaway(self) -> "Session":
        from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

        wish = NewWorkspace(self.places, "Temporary", "", secrets.token_urlsafe(24))
        return create_workspace(wish, self.clock).session

    def _opened(self) -> "Session":
        from accountplanner.usecases.throwaway import remove_orphans
        from accountplanner.usecases.workspaces import Key, open_workspace, place_warning

        remove_orphans()
        places = self.places
        # Without a workspace nobody is asked for its passphrase.
        key = self.key_to(places) if places.exists() else Key("none")
        session = open_workspace(places, key, self.clock)
        if warning := place_warning(places):
            warn(warning)
        return session

    def key_to(self, places: "Places") -> "Key":
        """The key to some keyslots: from the option, the variable, the keyring, the person, in this order.

        Raises:
            RefusedError: none of them has one.
        """
        from accountplanner.usecases.workspaces import Key, WrongPassphraseError, data_key

        if given := given_passphrase(self.options.passphrase_file):
            return _key(given)
        try:
            data_key(places, Key())
        except WrongPassphraseError as refusal:
            typed = typed_passphrase("Passphrase or recovery key")
            if typed is None:
                raise RefusedError(_NOT_OPENED) from refusal
            return _key(typed)
        return Key()


def _key(typed: str) -> "Key":
    """A recovery key opens whatever a passphrase does; nobody chooses a passphrase that looks like one."""
    from accountplanner.usecases.workspaces import Key

    return Key(recovery=typed) if _RECOVERY_KEY.fullmatch(typed.strip()) else Key(typed)


def shell_of(context: typer.Context) -> Shell:
    """The call a command belongs to."""
    shell = context.find_object(Shell)
    assert shell is not None  # noqa: S101 - the program's callback puts it there before any command runs
    return shell


def opened(context: typer.Context) -> "Session":
    """The open workspace of the call a command belongs to."""
    return shell_of(context).session


def opened_to_change(context: typer.Context) -> "Session":
    """The same, for a command that writes: the day's backup is taken first.

    A backup that fails is no reason to refuse what a person wants to say; it is told.
    """
    from accountplanner.usecases.workspaces import back_up_daily

    shell = shell_of(context)
    session = shell.session
    if not shell.options.temp_data:
        try:
            back_up_daily(session)
        except RefusedError as refusal:
            warn(f"Today's backup was not taken. {refusal.sentence}")
    return session
