"""Cleaning typed text, and the key under which two texts count as equal.

What a person typed is kept; only what cannot survive a spreadsheet is taken out on entry: control
characters, lone surrogates and non-characters everywhere, tabs and line breaks in one-line fields,
CR before LF, white space at the ends (reading: V10 to V15). In one-line fields the marks that embed or
override the direction of writing go, too: a name must not be shown in another order than it reads.
"""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_TURNED = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OPENING, _ISOLATE, _END = "\u2066\u2067\u2068", "\u2068", "\u2069"
_UNSEEN = "\u200b-\u200f\u061c\u2060\ufeff\u202a-\u202e\u2066-\u206f"
_ZERO_WIDTH = re.compile(f"[{_UNSEEN}]")
# White space as `str.strip` knows it, and the byte order mark, which may stand on either side of it: taking
# off one kind after the other would leave some.
_ENDS = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B)))
_ENDS += "\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACES = re.compile(r"\s+")


def clean_line(text: str) -> str:
    """Make typed text fit a one-line field."""
    return clean_text(_TURNING.sub("", text)).replace("\n", " ").replace("\t", " ")


def clean_text(text: str) -> str:
    """Make typed text fit a field of several lines."""
    text = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    return text.strip(_ENDS)


def comparison_text(text: str) -> str:
    """Give the text by which two spellings count as one value (rules of canon version 1).

    Composed Unicode, no characters that nobody sees, runs of white space as one space. Case counts:
    a person who corrects a capital has said something.
    """
    # Composed last: a zero-width character between a letter and its accent keeps them apart.
    text = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text))
    return _SPACES.sub(" ", text).strip()


def without_marks(text: str) -> str:
    """Take off what nobody sees: some programs copy a day or a number with marks of direction around it."""
    return clean_text(_ZERO_WIDTH.sub("", text))


def isolated(text: str) -> str:
    """A text as it is put among other words: what runs from right to left in it, or turns it, ends where it ends.

    Only for showing; what is kept has no such marks added. A mark that would end it early is left out.
    """
    if not _TURNED.search(text):
        return text
    return "\n".join(f"{_ISOLATE}{_closed(line)}{_END}" if line else "" for line in text.split("\n"))


def without_turns(text: str) -> str:
    """A text without marks of direction, for what writes letters in the order in which they stand."""
    return _MARKS.sub("", text)


def _closed(line: str) -> str:
    """A line whose isolates all end within it."""
    kept: list[str] = []
    opened = 0
    for letter in line:
        opened += (letter in _OPENING) - (letter == _END)
        if opened < 0:
            opened = 0
        else:
            kept.append(letter)
    return "".join(kept) + _END * opened


def search_text(text: str) -> str:
    """Fold a text for finding: no accents, no case."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
