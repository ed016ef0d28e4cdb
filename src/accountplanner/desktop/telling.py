"""Sentences of the inner packages, said in the person's language: errors, reasons, titles of steps.

They come as `domain.sentences.Sentence`, English text that remembers its template and its facts. Plain text, such as
what a person typed, is shown as it is.
"""

import string
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from typing_extensions import override

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.wording import say_label, say_marked, spoken_language, to_say
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.recognition import Recogniser
from accountplanner.domain.sentences import Sentence
from accountplanner.domain.text import isolated
from accountplanner.domain.translations import catalogue_files, entries_of

_UNEXPECTED: Final = to_say("Something went wrong that the program did not expect. Nothing you entered is lost.")
_TITLES: Final = "titles.po"


def tell(text: str) -> str:
    """Say a sentence in the person's language, its facts too; any other text stays as it is."""
    if not isinstance(text, Sentence):
        return text
    if not text.facts:
        # English has names small within a sentence; every other language has them as it writes them.
        return str(text) if spoken_language() == "en" else say_label(text.template)
    return _FACTS.vformat(say_label(text.template), (), text.facts)


def tell_all(texts: Iterable[str], separator: str = " ") -> str:
    """Say several sentences, one after the other; empty ones are left out."""
    return separator.join(tell(text) for text in texts if text)


def tell_title(title: str) -> str:
    """Say the title of a step. The history keeps it as text, whichever version of the program wrote it."""
    return tell(_recognised(spoken_language(), str(title)))


def sentence_of(error: BaseException) -> str:
    """Return what to tell a person about a failure: one sentence."""
    return tell(error.sentence) if isinstance(error, PlannerError) else say_marked(_UNEXPECTED)


class _Facts(string.Formatter):
    """Puts facts into a sentence: days and numbers as the region writes them, sentences in the language."""

    @override
    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        return str(super().vformat(format_string, args, kwargs))

    @override
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return tell(value) if isinstance(value, Sentence) else isolated(value)
        if isinstance(value, datetime):
            return Formats().moment(value)
        if isinstance(value, date):
            return Formats().full_date(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return _number(value, format_spec)
        return str(super().format_field(value, format_spec))


def _number(value: float | Decimal, format_spec: str) -> str:
    """A number as `,`, `,.1f` or `.0%` asks for it, with the region's signs."""
    if format_spec.endswith("%"):
        return Formats().percent(float(value))
    digits = format_spec.rpartition(".")[2].rstrip("f")
    return Formats().number(Decimal(str(value)), int(digits) if digits.isdecimal() else 0)


@lru_cache(maxsize=4_096)
def _recognised(language: str, title: str) -> str:
    """A history has thousands of titles and few different ones; recognising each of them would hold the window up."""
    return _titles(language).recognise(title)


@cache
def _titles(language: str) -> Recogniser:
    """The titles that have been given to steps; what is said in English need not be recognised."""
    texts = [text for name, text in catalogue_files(language) if name == _TITLES]
    return Recogniser(entry.original for text in texts for entry in entries_of(text))


_FACTS: Final = _Facts()
