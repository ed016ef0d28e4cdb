import copy
import pickle
from dataclasses import dataclass, replace
from datetime import date

import pytest

from accountplanner.domain.errors import NotFoundError, PlannerError, RefusedError, WrongUseError
from accountplanner.domain.sentences import Sentence, fixed, joined, told, told_count, within


def nested() -> Sentence:
    reason = told("it has {size:,.1f} MB", size=1234.56)
    return told("{name} cannot be read: {reason}.", name="“a.xlsx”", reason=reason)


@dataclass(frozen=True)
class Line:
    text: str
    place: int = 0


def test_as_text_it_is_the_english_sentence() -> None:
    assert nested() == "“a.xlsx” cannot be read: it has 1,234.6 MB."
    assert told("Due on {day}.", day=date(2026, 11, 22)) == "Due on 2026-11-22."
    assert told("No {braces} without facts.") == "No {braces} without facts."


@pytest.mark.parametrize("count", [0, 1, 2])
def test_one_thing_has_a_sentence_of_its_own(count: int) -> None:
    said = told_count("{count} file held", "{count} files held", count)
    assert said == ("1 file held" if count == 1 else f"{count} files held")


def test_names_of_the_catalogue_are_small_within_a_sentence_and_whole_for_the_translator() -> None:
    said = told("There is no {kind} here.", kind=within("Account"))
    assert said == "There is no account here."
    kind = said.facts["kind"]
    assert isinstance(kind, Sentence)
    assert kind.template == "Account"


def test_joining_keeps_the_parts() -> None:
    said = joined((nested(), "Anna"), "; ")
    assert said == f"{nested()}; Anna"
    assert [type(fact) for fact in said.facts.values()] == [Sentence, str]


def copied(sentence: Sentence) -> list[object]:
    line = replace(Line(sentence), place=2)
    return [
        pickle.loads(pickle.dumps(sentence)),  # noqa: S301 - our own
        copy.deepcopy(sentence),
        copy.deepcopy(line).text,
        pickle.loads(pickle.dumps(line)).text,  # noqa: S301 - our own
    ]


def test_copies_and_pipes_keep_what_it_was_made_of() -> None:
    for held in copied(nested()):
        assert isinstance(held, Sentence)
        assert held.template == "{name} cannot be read: {reason}."
        assert isinstance(held.facts["reason"], Sentence)
        assert held == nested()


def test_an_error_keeps_its_sentence_across_a_pipe() -> None:
    error = pickle.loads(pickle.dumps(RefusedError(nested())))  # noqa: S301 - our own
    assert str(error) == nested()
    assert error.sentence.template == nested().template


def test_a_plain_literal_given_to_an_error_is_its_own_template() -> None:
    assert WrongUseError("There is nothing to undo.").sentence.template == "There is nothing to undo."
    refused = PlannerError("There is nothing to undo.")
    assert refused.sentence.template == fixed(refused.sentence).template


def test_a_name_that_is_not_here_names_those_near_it() -> None:
    error = NotFoundError("account", "Norda", ("Nordwind", "Nordsee"))
    assert str(error) == "There is no account called “Norda” here. Did you mean “Nordwind” or “Nordsee”?"
    assert str(NotFoundError("account", "x")) == "There is no account called “x” here."
