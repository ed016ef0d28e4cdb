"""Who said a value, when, how it is known and how sure: one line for people."""

from datetime import date
from typing import Final

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.wording import say, say_marked, to_say
from accountplanner.domain.fields import Layer
from accountplanner.usecases.pages import HistoryLine, ShownValue

_HOW: Final = {
    "list": to_say("from a list"),
    "document": to_say("from a document"),
    "heard": to_say("heard"),
    "told": to_say("told"),
    "hearsay": to_say("hearsay"),
    "seen": to_say("seen"),
}
_SURE: Final = {"sure": to_say("sure"), "likely": to_say("likely"), "unsure": to_say("not sure")}
_ORIGINS: Final = {
    "undo": to_say("put back by undo"),
    "sample": to_say("sample territory"),
    "ladder": to_say("from the orders"),
    "workspace": to_say("made with the workspace"),
    "verdict": to_say("accepted from an import"),
    "match": to_say("accepted as a match"),
    "unticked": to_say("kept against an import"),
}


def provenance_of(value: ShownValue, formats: Formats, today: date, *, is_opinion: bool = False) -> str:
    """Write one line about a value; what is private or stale is said in words as well."""
    who = say("opinion of {name}", name=value.speaker) if is_opinion and value.speaker else value.speaker
    parts = [
        say("only on this computer") if value.layer is Layer.ME else "",
        who or source_words(value.origin),
        written_day(value.date, formats, today),
        how_words(value.how) if who else "",
        say_marked(_SURE.get(value.sure, value.sure)) if value.sure else "",
        say("{count} sources", count=value.sources) if value.sources > 1 else "",
        say("fading") if value.fading else "",
    ]
    return " · ".join(part for part in parts if part)


def history_words(line: HistoryLine, formats: Formats, today: date) -> str:
    """Write one line about something that was said: who, how, and through whom it came."""
    via = say("entered by {name}", name=line.by) if line.by and line.by != line.speaker else ""
    parts = [
        line.speaker or source_words(line.origin),
        written_day(line.date, formats, today) if line.date and line.date != line.saved_at[:10] else "",
        how_words(line.how) if line.speaker else "",
        source_words(line.origin) if line.speaker and line.origin != "typed" else "",
        via,
        say("only on this computer") if line.layer is Layer.ME else "",
    ]
    return " · ".join(part for part in parts if part)


def how_words(how: str) -> str:
    """Say how something is known."""
    return say_marked(_HOW.get(how, how)) if how else ""


def source_words(origin: str) -> str:
    """Say by which way a value came in; nothing for one that was simply typed."""
    kind, _, name = origin.partition(":")
    if kind == "table":
        return say("list “{name}”", name=name)
    if kind == "consent":
        return say("with consent: {how}", how=name)
    if kind == "typed" or not kind:
        return ""
    return say_marked(_ORIGINS.get(kind, kind))


def written_day(iso: str, formats: Formats, today: date) -> str:
    """Write an ISO date shortly; what is no date stays as it is."""
    try:
        return formats.short_date(date.fromisoformat(iso[:10]), today) if iso else ""
    except ValueError:
        return iso
