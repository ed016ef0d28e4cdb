"""Files that waited for the export they answer: taken in when it comes, asked for again where an erasure took their bytes."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from accountplanner.domain.errors import PlannerError
from accountplanner.domain.sentences import joined, titled, told
from accountplanner.usecases.exports import is_readable, known_export, known_partner_exports
from accountplanner.usecases.import_plans import ImportResult, Suggested
from accountplanner.usecases.proposals import is_content_gone, open_suggestions, replace_proposals
from accountplanner.usecases.session import Session

Bring = Callable[[Session, str], ImportResult]
"""Brings in one archived file, by its content."""


def take_waiting(session: Session, arrived: Collection[str], bring: Bring, *, at_last: bool = False) -> list[str]:
    """Bring in the files that waited for an export which is known by now; each is a step of its own.

    One that has `arrived` by itself waits no longer; one whose bytes an erasure has dropped is asked for. `at_last`
    somebody was erased and files that may hold them are about to go: one that has its base in its own hidden sheet
    needs none of ours, which is erased already.
    """
    sentences: list[str] = []
    queued = open_suggestions(session)
    for each in [each for each in queued if each.kind == "waiting"]:
        if each.other in arrived:
            _waits_no_longer(session, each, queued)
        elif is_content_gone(session, each):
            sentences += _asked_for(session, each) if known_export(session, each.value) else ()
        else:
            ready = is_readable(session, each.value) or (at_last and known_export(session, each.value) is not None)
            sentences += _tried(session, each, queued, bring, ready=ready)
    return sentences


def _tried(
    session: Session, waiting: Suggested, queued: Iterable[Suggested], bring: Bring, *, ready: bool
) -> Iterable[str]:
    """One whose export is still unknown is tried again where another export was heard of that may show the same."""
    if not ready and waiting.field == known_partner_exports(session):
        return ()
    _waits_no_longer(session, waiting, queued)
    sentence = _taken_at_last(session, waiting, bring)
    return (sentence,) if ready and not _still_waits(session, waiting) else ()


def _waits_no_longer(session: Session, waiting: Suggested, queued: Iterable[Suggested]) -> None:
    outdated = [waiting.id, *(each.id for each in queued if each.meanwhile == waiting.other)]
    with session.transaction(titled("File no longer waits"), undoable=False) as writing:
        session.store.drop_suggestions(writing.team.connection, outdated)


def _asked_for(session: Session, waiting: Suggested) -> list[str]:
    """Say, once, that a file whose bytes are gone can be read now if somebody brings it again."""
    reason = told(
        "The export that “{name}” answers has come. Bring the file again: its content was dropped when somebody who "
        "may be in it was erased.",
        name=waiting.title,
    )
    if waiting.reason == reason:
        return []
    replace_proposals(session, [replace(waiting, reason=reason)])
    return [reason]


def _still_waits(session: Session, waiting: Suggested) -> bool:
    return any(each.kind == "waiting" and each.other == waiting.other for each in open_suggestions(session))


def _taken_at_last(session: Session, waiting: Suggested, bring: Bring) -> str:
    try:
        result = bring(session, waiting.other)
    except PlannerError as refused:
        # The file that brought the export has been taken; what is wrong with another one must not say otherwise.
        return told(
            "“{title}” had waited for its export and was not taken in: {reason}",
            title=waiting.title,
            reason=refused.sentence,
        )
    if result.held and not result.step:
        return joined(result.held)
    return told("“{title}” had waited for its export and has been taken in now.", title=waiting.title)
