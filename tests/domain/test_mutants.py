"""The checks can fail: each mutation breaks one rule of the merge, and each is caught.

A directed history must catch it at once. The slow tests let the random machine find it as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.domain.team import Cell, Team
from tests.domain.test_machine import TeamMachine, check_everything

from accountplanner.domain import entries as entries_module
from accountplanner.domain import pictures, registers, statements
from accountplanner.domain.cuts import Chains
from accountplanner.domain.statements import Entry, Source, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from accountplanner.domain.batches import Header
    from accountplanner.domain.cuts import Cut
    from accountplanner.domain.registers import Register
    from accountplanner.domain.statements import Statement

ACME = "account:1"
Patch = pytest.MonkeyPatch


# --- the mutations --------------------------------------------------------------------------------------------------


def only_the_first_envelope_is_kept(patch: Patch) -> None:
    def joined(one: Entry, other: Entry) -> Entry:
        return one if one.arrived <= other.arrived else other

    patch.setattr(statements, "_joined", joined)


def an_import_makes_fresh_ids(patch: Patch) -> None:
    def fresh(header: Header, digest: str, before: int, said: Iterable[Statement]) -> Iterator[str]:
        for ordinal, _ in enumerate(said, start=before + 1):
            yield f"{header.replica}.{header.sequence}.{ordinal}.{digest}"

    patch.setattr(entries_module, "statement_ids", fresh)


def batches_are_folded_before_their_cut_is_held(patch: Patch) -> None:
    def lacks(self: Chains, sequence: int, previous: str, cuts: Iterable[Cut]) -> list[str]:
        del cuts
        return [previous] if sequence > 1 and previous not in self.places else []

    patch.setattr(Chains, "lacks", lacks)


def a_clock_decides(patch: Patch) -> None:
    def latest(entries: Sequence[Entry], replaces: registers.Replaces) -> list[Entry]:
        del replaces
        return [max(entries, key=lambda entry: (entry.statement.date, entry.id))]

    patch.setattr(registers, "surviving", latest)


def a_clock_decides_whether_a_record_is_there(patch: Patch) -> None:
    whole = pictures._picture

    def by_the_winner(record: str, folded: dict[tuple[str, str], Register]) -> pictures.Picture:
        picture = whole(record, folded)
        existence = folded.get(("_exists", ""))
        return picture if existence is None else replace(picture, exists=existence.value == "yes")

    patch.setattr(pictures, "_picture", by_the_winner)


def a_blank_clears(patch: Patch) -> None:
    """A cell of a later file that is blank is read as cleared, rather than as no statement."""
    fill = Team.bring_list

    def bring_list(self: Team, who: str, source: str, number: int, *cells: Cell) -> object:
        written = fill(self, who, source, number, *cells)
        said = {cell.field for cell in cells}
        for name in {"name", "phone"} - said:
            self.laptops[who].write([state(ACME, name, None)])
        return written

    patch.setattr(Team, "bring_list", bring_list)


def only_survivors_replace(patch: Patch) -> None:
    """One level of dominance: what is replaced no longer replaces anything."""

    def surviving(entries: Sequence[Entry], replaces: registers.Replaces) -> list[Entry]:
        standing: list[Entry] = []
        for entry in sorted(entries, key=lambda each: (each.arrived, each.id), reverse=True):
            if not any(replaces(other, entry) for other in standing):
                standing.append(entry)
        return standing

    patch.setattr(registers, "surviving", surviving)


def a_statement_replaces_every_field_of_its_record(patch: Patch) -> None:
    def fold_record(record: str, entries: Iterable[Entry]) -> pictures.Picture:
        held = statements.united(entries)
        standing = [entry for entry in held if not any(other.has_seen(entry) for other in held if other is not entry)]
        return whole(record, standing)

    whole = pictures.fold_record
    patch.setattr("tests.domain.replica.fold_record", fold_record)


def saving_counts_as_having_seen(patch: Patch) -> None:
    """The cut is taken when the value is saved, not when it was shown."""
    write = Team.write

    def late(self: Team, who: str, *said: Statement, **options: object) -> object:
        look = options.pop("look", None)
        laptop = self.laptops[who]
        if look is not None:
            seal = laptop._seal
            patch.setattr(
                laptop, "_seal", lambda these, wrapping: seal(these, replace(wrapping, cut=laptop.chains.heads()))
            )
        return write(self, who, *said, look=look, **options)  # type: ignore[arg-type]

    patch.setattr(Team, "write", late)


def a_forks_branches_are_one_chain(patch: Patch) -> None:
    add = Chains.add

    def one_chain(self: Chains, replica: str, sequence: int, previous: str, digest: str) -> object:
        place = add(self, replica, sequence, previous, digest)
        self.places[digest] = replace(place, chain=replica)
        return self.places[digest]

    patch.setattr(Chains, "add", one_chain)


def a_cell_in_conflict_replaces_it(patch: Patch) -> None:
    def has_seen(self: Entry, other: Entry) -> bool:
        return any(self.cut.get(chain, 0) >= sequence for chain, sequence in other.envelopes)

    patch.setattr(Entry, "has_seen", has_seen)


def the_wording_that_arrived_first_counts(patch: Patch) -> None:
    def first(one: Statement, other: Statement) -> Statement:
        del other
        return one

    patch.setattr(statements, "_said_first", first)


# --- the histories that catch them ----------------------------------------------------------------------------------


def _team() -> Team:
    team = Team.of("A", "B", "C")
    team.create("A", ACME, "Acme")
    team.send("A", "B", "C")
    return team


def _one_body_in_two_envelopes() -> Team:
    team = _team()
    export = team.export("A")
    team.bring("A", export, Cell(ACME, "name", "Bolt"))
    team.bring("B", export, Cell(ACME, "name", "Bolt"))
    team.send("B", "C")
    team.edit("C", ACME, "name", "Cobra")
    return team


def _undone_and_imported_again() -> Team:
    team = _team()
    export = team.export("A")
    team.bring("A", export, Cell(ACME, "name", "Bolt"))
    team.undo("A")
    team.bring("B", export, Cell(ACME, "name", "Bolt"))
    return team


def _the_cut_comes_late() -> Team:
    team = _team()
    first = team.edit("A", ACME, "name", "Bolt")
    team.deliver("B", first.sealed)
    second = team.edit("B", ACME, "name", "Cobra")
    team.deliver("C", second.sealed)
    return team


def _two_values_with_dates() -> Team:
    team = _team()
    team.write("A", state(ACME, "name", "Bolt", Source(date="2099-01-01")))
    team.write("B", state(ACME, "name", "Cobra"))
    return team


def _deleted_unheard() -> Team:
    team = _team()
    team.write("B", state(ACME, "phone", "030"))
    team.delete("A", ACME)
    return team


def _a_blank_cell() -> Team:
    team = _team()
    team.edit("A", ACME, "phone", "030")
    team.bring_list("A", "erp", 1, Cell(ACME, "name", "Bolt"))
    # A batch the oracle has not heard of: what a blank must not say.
    team.contents.update({digest: frozenset() for digest in team.laptops["A"].folded if digest not in team.contents})
    return team


def _replaced_by_what_was_replaced() -> Team:
    team = _team()
    team.bring_list("A", "erp", 1, Cell(ACME, "phone", "1"))
    team.bring_list("B", "erp", 2, Cell(ACME, "phone", "2"))
    team.send("B", "C")
    team.edit("C", ACME, "phone", "3")
    return team


def _two_fields() -> Team:
    team = _team()
    team.edit("A", ACME, "phone", "030")
    return team


def _saved_late() -> Team:
    team = _team()
    look = team.look("A")
    team.edit("A", ACME, "name", "Bolt")
    team.edit("A", ACME, "name", "Cobra", look=look)
    return team


def _a_fork() -> Team:
    team = _team()
    team.restore_copy("A", "copy")
    mine = team.edit("A", ACME, "name", "Bolt")
    team.edit("copy", ACME, "name", "Cobra")
    team.deliver("B", mine.sealed)
    team.edit("B", ACME, "name", "Delta")
    return team


def _a_cell_in_conflict() -> Team:
    team = _two_values_with_dates()
    team.send("B", "A")
    team.bring("A", team.export("A"), Cell(ACME, "name", "Delta"))
    return team


def _two_wordings() -> Team:
    team = _team()
    export = team.export("A")
    team.bring("A", export, Cell(ACME, "name", "Bolt", "2026-03-09"))
    team.bring("B", export, Cell(ACME, "name", "Bolt", "2026-03-01"), Cell(ACME, "phone", "1"))
    team.write("C", state(ACME, "name", "Cobra", Source(date="2026-03-05")))
    return team


@dataclass(frozen=True)
class Mutant:
    """A mutation and the history that gives it away. `findable` where the random machine can meet it."""

    mutate: Callable[[Patch], None]
    history: Callable[[], Team]
    findable: bool = True


MUTANTS = [
    Mutant(only_the_first_envelope_is_kept, _one_body_in_two_envelopes),
    Mutant(an_import_makes_fresh_ids, _undone_and_imported_again),
    Mutant(batches_are_folded_before_their_cut_is_held, _the_cut_comes_late),
    Mutant(a_clock_decides, _two_values_with_dates),
    Mutant(a_clock_decides_whether_a_record_is_there, _deleted_unheard),
    Mutant(a_blank_clears, _a_blank_cell, findable=False),
    Mutant(only_survivors_replace, _replaced_by_what_was_replaced),
    Mutant(a_statement_replaces_every_field_of_its_record, _two_fields),
    Mutant(saving_counts_as_having_seen, _saved_late, findable=False),
    Mutant(a_forks_branches_are_one_chain, _a_fork),
    Mutant(a_cell_in_conflict_replaces_it, _a_cell_in_conflict),
    Mutant(the_wording_that_arrived_first_counts, _two_wordings),
]
mutants = pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.mutate.__name__)


def _shown(team: Team) -> list[object]:
    """Values alone, so that another way of naming statements is not mistaken for another picture."""
    return [
        {
            record: (view.exists, view.delete_conflict, {key: [value for value, _ in shown] for key, shown in regs})
            for record, view in views.items()
            if (regs := sorted(view.registers.items()))
        }
        for views in [team.oracle.views(), *(laptop.views() for laptop in team.laptops.values())]
    ]


def _differ(team: Team) -> bool:
    team.settle()
    first, *rest = _shown(team)
    return any(each != first for each in rest)


@mutants
def test_the_history_passes_unmutated(mutant: Mutant) -> None:
    check_everything(mutant.history())


@mutants
def test_a_directed_history_catches_the_mutant(mutant: Mutant, monkeypatch: Patch) -> None:
    mutant.mutate(monkeypatch)
    assert _differ(mutant.history())


@pytest.mark.slow
@pytest.mark.parametrize(
    "mutant", [each for each in MUTANTS if each.findable], ids=lambda mutant: mutant.mutate.__name__
)
def test_random_search_catches_the_mutant(mutant: Mutant, monkeypatch: Patch) -> None:
    mutant.mutate(monkeypatch)
    search = settings(
        max_examples=2000,
        stateful_step_count=60,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(TeamMachine, settings=search)
