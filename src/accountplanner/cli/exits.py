"""Exit codes: 0 done, 1 something needs a person, 2 wrong use, 3 refused or failed, with one sentence."""

import errno
import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import typer
from typer.exceptions import TyperException

from accountplanner.cli.printing import warn
from accountplanner.domain.errors import PlannerError, WrongUseError

DONE, NEEDS_A_PERSON, WRONG_USE, REFUSED = 0, 1, 2, 3
_INTERRUPTED = 130
_log = logging.getLogger(__name__)


def exit_code(command: Callable[[], int | None]) -> int:
    """Run a command and give the program's exit code; whatever goes wrong becomes one sentence."""
    try:
        code = command()
        sys.stdout.flush()
    except PlannerError as error:
        warn(error.sentence)
        return WRONG_USE if isinstance(error, WrongUseError) else REFUSED
    except TyperException as error:
        warn(_one_sentence(error.format_message()))
        return WRONG_USE if error.exit_code == WRONG_USE else REFUSED
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except OSError as error:
        return _told_by_system(error)
    except Exception as error:  # noqa: BLE001 - the crash reporter of a program without a window
        return _crashed(error)
    return _stopped() if code == _INTERRUPTED else code or DONE


def _stopped() -> int:
    warn("Stopped.")
    return REFUSED


def _told_by_system(error: OSError) -> int:
    if error.filename is None and error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _crashed(error)
    what = f"“{error.filename}”" if error.filename is not None else "The output"
    _log.debug("refused by the system\n%s", _frames(error))
    warn(f"{what} could not be used: {error.strerror}.")
    return REFUSED


def _crashed(error: BaseException) -> int:
    """Tell of a bug by its kind and place only: an error's text may quote what a person typed."""
    _log.debug("not expected: %s\n%s", type(error).__qualname__, _frames(error))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    warn(
        f"Something went wrong that the program did not expect ({type(error).__qualname__} "
        f"in {Path(frame.filename).name}, line {frame.lineno}); --debug before the command shows the way there."
    )
    return REFUSED


def _frames(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {Path(frame.filename).name}, line {frame.lineno}, in {frame.name}" for frame in frames)


def _one_sentence(message: str) -> str:
    return " ".join(message.split())
