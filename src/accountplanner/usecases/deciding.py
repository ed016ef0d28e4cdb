"""What is said when a person decides about a suggestion, whether it waits in the queue or comes with an import."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from accountplanner.domain.catalogue import field_named
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import NOBODY, Statement, exists, same_as, state
from accountplanner.store.layer import LayerWriting
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.editing import Typed, typed_statement
from accountplanner.usecases.exports import bases_of
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.proposals import given_up
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import WITHDRAWAL, withdrawn


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person answered to one thing in the queue.

    `answer` is accept or reject for a suggestion; for a conflict keep (the value with `number`,
    from 1) or all (every value, one after the other). type gives another value (`text`), for a
    conflict and for a suggestion about one field alike.
    """

    item: str
    answer: str
    number: int = 0
    text: str = ""


def say_decisions(session: Session, writing: Transaction, decided: Sequence[tuple[Suggested, bool]]) -> None:
    """Say what suggestions proposed, those that were accepted, and the verdict about each.

    A match that is refused still brings its row in, as a record of its own. Of several answers to one question that are
    taken back at once none comes back with another.
    """
    together = {each.other for each, accepted in decided if accepted and each.kind == WITHDRAWAL}
    before = given_up(session) if together else frozenset()
    for each, accepted in decided:
        back = withdrawn(writing.team, each, before, together) if accepted and each.kind == WITHDRAWAL else ()
        _say_decision(session, writing, each, back, accepted=accepted)


def _say_decision(
    session: Session, writing: Transaction, each: Suggested, back: Sequence[Statement], *, accepted: bool
) -> None:
    said = list(back)
    if each.kind != WITHDRAWAL and (accepted or each.kind == "match"):
        private = frozenset(each.private)
        said += _still_to_say(writing.team, [one for one in each.statements if one.mark not in private])
        own = [one for one in each.statements if one.mark in private]
        writing.say(Layer.ME, list(_still_to_say(writing.me, own)))
    if accepted and each.kind == "match":
        said.append(same_as(each.record, each.other, session.source(origin="match")))
    verdict = session.store.verdict_record(each.id)
    source = session.source(origin="verdict")
    said += [
        exists(verdict, source),
        state(verdict, "verdict", "accepted" if accepted else "rejected", source),
        state(verdict, "about", each.kind, source),
    ]
    writing.say(Layer.TEAM, said, bases=bases_of(session, said))


def put_right(session: Session, each: Suggested, text: str, coming: Iterable[Suggested]) -> Suggested:
    """A suggestion that says what a person typed instead, in the name of whoever filled the cell.

    `coming` are accepted in the same step: one of them may bring the record.

    Raises:
        ValueRefusedError: the text does not fit the field.
        WrongUseError: the record it is about is not there yet.
    """
    records = {statement.record for other in coming for statement in other.statements}
    if each.record not in records and not session.store.is_known(each.record):
        raise WrongUseError(told("The new row to which “{value}” belongs has to be accepted first.", value=each.value))
    field = field_named(kind_of(each.record), each.field)
    source = replace(NOBODY, speaker=each.said_by)
    typed = Typed(each.record, field.key, text, layer=Layer.TEAM, source=source, voice=each.said_by)
    return replace(each, statements=(typed_statement(session, field, typed),))


def _still_to_say(writing: LayerWriting, proposed: Sequence[Statement]) -> Iterable[Statement]:
    """What does not stand yet; what was taken over before and undone since is said once more."""
    known = writing.known_marks(statement.mark for statement in proposed if statement.mark)
    for statement in proposed:
        if not statement.mark or statement.mark not in known:
            yield statement
        elif not _stands(writing, statement):
            yield replace(statement, restates=statement.mark, mark="", basis="", joins=False)


def _stands(writing: LayerWriting, statement: Statement) -> bool:
    register = writing.picture(statement.record).registers.get((statement.field, statement.voice))
    said = [sibling.shown.statement.compared for sibling in register.siblings] if register else []
    return statement.compared in said
