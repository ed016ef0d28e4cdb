"""Sentences of the inner packages, said in the person's language: errors, reasons, titles of steps.

They come as `domain.sentences.Sentence`, English text that remembers its template and its facts. Plain text, such as
what a person typed, is shown as it is.
"""

import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from typing_extensions import override

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.wording import say
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.sentences import Sentence

_UNEXPECTED: Final = "Something went wrong that the program did not expect. Nothing you entered is lost."


def tell(text: str) -> str:
    """Say a sentence in the person's language, its facts too; any other text stays as it is."""
    if not isinstance(text, Sentence):
        return text
    return _FACTS.vformat(say(text.template), (), text.facts) if text.facts else say(text.template)


def sentence_of(error: BaseException) -> str:
    """Return what to tell a person about a failure: one sentence."""
    return tell(error.sentence) if isinstance(error, PlannerError) else say(_UNEXPECTED)


class _Facts(string.Formatter):
    """Puts facts into a sentence: days and large numbers as the region writes them, sentences in the language."""

    @override
    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        return str(super().vformat(format_string, args, kwargs))

    @override
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return tell(value)
        if isinstance(value, datetime):
            return Formats().moment(value)
        if isinstance(value, date):
            return Formats().full_date(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return Formats().number(Decimal(str(value)), _places(format_spec))
        return str(super().format_field(value, format_spec))


def _places(format_spec: str) -> int:
    """How many decimals `,` (none) or `,.1f` asks for."""
    digits = format_spec.rpartition(".")[2].rstrip("f")
    return int(digits) if digits.isdecimal() else 0


_FACTS: Final = _Facts()
