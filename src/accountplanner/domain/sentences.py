"""Sentences that remember how they were made, so that a window can say them in another language.

Errors, titles of steps and reasons are born far from any window. As text each is the English sentence, and the
command line, files and tests use it as such; the template and the facts travel with it, and the desktop looks the
template up in the person's language and puts the facts where that language wants them.

The template is always a literal: the translations are checked against the literals in the code.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Self

from typing_extensions import override


class Sentence(str):  # noqa: SLOT000 - text cannot have slots of its own
    """An English sentence with the template and the facts it was made of.

    Cutting, joining or formatting it as text gives plain text that stays English: put it into another sentence as a
    fact, or use `joined`.
    """

    _template: str
    _facts: dict[str, object]

    def __new__(cls, text: str, template: str, facts: Mapping[str, object]) -> Self:
        """Keep the parts of a sentence that is already written out."""
        sentence = super().__new__(cls, text)
        sentence._template = template
        sentence._facts = dict(facts)
        return sentence

    @property
    def template(self) -> str:
        """The sentence with names in braces where the facts stand; the key of its translations."""
        return self._template

    @property
    def facts(self) -> Mapping[str, object]:
        """What stands where the template names it; other sentences among it are translated, too."""
        return MappingProxyType(self._facts)

    @override
    def __getnewargs__(self) -> tuple[str, str, dict[str, object]]:  # type: ignore[override]
        # Sentences cross the pipe of the reading child; str alone would hand over only its text.
        return str(self), self._template, self._facts


def told(template: str, **facts: object) -> Sentence:
    """Say a sentence; `template` is a literal that names its facts in braces."""
    return Sentence(template.format(**facts) if facts else template, template, facts)


def told_count(one: str, many: str, count: int, **facts: object) -> Sentence:
    """Say a sentence about a number of things, which `{count}` names."""
    return told(one if count == 1 else many, count=count, **facts)


def titled(template: str, **facts: object) -> Sentence:
    """Name a step. The history keeps the name as text and recognises it by its template, so titles are told apart."""
    return told(template, **facts)


def titled_count(one: str, many: str, count: int, **facts: object) -> Sentence:
    """Name a step that did a number of things, which `{count}` names."""
    return told_count(one, many, count, **facts)


def fixed(text: str) -> Sentence:
    """A name from a catalogue, or a fixed text of the program, as a fact: translated, unlike what a person typed."""
    return text if isinstance(text, Sentence) else Sentence(text, text, {})


def within(label: str) -> Sentence:
    """A name from a catalogue in the middle of a sentence: English wants it small there, German does not."""
    return Sentence(label[:1].lower() + label[1:], label, {})


def kept(text: str) -> object:
    """A sentence as plain values, to be written down as JSON; other text as it is."""
    if not isinstance(text, Sentence):
        return text
    return {
        "text": str(text),
        "template": text.template,
        "facts": {name: _plain(fact) for name, fact in text.facts.items()},
    }


def brought_back(written: object) -> str:
    """What `kept` wrote down; text of earlier versions comes back as text.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(written, str):
        return written
    if not isinstance(written, dict):
        raise ValueError(written)  # noqa: TRY004 - what was read is damaged
    facts = {str(name): _fact(fact) for name, fact in written["facts"].items()}
    return Sentence(written["text"], written["template"], facts)


def _plain(fact: object) -> object:
    if isinstance(fact, str):
        return kept(fact)
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    return fact if isinstance(fact, int | float) else str(fact)


def _fact(written: object) -> object:
    if isinstance(written, dict) and "day" in written:
        return date.fromisoformat(written["day"])
    return written if isinstance(written, int | float) else brought_back(written)


def quoted(text: str) -> Sentence:
    """What a person or a file is called, between the quotation marks of the language."""
    return told("“{what}”", what=text)


def joined(parts: Iterable[str], separator: str = " ") -> Sentence:
    """Put sentences or names one after the other without losing how they were made."""
    held = list(parts)
    facts = {f"part{place}": part for place, part in enumerate(held, start=1)}
    return told(separator.join(f"{{{name}}}" for name in facts), **facts)
