"""What a note says to the program: `@person #account !friday $amount +fact`, found in a text that stays as it is.

Finding is pure and never fails. Whatever is not understood remains what it was: words of the note. A name may have
several words, and only somebody who knows the names can say how many belong to it; so a mention carries every length
it may have, the longest first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from accountplanner.domain.day_words import DayWords, day_at

_MOST_WORDS: Final = 5
_SIGIL: Final = re.compile(r"(?:(?<=\s)|(?<=[(„“\"])|^)([@#!$+])(?=[^\s@#!$+])", re.MULTILINE)
_WORD: Final = re.compile(r"[^\s@#!$+][^\s@#]*")
_TAIL: Final = ".,;:!?)]}”“\"'…"
_ENDS_NAME: Final = ',;:!?)]}”"'
_AMOUNT: Final = re.compile(r"\d[\d.,’']*(?:\s?(?:k|m|mio|tsd)\b)?", re.IGNORECASE)
_FACT: Final = re.compile(r"[^\n;]*?(?=[.!?](?:\s|$)|[\n;]|\s[@#!$+]\S|$)")
_TIMES: Final = {"k": 1_000, "tsd": 1_000, "m": 1_000_000, "mio": 1_000_000}


class Sign(StrEnum):
    """The letter a chip begins with, and so what it speaks of."""

    PERSON = "@"
    ACCOUNT = "#"
    DAY = "!"
    AMOUNT = "$"
    FACT = "+"


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing said with a sign: where it stands in the text, and its words without the sign."""

    sign: Sign
    start: int
    end: int
    words: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or an account named in a text; `lengths` are the chips it may be, the longest name first."""

    sign: Sign
    lengths: tuple[Chip, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.lengths[0].start

    @property
    def shortest(self) -> Chip:
        """The first word alone: what is shown while nobody knows better."""
        return self.lengths[-1]


@dataclass(frozen=True, slots=True)
class Capture:
    """Everything found in a text; the text itself is untouched."""

    text: str
    mentions: tuple[Mention, ...] = ()
    days: tuple[Chip, ...] = ()
    amounts: tuple[Chip, ...] = ()
    facts: tuple[Chip, ...] = ()
    strange: tuple[Chip, ...] = ()

    def chips(self) -> tuple[Chip, ...]:
        """Every chip in the order of the text, names at their first word."""
        found = [mention.shortest for mention in self.mentions]
        return tuple(sorted((*found, *self.days, *self.amounts, *self.facts), key=lambda chip: chip.start))


def read_capture(text: str, today: date) -> Capture:
    """Find what a text says with signs. Never fails, and never changes a letter."""
    capture = Capture(text)
    for found in _SIGIL.finditer(text):
        sign, start = Sign(found[1]), found.start(1)
        if sign in (Sign.PERSON, Sign.ACCOUNT):
            lengths = tuple(_lengths(text, sign, start))
            if lengths:
                capture = replace(capture, mentions=(*capture.mentions, Mention(sign, lengths)))
        elif sign is Sign.DAY:
            capture = _with_day(capture, start, day_at(text, start + 1, today, is_asked=True))
        elif sign is Sign.AMOUNT and (amount := _AMOUNT.match(text, start + 1)):
            words = amount[0].rstrip(_TAIL)
            chip = Chip(sign, start, start + 1 + len(words), words)
            capture = replace(capture, amounts=(*capture.amounts, chip))
        elif sign is Sign.FACT and text[start + 1].isalpha() and (fact := _FACT.match(text, start + 1)):
            words = fact[0].rstrip()
            capture = replace(capture, facts=(*capture.facts, Chip(sign, start, start + 1 + len(words), words)))
    return capture


def chip_before(text: str, at: int, chips: Iterable[Chip]) -> Chip | None:
    """The chip that ends where a cursor stands, or one space before it: what Backspace takes away as a whole."""
    for chip in chips:
        if chip.start < at and (chip.end == at or (chip.end == at - 1 and text[at - 1 : at] == " ")):
            return chip
    return None


def amount_of(words: str) -> str:
    """An amount as typed with `$` in the form money fields read: `4k` is 4000, `1.250,50` is 1250.50."""
    found = re.fullmatch(r"([\d.,’']+)\s?([a-z]*)", words.strip().lower())
    if not found:
        return ""
    digits = found[1].replace("’", "").replace("'", "").rstrip(".,")
    number = _decimal(digits)
    if number is None:
        return ""
    total = round(number * _TIMES.get(found[2], 1) * 100)
    return f"{total // 100}.{total % 100:02d}" if total % 100 else str(total // 100)


def without_signs(text: str, chips: Iterable[Chip] = ()) -> str:
    """A text as a title or an answer: days and facts said with a sign taken out, other signs off, white space even."""
    for chip in sorted(chips, key=lambda each: each.start, reverse=True):
        if chip.sign in (Sign.DAY, Sign.FACT):
            text = f"{text[: chip.start]} {text[chip.end :]}"
    # An amount keeps its sign: it is how people write one.
    return " ".join(_SIGIL.sub(lambda found: "$" if found[1] == Sign.AMOUNT else "", text).split())


def _lengths(text: str, sign: Sign, start: int) -> Iterator[Chip]:
    """A name of up to five words; it ends with the line, at another sign or where a comma says so."""
    ends: list[int] = []
    at = start + 1
    if not text[at].isalpha():
        return
    while len(ends) < _MOST_WORDS and (word := _WORD.match(text, at)):
        bare = word[0].rstrip(_TAIL)
        if not bare:
            break
        ends.append(at + len(bare))
        if word[0] != bare:
            # “Ltd.” has its full stop within a name, “Graz.” at its end: both are tried.
            if word[0][len(bare) :].strip(".") or any(mark in word[0] for mark in _ENDS_NAME):
                break
            ends.append(at + len(bare) + 1)
        at = word.end() + 1
        if text[word.end() : at] != " ":
            break
    for end in reversed(ends):
        yield Chip(sign, start, end, text[start + 1 : end])


def _with_day(capture: Capture, start: int, found: DayWords | None) -> Capture:
    if found is not None:
        words = capture.text[start + 1 : found.end]
        return replace(capture, days=(*capture.days, Chip(Sign.DAY, start, found.end, words, found.day)))
    word = _WORD.match(capture.text, start + 1)
    if word is None:
        return capture
    words = word[0].rstrip(_TAIL)
    return replace(capture, strange=(*capture.strange, Chip(Sign.DAY, start, start + 1 + len(words), words)))


def _decimal(digits: str) -> float | None:
    """Read figures whose last point or comma is the decimal one only if one or two figures follow it."""
    last = max(digits.rfind("."), digits.rfind(","))
    whole, part = (digits[:last], digits[last + 1 :]) if last >= 0 else (digits, "")
    if len(part) > 2 or not part:
        whole, part = digits, ""
    whole = whole.replace(".", "").replace(",", "")
    if not whole.isdecimal() or (part and not part.isdecimal()):
        return None
    return float(f"{whole}.{part or 0}")
