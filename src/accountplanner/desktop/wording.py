"""The sentences the window says, in the person's language."""

from PySide6.QtCore import QCoreApplication

from accountplanner.domain.errors import PlannerError

_UNEXPECTED = "Something went wrong that the program did not expect. Nothing you entered is lost."


def say(sentence: str, **facts: object) -> str:
    """Translate a sentence and put the facts where it names them.

    Facts are named, because other languages want them in another order.
    """
    translated = QCoreApplication.translate("AccountPlanner", sentence)
    return translated.format(**facts) if facts else translated


def say_count(one: str, many: str, count: int, **facts: object) -> str:
    """Translate a sentence that speaks of a number of things; `{count}` names it."""
    return say(one if count == 1 else many, count=count, **facts)


def sentence_of(error: BaseException) -> str:
    """Return what to tell a person about a failure: one sentence."""
    return error.sentence if isinstance(error, PlannerError) else say(_UNEXPECTED)
