"""The sentences the window says, in the person's language.

English is written in the code; other languages come from `resources/translations`. What a test can collect has a
translation: the literals given to `say`, `say_count` and `to_say`, and the labels of the catalogue.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accountplanner.domain.text import isolated
from accountplanner.domain.translations import Translations, translations


@dataclass
class _Spoken:
    """The language of this process: a window speaks one at a time, and sentences are made everywhere in it."""

    words: Translations
    count: Callable[[int], str]


_spoken = _Spoken(Translations(), str)


def speak(language: str, count: Callable[[int], str] = str) -> None:
    """Say everything in a language from now on; `count` writes whole numbers as the region does."""
    _spoken.words = translations(language)
    _spoken.count = count


def spoken_language() -> str:
    """The code of the language everything is said in."""
    return _spoken.words.language


def say(sentence: str, **facts: object) -> str:
    """Translate a sentence and put the facts where it names them.

    Facts are named, because other languages want them in another order; whole numbers among them are written as the
    region does, and a name that runs from right to left turns nothing around it. The sentence is a literal.
    """
    words = _spoken.words
    translated = words.sentences.get(sentence) or words.labels.get(sentence, sentence)
    return translated.format(**{name: _written(fact) for name, fact in facts.items()}) if facts else translated


def say_count(one: str, many: str, count: int, **facts: object) -> str:
    """Translate a sentence that speaks of a number of things; `{count}` names it. Both sentences are literals."""
    return say(one if count == 1 else many, count=count, **facts)


def _written(fact: object) -> object:
    if type(fact) is str:
        return isolated(fact)
    return _spoken.count(fact) if type(fact) is int else fact


def to_say(sentence: str) -> str:
    """Mark a literal that stands in a table and is said later, by `say_marked`."""
    return sentence


def say_marked(sentence: str, **facts: object) -> str:
    """Say what was marked by `to_say` where it was written."""
    return say(sentence, **facts)


def say_keys(keys: str) -> str:
    """The keys of a shortcut as they are printed on the person's keyboard."""
    return "+".join(say_marked(key) for key in keys.split("+"))


def say_label(label: str) -> str:
    """Translate a label of the catalogue: a kind, a field, a choice, a rung. What has no translation stays."""
    words = _spoken.words
    return words.labels.get(label) or words.sentences.get(label, label)


def label_within(label: str) -> str:
    """A label in the middle of a sentence: English wants it small there, German does not."""
    return label.lower() if spoken_language() == "en" else say_label(label)


KEYS = (to_say("Ctrl"), to_say("Shift"), to_say("Space"), to_say("PgDown"), to_say("PgUp"))
"""The keys of our shortcuts that keyboards of other languages call otherwise."""
