"""How the lines of a timeline are written: a badge for the topic, a title, the day, and people's own words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.timeline import TimelineEntry
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.domain.money import Money
from accountplanner.domain.text import isolated
from accountplanner.usecases.timeline import TimelineLine

_LOOKS: Final[Mapping[str, tuple[str, Tone]]] = {
    "visit": ("visit", Tone.ACCENT),
    "call": ("phone", Tone.GOOD),
    "mail": ("mail", Tone.ACCENT),
    "send": ("mail", Tone.WARN),
    "event": ("calendar", Tone.WARN),
    "service": ("settings", Tone.ACCENT),
    "touch": ("user", Tone.ACCENT),
    "case": ("flag", Tone.WARN),
    "dispute": ("dispute", Tone.BAD),
    "feedback": ("suggestion", Tone.INFO),
    "note": ("note", Tone.INFO),
    "partner_note": ("partners", Tone.INFO),
    "signal": ("understanding", Tone.GOOD),
    "need": ("people", Tone.INFO),
    "purchase": ("box", Tone.NEUTRAL),
    "move": ("ladder", Tone.GOOD),
    "review": ("reviews", Tone.ACCENT),
    "import": ("import", Tone.NEUTRAL),
}


def topic_words() -> dict[str, str]:
    """What each topic is called where a timeline is narrowed to it."""
    return {
        "visit": say("Visits"),
        "call": say("Calls"),
        "mail": say("E-mails"),
        "send": say("Marketing"),
        "event": say("Events"),
        "service": say("Service"),
        "touch": say("Other touches"),
        "case": say("Cases"),
        "dispute": say("Disputes"),
        "feedback": say("Feedback"),
        "note": say("Notes"),
        "partner_note": say("Partner notes"),
        "signal": say("Signals"),
        "need": say("Needs"),
        "purchase": say("Orders"),
        "move": say("Ladder moves"),
        "review": say("Reviews"),
        "import": say("Imports"),
    }


def timeline_entries(
    lines: Sequence[TimelineLine], formats: Formats, today: date, most_letters: int = 0
) -> list[TimelineEntry]:
    """Write the lines; `most_letters` shortens their words where there is little room."""
    return [_entry(at, line, formats, today, most_letters) for at, line in enumerate(lines)]


def _entry(at: int, line: TimelineLine, formats: Formats, today: date, most_letters: int) -> TimelineEntry:
    icon, tone = _LOOKS[line.topic]
    if line.topic == "dispute" and line.state == "Closed":
        tone = Tone.NEUTRAL
    text = _words(line)
    if most_letters and len(text) > most_letters:
        text = text[: most_letters - 1].rstrip() + "…"
    when = formats.days_ago(date.fromisoformat(line.day), today) if line.day else say("no date")
    return TimelineEntry(line.record or f"{line.topic}:{at}", icon, _title(line, formats), when, text, tone)


def _title(line: TimelineLine, formats: Formats) -> str:
    title = _TITLES[line.topic](line) if line.topic in _TITLES else _touch(line)
    if line.amounts:
        sums = (Money.parse(each) for each in line.amounts)
        title += "  ·  " + " + ".join(formats.money(each.minor, each.currency) for each in sums)
    return title


def _touch(line: TimelineLine) -> str:
    name = {
        "visit": say("Visit"),
        "call": say("Call"),
        "mail": say("E-mail"),
        "send": say("Marketing send"),
        "event": say("Event"),
        "service": say("Service"),
    }.get(line.topic, say("Touch"))
    return _with(name, line.title)


def _case(line: TimelineLine) -> str:
    name = say("Dispute") if line.topic == "dispute" else say("Case")
    # States are no nouns: within a sentence they are small in German, too.
    state = f" ({tell(line.state).lower()})" if line.state else ""
    return _with(name + state, line.title)


def _feedback(line: TimelineLine) -> str:
    return say("Feedback: {score} of 10", score=line.count) if line.count >= 0 else say("Feedback")


def _note(line: TimelineLine) -> str:
    return say("Note by {name}", name=line.who) if line.who else say("Note")


def _partner_note(line: TimelineLine) -> str:
    return say("Partner note from {name}", name=line.who) if line.who else say("Partner note")


def _signal(line: TimelineLine) -> str:
    return _with(say("Signal"), line.title)


def _need(_line: TimelineLine) -> str:
    return say("What they need, in their words")


def _purchase(line: TimelineLine) -> str:
    order = say("Order {number}", number=line.title) if line.title else say("Order")
    return order if line.count < 2 else f"{order}, " + say_count("{count} line", "{count} lines", line.count)


def _move(line: TimelineLine) -> str:
    if line.state and line.state != line.title:
        return say("Moved from {before} to {after}", before=say_label(line.state), after=say_label(line.title))
    return say("On the ladder: {rung}", rung=say_label(line.title))


def _review(line: TimelineLine) -> str:
    return _with(say("Review"), line.title)


def _import(line: TimelineLine) -> str:
    if line.title:
        return say("Import of the list “{name}”", name=line.title)
    return say("Import of a workbook from {name}", name=line.who) if line.who else say("Import of a workbook")


_TITLES: Final[Mapping[str, Callable[[TimelineLine], str]]] = {
    "case": _case,
    "dispute": _case,
    "feedback": _feedback,
    "note": _note,
    "partner_note": _partner_note,
    "signal": _signal,
    "need": _need,
    "purchase": _purchase,
    "move": _move,
    "review": _review,
    "import": _import,
}


def _words(line: TimelineLine) -> str:
    """The words below the title, and who it was about or by where the title does not say so."""
    by = line.who if line.topic not in ("note", "partner_note", "import") else ""
    people = [
        _about(line),
        say("by {name}", name=by) if by else "",
        say("unproven") if not line.is_proven else "",
        say("only on this computer") if line.is_private else "",
        say("closed with: {action}", action=line.state) if line.topic == "feedback" and line.state else "",
        tell(line.state) if line.topic == "signal" else "",
    ]
    told = " · ".join(part for part in people if part)
    return "\n".join(part for part in (isolated(" ".join(tell(line.text).split())), told) if part)


def _about(line: TimelineLine) -> str:
    if not line.about:
        return ""
    if line.topic in ("note", "partner_note"):
        return say("about {name}", name=line.about)
    if line.topic in ("feedback", "need"):
        return say("said by {name}", name=line.about)
    return say("with {name}", name=line.about)


def _with(name: str, title: str) -> str:
    return f"{name}: {isolated(title)}" if title else name
