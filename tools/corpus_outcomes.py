# ruff: noqa: INP001 - a tool stands alone and is no package
"""What may become of a file of a corpus."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """What became of a file; the last three must never happen."""

    IMPORTED = "imported"
    WAITS = "waits"
    REFUSED = "refused"
    CRASHED = "crashed"
    CLEARED = "cleared"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, in a sentence where there is one to say."""

    path: Path
    verdict: Verdict
    sentence: str = ""
    seconds: float = 0.0
    peak_mb: int = 0
    spent: bool = False
    """Whether the workspace has taken in enough and the next file gets a fresh one."""
