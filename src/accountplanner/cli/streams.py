"""Standard input, output and error: there in every case, in UTF-8 where programs read, and never a reason to fail."""

import os
import sys
from pathlib import Path
from typing import Literal, TextIO


def make_ready() -> None:
    """Open what the caller has closed, and say how text is written.

    A database opened in the place of a closed stream would be written over by whatever prints there.
    """
    for number in range(3):
        _occupy(number)
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        _speak(stream)


def listen_no_more(stream: TextIO) -> None:
    """Let what is still written go nowhere: Python flushes once more at its end and would complain then."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _occupy(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        # The system gives the lowest number that is free.
        os.open(os.devnull, os.O_RDWR)


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _speak(stream: TextIO) -> None:
    """Write UTF-8 into pipes and files on every system; a terminal shows what it can, and a mark for the rest."""
    if hasattr(stream, "reconfigure"):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
