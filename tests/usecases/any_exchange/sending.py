"""Workbooks that go out, and what people do to their copies before they come back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from tests.usecases.any_exchange.checks import check_partner_file, check_team_file
from tests.usecases.any_exchange.copies import ACTS, copy_of, work_on
from tests.usecases.any_exchange.world import Acting, accounts, numbers, picks, seeds

from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.partners import add_partner, set_scope

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.any_exchange.ledger import InSight

    from accountplanner.usecases.session import Session


class Sending(Acting):
    """Exports to the team and to partners, and copies of them in the hands of people with a spreadsheet program."""

    @rule(number=numbers)
    def sends_to_the_team(self, number: int) -> None:
        file = self.world.file(f"team-{self.who(number)}")
        sight = self.world.ledger.in_sight(self.session(number))
        with self.act(number, f"writes {file.name}") as session:
            made = export_team(session, file)
            self._keep(session, made.export_id, file, sight)
            check_team_file(self.world, session, file)

    @rule(number=numbers, pick=picks)
    def asks_a_partner(self, number: int, pick: int) -> None:
        file, partner = self.world.file("partner"), self.partner(pick)
        sight = self.world.ledger.in_sight(self.session(number))
        with self.act(number, f"writes {file.name}") as session:
            made = export_partner(session, partner, file)
            self._keep(session, made.export_id, file, sight)
            check_partner_file(self.world, session, partner, file)

    def partner(self, pick: int) -> str:
        return self.world.partners[pick % len(self.world.partners)]

    @rule(number=numbers, pick=picks, name=accounts, covers=st.booleans())
    def sets_a_scope(self, *, number: int, pick: int, name: str, covers: bool) -> None:
        """A partner may know of an account, or may no longer; often it is one whom nobody knew before."""
        if covers and pick % 3 == 0 and len(self.world.partners) < 3:
            with self.act(number, "meets a partner") as session:
                self.world.partners.append(add_partner(session, self.world.word("", "name"))[0])
        with self.act(number, f"{'widens' if covers else 'narrows'} the scope of a partner: {name}") as session:
            set_scope(session, self.partner(pick), [self.account(name)], covers=covers)

    def _keep(self, session: Session, export: str, file: Path, sight: InSight) -> None:
        record = known_export(session, export)
        assert record is not None
        self.world.ledger.exports[export] = sight
        self.world.books.append(file)
        self.world.copies.append(copy_of(file, record).fork(self.world.file(f"copy of {file.stem}")))

    @precondition(lambda self: self.world.copies)
    @rule(pick=picks, acts=st.lists(st.sampled_from(("edit", "edit", *ACTS)), min_size=1, max_size=4), seed=seeds)
    def somebody_works_on_a_copy(self, pick: int, acts: list[str], seed: int) -> None:
        copy = self.world.copies[pick % len(self.world.copies)]
        self.world.story.append(f"somebody works on {copy.path.name}: {', '.join(acts)} ({seed})")
        work_on(copy, acts, random.Random(seed), self.world.word)  # noqa: S311 - dice
        copy.fork(file := self.world.file("state"))
        self.world.books.append(file)

    @precondition(lambda self: 0 < len(self.world.copies) < 6)
    @rule(pick=picks)
    def a_copy_is_passed_on(self, pick: int) -> None:
        copy = self.world.copies[pick % len(self.world.copies)]
        self.world.copies.append(copy.fork(self.world.file(f"passed on {copy.path.stem}"[:40])))
