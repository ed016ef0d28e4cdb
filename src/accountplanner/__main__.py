"""The program's entry: commands where some are given, the desktop otherwise."""

import multiprocessing
import os
import sys
from typing import TYPE_CHECKING

from accountplanner.domain.errors import RefusedError

if TYPE_CHECKING:
    from accountplanner.cli.context import Options

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    # In a built program the child process that reads files is this program, started once more.
    multiprocessing.freeze_support()
    # A child process imports this module, too, and needs no command line.
    from accountplanner.cli.app import run  # noqa: PLC0415

    return run(sys.argv[1:], _open_desktop)


def _open_desktop(options: "Options") -> int:
    """Open the window; the only way from here to Qt.

    Raises:
        RefusedError: Qt does not load, or there is nowhere to show a window.
    """
    from accountplanner.cli.passphrases import given_passphrase  # noqa: PLC0415

    # Qt would abort the whole program, with a page of advice about plug-ins.
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        raise RefusedError("There is no display here to open the desktop on; for the commands: accountplanner --help")
    try:
        from accountplanner.desktop.start import DesktopWish, run_desktop  # noqa: PLC0415
    except ImportError as error:
        raise RefusedError(f"The desktop cannot open, because a part of it does not load: {error}.") from error
    passphrase = given_passphrase(options.passphrase_file)
    return run_desktop(DesktopWish(options.workspace, passphrase, options.temp_data, options.as_of))


if __name__ == "__main__":
    sys.exit(main())
