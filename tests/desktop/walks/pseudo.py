"""A language nobody speaks: every sentence half as long again, with accents, so that what is not translated shows."""

from collections.abc import Iterator, Mapping
from typing import Final

from typing_extensions import override

from accountplanner.desktop import wording
from accountplanner.domain.translations import Translations

_ACCENTS: Final = str.maketrans("aeiouyAEIOUYncsz", "åéîöüýÅÉÎÖÜÝñçšž")
_FILLING: Final = "äßölüñ"
LONGER_BY: Final = 0.5
PSEUDO: Final = "pseudo"


def pseudo(sentence: str) -> str:
    """Write a sentence in it; the facts in braces stay what they are."""
    words = (_longer(word) for word in sentence.split(" "))
    return " ".join(words)


def _longer(word: str) -> str:
    if not any(letter.isalpha() for letter in word) or "{" in word:
        return word
    end = next((at for at in range(len(word), 0, -1) if word[at - 1].isalpha()), len(word))
    extra = max(1, round(end * LONGER_BY))
    return word[:end].translate(_ACCENTS) + (_FILLING * 4)[:extra] + word[end:]


class _Sentences(Mapping[str, str]):
    """Has a translation of everything."""

    @override
    def __getitem__(self, sentence: str) -> str:
        return pseudo(sentence)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(())

    @override
    def __len__(self) -> int:
        return 0


def speak_pseudo() -> None:
    """Say everything in it from now on."""
    everything = _Sentences()
    wording._spoken.words = Translations(PSEUDO, everything, everything)
