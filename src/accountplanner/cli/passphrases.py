"""Where passphrases come from: a file, the environment, the person; never the command line, which others can read."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from accountplanner.domain.errors import RefusedError

PASSPHRASE = "ACCOUNTPLANNER_PASSPHRASE"  # noqa: S105 - the variable's name
JOIN_PASSPHRASE = "ACCOUNTPLANNER_JOIN_PASSPHRASE"  # noqa: S105 - as above
EXPORT_PASSWORD = "ACCOUNTPLANNER_EXPORT_PASSWORD"  # noqa: S105 - as above

HOW_TO_OPEN = "To open it, write its password into the first line of a file and name that with --password-file."


@contextmanager
def telling_how_to_open() -> Iterator[None]:
    """Say besides, where a workbook asks for its password, how one is given here."""
    from accountplanner.usecases.locked_files import PasswordNeededError  # noqa: PLC0415 - the help must not wait for it

    try:
        yield
    except PasswordNeededError as locked:
        raise RefusedError(f"{locked.sentence} {HOW_TO_OPEN}") from locked


def given_passphrase(file: Path | None, variable: str = PASSPHRASE) -> str:
    """The first line of the file, else the variable; empty where neither is given.

    Raises:
        RefusedError: the file cannot be read, or its first line is empty.
    """
    return _first_line(file) if file is not None else os.environ.get(variable, "")


def given_password(file: Path | None) -> str:
    """A workbook's password: the first line of the file, empty where none is given."""
    return _first_line(file) if file is not None else ""


def typed_passphrase(what: str) -> str | None:
    """Ask on the terminal, without echo; `None` where nobody sits at one."""
    return getpass.getpass(f"{what}: ") if _is_attended() else None


def chosen_passphrase(what: str, file: Path | None, variable: str = PASSPHRASE) -> str:
    """A passphrase for something new; typed twice, because what is mistyped here opens nothing for ever.

    Raises:
        RefusedError: none was given and nobody can be asked, or the two differ.
    """
    if given := given_passphrase(file, variable):
        return given
    typed = typed_passphrase(what)
    if typed is None:
        raise RefusedError(f"{what} is missing; name a file that holds it, or set {variable}.")
    if typed != typed_passphrase(f"{what}, again"):
        raise RefusedError("The two passphrases differ; nothing was made.")
    return typed


def offered_password(what: str) -> str:
    """A password for a file that holds personal answers, typed twice; empty where Enter says none, or nobody is there.

    Raises:
        RefusedError: the two differ.
    """
    typed = typed_passphrase(f"{what} (Enter alone: none)")
    if typed and typed != typed_passphrase(f"{what}, again"):
        raise RefusedError("The two passwords differ; nothing was written.")
    return typed or ""


def known_passphrase(what: str, file: Path | None, variable: str) -> str:
    """A passphrase that somebody else has set.

    Raises:
        RefusedError: none was given and nobody can be asked.
    """
    given = given_passphrase(file, variable) or typed_passphrase(what)
    if given is None:
        raise RefusedError(f"{what} is missing; name a file that holds it, or set {variable}.")
    return given


def _first_line(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            line = lines.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise RefusedError(f"“{file}” is not UTF-8 text.") from error
    except OSError as error:
        raise RefusedError(f"“{file}” could not be read: {error.strerror}.") from error
    if not line:
        raise RefusedError(f"The first line of “{file}” is empty.")
    return line


def _is_attended() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
