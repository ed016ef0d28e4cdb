"""How well we know them and how they are: two figures, each explained, neither made from the other."""

import pytest

from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.insight.health import HealthFacts, Mood, Sign, health_of
from accountplanner.insight.knowledge import Known, is_askable, knowledge_of, known_of


def test_nothing_known_is_unknown_and_not_bad() -> None:
    health = health_of(HealthFacts())
    assert (health.share, health.mood, health.parts) == (None, Mood.UNKNOWN, ())


@pytest.mark.parametrize(
    ("facts", "mood"),
    [
        (HealthFacts(satisfaction=("very",)), Mood.GOOD),
        (HealthFacts(satisfaction=("neutral",)), Mood.STEADY),
        (HealthFacts(satisfaction=("satisfied", "unhappy"), open_disputes=1), Mood.STRAINED),
        (HealthFacts(satisfaction=("leaving",)), Mood.AT_RISK),
        (HealthFacts(scores=(9, 10)), Mood.GOOD),
        (HealthFacts(scores=(9, 10), unanswered=1), Mood.STEADY),
        (HealthFacts(bought=(100, 100)), Mood.STEADY),
        (HealthFacts(bought=(10, 100)), Mood.AT_RISK),
    ],
)
def test_the_mood_follows_what_they_say_dispute_and_buy(facts: HealthFacts, mood: Mood) -> None:
    assert health_of(facts).mood is mood


def test_nobody_with_an_open_dispute_is_simply_well() -> None:
    well = HealthFacts(satisfaction=("very", "very"), scores=(10,), bought=(200, 100), open_disputes=1)
    assert health_of(well).mood is not Mood.GOOD
    assert [part.sign for part in health_of(well).parts] == list(Sign)


def test_an_opinion_this_version_does_not_know_says_nothing() -> None:
    assert health_of(HealthFacts(satisfaction=("enchanted",))).mood is Mood.UNKNOWN


def test_sensitive_answers_never_count() -> None:
    fields = record_kind("contact").fields
    hobby, religion = field_named("contact", "mackay_hobbies"), field_named("contact", "mackay_religion")
    known = known_of("contact:1", "Ana", [(hobby, False), (religion, False)], fields)
    assert (known.fresh, known.faded, known.askable) == (1, 0, 61)
    assert not is_askable(religion)


def test_a_faded_answer_is_told_and_not_counted() -> None:
    hobby = field_named("contact", "mackay_hobbies")
    known = known_of("contact:1", "Ana", [(hobby, True)], record_kind("contact").fields)
    assert (known.fresh, known.faded) == (0, 1)


def test_an_account_is_known_by_the_three_people_known_best() -> None:
    account = Known("account:1", "Berglunds", 5, 0, 10)
    people = [Known(f"contact:{fresh}", "", fresh, 0, 60) for fresh in (1, 40, 20, 30)]
    knowledge = knowledge_of(account, people, 60)
    assert [part.fresh for part in knowledge.parts] == [5, 40, 30, 20]
    assert knowledge.share == pytest.approx(95 / 190)


def test_an_account_where_nobody_is_known_is_not_known_well() -> None:
    knowledge = knowledge_of(Known("account:1", "Berglunds", 10, 0, 10), [], 60)
    assert knowledge.share == pytest.approx(10 / 70)
