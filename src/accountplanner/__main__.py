"""The program's entry: commands where some are given, the desktop otherwise."""

# ruff: noqa: PLC0415 - the window must not wait for the commands, nor the commands for the window

import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from accountplanner.cli.preamble import window_options
from accountplanner.domain.errors import RefusedError

if TYPE_CHECKING:
    from accountplanner.cli.preamble import Options

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    if getattr(sys, "frozen", False):
        # In a built program the child process that reads files is this program, started once more.
        import multiprocessing

        multiprocessing.freeze_support()
    try:
        return _carried_out()
    except KeyboardInterrupt:
        # Stopped while the commands were still being loaded; once they are, they tell it themselves.
        return _stopped()


def _carried_out() -> int:
    _end_in_order()
    options = window_options(sys.argv[1:])
    if options is not None:
        return _window(options)
    # A child process imports this module, too, and needs no command line.
    from accountplanner.cli.app import run

    return run(sys.argv[1:], _open_desktop)


def _stopped() -> int:
    if sys.stderr is not None:
        sys.stderr.write("Stopped.\n")
    return 3


def _end_in_order() -> None:
    """Let what is left behind by a command be cleared away when it is told to end, as it is after Ctrl+C."""
    for name in ("SIGTERM", "SIGHUP"):
        asked = getattr(signal, name, None)
        # Who starts a program so that it outlives the terminal has said that a hang-up shall not end it.
        if asked is not None and signal.getsignal(asked) is signal.SIG_DFL:
            signal.signal(asked, signal.default_int_handler)


def _window(options: "Options") -> int:
    """Open the window, with the same exit codes and sentences as a command."""
    try:
        return _open_desktop(options)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - `exit_code` tells each apart
        from accountplanner.cli.exits import exit_code
        from accountplanner.cli.streams import make_ready

        make_ready()
        return exit_code(partial(_raise, error))


def _raise(error: BaseException) -> NoReturn:
    raise error


def _open_desktop(options: "Options") -> int:
    """Open the window; the only way from here to Qt.

    Raises:
        RefusedError: Qt does not load, or there is nowhere to show a window.
    """
    from accountplanner.cli.passphrases import given_passphrase

    # Qt would abort the whole program, with a page of advice about plug-ins.
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        raise RefusedError("There is no display here to open the desktop on; for the commands: accountplanner --help")
    from accountplanner.desktop import collector

    passphrase = given_passphrase(options.passphrase_file)
    # Already now: what is loaded for the window is for the collector to look through, too.
    collector.put_off()
    try:
        from accountplanner.desktop.start import DesktopWish, run_desktop
    except ImportError as error:
        collector.thaw()
        raise RefusedError(f"The desktop cannot open, because a part of it does not load: {error}.") from error
    language = os.environ.get("ACCOUNTPLANNER_LANGUAGE", "")
    return run_desktop(DesktopWish(options.workspace, passphrase, options.temp_data, options.as_of, language))


if __name__ == "__main__":
    sys.exit(main())
