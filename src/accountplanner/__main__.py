"""The program's entry: what follows its name decides what it does."""

import sys

from accountplanner.cli.app import run


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
