"""What a note says with signs, which days it names, and what it mentions that could be kept."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accountplanner.domain.capture import Sign, amount_of, chip_before, read_capture, without_signs
from accountplanner.domain.capture_offers import TALK, Mentioned, found_in
from accountplanner.domain.day_words import day_at, days_in
from accountplanner.domain.fields import Privacy
from accountplanner.domain.sensitive_words import Topic, sensitive_words

TODAY = date(2026, 11, 22)  # a Sunday
_PIECES = (
    "@Christina Berglund",
    "#Simons A/S",
    "!friday",
    "!in two weeks",
    "$4.5k",
    "+likes sailing",
    "27.11.",
    "\n",
    " ",
)
_notes = st.lists(st.sampled_from(_PIECES) | st.text(max_size=20), max_size=12).map("".join)


@given(_notes)
def test_no_text_is_too_odd_and_every_chip_stands_where_it_says(text: str) -> None:
    capture = read_capture(text, TODAY)
    assert capture.text == text
    for chip in (*capture.chips(), *capture.strange):
        assert text[chip.start] == chip.sign
        assert text[chip.start + 1 : chip.end] == chip.words != ""
    for mention in capture.mentions:
        assert [len(chip.words) for chip in mention.lengths] == sorted(
            {len(chip.words) for chip in mention.lengths}, reverse=True
        )
    for found in found_in(capture, TODAY):
        assert found.words


@given(_notes)
@example('!friday"@Christina Berglund')
@example("(!friday@Christina Berglund")
def test_whatever_is_mentioned_is_mentioned_in_words_of_the_note(text: str) -> None:
    """Offers are told without the signs, wherever in a word they stood."""
    signs = str.maketrans("", "", "@#$+!")
    for found in found_in(read_capture(text, TODAY), TODAY):
        for word in found.words.split():
            assert word.translate(signs) in text.translate(signs)


def test_a_whole_note() -> None:
    capture = read_capture("@Christina Berglund wants it #Simons A/S, !friday $4.5k +likes sailing. Bye", TODAY)
    person, account = capture.mentions
    assert [chip.words for chip in person.lengths][2:] == ["Christina Berglund", "Christina"]
    assert account.lengths[0].words == "Simons A/S"
    assert [(chip.words, chip.day) for chip in capture.days] == [("friday", date(2026, 11, 27))]
    assert [amount_of(chip.words) for chip in capture.amounts] == ["4500"]
    assert [chip.words for chip in capture.facts] == ["likes sailing"]


@pytest.mark.parametrize(
    "text", ["mail nancy@example.com", "order #12", "call +44 20 7946", "a+b @ 5 $", "wow!really", "@"]
)
def test_letters_that_only_look_like_signs_stay_words(text: str) -> None:
    assert read_capture(text, TODAY).chips() == ()


def test_a_day_nobody_knows_is_told_as_strange() -> None:
    capture = read_capture("!important !31.2.", TODAY)
    assert [chip.words for chip in capture.strange] == ["important", "31.2"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("friday", "2026-11-27"),
        ("fr", "2026-11-27"),
        ("Sonntag", "2026-11-29"),
        ("27.11.", "2026-11-27"),
        ("27.11", "2026-11-27"),
        ("1.3.", "2027-03-01"),
        ("1.3.2028", "2028-03-01"),
        ("13 June", "2027-06-13"),
        ("3. Dezember", "2026-12-03"),
        ("2026-12-24", "2026-12-24"),
        ("today", "2026-11-22"),
        ("morgen", "2026-11-23"),
        ("übermorgen", "2026-11-24"),
        ("next week", "2026-11-27"),
        ("nächste Woche", "2026-11-27"),
        ("in two weeks", "2026-12-06"),
        ("in zwei Wochen", "2026-12-06"),
        ("in 3 Monaten", "2027-02-22"),
        ("end of the month", "2026-11-30"),
        ("uebermorgen", "2026-11-24"),
        ("naechsten Freitag", "2026-11-27"),
        ("in der naechsten Woche", "2026-11-27"),
        ("Anfang nächster Woche", "2026-11-23"),
        ("Mitte nächster Woche", "2026-11-25"),
        ("Ende nächster Woche", "2026-11-27"),
        ("in fuenf Tagen", "2026-11-27"),
        ("am 3. April", "2027-04-03"),
        ("bis 3.4.", "2027-04-03"),
        ("3. Maerz", "2027-03-03"),
        ("Ende November", "2026-11-30"),
        ("Ende Februar 2028", "2028-02-29"),
        ("end of December", "2026-12-31"),
        ("zum Monatsende", "2026-11-30"),
    ],
)
def test_days_as_people_write_them(words: str, day: str) -> None:
    found = day_at(words, 0, TODAY, is_asked=True)
    assert found is not None
    assert (found.day.isoformat(), found.end) == (day, len(words))


@pytest.mark.parametrize(
    "text",
    ["last Friday", "letzten Freitag", "Guten Morgen", "am Morgen", "31.2.", "version 3.11", "2026-13-45", "so we do"],
)
def test_what_is_no_day_to_come(text: str) -> None:
    assert list(days_in(text, TODAY)) == []


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("We will send the price list by Friday.", Mentioned.PROMISE, "2026-11-27"),
        ("I promised to call.", Mentioned.PROMISE, "2026-11-29"),
        ("Haben versprochen, das Angebot am 27.11. zu schicken.", Mentioned.PROMISE, "2026-11-27"),
        ("Wir schicken nächste Woche Muster", Mentioned.PROMISE, "2026-11-27"),
        ("call her back in two weeks", Mentioned.FOLLOW_UP, "2026-12-06"),
        ("ask for the budget !tomorrow", Mentioned.FOLLOW_UP, "2026-11-23"),
    ],
)
def test_promises_and_follow_ups(text: str, what: Mentioned, due: str) -> None:
    [found] = found_in(read_capture(text, TODAY), TODAY)
    assert (found.what, found.due) == (what, date.fromisoformat(due))
    assert "!" not in found.words


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Her daughter starts school", "mackay_children"),
        ("Seine Tochter studiert", "mackay_children"),
        ("Birthday 13 June", "mackay_birth"),
        ("She plays chess at lunch", "mackay_hobbies"),
        ("Er segelt", "mackay_hobbies"),
        ("studied in Graz", "mackay_schooling"),
        ("Lieblingsrestaurant: Zum Löwen", "mackay_restaurants"),
        ("used to work at Contoso", "mackay_previous_employers"),
        ("The main problem is late delivery", "mackay_key_problems"),
        ("talked +knows every lighthouse", TALK),
    ],
)
def test_facts_find_their_topic(text: str, field: str) -> None:
    facts = [found for found in found_in(read_capture(text, TODAY), TODAY) if found.what is Mentioned.FACT]
    assert [fact.field for fact in facts] == [field]


def test_a_sentence_about_health_gives_no_fact() -> None:
    capture = read_capture("Her daughter has diabetes. She plays golf. +her son is depressed", TODAY)
    assert [found.words for found in found_in(capture, TODAY)] == ["She plays golf"]


def test_rules_lead_only_to_topics_of_the_catalogue_that_are_not_special() -> None:
    from accountplanner.domain.capture_offers import _RULES  # noqa: PLC0415 - only here
    from accountplanner.domain.catalogue import field_named  # noqa: PLC0415

    fields = [field_named("contact", key) for key in (TALK, *(key for key, _ in _RULES))]
    assert all(field.privacy is not Privacy.SPECIAL for field in fields)


def test_words_about_what_is_special_are_whole_words_in_both_languages() -> None:
    assert [(found.topic, found.word) for found in sensitive_words("Er ist Katholik und war im Krankenhaus")] == [
        (Topic.RELIGION, "Katholik"),
        (Topic.HEALTH, "Krankenhaus"),
    ]
    assert [found.word for found in sensitive_words("in HOSPITAL; gay; votes; pregnant")] == [
        "HOSPITAL", "gay", "votes", "pregnant",
    ]  # fmt: skip
    assert sensitive_words("They operate a fleet, essential parts, birthday party, Sickert Ltd, engaging, judge") == ()


def test_backspace_takes_the_whole_chip() -> None:
    text = "to @Nancy now"
    chips = read_capture(text, TODAY).chips()
    assert chips[0].sign is Sign.PERSON
    for at, found in ((9, True), (10, True), (8, False), (11, False)):
        assert (chip_before(text, at, chips) is not None) is found


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("400", "400"),
        ("4k", "4000"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("2 Mio", "2000000"),
        ("1.000", "1000"),
    ],
)
def test_amounts(words: str, amount: str) -> None:
    assert amount_of(words) == amount


def test_signs_leave_a_title() -> None:
    assert without_signs("@Nancy  wants #Simons\nfor $4k soon") == "Nancy wants Simons for $4k soon"
