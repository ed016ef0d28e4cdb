"""What a note mentions that could be kept where it is found again: promises, follow-ups, amounts, facts about a person.

Only found, never taken: a person answers each with yes or no. A sentence with a word about health, religion and the
like gives no fact at all. English and German, by rules that would rather miss something than nag.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from accountplanner.domain.capture import Capture, Chip, amount_of, without_signs
from accountplanner.domain.day_words import DayWords, days_in
from accountplanner.domain.sensitive_words import sensitive_words

USUAL_DAYS: Final = 7
"""A promise without a day is due in a week: one without any would never be seen again."""
LONGEST_TITLE: Final = 120
TALK: Final = "mackay_conversation"
"""Where a `+fact` goes that fits no other topic: what they like to talk about."""


class Mentioned(StrEnum):
    """What could be made of something said in a note."""

    PROMISE = "promise"
    FOLLOW_UP = "follow_up"
    AMOUNT = "amount"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing mentioned. `words` would be kept, `phrase` is what in the text led to it."""

    what: Mentioned
    words: str
    phrase: str
    due: date | None = None
    field: str = ""
    amount: str = ""


_SENTENCE_END: Final = re.compile(r"(?<!\d\.)(?<=[.!?;])\s+|\n+")
_PROMISE: Final = re.compile(
    r"\b(?:(?:I|we)(?:['’]ll|\s+will|\s+shall|\s+have to|\s+must|\s+owe)\b|(?:I|we)(?:['’]ve|\s+have)?\s+promised?\b|"
    r"promised\s+(?:to|her|him|them)\b|"
    r"versprochen\b|zugesagt\b|verspreche\w*|(?:ich|wir)\s+(?:werden?|schicken?|senden?|liefern?|melden?|müssen|muss|"
    r"rufen?|besorgen?|klären?)\b|(?:werde|schicke|sende|liefere)\s+(?:ich|ihr|ihm|ihnen)\b)",
    re.IGNORECASE,
)
_CONTINUES: Final = re.compile(r"\b(?:they|she|he|customer)\b[^.]{0,20}\bpromised\b", re.IGNORECASE)

_RULES: Final = (
    ("mackay_birth", r"birthday\b|was born\b|born (?:on|in)\b|geburtstag\b|geboren (?:am|in)\b"),
    (
        "mackay_children",
        (
            r"(?:her|his|their|ihre?|seine?|ihre[rn]|seine[rn])\s+(?:\w+\s+)?"
            r"(?:daughters?|sons?|children|kids|twins|tochter|töchter|sohn|söhne|kinder|zwillinge)\b"
        ),
    ),
    ("mackay_spouse", r"(?:her husband|his wife|her wife|his husband|ihr mann|seine frau|ehefrau|ehemann)\b"),
    (
        "mackay_schooling",
        (
            r"(?:studied (?:at|in)|graduated (?:from|in)|went to (?:school|college|university)|alumn\w+|abitur|"
            r"studium (?:in|an)|studiert(?:e)? (?:in|an)|an der universität)\b"
        ),
    ),
    (
        "mackay_previous_employers",
        (
            r"(?:used to work (?:at|for)|worked (?:at|for)|came (?:to them )?from a job at|(?:war|arbeitete) früher bei|"
            r"früher bei|hat bei .{2,40} gearbeitet)\b"
        ),
    ),
    ("mackay_restaurants", r"favou?rite (?:restaurant|place|café|lunch)\b|lieblings(?:restaurant|lokal|italiener)\b"),
    ("mackay_dishes", r"favou?rite (?:dish|food|meal|cake)\b|lieblings(?:essen|gericht|kuchen)\b"),
    ("mackay_drinks", r"favou?rite (?:wine|beer|drink|whisky)\b|lieblings(?:wein|bier)\b|trinkt gern\w*"),
    (
        "mackay_spectator_sport",
        r"(?:is a|big|keen) fan of\b|season ticket\b|favou?rite (?:team|club)\b|fan von\b|dauerkarte\b|lieblingsverein\b",
    ),
    (
        "mackay_holidays",
        r"(?:spends?|goes|going|went) .{0,40}(?:holidays?|vacation)\b|(?:urlaub|ferien) (?:in|auf|am)\b",
    ),
    ("mackay_cars", r"drives an?\b|new car\b|fährt eine[n]?\b|neues auto\b"),
    ("mackay_clubs", r"(?:rotary|rotarian|lions club|golf club|tennis club|rotarier|golfclub|tennisverein)\b"),
    ("mackay_proudest", r"(?:is )?(?:very )?proud of\b|stolz auf\b"),
    (
        "mackay_key_problems",
        r"(?:main|biggest|real) (?:problem|worry|pain)\b|(?:haupt|größtes |größte )(?:problem|sorge)\b",
    ),
    (
        "mackay_hobbies",
        (
            r"(?:hobb(?:y|ies|ys)|likes to|loves to|loves|enjoys|collects|sails|sailing|plays (?:golf|tennis|chess|football|"
            r"the \w+|piano|guitar)|goes (?:fishing|hunting|hiking|running|sailing|climbing)|runs marathons?|marathon|"
            r"sammelt|segelt|angelt|wandert gern\w*|spielt (?:golf|tennis|schach|fußball|klavier|gitarre)|liebt|liest gern\w*)\b"
        ),
    ),
)
_FACTS: Final = tuple((field, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for field, words in _RULES)


def found_in(capture: Capture, today: date) -> tuple[Found, ...]:
    """Everything a note mentions that could be kept, in the order of the text, nothing twice."""
    found: dict[tuple[str, str, str], Found] = {}
    for start, sentence in _sentences(capture.text):
        chips = [chip for chip in (*capture.days, *capture.amounts, *capture.facts) if _lies_in(chip, start, sentence)]
        for each in _of_sentence(capture.text, (start, sentence), chips, today):
            found.setdefault((each.what, each.field, each.words), each)
    return tuple(found.values())


def _of_sentence(text: str, placed: tuple[int, str], chips: list[Chip], today: date) -> Iterator[Found]:
    start, sentence = placed
    title = without_signs(sentence, [_moved(chip, start) for chip in chips]).strip(" .;,")[:LONGEST_TITLE]
    if title and (due := _due(text, placed, chips, today)):
        yield Found(due[0], title, due[1], due[2])
    for chip in chips:
        if chip.sign == "$" and (amount := amount_of(chip.words)):
            yield Found(Mentioned.AMOUNT, title or chip.words, chip.words, amount=amount)
    if not sensitive_words(sentence):
        yield from _facts(sentence, [chip for chip in chips if chip.sign == "+"])


def _due(text: str, placed: tuple[int, str], chips: list[Chip], today: date) -> tuple[Mentioned, str, date] | None:
    """A promise, or something to come back to; a promise needs no day, a follow-up is one only by its day."""
    sentence = placed[1]
    asked = [DayWords(chip.day, chip.start, chip.end) for chip in chips if chip.day is not None]
    named = [*asked, *days_in(sentence, today)]
    day = named[0].day if named else None
    at = named[0] if named else None
    phrase = "" if at is None else (text if asked else sentence)[at.start : at.end].lstrip("!")
    promise = None if _CONTINUES.search(sentence) else _PROMISE.search(sentence)
    if promise:
        return Mentioned.PROMISE, phrase or promise[0], day or today + timedelta(days=USUAL_DAYS)
    return (Mentioned.FOLLOW_UP, phrase, day) if day else None


def _facts(sentence: str, asked: list[Chip]) -> Iterator[Found]:
    told = without_signs(sentence).strip(" .;,")
    if not asked:
        for field, rule in _FACTS:
            if hit := rule.search(sentence):
                yield Found(Mentioned.FACT, told, hit[0], field=field)
                return
    for chip in asked:
        words = without_signs(chip.words).strip(" .;,")
        yield Found(Mentioned.FACT, words, words, field=_topic_of(words))


def _topic_of(words: str) -> str:
    return next((field for field, rule in _FACTS if rule.search(words)), TALK)


def _sentences(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for end in _SENTENCE_END.finditer(text):
        yield at, text[at : end.start()]
        at = end.end()
    yield at, text[at:]


def _lies_in(chip: Chip, start: int, sentence: str) -> bool:
    return start <= chip.start < start + len(sentence)


def _moved(chip: Chip, start: int) -> Chip:
    return Chip(chip.sign, chip.start - start, chip.end - start, chip.words, chip.day)
