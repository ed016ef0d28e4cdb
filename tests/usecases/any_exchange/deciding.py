"""Second thoughts and decisions: steps taken back and brought back, conflicts resolved, suggestions decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.usecases.any_exchange.ledger import standing
from tests.usecases.any_exchange.world import Acting, Rejection, numbers, picks

from accountplanner.domain.changes import Changes
from accountplanner.domain.undo import undone
from accountplanner.usecases.history import redo, redo_step, steps, undo, undo_step
from accountplanner.usecases.reviewing import accept, queue, reject, resolve

if TYPE_CHECKING:
    from accountplanner.usecases.waiting import QueueItem


class Deciding(Acting):
    """What becomes of steps that were made, and of what waits for a person."""

    @rule(number=numbers)
    def restores(self, number: int) -> None:
        """Whoever has deleted something brings it back, whatever came since."""
        every = steps(self.session(number))
        gone = undone(every)
        deletions = [each for each in every if each.title.endswith(" deleted") and each.number not in gone]
        if deletions:
            with self.act(number, f"restores what step {deletions[-1].number} deleted") as session:
                undo_step(session, deletions[-1].number)

    @rule(number=numbers)
    def undoes(self, number: int) -> None:
        with self.act(number, "undoes") as session:
            undo(session)

    @rule(number=numbers)
    def redoes(self, number: int) -> None:
        with self.act(number, "redoes") as session:
            redo(session)

    @rule(number=numbers)
    def takes_back_at_once(self, number: int) -> None:
        """What was done last is as if it had not been done, and after redo as if it had."""
        name, session = self.who(number), self.session(number)
        latest, received, before = self.world.before.pop(name, (0, True, {}))
        made = steps(session)[latest:]
        if received or len(made) != 1 or not made[0].undoable or made[0].reverses:
            return
        after = standing(session)
        with self.act(number, "takes that back at once"):
            undo(session)
        assert standing(session) == before, f"undo of “{made[0].title}” left something"
        with self.act(number, "does it again after all"):
            redo(session)
        assert standing(session) == after, f"redo of “{made[0].title}” left something out"

    @rule(number=numbers, choice=st.integers(1, 2), other_value=st.booleans())
    def resolves(self, *, number: int, choice: int, other_value: bool) -> None:
        items = [each for each in queue(self.session(number)) if each.kind in {"conflict", "deletion"}]
        if items:
            with self.act(number, f"resolves {items[0].label or items[0].kind} of {items[0].title}") as session:
                if other_value and items[0].kind == "conflict" and items[0].field == "city":
                    resolve(session, items[0].id, text=self.world.word(items[0].record, "city"))
                else:
                    resolve(session, items[0].id, choice)

    @rule(number=numbers, accepted=st.booleans())
    def decides(self, *, number: int, accepted: bool) -> None:
        items = [each for each in queue(self.session(number)) if each.kind not in {"conflict", "deletion"}]
        if items:
            self._decide(number, items[0], accepted=accepted)

    def _decide(self, number: int, item: QueueItem, *, accepted: bool) -> Changes:
        decision, changes = accept if accepted else reject, Changes()
        with self.act(number, f"{decision.__name__}s the {item.kind} {item.title}") as session:
            whole = frozenset(each.id for each in session.store.suggestions() if each.id.startswith(item.id))
            changes = decision(session, [item.id])
            if not accepted and changes.step:
                self.world.rejected.append(Rejection(self.who(number), changes.step, whole))
        return changes

    @rule(number=numbers, accepted=st.booleans(), again=st.booleans())
    def decides_and_thinks_again(self, *, number: int, accepted: bool, again: bool) -> None:
        """A decision that is taken back waits again, and one that is made again after all does not."""
        items = [each for each in queue(self.session(number)) if each.kind not in {"conflict", "deletion", "rejoin"}]
        if not items:
            return
        changes = self._decide(number, items[0], accepted=accepted)
        if not changes.step:
            return
        assert items[0].id not in self._waiting(number), "decided, and asked again"
        with self.act(number, "thinks again"):
            undo_step(self.session(number), changes.step)
        assert items[0].id in self._waiting(number), "a decision that was undone does not wait again"
        if again:
            with self.act(number, "is of the first mind after all"):
                redo_step(self.session(number), changes.step)
            assert items[0].id not in self._waiting(number), "decided, and asked again"

    def _waiting(self, number: int) -> set[str]:
        return {each.id for each in queue(self.session(number))}

    @rule(number=numbers, pick=picks)
    def turns_some_step(self, *, number: int, pick: int) -> None:
        """Any step is taken back, or brought back, though others came later; turned twice, it stands as it stood."""
        every = [step for step in steps(self.session(number)) if step.undoable]
        if not every:
            return
        step = every[-1 - pick % len(every)]
        turns = (redo_step, undo_step) if step.number in undone(every) else (undo_step, redo_step)
        for turn in turns:
            with self.act(number, f"{turn.__name__} {step.number}: {step.title}") as session:
                changes = turn(session, step.number)
                assert changes.step, "a step that was turned is no step"
        assert (step.number in undone(steps(self.session(number)))) == (turns[0] is redo_step)
