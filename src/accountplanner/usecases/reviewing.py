"""Deciding what waits: conflicts are settled, suggestions accepted or rejected, all in one step to undo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import NotFoundError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.sentences import joined, titled, titled_count, told
from accountplanner.domain.statements import Statement
from accountplanner.usecases.deciding import Decision, put_right, say_decisions
from accountplanner.usecases.import_plans import ImportOptions, Suggested
from accountplanner.usecases.importing import import_archived
from accountplanner.usecases.proposals import open_suggestions
from accountplanner.usecases.resolving import all_said, sibling_said, typed_said
from accountplanner.usecases.session import Session, Shown
from accountplanner.usecases.waiting import QueueItem, conflicts, queue

_SETTLING = frozenset({"keep", "all", "type"})
__all__ = ["Decision", "QueueItem", "accept", "decide", "queue", "reject", "resolve"]


def decide(session: Session, decisions: Sequence[Decision], shown: Shown | None = None) -> Changes:
    """Carry out what a person decided: a backup first, then everything in one undo step.

    `shown` is what was held when the queue was read; without it everything held now counts as seen.
    Suggestions that bring whole files in again (torn rows, files held back) are steps of their own.

    Raises:
        NotFoundError: nothing that waits has such an id.
        WrongUseError: an answer does not fit what waits.
    """
    typed = _typed_over(session, decisions)
    settled = {each.item for each in decisions if each.answer in _SETTLING} - typed.keys()
    places = {item.id: item for item in conflicts(session)} if settled else {}
    said = [_settled(session, _conflict_named(places, each.item), each) for each in decisions if each.item in settled]
    accepted = _wanted(session, [each.item for each in decisions if each.answer == "accept"], acceptable=True)
    rejected = _wanted(session, [each.item for each in decisions if each.answer == "reject"])
    _refuse_waiting(accepted)
    whole = [each for each in accepted if each.kind == "rejoin"]
    one_by_one = [each for each in accepted if each.kind != "rejoin"]
    one_by_one += [
        put_right(session, typed[each.item], each.text, accepted) for each in decisions if each.item in typed
    ]
    if not (said or one_by_one or whole or rejected):
        return Changes()
    session.store.back_up("review", session.clock.now())
    changes = _write(session, _Decided(said, one_by_one, rejected), shown)
    for each in whole:
        changes = _accept_rejoining(session, each)
    return changes


def accept(session: Session, ids: Sequence[str]) -> Changes:
    """Accept suggestions, all in one undo step; `all` stands for every one.

    Raises:
        NotFoundError: no suggestion has such an id.
        WrongUseError: it is a conflict, which is resolved rather than accepted.
    """
    return decide(session, [Decision(each, "accept") for each in ids])


def reject(session: Session, ids: Sequence[str]) -> Changes:
    """Reject suggestions, all in one undo step. A rejected match comes in as a record of its own."""
    return decide(session, [Decision(each, "reject") for each in ids])


def resolve(session: Session, item_id: str, choice: int = 0, text: str = "") -> Changes:
    """Settle a conflict by the number of a value (from 1) or with another value.

    Raises:
        NotFoundError: no conflict has such an id.
        WrongUseError: neither a number nor a text was given.
    """
    if text:
        return decide(session, [Decision(item_id, "type", text=text)])
    if choice < 1:
        raise WrongUseError("Say which value to keep by its number, or give another value.")
    return decide(session, [Decision(item_id, "keep", choice)])


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is written in one step."""

    said: Sequence[Statement]
    accepted: Sequence[Suggested]
    rejected: Sequence[Suggested]

    @property
    def title(self) -> str:
        """The step's name."""
        parts = []
        if self.said:
            parts.append(titled_count("Conflict resolved", "{count} conflicts resolved", len(self.said)))
        if group := self.accepted:
            parts.append(titled_count("{count} suggestion accepted", "{count} suggestions accepted", len(group)))
        if group := self.rejected:
            parts.append(titled_count("{count} suggestion rejected", "{count} suggestions rejected", len(group)))
        return joined(parts, ", ") if parts else ""


def _write(session: Session, decided: _Decided, shown: Shown | None) -> Changes:
    if not decided.title:
        return Changes()
    with session.transaction(decided.title) as writing:
        writing.say(Layer.TEAM, decided.said, cut=shown.team if shown else None)
        answers = [(each, True) for each in decided.accepted] + [(each, False) for each in decided.rejected]
        say_decisions(session, writing, answers)
    return session.changes(writing, decided.title)


def _settled(session: Session, item: QueueItem, decision: Decision) -> Statement:
    if decision.answer == "keep":
        return sibling_said(session, item.place, decision.number)
    if item.kind == "deletion":
        raise WrongUseError("Say 1 to keep the record or 2 to delete it.")
    if decision.answer == "all":
        return all_said(session, item.place)
    return typed_said(session, item.place, decision.text)


def _conflict_named(items: Mapping[str, QueueItem], name: str) -> QueueItem:
    found = [item for key, item in items.items() if name and key.startswith(name)]
    if not found:
        raise NotFoundError("conflict", name)
    _refuse_several(found, name)
    return found[0]


def _refuse_several(found: Sequence[object], name: str) -> None:
    """A beginning that several share is no name for all of them."""
    if len(found) > 1:
        raise WrongUseError(told("More than one thing that waits begins with “{name}”; write the whole id.", name=name))


def _typed_over(session: Session, decisions: Sequence[Decision]) -> dict[str, Suggested]:
    """The suggestions for which a person typed another value, by the names they gave them."""
    names = {each.item for each in decisions if each.answer == "type"}
    held = open_suggestions(session) if names else []
    return {name: each for name in names for each in held if name and each.id.startswith(name) and each.can_type}


def _refuse_waiting(wanted: Sequence[Suggested]) -> None:
    if waiting := [each.title for each in wanted if each.kind == "waiting"]:
        raise WrongUseError(
            told(
                "“{title}” waits for the export it answers; it is taken in when a colleague's file brings it.",
                title=waiting[0],
            )
        )


def _wanted(session: Session, ids: Iterable[str], *, acceptable: bool = False) -> list[Suggested]:
    """The suggestions that are named; `acceptable` leaves refused values out of all of them, and refuses one by name."""
    held = open_suggestions(session)
    wanted: dict[str, Suggested] = {}
    for name in ids:
        found = held if name == "all" else [each for each in held if name and each.id.startswith(name)]
        if not found and name != "all":
            if any(item.id.startswith(name) for item in conflicts(session)):
                raise WrongUseError(
                    told("“{name}” is a conflict; resolve it by choosing one of its values.", name=name)
                )
            raise NotFoundError("suggestion", name)
        if name != "all":
            _refuse_several(found, name)
        wanted |= {each.id: each for each in (_acceptable(found, named=name != "all") if acceptable else found)}
    return list(wanted.values())


def _acceptable(found: Sequence[Suggested], *, named: bool) -> list[Suggested]:
    refused = [each.value for each in found if not each.can_accept]
    if refused and named:
        raise WrongUseError(
            told("“{value}” could not be taken as it stands; type the right value, or reject it.", value=refused[0])
        )
    return [each for each in found if each.can_accept]


def _accept_rejoining(session: Session, each: Suggested) -> Changes:
    """Bring the archived files in again, the torn rows put together; the mapping remembers how."""
    row = next(row for row in session.store.suggestions() if row.id == each.id)
    result = import_archived(session, row.file.split(","), ImportOptions(mapping=each.value, rejoin=True))
    with session.transaction(titled("Rejoining accepted"), undoable=False) as writing:
        session.store.drop_suggestions(writing.team.connection, [each.id])
    return Changes(result.records, result.step, titled("Torn rows put together"))
