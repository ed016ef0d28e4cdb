"""`show`: one record with everything known of it, who said it and what was said before."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import typer

from accountplanner.cli.context import opened
from accountplanner.cli.ladder import proposal_facts
from accountplanner.cli.options import AsJson, Kind, Name
from accountplanner.cli.printing import print_json, print_table, say
from accountplanner.cli.wording import kind_meant, source_told
from accountplanner.domain.catalogue import KINDS, child_references, known_field
from accountplanner.domain.fields import Layer, Privacy
from accountplanner.domain.ladder import RUNGS

if TYPE_CHECKING:
    from accountplanner.usecases.disputes import OpenDispute
    from accountplanner.usecases.ladder import AccountProposal
    from accountplanner.usecases.pages import FieldLine, HistoryLine, RecordPage, ShownValue
    from accountplanner.usecases.session import Session

commands = typer.Typer()


@commands.command()
def show(context: typer.Context, kind: Kind, name: Name, *, as_json: AsJson = False) -> None:
    """Show one record with provenance and history."""
    from accountplanner.usecases.naming import find_record
    from accountplanner.usecases.pages import history, record_page

    session = opened(context)
    page = record_page(session, find_record(session, kind_meant(kind).key, name))
    said = [line for line in history(session, page.record) if not _is_special(page.kind.key, line.field)]
    lines = [line for line in page.lines if line.values and line.field.privacy is not Privacy.SPECIAL]
    shown = _Shown(
        page, lines, said, _children(session, page.record), _proposal(session, page), _disputes(session, page)
    )
    if as_json:
        print_json(_page_facts(session, shown))
    else:
        _print_page(session, shown)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of a record is printed: special answers, which are for the screen alone, are left out."""

    page: "RecordPage"
    lines: "list[FieldLine]"
    history: "list[HistoryLine]"
    children: dict[str, int]
    proposal: "AccountProposal | None"
    disputes: "tuple[OpenDispute, ...]" = ()


def _is_special(kind: str, key: str) -> bool:
    """Whether an answer is for the screen alone, where looking at it is logged."""
    field = known_field(kind, key)
    return field is not None and field.privacy is Privacy.SPECIAL


def _proposal(session: "Session", page: "RecordPage") -> "AccountProposal | None":
    """The rung an account's orders propose, as of today."""
    from accountplanner.usecases.ladder import proposals

    return proposals(session, [page.record])[0] if page.kind.key == "account" else None


def _disputes(session: "Session", page: "RecordPage") -> "tuple[OpenDispute, ...]":
    """What is in dispute at an account, for whoever is about to call."""
    from accountplanner.usecases.disputes import open_disputes

    return open_disputes(session, page.record) if page.kind.key == "account" else ()


def _children(session: "Session", record: str) -> dict[str, int]:
    """How many records of each kind belong to this one."""
    from accountplanner.usecases.pages import children

    belonging: dict[str, set[str]] = {}
    for field in child_references(record.partition(":")[0]):
        found = {child.record for child in children(session, field.kind, field.key, record)}
        belonging.setdefault(field.kind, set()).update(found)
    return {kind: len(found) for kind, found in belonging.items() if found}


def _page_facts(session: "Session", shown: _Shown) -> dict[str, Any]:
    page, lines = shown.page, shown.lines
    facts = {
        "id": page.record,
        "kind": page.kind.key,
        "title": page.title,
        "values": {line.field.key: line.values[0].value for line in reversed(lines)},
        "fields": [_line_facts(session, line) for line in lines],
        "conflicts": [line.field.key for line in lines if line.has_conflict],
        "delete_conflict": page.delete_conflict,
        "merged": list(page.merged),
        "children": shown.children,
        "history": [_history_facts(line) for line in shown.history],
    }
    if shown.page.kind.key == "account":
        facts["disputes"] = [asdict(each) for each in shown.disputes]
    return facts | ({"ladder": proposal_facts(shown.proposal)} if shown.proposal else {})


def _line_facts(session: "Session", line: "FieldLine") -> dict[str, Any]:
    return {
        "field": line.field.key,
        "label": line.field.label,
        "voice": line.voice,
        "voice_name": _voice_name(session, line),
        "layer": line.layer.value,
        "conflict": line.has_conflict,
        "values": [_value_facts(value) for value in line.values],
    }


def _value_facts(value: "ShownValue") -> dict[str, Any]:
    return {
        "value": value.value,
        "text": value.text,
        "speaker": value.speaker,
        "date": value.date,
        "how": value.how,
        "sure": value.sure,
        "origin": value.origin,
        "sources": value.sources,
        "fading": value.fading,
    }


def _history_facts(line: "HistoryLine") -> dict[str, Any]:
    return {
        "field": line.field,
        "label": line.label,
        "text": line.text,
        "cleared": line.cleared,
        "speaker": line.speaker,
        "date": line.date,
        "how": line.how,
        "origin": line.origin,
        "saved_at": line.saved_at,
        "saved_by": line.by,
        "stands": line.stands,
        "layer": line.layer.value,
    }


def _print_page(session: "Session", shown: _Shown) -> None:
    page = shown.page
    say(f"{page.kind.label}: {page.title}  ({page.record})")
    if page.delete_conflict:
        say("Somebody deleted this record and somebody else, who had not seen that, spoke of it.")
    if shown.proposal:
        _print_rung(shown.proposal)
    for each in shown.disputes:
        say(f"Open dispute: {each.title}" + (f", since {each.opened_on}" if each.opened_on else ""))
    say()
    rows = [row for line in shown.lines for row in _value_rows(session, line)]
    print_table(("Field", "Value", "Said by", "On", "Known", "Remarks"), rows)
    if shown.children:
        say()
        say(", ".join(f"{count} {_counted(kind, count)}" for kind, count in shown.children.items()))
    say()
    print_table(("Saved at", "Field", "Value", "Said by", "On", "Known", "State"), map(_history_row, shown.history))


def _print_rung(each: "AccountProposal") -> None:
    proposal = each.proposal
    held = f"holds {RUNGS[each.held].name}" if each.held in RUNGS else "no rung taken on yet"
    unproven = "" if proposal.proven else ", unproven"
    said = f"Ladder: {held}; proposed {RUNGS[proposal.rung].name}{unproven} ({proposal.evidence})"
    say(f"{said}; {proposal.doubtful}" if proposal.doubtful else said)


def _counted(kind: str, count: int) -> str:
    return (KINDS[kind].label if count == 1 else KINDS[kind].plural).lower()


def _value_rows(session: "Session", line: "FieldLine") -> list[tuple[str, ...]]:
    """One row for a value; for a conflict one for each, numbered as they are to be chosen by."""
    label = line.field.label
    if line.field.per_speaker:
        label += f" (opinion of {_voice_name(session, line)})"
    return [
        (
            f"{label} [{number}]" if line.has_conflict else label,
            value.text,
            value.speaker or source_told(value.origin),
            value.date,
            " ".join(part for part in (value.how, value.sure) if part),
            _remarks(line, value),
        )
        for number, value in enumerate(line.values, start=1)
    ]


def _voice_name(session: "Session", line: "FieldLine") -> str:
    from accountplanner.usecases.pages import speaker_name

    return speaker_name(session, line.voice) if line.voice else ""


def _remarks(line: "FieldLine", value: "ShownValue") -> str:
    remarks = {
        "conflict": line.has_conflict,
        "fading": value.fading,
        "private": line.layer is Layer.ME,
        f"{value.sources} sources": value.sources > 1,
    }
    return ", ".join(remark for remark, holds in remarks.items() if holds)


def _history_row(line: "HistoryLine") -> tuple[str, ...]:
    text = "(cleared)" if line.cleared else line.text
    return (
        line.saved_at,
        line.label,
        text,
        line.speaker or source_told(line.origin),
        line.date,
        line.how,
        "stands" if line.stands else "replaced",
    )
