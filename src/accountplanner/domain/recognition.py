"""Finds out which sentence a text was, when only its text was kept: titles of steps lie in the history as text.

A history may be older than this version, or than a sentence that remembers its template. A text is recognised when
it is exactly what one of the known templates makes of some facts; names of kinds and fields in it must be ones of the
catalogue, so that nothing a person wrote is taken for one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from accountplanner.domain.calendar import read_day
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.sentences import Sentence, joined

_NAMED: Final = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_CATALOGUED: Final = frozenset({"field", "kind", "records"})
_WHOLE, _DAY, _COUNT = "title", "day", "count"
_BETWEEN: Final = ", "


class Recogniser:
    """Knows some templates, and leads from a text made with one of them back to the sentence."""

    def __init__(self, templates: Iterable[str]) -> None:
        # What leaves least open goes first: “New {kind}” must not be taken for “{field} …”.
        ordered = sorted(templates, key=lambda each: (len(_NAMED.sub("", each)), each), reverse=True)
        self._patterns = [(template, re.compile(_pattern(template), re.DOTALL)) for template in ordered]
        self._labels = _labels()

    def recognise(self, text: str) -> str:
        """The sentence a text was, or the text itself where no template makes it."""
        if isinstance(text, Sentence):
            return text
        found = self._whole(text)
        if found is None and _BETWEEN in text:
            parts = [self._whole(part) for part in text.split(_BETWEEN)]
            known = [part for part in parts if part is not None]
            found = joined(known, _BETWEEN) if len(known) == len(parts) else None
        return text if found is None else found

    def _whole(self, text: str) -> Sentence | None:
        for template, pattern in self._patterns:
            if (match := pattern.fullmatch(text)) and (facts := self._facts(match.groupdict())) is not None:
                return Sentence(text, template, facts)
        return None

    def _facts(self, found: Mapping[str, str]) -> dict[str, object] | None:
        """What the facts were; `None` where a name is none of the catalogue's."""
        facts: dict[str, object] = {}
        for name, text in found.items():
            if name in _CATALOGUED:
                if text not in self._labels:
                    return None
                facts[name] = Sentence(text, self._labels[text], {})
            else:
                facts[name] = self._fact(name, text)
        return facts

    def _fact(self, name: str, text: str) -> object:
        if name == _WHOLE:
            return self.recognise(text)
        if name == _COUNT:
            return int(text)
        return (read_day(text) or text) if name == _DAY else text


def _pattern(template: str) -> str:
    parts, at = [], 0
    for named in _NAMED.finditer(template):
        held = r"\d+" if named[1] == _COUNT else ".+"
        parts += [re.escape(template[at : named.start()]), f"(?P<{named[1]}>{held})"]
        at = named.end()
    return "".join((*parts, re.escape(template[at:])))


def _labels() -> dict[str, str]:
    """Every name a title may hold, as it stands there and as the catalogue has it."""
    found: dict[str, str] = {}
    for label in _catalogued():
        found |= {label: label, label.lower(): label, label[:1].lower() + label[1:]: label}
    return found


def _catalogued() -> Iterator[str]:
    for kind in KINDS.values():
        yield from (kind.label, kind.plural, *(field.label for field in kind.fields))
