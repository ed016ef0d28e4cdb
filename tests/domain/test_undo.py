"""Which step is undone or redone next, and what undoing one record states."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.statements import Entry, Source, Statement, exists, state
from accountplanner.domain.undo import (
    StepRecord,
    cleared,
    first_of,
    next_to_redo,
    next_to_undo,
    restated,
    to_turn,
    undo_record,
)
from accountplanner.domain.undo import undone as undone_steps

ACME = "account:1"


def an_entry(arrived: int, statement: Statement, seen: int | None = None, replica: str = "A") -> Entry:
    cut = {replica: arrived - 1 if seen is None else seen}
    return Entry(f"{replica}.{arrived}", statement, ((replica, arrived),), cut, arrived, replica=replica)


def name(value: str | None, source: Source | None = None) -> Statement:
    return state(ACME, "name", value, source or Source())


# --- which step -----------------------------------------------------------------------------------------------------


def test_nothing_done_is_nothing_to_undo() -> None:
    assert next_to_undo([]) is None
    assert next_to_redo([]) is None


@given(st.lists(st.sampled_from(["new", "undo", "redo", "locked"]), max_size=30))
def test_steps_behave_as_two_stacks_do(moves: list[str]) -> None:
    """The oracle is the two stacks every text editor has; here they are read out of an append-only history."""
    steps: list[StepRecord] = []
    done: list[int] = []
    undone: list[int] = []
    gone: set[int] = set()
    names: dict[int, int] = {}
    fresh = count(1)
    for move in moves:
        number = next(fresh)
        if move in {"new", "locked"}:
            steps.append(StepRecord(number, "a change", undoable=move == "new"))
            names[number] = number
            if move == "new":
                done.append(number)
                undone.clear()
            continue
        wanted, other = (done, undone) if move == "undo" else (undone, done)
        found = next_to_undo(steps) if move == "undo" else next_to_redo(steps)
        assert (names[found.number] if found else None) == (wanted[-1] if wanted else None)
        if found:
            steps.append(StepRecord(number, "back or forth", reverses=found.number))
            names[number] = names[found.number]
            other.append(wanted.pop())
            (gone.add if move == "undo" else gone.remove)(names[number])
            first = next(step for step in steps if step.number == names[number])
            assert to_turn(steps, first).number == number
            assert first_of(steps, steps[-1]) == first
    assert {number for number in undone_steps(steps) if names[number] == number} == gone


# --- what is stated -------------------------------------------------------------------------------------------------


def test_undo_says_again_what_stood_with_its_source_and_its_origin() -> None:
    before = name("Acme", Source("anna", "2026-01-01", "told", "sure"))
    (said,), skipped = undo_record([an_entry(1, before), an_entry(2, name("Bolt"))], {2}, others_spoke=False)
    assert not skipped
    assert (said.value, said.speaker, said.date, said.how, said.sure) == ("Acme", "anna", "2026-01-01", "told", "sure")
    assert said.restates == "A.1"


def test_what_was_blank_is_cleared() -> None:
    (said,), _ = undo_record([an_entry(1, name("Acme"))], {1}, others_spoke=False)
    assert (said.value, said.register) == (None, (ACME, "name", ""))


def test_what_this_workspace_said_as_another_replica_is_no_change_by_somebody_else() -> None:
    """Two undos in a row after a restore: the first one was said by the new replica."""
    first, second = an_entry(1, name("Acme")), an_entry(2, name("Bolt"), 1)
    undo = restated(first)
    again = Entry("B.1", undo, (("B", 1),), {"A": 2}, 3, replica="B")
    said, skipped = undo_record([first, second, again], {1}, others_spoke=False, own={"A", "B"})
    assert ([each.value for each in said], skipped) == ([None], [])
    said, skipped = undo_record([first, second, again], {1}, others_spoke=False)
    assert ([each.value for each in said], [each.reason for each in skipped]) == ([], ["changed since"])


def test_every_sibling_is_said_again() -> None:
    entries = [an_entry(1, name("Acme"), 0), an_entry(2, name("Bolt"), 0), an_entry(3, name("Cobra"))]
    said, _ = undo_record(entries, {3}, others_spoke=False)
    assert {statement.value for statement in said} == {"Acme", "Bolt"}


def test_a_step_that_changed_nothing_states_nothing() -> None:
    assert undo_record([an_entry(1, name("Acme"))], {2}, others_spoke=False) == ([], [])


def test_a_step_that_gave_the_same_value_a_new_source_gives_the_old_one_back() -> None:
    entries = [an_entry(1, name("Acme", Source("anna"))), an_entry(2, name("Acme", Source("ben")))]
    (said,), _ = undo_record(entries, {2}, others_spoke=False)
    assert said.speaker == "anna"


def test_a_step_of_two_batches_is_undone_as_one() -> None:
    entries = [an_entry(1, name("Acme")), an_entry(2, name("Bolt")), an_entry(3, name("Cobra"))]
    (said,), _ = undo_record(entries, {2, 3}, others_spoke=False)
    assert said.value == "Acme"


@pytest.mark.parametrize("others_spoke", [True, False])
def test_a_creation_is_left_standing_once_others_spoke(*, others_spoke: bool) -> None:
    said, skipped = undo_record([an_entry(1, exists(ACME)), an_entry(1, name("Acme"))], {1}, others_spoke=others_spoke)
    assert (len(said), len(skipped)) == ((0, 1) if others_spoke else (1, 0)) or not others_spoke
    assert bool(skipped) == others_spoke


def test_only_a_creation_asks_whether_others_spoke() -> None:
    entries = [an_entry(1, exists(ACME)), an_entry(2, exists(ACME, present=False)), an_entry(3, exists(ACME))]
    said, skipped = undo_record(entries, {3}, others_spoke=True)
    assert ([statement.value for statement in said], skipped) == (["no"], [])


def test_what_somebody_else_said_since_is_skipped_and_listed() -> None:
    entries = [an_entry(1, name("Acme")), an_entry(2, name("Bolt")), an_entry(3, name("Bolt"), 0, "B")]
    said, (skipped,) = undo_record(entries, {2}, others_spoke=False)
    assert not said
    assert (skipped.record, skipped.field, skipped.reason) == (ACME, "name", "changed since")


def test_saying_again_drops_what_tied_the_words_to_a_workbook() -> None:
    cell = Statement(ACME, "name", "Acme", mark="m", basis="export:1", joins=True)
    again = restated(an_entry(1, cell))
    assert (again.mark, again.basis, again.joins, again.restates) == ("", "", False, "A.1")
    assert restated(an_entry(2, again)).restates == "A.1"
    assert cleared(cell).mark == ""
