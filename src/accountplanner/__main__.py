"""The program's entry: what follows its name decides what it does."""

import multiprocessing
import sys


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    # In a built program the child process that reads files is this program, started once more.
    multiprocessing.freeze_support()
    # A child process imports this module, too, and needs no command line.
    from accountplanner.cli.app import run  # noqa: PLC0415

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
