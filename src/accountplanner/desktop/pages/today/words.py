"""What a line of Today says: its title, why it is there, when, and the one obvious thing to do about it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.domain.calendar import read_day
from accountplanner.usecases.today import AgendaLine, Group, LineKind

ICONS: Final = {
    LineKind.PROMISE: ("flag", Tone.ACCENT),
    LineKind.ACTION: ("check", Tone.NEUTRAL),
    LineKind.VISIT: ("visit", Tone.ACCENT),
    LineKind.DISPUTE: ("dispute", Tone.BAD),
    LineKind.GAP: ("clock", Tone.WARN),
    LineKind.PEACE: ("moon", Tone.INFO),
    LineKind.BIRTHDAY: ("calendar", Tone.INFO),
    LineKind.ANNIVERSARY: ("calendar", Tone.INFO),
    LineKind.CONTRACT: ("file", Tone.WARN),
    LineKind.REVIEW: ("reviews", Tone.INFO),
    LineKind.OPPORTUNITY: ("money", Tone.WARN),
    LineKind.INBOX: ("note", Tone.WARN),
    LineKind.CONFLICTS: ("conflict", Tone.BAD),
    LineKind.SUGGESTIONS: ("suggestion", Tone.ACCENT),
    LineKind.FILES: ("file", Tone.INFO),
    LineKind.STALE: ("history", Tone.NEUTRAL),
}
ELSEWHERE: Final = frozenset({LineKind.CONFLICTS, LineKind.SUGGESTIONS, LineKind.FILES, LineKind.INBOX})
"""Lines that are decided where they wait: they are opened, not ticked."""


@dataclass(frozen=True)
class LineWords:
    """A line written out. `when` is a pill with its tone; `do` names what the tick does, empty where there is none."""

    title: str
    why: str
    when: str = ""
    tone: Tone = Tone.NEUTRAL
    do: str = ""


def words_of(line: AgendaLine, formats: Formats, today: date) -> LineWords:
    """Write a line out."""
    when, tone = _when(line, formats, today)
    return LineWords(_title(line), _why(line, formats, today), when, tone, _do(line))


def group_words(group: Group) -> str:
    """The quiet header above a group."""
    return {
        Group.NOW: say("Now"),
        Group.WEEK: say("This week"),
        Group.LATER: say("Coming up"),
        Group.ANY_TIME: say("When there is a moment"),
    }[group]


def _title(line: AgendaLine) -> str:
    titles = {
        LineKind.BIRTHDAY: say("Birthday of {name}", name=line.contact_name),
        LineKind.ANNIVERSARY: say("Wedding anniversary of {name}", name=line.contact_name),
        LineKind.CONTRACT: say("Contract with {account} ends", account=line.account_name),
        LineKind.REVIEW: say("Review with {account}", account=line.account_name),
        LineKind.GAP: say("Get in touch with {account}", account=line.account_name),
        LineKind.PEACE: say("Leave {name} in peace", name=line.contact_name or line.account_name),
        LineKind.CONFLICTS: say_count("{count} conflict to decide", "{count} conflicts to decide", line.count),
        LineKind.SUGGESTIONS: say_count("{count} suggestion", "{count} suggestions", line.count),
        LineKind.FILES: say_count("{count} file waits", "{count} files wait", line.count),
        LineKind.INBOX: say_count("{count} note to file", "{count} notes to file", line.count),
        LineKind.STALE: say("Ask again: {question}", question=say_label(line.title)),
    }
    return titles.get(line.kind, line.title)


def _why(line: AgendaLine, formats: Formats, today: date) -> str:
    where = " · ".join(part for part in (line.contact_name, line.account_name) if part)
    said = {
        LineKind.PROMISE: say("Promised to {who}", who=where),
        LineKind.VISIT: where,
        LineKind.ACTION: where,
        LineKind.DISPUTE: say(
            "Open dispute at {account}; you are about to be in touch there", account=line.account_name
        ),
        LineKind.BIRTHDAY: line.account_name,
        LineKind.ANNIVERSARY: line.account_name,
        LineKind.CONTRACT: say("Time to talk about what comes after it"),
        LineKind.REVIEW: say("Nothing is prepared by itself"),
        LineKind.OPPORTUNITY: say("{account} · the day it was expected has passed", account=line.account_name),
        LineKind.CONFLICTS: say("Two people said different things without knowing"),
        LineKind.SUGGESTIONS: say("Proposed by imports; nothing is taken before you say so"),
        LineKind.FILES: say("Held back or waiting for a colleague’s file"),
        LineKind.INBOX: say("It was not clear whom they are about"),
    }
    if line.kind is LineKind.GAP:
        return _gap(line, formats, today)
    if line.kind is LineKind.PEACE:
        return _peace(line, formats, today)
    if line.kind is LineKind.STALE:
        return _stale(line, where, formats, today)
    return said.get(line.kind, where)


def _gap(line: AgendaLine, formats: Formats, today: date) -> str:
    last = read_day(line.detail)
    told = formats.days_ago(last, today) if last else ""
    return say_count(
        "Last touch {last}: {count} day longer than agreed",
        "Last touch {last}: {count} days longer than agreed",
        line.count,
        last=told,
    )


def _peace(line: AgendaLine, formats: Formats, today: date) -> str:
    until = read_day(line.detail)
    where = line.account_name if line.contact_name else ""
    if until is not None:
        told = say("asked to be left alone until {day}", day=formats.short_date(until, today))
    else:
        told = say_count("{count} marketing send lately", "{count} marketing sends lately: enough for now", line.count)
    return " · ".join(part for part in (where, told) if part)


def _stale(line: AgendaLine, where: str, formats: Formats, today: date) -> str:
    said_on = read_day(line.detail)
    told = formats.short_date(said_on, today) if said_on else ""
    if line.count > 1:
        return say("{who} · said {when}, and {more} more answers fade", who=where, when=told, more=line.count - 1)
    return say("{who} · said {when}", who=where, when=told)


def _when(line: AgendaLine, formats: Formats, today: date) -> tuple[str, Tone]:
    if line.day is None:
        return "", Tone.NEUTRAL
    ahead = (line.day - today).days
    if line.kind is LineKind.DISPUTE:
        return say("since {when}", when=formats.short_date(line.day, today)), Tone.BAD
    if ahead < 0:
        return say_count("{count} day late", "{count} days late", -ahead), Tone.BAD
    if ahead == 0:
        return say("today"), Tone.WARN
    return formats.days_ahead(line.day, today), Tone.GOOD if ahead <= 7 else Tone.NEUTRAL


def _do(line: AgendaLine) -> str:
    if line.kind in ELSEWHERE:
        return ""
    words = {
        LineKind.PROMISE: say("Promise kept"),
        LineKind.ACTION: say("Done"),
        LineKind.GAP: say("Log a call of today"),
    }
    return words.get(line.kind, say("Seen"))
