"""Answers that are thought better of, and answers that did not fit: what copies bring that a person has to decide."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.usecases.any_exchange.bringing import Bringing
from tests.usecases.any_exchange.checks import check_told, withdrawing
from tests.usecases.any_exchange.copies import MISTAKES, at_desk
from tests.usecases.any_exchange.deciding import Deciding
from tests.usecases.any_exchange.ledger import standing
from tests.usecases.any_exchange.saying import Saying
from tests.usecases.any_exchange.sending import Sending
from tests.usecases.any_exchange.world import numbers, picks, seeds

from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.history import redo_step, undo_step
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.reviewing import accept, queue, reject, resolve

if TYPE_CHECKING:
    from tests.usecases.any_exchange.copies import Copy
    from tests.usecases.any_exchange.ledger import Standing

    from accountplanner.usecases.waiting import QueueItem

_RIGHT = {
    "tier": "a",
    "satisfaction": "unhappy",
    "contract_end": "2027-03-31",
    "employees": "7",
    "revenue": "10.00 EUR",
}
_ENDINGS = st.sampled_from(("accept", "accept", "reject", "elsewhere", "later"))


class Answering(Saying, Deciding, Bringing, Sending):
    """What one person fills in, brings, and fills in otherwise."""

    @rule(number=numbers, pick=picks, seed=seeds, meanwhile=st.booleans(), ending=_ENDINGS)
    def an_answer_is_put_back(self, *, number: int, pick: int, seed: int, meanwhile: bool, ending: str) -> None:
        """A copy is brought with an answer and once more without it; now and then somebody types between."""
        copy = self._a_copy(number, pick)
        states = self._two_states(copy, seed) if copy is not None else None
        if states is None:
            return
        for count, copy in enumerate(states):
            self.brings(number, copy)
            self.world.books.append(copy.path)
            if meanwhile and not count:
                self.types_several(number, ("Alpine", "Borealis", "Café Nord")[seed % 3])
        self.decides_about_an_answer_put_back(number=number, pick=pick, ending=ending)

    def _a_copy(self, number: int, pick: int) -> Copy | None:
        """A copy in somebody's hands, out of a workbook that is written now where there is none."""
        if not self.world.copies:
            self.sends_to_the_team(number)
        return self.world.copies[pick % len(self.world.copies)] if self.world.copies else None

    def _two_states(self, copy: Copy, seed: int) -> tuple[Copy, Copy] | None:
        """The copy with one more answer, and the same with what had stood there when it left; of one name."""
        before = dict(copy.meant)
        folders = [self.world.file("plan").with_suffix("") for _ in range(2)]
        for folder in folders:
            folder.mkdir()
        first = copy.fork(folders[0] / f"{copy.path.stem}.xlsx")
        with at_desk(first, random.Random(seed), self.world.word) as desk:  # noqa: S311 - dice
            desk.fill("account", "city", "word")
        changed = [where for where in first.meant if first.meant[where] != before.get(where)]
        if not changed or not first.sure:
            return None
        second = first.fork(folders[1] / f"{copy.path.stem} (1).xlsx")
        with at_desk(second, random.Random(seed), self.world.word) as desk:  # noqa: S311 - dice
            desk.fill("account", "city", "base", changed[0][0])
        self.world.story.append(f"somebody answers in {first.path.parent.name}, and not in {second.path.parent.name}")
        return first, second

    @rule(number=numbers, pick=picks, ending=_ENDINGS)
    def decides_about_an_answer_put_back(self, *, number: int, pick: int, ending: str) -> None:
        """Taken back, whatever is undone and done again between; refused; or taken back by a colleague."""
        items = [each for each in queue(self.session(number)) if each.kind == "withdrawal"]
        if not items or ending == "later":
            return
        item = items[pick % len(items)]
        if ending == "reject":
            with self.act(number, f"lets the answer about {item.title} stand") as session:
                before = standing(session)
                reject(session, [item.id])
                assert _no_verdicts(standing(session)) == _no_verdicts(before), "a refused proposal changed something"
        else:
            self._take_back(number, item)
            if ending == "elsewhere":
                self._tell(number, item)

    def _take_back(self, number: int, item: QueueItem) -> None:
        before = standing(self.session(number))
        with self.act(number, f"takes the answer about {item.title} back") as session, withdrawing(session, item):
            step = accept(session, [item.id]).step
        without = standing(session)
        with self.act(number, "thinks again"):
            undo_step(session, step)
        assert standing(session) == before, "an answer that was taken back after all is not there"
        with self.act(number, "takes it back all the same"):
            accept(session, [item.id])
        assert standing(session) == without, "taken back the second time, something else stands"

    def _tell(self, number: int, item: QueueItem) -> None:
        """A colleague who was asked the same is asked no more."""
        file, other = self.world.file("told"), number + 1
        sight = self.world.ledger.in_sight(self.session(number))
        with self.act(number, f"writes {file.name}") as session:
            self.world.ledger.exports[export_team(session, file).export_id] = sight
        self.world.books.append(file)
        with self.act(other, f"brings {file.name}") as session:
            import_files(session, [file])
            assert item.id not in {each.id for each in queue(session)}, "decided, and asked elsewhere"

    @rule(number=numbers, pick=picks, seed=seeds, key=st.sampled_from(sorted(MISTAKES)), right=st.booleans())
    def a_cell_does_not_fit(self, *, number: int, pick: int, seed: int, key: str, right: bool) -> None:
        """What no field takes is told of and waits; nothing stands for it until somebody types what is right."""
        source = self._a_copy(number, pick)
        if source is None:
            return
        copy = source.fork(self.world.file("mistake"))
        with at_desk(copy, random.Random(seed), self.world.word) as desk:  # noqa: S311 - dice
            record = desk.mistake(key)
        if not record:
            return
        self.world.books.append(copy.path)
        with check_told(self.session(number), copy, (record, MISTAKES[key])):
            self.brings(number, copy)
        if right:
            self.puts_a_cell_right(number=number, pick=pick, again=bool(seed % 2))

    @rule(number=numbers, pick=picks, again=st.booleans())
    def puts_a_cell_right(self, *, number: int, pick: int, again: bool) -> None:
        """Somebody types what was meant; it stands, and what was found there waits no more."""
        items = [each for each in queue(self.session(number)) if each.can_type and each.found in MISTAKES.values()]
        if not items:
            return
        item = items[pick % len(items)]
        with self.act(number, f"puts {item.label} of {item.title} right") as session:
            step = resolve(session, item.id, text=_RIGHT[item.field]).step
            register = [held for (key, _), held in session.store.team.picture(item.record).registers.items()
                        if key == item.field]  # fmt: skip
            stated = {sibling.value for held in register for sibling in held.siblings}
            assert _RIGHT[item.field] in stated, f"{stated}: not put right"
            assert item.id not in self._waiting(number), "put right, and asked again"
            if again:
                undo_step(session, step)
                assert item.id in self._waiting(number), "what was put right and taken back does not wait again"
                redo_step(session, step)
                assert item.id not in self._waiting(number), "put right again, and asked"


def _no_verdicts(stands: Standing) -> Standing:
    return {record: said for record, said in stands.items() if " verdict:" not in record}
