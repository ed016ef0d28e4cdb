"""What stands before the command, and whether there is no command at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_PATHS = ("--workspace", "--passphrase-file")
_TEMP_DATA = "--temp-data"


@dataclass(frozen=True, slots=True)
class Options:
    """What a person wrote before the command."""

    workspace: Path | None = None
    passphrase_file: Path | None = None
    temp_data: bool = False
    debug: bool = False
    log_sql: bool = False
    as_of: date | None = None


def window_options(arguments: Sequence[str]) -> Options | None:
    """The options of somebody who only wants the window; `None` where anything else is written.

    The window must not wait for a parser of all the commands. What is not understood here is not
    judged here either: the parser says what is wrong with it.
    """
    paths: dict[str, Path] = {}
    temp_data = False
    words = list(arguments)
    while words:
        name, equals, value = words.pop(0).partition("=")
        if name == _TEMP_DATA and not equals:
            temp_data = True
            continue
        value = value if equals else words.pop(0) if words else ""
        if name not in _PATHS or not value or value.startswith("-"):
            return None
        paths[name] = Path(value)
    return Options(paths.get("--workspace"), paths.get("--passphrase-file"), temp_data)
