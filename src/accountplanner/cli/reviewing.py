"""Commands about the queue: conflicts and suggestions that wait for a person."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_changes, print_json, print_table, say, warn
from accountplanner.domain.errors import WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.pages import ShownValue
    from accountplanner.usecases.session import Session
    from accountplanner.usecases.waiting import QueueItem

commands = typer.Typer(help="What waits for a person: conflicts and suggestions.", no_args_is_help=True)

_Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids as review list shows them, or all.")]


@commands.command("list")
def list_queue(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List everything that waits for a person, conflicts first."""
    from accountplanner.usecases.waiting import queue

    session = opened(context)
    items = queue(session)
    if as_json:
        print_json([_facts(session, item) for item in items])
        return
    if items:
        warn(_counted(items))
        print_table(
            ("Id", "Kind", "About", "Field", "Why", "To choose from", "Before"), [_row(session, item) for item in items]
        )
    else:
        say("Nothing waits for you.")
    tell_parked(session)


def tell_parked(session: "Session") -> None:
    """Say what colleagues' files brought too early, and which file to ask for."""
    from accountplanner.usecases.parked import parked_steps

    for each in parked_steps(session):
        warn(each.sentence)


@commands.command()
def accept(context: typer.Context, ids: _Ids, *, as_json: AsJson = False) -> None:
    """Accept suggestions. One step to undo."""
    from accountplanner.usecases.reviewing import accept as accept_suggestions

    print_changes(accept_suggestions(opened_to_change(context), _unmarked(ids)), as_json=as_json)


@commands.command()
def reject(context: typer.Context, ids: _Ids, *, as_json: AsJson = False) -> None:
    """Reject suggestions. One step to undo."""
    from accountplanner.usecases.reviewing import reject as reject_suggestions

    print_changes(reject_suggestions(opened_to_change(context), _unmarked(ids)), as_json=as_json)


@commands.command()
def resolve(
    context: typer.Context,
    item: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a conflict or a value, as review list shows it.")
    ],
    which: Annotated[
        str, typer.Argument(metavar="N|both", show_default=False, help="Which value to keep, or both of a text.")
    ] = "",
    *,
    value: Annotated[str, typer.Option(help="Another value than those in conflict, or than what was found.")] = "",
    as_json: AsJson = False,
) -> None:
    """Settle a conflict, or put a refused value right. With one of the values, with all, or with another."""
    from accountplanner.usecases.reviewing import Decision, decide

    (meant,) = _meant([item])
    if bool(which) == bool(value) or not (value or which == "both" or which.isdecimal()):
        raise WrongUseError("Say which value to keep by its number, keep both, or give another one with --value.")
    answer = "type" if value else "all" if which == "both" else "keep"
    number = int(which) if answer == "keep" else 0
    session = opened_to_change(context)
    meant = _asked(session, meant, numbered=answer == "keep")
    print_changes(decide(session, [Decision(meant, answer, number, value)]), as_json=as_json)


def _id(session: "Session", item: "QueueItem") -> str:
    """What a person names it by: of a conflict with a mark of the values to choose from, for they are numbered.

    A value that comes in later may take another's number.
    """
    from accountplanner.usecases.waiting import question_mark

    return f"{item.id}.{question_mark(session, item)}" if item.values else item.id


def _asked(session: "Session", name: str, *, numbered: bool) -> str:
    """The id without its mark, if what it asked still stands."""
    from accountplanner.usecases.waiting import conflicts

    place, dot, _ = name.partition(".")
    for item in conflicts(session):
        if not item.values or not item.id.startswith(place):
            continue
        if dot and _id(session, item) != name:
            raise WrongUseError("Other values stand there by now; see them first: accountplanner review list")
        if numbered and not dot:
            raise WrongUseError("Write the whole id, as review list shows it: it tells which values were numbered.")
    return place


def _unmarked(ids: Sequence[str]) -> list[str]:
    return [each.partition(".")[0] for each in _meant(ids)]


def _meant(ids: Sequence[str]) -> list[str]:
    """An id that a script left blank would begin every id there is."""
    if not all(each.strip() for each in ids):
        raise WrongUseError("An id is blank.")
    return [each.strip() for each in ids]


def _facts(session: "Session", item: "QueueItem") -> dict[str, Any]:
    return {
        "id": _id(session, item),
        "kind": item.kind,
        "title": item.title,
        "label": item.label,
        "reason": item.reason,
        "record": item.record,
        "field": item.field,
        "voice": item.voice,
        "other": item.other,
        "values": [{"number": number, **_said(value)} for number, value in enumerate(item.values, start=1)],
        "base": _said(item.base) if item.base else None,
        "can_keep_both": item.can_join,
        "proposed": item.proposed,
        "now": item.now,
        "found": item.found,
        "can_accept": item.can_accept,
        "can_type": item.can_type,
        "preselected": item.preselected,
    }


def _said(value: "ShownValue") -> dict[str, Any]:
    return {
        "value": value.value,
        "text": value.text,
        "speaker": value.speaker,
        "date": value.date,
        "mine": value.by_me,
    }


_WORDS = {
    "conflict": ("conflict", "conflicts"),
    "deletion": ("deletion in dispute", "deletions in dispute"),
    "match": ("possible match", "possible matches"),
    "rejoin": ("list with torn rows", "lists with torn rows"),
    "row": ("new row", "new rows"),
    "person": ("new person", "new people"),
    "value": ("new value", "new values"),
    "group": ("value pasted over hidden rows", "values pasted over hidden rows"),
    "note": ("remark", "remarks"),
    "damage": ("damaged cell left as it was", "damaged cells left as they were"),
    "removal": ("removed row", "removed rows"),
    "withdrawal": ("answer that may be taken back", "answers that may be taken back"),
    "waiting": ("file waiting for its export", "files waiting for their exports"),
    "held": ("file held back", "files held back"),
}


def _counted(items: Sequence["QueueItem"]) -> str:
    counted = Counter(item.kind for item in items)
    told = ((number, _WORDS.get(kind, (kind, f"{kind}s"))) for kind, number in counted.items())
    return ", ".join(f"{number} {one if number == 1 else many}" for number, (one, many) in told)


def _row(session: "Session", item: "QueueItem") -> tuple[str, ...]:
    choices = (
        f"{number}: {value.text} ({'you' if value.by_me else value.speaker}, {value.date})"
        for number, value in enumerate(item.values, start=1)
    )
    before = item.base.text if item.base else item.now
    return (
        _id(session, item),
        _WORDS.get(item.kind, (item.kind,))[0],
        item.title,
        item.label,
        item.reason,
        "; ".join(choices) or item.proposed,
        before,
    )
