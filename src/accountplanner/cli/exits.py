"""Exit codes: 0 done, 1 something needs a person, 2 wrong use, 3 refused or failed, with one sentence."""

import errno
import logging
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import typer
from typer.exceptions import TyperException

from accountplanner.cli.printing import print_json, warn
from accountplanner.cli.streams import listen_no_more
from accountplanner.domain.errors import PlannerError, WrongUseError

DONE, NEEDS_A_PERSON, WRONG_USE, REFUSED = 0, 1, 2, 3
_INTERRUPTED = 130
_STOPPED = "Stopped."
_PARSER_WORDS = {
    r"Input should be greater than or equal to (\d+)$": r"give a whole number, \1 or more.",
    r"Input should be a valid integer.*$": "give a whole number.",
    r"file '(.*)' is a directory\.$": r"“\1” is a folder; name a file.",
}
_log = logging.getLogger(__name__)


def exit_code(command: Callable[[], int | None], *, as_json: bool = False) -> int:
    """Run a command and give the program's exit code; whatever goes wrong becomes one sentence.

    A program that reads JSON gets that sentence as JSON besides: nothing else was printed by then.
    """
    code, sentence = _done(command)
    if sentence:
        warn(sentence)
        if as_json:
            print_json({"error": sentence, "exit_code": code})
    return code


def _done(command: Callable[[], int | None]) -> tuple[int, str]:  # noqa: PLR0911 - one way to end each
    try:
        code = command()
        sys.stdout.flush()
    except PlannerError as error:
        return (WRONG_USE if isinstance(error, WrongUseError) else REFUSED), error.sentence
    except TyperException as error:
        return (WRONG_USE if error.exit_code == WRONG_USE else REFUSED), _one_sentence(error.format_message())
    except (KeyboardInterrupt, typer.Abort):
        return REFUSED, _STOPPED
    except BrokenPipeError:
        listen_no_more(sys.stdout)
        return DONE, ""
    except OSError as error:
        return REFUSED, _told_by_system(error)
    except SystemExit as ended:
        # So typer ends its own pages of help when nobody reads on.
        if isinstance(ended.__context__, BrokenPipeError):
            return DONE, ""
        raise
    except Exception as error:  # noqa: BLE001 - the crash reporter of a program without a window
        return REFUSED, _crashed(error)
    return (REFUSED, _STOPPED) if code == _INTERRUPTED else (code or DONE, "")


def _told_by_system(error: OSError) -> str:
    if error.filename is None and error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _crashed(error)
    what = f"“{error.filename}”" if error.filename is not None else "The output"
    _log.debug("refused by the system\n%s", _frames(error))
    return f"{what} could not be used: {error.strerror}."


def _crashed(error: BaseException) -> str:
    """Tell of a bug by its kind and place only: an error's text may quote what a person typed."""
    _log.debug("not expected: %s\n%s", type(error).__qualname__, _frames(error))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"Something went wrong that the program did not expect ({type(error).__qualname__} "
        f"in {Path(frame.filename).name}, line {frame.lineno}); --debug before the command shows the way there."
    )


def _frames(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {Path(frame.filename).name}, line {frame.lineno}, in {frame.name}" for frame in frames)


def _one_sentence(message: str) -> str:
    """What the parser says, without the words of the library that checks numbers for it."""
    said = " ".join(message.split())
    for theirs, ours in _PARSER_WORDS.items():
        said = re.sub(theirs, ours, said)
    return said
