"""Random histories of a team, compared with the oracle, and what must hold of every one of them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from tests.domain.replica import Laptop, Wrapping, view_of
from tests.domain.team import Cell, Team
from typing_extensions import override

from accountplanner.domain import batches
from accountplanner.domain.pictures import fold_record
from accountplanner.domain.statements import Source, Statement, exists, same_as, state

if TYPE_CHECKING:
    from tests.domain.replica import View
    from tests.domain.team import Export, Look

NAMES = ("A", "B", "C", "D")
ACCOUNTS = ("account:1", "account:2", "account:3")
PLACES = (("account:1", "name"), ("account:1", "phone"), ("account:2", "name"), ("account:3", "name"))
PEOPLE = (("contact:1", "title"), ("tie:1", "how"), ("tie:1", "since"))
# Three values, one of them in two spellings that count as equal.
VALUES = ("Acme", "Acme\u00a0", "Bolt", "Cobra")
DATES = ("", "2026-01-01", "2026-06-30", "1999-12-31", "2099-01-01")
STAMPS = ("", "2026-11-22T10:00:00Z", "1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z")

numbers = st.integers(0, 3)
places = st.sampled_from(PLACES)
values = st.sampled_from(VALUES)
dates = st.sampled_from(DATES)


class TeamMachine(RuleBasedStateMachine):
    """Two to four laptops; at the end everything reaches everyone."""

    team: Team
    looks: dict[str, list[Look]]
    exports: list[Export]

    @initialize(members=st.integers(2, 4))
    def start(self, members: int) -> None:
        self.team = Team.of(*NAMES[:members])
        self.looks = {name: [] for name in (*NAMES, "copy")}
        self.exports = []

    def who(self, number: int) -> str:
        names = list(self.team.laptops)
        return names[number % len(names)]

    @rule(number=numbers)
    def opens_a_form(self, number: int) -> None:
        self.looks[self.who(number)].append(self.team.look(self.who(number)))

    @rule(number=numbers, place=places, value=values, day=dates, stamp=st.sampled_from(STAMPS), old=st.booleans())
    def edits(self, *, number: int, place: tuple[str, str], value: str, day: str, stamp: str, old: bool) -> None:
        who = self.who(number)
        look = self.looks[who].pop() if old and self.looks[who] else None
        words = state(*place, value, Source(f"person {who}", day))
        self.team.write(who, words, look=look, wrapping=Wrapping(saved_at=stamp))

    @rule(number=numbers, voice=st.sampled_from(["anna", "ben"]), answer=st.sampled_from(["very", "unhappy"]))
    def gives_an_opinion(self, number: int, voice: str, answer: str) -> None:
        self.team.write(self.who(number), state("account:1", "satisfaction", answer, Source(voice), voice=voice))

    @rule(number=numbers, value=values)
    def a_newer_version_writes(self, number: int, value: str) -> None:
        words = Statement("account:1", "colour_of_the_door", value)
        self.team.write(self.who(number), words, wrapping=Wrapping(newer=True))

    @rule(number=numbers, record=st.sampled_from(ACCOUNTS), present=st.booleans(), old=st.booleans())
    def creates_deletes_or_restores(self, *, number: int, record: str, present: bool, old: bool) -> None:
        who = self.who(number)
        look = self.looks[who].pop() if old and self.looks[who] else None
        more = [state(record, "name", "Acme")] if present else []
        self.team.write(who, exists(record, present=present), *more, look=look)

    @rule(number=numbers, person=st.sampled_from(PEOPLE), value=st.sampled_from(["2020-01-01", "2021-01-01"]))
    def writes_about_a_person(self, number: int, person: tuple[str, str], value: str) -> None:
        self.team.write(self.who(number), state(*person, value))

    @rule(number=numbers)
    def places_a_tie(self, number: int) -> None:
        self.team.write(self.who(number), state("tie:1", "contact", "contact:1"), state("contact:1", "title", "Buyer"))

    @rule(number=numbers, place=places)
    def resolves(self, number: int, place: tuple[str, str]) -> None:
        who = self.who(number)
        picture = self.team.laptops[who].picture(place[0])
        register = picture.registers.get((place[1], ""))
        if register is not None and register.has_conflict:
            self.team.resolve(who, *place, register.siblings[-1].value)

    @rule(number=numbers)
    def exports_a_workbook(self, number: int) -> None:
        self.exports.append(self.team.export(self.who(number)))

    @rule(one=numbers, other=numbers, place=places)
    def exports_a_workbook_in_conflict(self, one: int, other: int, place: tuple[str, str]) -> None:
        self.team.edit(self.who(one), *place, "Bolt")
        self.team.edit(self.who(other), *place, "Cobra")
        self.team.send(self.who(one), self.who(other))
        self.exports.append(self.team.export(self.who(other)))

    @precondition(lambda self: self.exports)
    @rule(number=numbers, data=st.data(), copy_number=st.integers(1, 2))
    def a_workbook_comes_back(self, number: int, data: st.DataObject, copy_number: int) -> None:
        export = data.draw(st.sampled_from(self.exports))
        cells = data.draw(st.lists(st.tuples(places, values, dates), min_size=1, max_size=3, unique_by=lambda c: c[0]))
        filled = [Cell(record, name, value.strip(), day, f"reader {day}") for (record, name), value, day in cells]
        self.team.bring(self.who(number), export, *filled, copy_number=copy_number)

    @rule(number=numbers, file=st.integers(1, 3), place=places, value=st.sampled_from(["Acme", "Bolt"]))
    def imports_a_list(self, number: int, file: int, place: tuple[str, str], value: str) -> None:
        self.team.bring_list(self.who(number), "erp", file, Cell(*place, value))

    @rule(number=numbers, one=st.sampled_from(ACCOUNTS), other=st.sampled_from(ACCOUNTS), merged=st.booleans())
    def merges_or_parts(self, *, number: int, one: str, other: str, merged: bool) -> None:
        if one != other:
            self.team.write(self.who(number), same_as(one, other, merged=merged))

    @rule(number=numbers)
    def undoes(self, number: int) -> None:
        self.team.undo(self.who(number))

    @rule(number=numbers)
    def redoes(self, number: int) -> None:
        self.team.redo(self.who(number))

    @rule(number=numbers)
    def erases_a_person(self, number: int) -> None:
        self.team.erase(self.who(number), "contact:1")

    @precondition(lambda self: "copy" not in self.team.laptops)
    @rule(number=numbers)
    def a_copied_workspace_works_on(self, number: int) -> None:
        self.team.restore_copy(self.who(number), "copy")

    @precondition(lambda self: self.team.pool)
    @rule(number=numbers, data=st.data())
    def batches_arrive_anyhow(self, number: int, data: st.DataObject) -> None:
        picked = data.draw(st.lists(st.integers(0, len(self.team.pool) - 1), max_size=6))
        self.team.deliver(self.who(number), *(self.team.pool[place] for place in picked))

    @rule(sender=numbers, receiver=numbers)
    def everything_is_handed_over(self, sender: int, receiver: int) -> None:
        self.team.send(self.who(sender), self.who(receiver))

    @override
    def teardown(self) -> None:
        if hasattr(self, "team"):
            check_everything(self.team)


def check_everything(team: Team, seed: int = 1) -> None:
    """What must hold once everything has reached everyone."""
    order = random.Random(seed)  # noqa: S311 - an order, not a secret
    team.settle(order)
    team.agree()
    laptop = team.laptops["A"]
    check_newcomer(team, order)
    check_nothing_lost(team)
    check_clocks(laptop)
    check_erased(team)
    before = laptop.views()
    team.deliver("A", *order.sample(team.pool, len(team.pool)))
    assert laptop.views() == before


def check_newcomer(team: Team, order: random.Random) -> None:
    """One who gets it all at once, from somebody who has stripped what was erased, sees the same."""
    newcomer = Laptop("N")
    sealed = list(team.laptops["B"].held.values())
    order.shuffle(sealed)
    newcomer.receive(*sealed)
    assert newcomer.views() == team.laptops["A"].views()


def check_nothing_lost(team: Team) -> None:
    """Every statement ever made is held by everybody, save those about erased people."""
    gone = team.oracle.gone(team.named_in_erasures())
    kept = {name for name, said in team.oracle.said.items() if said.wording.record not in gone}
    for laptop in team.laptops.values():
        assert laptop.ids() == kept


def check_clocks(laptop: Laptop) -> None:
    """Whatever the clocks say, the same statements survive; only what is shown first may differ."""
    for record, entries in laptop.entries.items():
        shifted = [
            replace(
                entry,
                saved_at="",
                statement=replace(entry.statement, date=f"{9999 - int(entry.statement.date[:4] or 0)}-01-01"),
            )
            for entry in entries
        ]
        assert _timeless(view_of(fold_record(record, shifted))) == _timeless(view_of(fold_record(record, entries)))


def _timeless(view: View) -> tuple[object, ...]:
    registers = {key: {frozenset(ids) for _, ids in shown} for key, shown in view.registers.items()}
    return view.exists, view.delete_conflict, registers


def check_erased(team: Team) -> None:
    """Erased bodies are on no disk, the logs verify without them, and digests have not moved."""
    gone = team.oracle.gone(team.named_in_erasures())
    for laptop in team.laptops.values():
        for digest, sealed in laptop.held.items():
            batches.check_chunks(batches.decode_header(sealed.header), sealed.chunks)
            assert sealed.digest == digest
            assert not {batches.decode_chunk(chunk.data)[0] for chunk in sealed.chunks if chunk.data} & gone


def search(examples: int, steps: int) -> settings:
    """More examples than the profiles grant: a history must be long and lucky to be interesting."""
    return settings(max_examples=examples, stateful_step_count=steps)


def test_random_histories_agree_with_the_oracle() -> None:
    run_state_machine_as_test(TeamMachine, settings=search(30, 50))


@pytest.mark.slow
def test_long_random_histories_agree_with_the_oracle() -> None:
    run_state_machine_as_test(TeamMachine, settings=search(600, 100))
