from datetime import date

import pytest

from accountplanner.domain.recognition import Recogniser
from accountplanner.domain.sentences import Sentence, joined, told, told_count, within

TEMPLATES = (
    "{field} changed",
    "“{field}” changed",
    "{field} cleared for {count} {records}",
    "New {kind}",
    "Import of {name}",
    "Import of {name} and {count} more",
    "Put off until {day}",
    "Conflict resolved",
    "{count} suggestions accepted",
    "Undo: {title}",
    "Redo: {title}",
)
recogniser = Recogniser(TEMPLATES)


@pytest.mark.parametrize(
    "sentence",
    [
        told("{field} changed", field="Phone"),
        told("“{field}” changed", field="Phone"),
        told("{field} cleared for {count} {records}", field="Phone", count=2, records=within("Accounts")),
        told("New {kind}", kind=within("Contact")),
        told("Import of {name}", name="list of “all” and 3 others.xlsx"),
        told("Import of {name} and {count} more", name="a, b.xlsx", count=3),
        told("Put off until {day}", day=date(2026, 11, 22)),
        told("Undo: {title}", title=told("Undo: {title}", title=told("New {kind}", kind=within("Account")))),
    ],
    ids=str,
)
def test_a_text_leads_back_to_its_sentence(sentence: Sentence) -> None:
    found = recogniser.recognise(str(sentence))
    assert isinstance(found, Sentence)
    assert (found, found.template) == (sentence, sentence.template)
    assert {name: str(fact) for name, fact in found.facts.items()} == {
        name: str(fact) for name, fact in sentence.facts.items()
    }


def test_numbers_and_days_come_back_as_such_and_titles_within_titles_are_recognised() -> None:
    found = recogniser.recognise("Undo: Put off until 2026-11-22")
    assert isinstance(found, Sentence)
    within_it = found.facts["title"]
    assert isinstance(within_it, Sentence)
    assert within_it.facts == {"day": date(2026, 11, 22)}


def test_what_was_put_together_is_taken_apart() -> None:
    sentence = joined((told("Conflict resolved"), told_count("", "{count} suggestions accepted", 2)), ", ")
    found = recogniser.recognise(str(sentence))
    assert isinstance(found, Sentence)
    assert [fact.template for fact in found.facts.values() if isinstance(fact, Sentence)] == [
        "Conflict resolved",
        "{count} suggestions accepted",
    ]


@pytest.mark.parametrize(
    "text", ["", "Our prices changed", "New hope", "Conflict resolved, our way", "undo: New contact"]
)
def test_what_a_person_wrote_stays_as_it_is(text: str) -> None:
    found = recogniser.recognise(text)
    assert type(found) is str
    assert found == text
