"""How the desktop is asked to start."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class DesktopWish:
    """Where the workspace lies, what opens it, and which day figures are for.

    With `temp_data` the workspace is made anew and belongs to whoever asked. `language` is spoken
    instead of the one in the settings, until a person chooses another there.
    """

    workspace: Path | None = None
    passphrase: str = ""
    temp_data: bool = False
    as_of: date | None = None
    language: str = ""
