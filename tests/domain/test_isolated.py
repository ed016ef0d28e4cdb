"""Texts that run from right to left, or turn what stands around them, among other words."""

from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.text import isolated, without_turns

_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f"


def test_what_turns_nothing_stays_as_it_is() -> None:
    assert isolated("Plain, with ümlauts and 株式会社") == "Plain, with ümlauts and 株式会社"


def test_what_turns_ends_where_its_line_ends() -> None:
    assert isolated("\u05e9\u05dc") == "\u2068\u05e9\u05dc\u2069"
    assert isolated("a\u202eb\nc") == "\u2068a\u202eb\u2069\n\u2068c\u2069"
    assert isolated("out\u2069side\u202e") == "\u2068outside\u202e\u2069", "what would end it early is left out"
    assert isolated("\u2067open") == "\u2068\u2067open\u2069\u2069"


@given(st.text(st.sampled_from(f"aב1 {_MARKS}")))
def test_nothing_reaches_out_of_it_and_the_words_stay(text: str) -> None:
    shown = isolated(text)
    depth = 0
    for at, letter in enumerate(shown):
        depth += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        assert depth > 0 or at == len(shown) - 1 or not set(shown) & set(_MARKS)
    assert depth == 0
    assert without_turns(shown) == without_turns(text)
