"""Answers given to what waits and not carried out yet: kept encrypted, so that neither a lock nor a crash loses them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from accountplanner.usecases.deciding import Decision
from accountplanner.usecases.session import Session
from accountplanner.usecases.waiting import QueueItem, asked, queue

_NAME = "answers_not_applied"


def keep_answers(session: Session, answers: Mapping[str, Decision], items: Iterable[QueueItem]) -> None:
    """Keep the answers given so far in the place of those kept before; none forgets them."""
    held = [asdict(answers[item.id]) | {"asked": asked(item)} for item in items if item.id in answers]
    if held:
        session.store.set_local(_NAME, json.dumps(held).encode())
    elif session.store.local(_NAME) is not None:
        session.store.drop_locals([_NAME])


def kept_answers(session: Session, items: Iterable[QueueItem]) -> dict[str, Decision]:
    """The answers kept, by what they answer. One to a question that reads otherwise by now is none any more."""
    found = session.store.local(_NAME)
    if found is None:
        return {}
    questions = {item.id: asked(item) for item in items}
    held = [(each.pop("asked"), Decision(**each)) for each in json.loads(found)]
    return {decision.item: decision for question, decision in held if questions.get(decision.item) == question}


def reads_alike(one: QueueItem, other: QueueItem) -> bool:
    """Whether an answer to the one answers the other as well."""
    return asked(one) == asked(other)


def forget_answers(session: Session) -> None:
    """Keep no answer to what does not wait any more: where somebody was erased, it may name them."""
    if session.store.local(_NAME) is not None:
        items = queue(session)
        keep_answers(session, kept_answers(session, items), items)
