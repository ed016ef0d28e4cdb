"""Words by which a free text may speak of health, religion and the like, so that its writer can be warned.

English and German, whole words; a `*` stands for any ending. The lists are for a hint beside a field, never for a
decision: they miss much and are sometimes wrong, and nothing is kept back because of them except an offer.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """The special categories of personal data, as a person would call them."""

    HEALTH = "health"
    RELIGION = "religion"
    POLITICS = "politics"
    PRIVATE_LIFE = "private life"
    ORIGIN = "origin"
    UNION = "union membership"


_WORDS: Final = {
    Topic.HEALTH: (
        "sick ill illness* disease* cancer tumour* tumor* diabet* depress* burnout surgery hospital* hospitali* "
        "therapy therapist* chemo* stroke disabled disabilit* wheelchair pregnan* miscarriage* rehab alcoholi* "
        "addict* medication* allerg* dementia epilep* asthma* infarct* handicap* HIV AIDS krank krankheit* "
        "kranke* erkrank* krebs tumore* depressi* operiert krankenhaus* therapie* chemothera* "
        "schlaganfall* herzinfarkt* behindert* behinderung* rollstuhl* schwanger* fehlgeburt* reha alkoholi* "
        "süchtig* suchtkrank* medikament* allergi* demenz epilepsi* bandscheib* krankgeschrieben krankmeldung*"
    ),
    Topic.RELIGION: (
        "religio* church christian* catholic* protestant* muslim* islam* jew jewish jews hindu* buddhis* atheis* mosque* "
        "synagogue* prays prayer* baptis* baptiz* ramadan kosher halal religiös* kirche* christlich* katholi* evangelisch* "
        "moslem* muslimisch* jude juden jüdisch* hinduis* moschee* synagoge* betet gebet* getauft taufe koscher"
    ),
    Topic.POLITICS: (
        "politic* republican* democrat democrats socialist* communist* brexit votes voted voter* "
        "elections left-wing right-wing parteimitglied* politisch* wählt wähler* CDU CSU SPD FDP AfD "
        "linkspartei sozialist* kommunist* ÖVP SPÖ FPÖ"
    ),
    Topic.PRIVATE_LIFE: (
        "gay lesbian* homosexual* bisexual* transgender transsexual* sexual* sex affair mistress schwul* lesb* "
        "homosexuell* bisexuell* transsexuell* sexuell* affäre* geliebte"
    ),
    Topic.ORIGIN: "ethnic* racial gypsy black-skinned ethnisch* hautfarbe migrationshintergrund",
    Topic.UNION: "trade-union* unionised unionized shop-steward* gewerkschaft* betriebsrat* betriebsrät*",
}


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A word that may speak of something special, and of what."""

    topic: Topic
    word: str


def _pattern(words: str) -> str:
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(words.split(), key=len, reverse=True))


_FOUND: Final = re.compile(
    "|".join(rf"(?P<t{at}>(?<!\w)(?:{_pattern(words)})(?!\w))" for at, words in enumerate(_WORDS.values())),
    re.IGNORECASE,
)
_TOPICS: Final = tuple(_WORDS)


def sensitive_words(text: str) -> tuple[Sensitive, ...]:
    """The words of a text that may speak of something special, each once, in the order of the text."""
    found: dict[tuple[Topic, str], Sensitive] = {}
    for match in _FOUND.finditer(text):
        topic = _TOPICS[int(str(match.lastgroup)[1:])]
        found.setdefault((topic, match[0].casefold()), Sensitive(topic, match[0]))
    return tuple(found.values())
