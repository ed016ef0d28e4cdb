"""What would stand had an answer never been given, whatever was stated again since."""

from __future__ import annotations

from accountplanner.domain.registers import fold_register
from accountplanner.domain.statements import Entry, Statement, state
from accountplanner.domain.undo import restated
from accountplanner.domain.withdrawing import standing_without

ACME = "account:1"


class Log:
    """One replica's log of one register; each batch says several things at once and knows some batches before it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def say(self, *said: str | Entry, seen: int | None = None) -> list[Entry]:
        batch = max((entry.arrived for entry in self.entries), default=0) + 1
        told = [state(ACME, "city", each) if isinstance(each, str) else restated(each) for each in said]
        cut = {"A": batch - 1 if seen is None else seen}
        made = [_entry(batch, number, each, cut) for number, each in enumerate(told)]
        self.entries += made
        return made

    def without(self, answer: Entry) -> set[str | None]:
        return {each.value for each in standing_without(self.entries, {answer.id}, Entry.has_seen).siblings}

    def stands(self) -> set[str | None]:
        return {each.value for each in fold_register(self.entries).siblings}


def _entry(batch: int, number: int, said: Statement, cut: dict[str, int]) -> Entry:
    return Entry(f"A.{batch}.{number}", said, (("A", batch),), cut, batch, replica="A")


def parted() -> tuple[Log, Entry, Entry, Entry]:
    """An answer that took the place of one value, beside another of which neither its writer nor that of the value knew."""
    log = Log()
    (oslo,), (moss,) = log.say("Oslo"), log.say("Moss", seen=0)
    (answer,) = log.say("Bremen", seen=1)
    return log, oslo, moss, answer


def test_what_the_answer_had_replaced_comes_back_beside_what_it_had_not() -> None:
    log, _, _, answer = parted()
    assert (log.stands(), log.without(answer)) == ({"Moss", "Bremen"}, {"Oslo", "Moss"})


def test_nothing_is_hidden_by_what_was_stated_again_together_with_the_answer() -> None:
    log, oslo, moss, answer = parted()
    log.say(oslo, moss)
    for _ in range(2):
        log.say(answer, moss)
        assert (log.stands(), log.without(answer)) == ({"Moss", "Bremen"}, {"Oslo", "Moss"})


def test_what_was_said_in_place_of_the_answer_and_taken_back_stays_away() -> None:
    log, _, moss, answer = parted()
    log.say("Larvik")
    log.say(answer, moss)
    assert log.without(answer) == {"Oslo", "Moss"}


def test_what_was_settled_without_knowing_of_the_answer_stays_settled() -> None:
    log, _, moss, answer = parted()
    log.say(moss, seen=2)
    assert (log.stands(), log.without(answer)) == ({"Moss", "Bremen"}, {"Moss"})
    log.say(answer, moss)
    assert log.without(answer) == {"Moss"}


def test_a_value_the_answer_was_preferred_to_comes_back() -> None:
    log, _, _, answer = parted()
    log.say(answer)
    assert (log.stands(), log.without(answer)) == ({"Bremen"}, {"Oslo", "Moss"})


def test_a_newer_value_of_somebody_who_knew_the_answer_stays_where_another_kept_the_answer() -> None:
    log, _, _, answer = parted()
    log.say("Larvik", seen=3)
    log.say(answer, seen=3)
    assert (log.stands(), log.without(answer)) == ({"Larvik", "Bremen"}, {"Larvik"})


def test_an_answer_that_is_the_only_thing_said_leaves_nothing() -> None:
    log = Log()
    (answer,) = log.say("Bremen")
    assert log.without(answer) == set()
