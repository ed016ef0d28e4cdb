"""What the program says in other languages, as translators write it: PO files, a folder for each language.

An entry without context is a sentence; `msgctxt "label"` marks the short names of kinds, fields and choices, which
may need another word than the same English letters have in a sentence ("Open" on a button, "Open" of a case).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from accountplanner.domain.shipped import shipped_file

LANGUAGES: Final = MappingProxyType({"en": "English", "de": "Deutsch"})
"""The languages there are, each with the name its speakers give it; the first needs no translation."""

LABEL: Final = "label"
_TEXT: Final = r'((?:"(?:[^"\\]|\\.)*"[ \t]*\n?)+)'
# Patterns are compiled when first used: in English the window needs none of them, and waits for this module.
_ENTRY: Final = rf'(?m)^(?:msgctxt "(\w+)"\n)?msgid {_TEXT}msgstr {_TEXT}'
_LINE_ENTRY: Final = r'(?m)^(?:msgctxt "(\w+)"\n)?msgid (".*")\nmsgstr (".*")$'
"""The same where each text stands on one line, in a fifth of the time: the window waits for it."""
_PIECE: Final = r'"((?:[^"\\]|\\.)*)"'
_ESCAPED: Final = r"\\(.)"
_NEITHER: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a translator's file."""

    context: str
    original: str
    translation: str


@dataclass(frozen=True, slots=True)
class Translations:
    """One language. What is not in it is said as it was written."""

    language: str = "en"
    sentences: Mapping[str, str] = field(default_factory=lambda: _NEITHER)
    labels: Mapping[str, str] = field(default_factory=lambda: _NEITHER)


def entries_of(text: str) -> Iterator[Entry]:
    """The entries of one PO file, without its head; what a translator left empty is left out."""
    # In files we write only the head stands on several lines; editors fold long texts, too.
    is_folded = '\n"' in text.partition("\n\n")[2]
    for context, quoted, translated in re.findall(_ENTRY if is_folded else _LINE_ENTRY, text):
        original, translation = _joined(quoted), _joined(translated)
        if original and translation:
            yield Entry(context, original, translation)


@cache
def translations(language: str) -> Translations:
    """Read everything there is of a language; nothing for English, which the program is written in."""
    sentences: dict[str, str] = {}
    labels: dict[str, str] = {}
    for _name, text in catalogue_files(language):
        for entry in entries_of(text):
            (labels if entry.context == LABEL else sentences)[entry.original] = entry.translation
    return Translations(language, MappingProxyType(sentences), MappingProxyType(labels))


def catalogue_files(language: str) -> list[tuple[str, str]]:
    """The files of a language, by name."""
    folder = shipped_file(f"translations/{language}")
    if not folder.is_dir():
        return []
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".po")), key=lambda file: file.name)
    return [(file.name, file.read_text(encoding="utf-8")) for file in files]


def _joined(quoted: str) -> str:
    """What several quoted lines say together, without the escapes."""
    text = quoted[1:-1] if "\n" not in quoted else "".join(re.findall(_PIECE, quoted))
    return re.sub(_ESCAPED, lambda found: "\n" if found[1] == "n" else found[1], text) if "\\" in text else text
