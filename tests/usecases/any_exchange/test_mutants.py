"""The machine can fail: each mutation breaks one rule, and a scenario gives it away through real files.

The random search meets the likelier ones too, which the slow tests show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase
from tests.domain import test_mutants as domain_mutants
from tests.usecases.acting import agree, bring, filled, say, value, values
from tests.usecases.any_exchange.machine import run
from tests.usecases.any_exchange.test_conflict_scenarios import (
    test_what_is_unticked_takes_nothing_away_of_what_is_taken_beside_it as what_is_unticked_takes_nothing_else,
)
from tests.usecases.any_exchange.test_shown_again import (
    test_nothing_is_lost_of_records_that_were_merged_while_they_differed as nothing_is_lost_of_merged_records,
)
from tests.usecases.any_exchange.test_shown_again import (
    test_only_the_one_answer_goes_and_what_was_typed_meanwhile_stays as what_was_typed_meanwhile_stays,
)

from accountplanner.domain import pictures, registers
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Entry, state
from accountplanner.domain.undo import restated
from accountplanner.exchange.contract import CLEAR_MARK
from accountplanner.exchange.returned import comparing
from accountplanner.exchange.returned.same import is_blank
from accountplanner.store import folding
from accountplanner.usecases import deciding, import_writing, taking_back
from accountplanner.usecases.editing import set_value
from accountplanner.usecases.history import undo
from accountplanner.usecases.import_planning import plan_import
from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.proposals import proposal_rows
from accountplanner.usecases.reviewing import queue, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from tests.usecases.any_exchange.conftest import Team
    from tests.usecases.any_exchange.ground import Ground

    from accountplanner.domain.pictures import Picture
    from accountplanner.domain.registers import Register, Replaces
    from accountplanner.domain.statements import Statement
    from accountplanner.exchange.keys import RowKey
    from accountplanner.exchange.reading.cells import SheetRow
    from accountplanner.exchange.returned.rows import KnownSheet, RowDifference
    from accountplanner.exchange.tables.mapping import TableMapping
    from accountplanner.store.layer import LayerWriting
    from accountplanner.store.tables import SuggestionRow
    from accountplanner.usecases.import_plans import ImportPlan, Suggested
    from accountplanner.usecases.session import Session

Patch = pytest.MonkeyPatch


# --- the mutations --------------------------------------------------------------------------------------------------


def a_blank_clears(patch: Patch) -> None:
    """An emptied cell is taken for a cleared one."""
    difference = comparing._SheetReading._difference

    def clearing(self: comparing._SheetReading, row: SheetRow, key: RowKey, known: KnownSheet) -> RowDifference:
        found = difference(self, row, key, known)
        base = known.base.rows.get(key.alias, [])
        found.changed += [(i, CLEAR_MARK, "") for i, held in enumerate(base) if held and is_blank(found.cells.get(i))]
        return found

    patch.setattr(comparing._SheetReading, "_difference", clearing)


def a_fork_withdraws(patch: Patch) -> None:
    """What one copy says later takes back what another copy of the same export said."""
    seen = Entry.has_seen

    def has_seen(self: Entry, other: Entry) -> bool:
        basis = self.statement.basis
        later = bool(basis) and basis == other.statement.basis and self.arrived > other.arrived
        return later or seen(self, other)

    patch.setattr(Entry, "has_seen", has_seen)


def a_record_is_replaced_as_a_whole(patch: Patch) -> None:
    """Causality per record: whoever had seen the record replaces every field of it."""
    whole = pictures.fold_record

    def fold_record(record: str, entries: Iterable[Entry]) -> Picture:
        held = list(entries)
        theirs = [entry for entry in held if not entry.statement.field.startswith("_")]
        gone = {id(entry) for entry in theirs if any(other is not entry and other.has_seen(entry) for other in theirs)}
        return whole(record, [entry for entry in held if id(entry) not in gone])

    patch.setattr(folding, "fold_record", fold_record)
    patch.setattr(folding, "sift", lambda _: None)


def the_filter_comes_after_the_fold(patch: Patch) -> None:
    """Both layers are folded together and what is private is taken out of the result."""
    said = set_value

    def in_one_picture(session, typed, shown=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        changes = said(session, typed, shown)
        if typed.layer is Layer.ME:
            said(session, replace(typed, text="", clear=True, layer=Layer.TEAM), shown)
        return changes

    patch.setattr("tests.usecases.acting.set_value", in_one_picture)
    for room in ("saying", "accidents"):
        patch.setattr(f"tests.usecases.any_exchange.{room}.set_value", in_one_picture)


def only_survivors_replace(patch: Patch) -> None:
    """One level of dominance: what is replaced by something no longer replaces anything itself."""

    def surviving(entries: Sequence[Entry], replaces: Replaces) -> list[Entry]:
        standing: list[Entry] = []
        for entry in sorted(entries, key=lambda each: (each.arrived, each.id), reverse=True):
            if not any(replaces(other, entry) for other in standing):
                standing.append(entry)
        return standing

    patch.setattr(registers, "surviving", surviving)


def only_the_answer_is_left_out(patch: Patch) -> None:
    """What was stated again beside an answer counts as said with the knowledge of the undo that stated it."""

    def without(entries: Sequence[Entry], answers: Collection[str], replaces: Replaces) -> Register:
        return registers.fold_register([each for each in entries if each.first_said not in answers], replaces)

    patch.setattr(taking_back, "standing_without", without)


def what_was_sent_wins(patch: Patch) -> None:
    """Taking an answer back states what the cell shows, whatever was said meanwhile."""

    def as_sent(_: LayerWriting, each: Suggested, *_marks: Collection[str]) -> tuple[Statement, ...]:
        return (state(each.record, each.field, each.value),)

    patch.setattr(deciding, "withdrawn", as_sent)


def what_is_unticked_states_what_stood(patch: Patch) -> None:
    """Of several answers that come at once, those that are wanted go with the others."""

    def before(view: LayerWriting, unwanted: Sequence[Statement]) -> list[Statement]:
        said = view.field_entries({each.record: {each.field} for each in unwanted})
        old = [entry for each in unwanted for entry in said[each.record]
               if not entry.statement.mark and entry.statement.field == each.field]  # fmt: skip
        return [restated(entry) for entry in registers.fold_register(old).survivors]

    patch.setattr(import_writing, "left_without", before)


def what_does_not_fit_is_dropped(patch: Patch) -> None:
    """A cell that no field takes is told of once, in the preview, and waits nowhere."""

    def fitting(session: Session, proposed: Iterable[Suggested], plan: ImportPlan) -> list[SuggestionRow]:
        return proposal_rows(session, [each for each in proposed if each.can_accept], plan)

    patch.setattr(import_writing, "proposal_rows", fitting)


# --- the histories that give them away ------------------------------------------------------------------------------


def blank_cells(team: Team) -> None:
    bring(team.ann, filled(team.book(team.ann), team.path(), ("Accounts", "Alpine", "City", " ")))
    assert team.stands(team.alpine, "city") == {"Oslo"}


def two_copies(team: Team) -> None:
    book = team.book(team.ann)
    for word in ("Hamar", "Moss"):
        bring(team.ann, filled(book, team.path(), ("Accounts", "Alpine", "City", word)))
    assert team.stands(team.alpine, "city") == {"Hamar", "Moss"}


def two_fields(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    team.send(team.ann, team.ben)
    say(team.ben, team.alpine, "industry", "Fish")
    team.settle()
    assert (value(team.cleo, team.alpine, "city"), value(team.cleo, team.alpine, "industry")) == ("Hamar", "Fish")


def two_clocks(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    say(team.ben, team.alpine, "city", "Moss")
    assert team.stands(team.alpine, "city") == {"Hamar", "Moss"}


def a_private_word(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Only Ann knows", layer=Layer.ME)
    assert team.stands(team.alpine, "city") == {"Oslo"}


def one_answer_twice(team: Team) -> None:
    edited = filled(team.book(team.ann), team.path(), ("Accounts", "Alpine", "City", "Moss"))
    bring(team.ann, edited)
    bring(team.ben, edited)
    team.send(team.ben, team.cleo)
    say(team.cleo, team.alpine, "city", "Hamar")
    assert team.stands(team.alpine, "city") == {"Hamar"}


def an_answer_undone(team: Team) -> None:
    edited = filled(team.book(team.ann), team.path(), ("Accounts", "Alpine", "City", "Moss"))
    bring(team.ann, edited)
    undo(team.ann)
    bring(team.ben, edited)
    assert team.stands(team.alpine, "city") == {"Oslo"}


def a_list_heard_of_in_part(team: Team) -> None:
    """Two laptops took different first files of a source, then one second: what it corrects on one it corrects on all.

    Whoever corrects the second file had heard of one first file only, and corrects the other through the second.
    """
    files = {}
    for word in ("Hamar", "Voss", "Moss"):
        files[word] = team.path(".csv")
        files[word].write_text(f"Customer number,Company,City\n77,Delta,{word}\n")
    options = ImportOptions(settled=replace(_mapping(team, files["Hamar"]), source="erp"))
    for session, brought in ((team.ann, ("Hamar", "Moss")), (team.ben, ("Voss", "Moss"))):
        for word in brought:
            import_files(session, [files[word]], options)
    team.send(team.ben, team.cleo)
    (delta,) = team.cleo.store.records_titled("account", "Delta")
    say(team.cleo, delta, "city", "Larvik")
    assert team.stands(delta, "city") == {"Larvik"}


def _mapping(team: Team, file: Path) -> TableMapping:
    mapping = plan_import(team.ann, [file], ImportOptions()).mapping
    assert mapping is not None
    return mapping


def a_conflict_edited(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    say(team.ben, team.alpine, "city", "Moss")
    team.send(team.ben, team.ann)
    bring(team.ann, filled(team.book(team.ann), team.path(), ("Accounts", "Alpine", "City", "Larvik")))
    assert values(team.ann, team.alpine, "city") == {"Hamar", "Moss", "Larvik"}
    settle = next(item for item in queue(team.ann) if item.kind == "conflict")
    resolve(team.ann, settle.id, 1)
    team.settle()
    assert agree(*team.everybody)


def a_tier_that_is_none(team: Team) -> None:
    bring(team.ann, filled(team.book(team.ann), team.path(), ("Accounts", "Alpine", "Tier", "Z9")))
    assert [(item.kind, item.found) for item in queue(team.ann)] == [("value", "Z9")]


@dataclass(frozen=True)
class Mutant:
    mutate: Callable[[Patch], None]
    history: Callable[[Team], None]
    findable: bool = True


MUTANTS = [
    Mutant(only_survivors_replace, a_list_heard_of_in_part, findable=False),
    Mutant(a_blank_clears, blank_cells, findable=False),
    Mutant(a_fork_withdraws, two_copies, findable=False),
    Mutant(domain_mutants.a_clock_decides, two_clocks),
    Mutant(a_record_is_replaced_as_a_whole, two_fields),
    Mutant(the_filter_comes_after_the_fold, a_private_word),
    Mutant(domain_mutants.only_the_first_envelope_is_kept, one_answer_twice, findable=False),
    Mutant(domain_mutants.an_import_makes_fresh_ids, an_answer_undone, findable=False),
    Mutant(domain_mutants.a_cell_in_conflict_replaces_it, a_conflict_edited, findable=False),
    Mutant(only_the_answer_is_left_out, nothing_is_lost_of_merged_records, findable=False),
    Mutant(what_was_sent_wins, what_was_typed_meanwhile_stays, findable=False),
    Mutant(what_is_unticked_states_what_stood, what_is_unticked_takes_nothing_else, findable=False),
    Mutant(what_does_not_fit_is_dropped, a_tier_that_is_none, findable=False),
]


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.mutate.__name__)
def test_the_history_passes_unmutated(team: Team, mutant: Mutant) -> None:
    mutant.history(team)


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.mutate.__name__)
def test_the_history_catches_the_mutant(team: Team, mutant: Mutant, monkeypatch: Patch) -> None:
    mutant.mutate(monkeypatch)
    with pytest.raises(AssertionError):
        mutant.history(team)


@pytest.mark.slow
@pytest.mark.parametrize(
    "mutant", [each for each in MUTANTS if each.findable], ids=lambda mutant: mutant.mutate.__name__
)
def test_random_search_catches_the_mutant(ground: Ground, mutant: Mutant, monkeypatch: Patch) -> None:
    mutant.mutate(monkeypatch)
    with pytest.raises(AssertionError):
        run(ground, 60, 15, seed=1, phases=[Phase.generate], database=None, report_multiple_bugs=False)
