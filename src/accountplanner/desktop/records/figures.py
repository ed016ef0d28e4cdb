"""How well we know somebody and how they are, in words: the rings of the header, and what stands behind each."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.header import Figure
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.popover import Reason
from accountplanner.desktop.wording import say, say_count
from accountplanner.insight.health import Health, Mood, Part, Sign
from accountplanner.insight.knowledge import MOST_PEOPLE, Knowledge, Known
from accountplanner.usecases.standing import LastTouch, NextStep

_TONES = {
    Mood.GOOD: Tone.GOOD,
    Mood.STEADY: Tone.GOOD,
    Mood.STRAINED: Tone.WARN,
    Mood.AT_RISK: Tone.BAD,
    Mood.UNKNOWN: Tone.NEUTRAL,
}
_WELL = 0.66
_FAIRLY = 0.4
_NO_CHANGE = 0.005


def knowledge_figure(knowledge: Knowledge, formats: Formats) -> Figure:
    """The ring of an account: a share, because it speaks of several people."""
    return Figure(knowledge.share, formats.percent(knowledge.share), Tone.ACCENT)


def known_figure(known: Known) -> Figure:
    """The ring of one person: how many of the questions are answered and fresh."""
    words = say("{fresh} of {askable}", fresh=known.fresh, askable=known.askable)
    return Figure(known.fresh / known.askable if known.askable else 0.0, words, Tone.ACCENT)


def health_figure(health: Health) -> Figure:
    """The ring of how they are, in a word."""
    return Figure(health.share, mood_words(health.mood), _TONES[health.mood])


def mood_words(mood: Mood) -> str:
    """What a mood is called."""
    return {
        Mood.GOOD: say("Good"),
        Mood.STEADY: say("Steady"),
        Mood.STRAINED: say("Strained"),
        Mood.AT_RISK: say("At risk"),
        Mood.UNKNOWN: say("Not known"),
    }[mood]


def knowledge_reasons(parts: Sequence[Known], own: str) -> list[Reason]:
    """One reason for each record that counts; `own` names the first."""
    reasons = []
    for at, part in enumerate(parts):
        title = own if at == 0 else part.name or say("Nobody known yet")
        reasons.append(Reason(title, _known_words(part), *_share_word(part)))
    return reasons


def knowledge_foot() -> str:
    """What counts, said once."""
    return say(
        "Counted are answers that are still fresh, about the account and the {count} people known best. "
        "Sensitive answers never count.",
        count=MOST_PEOPLE,
    )


def _known_words(part: Known) -> str:
    words = say("{fresh} of {askable} answers are fresh", fresh=part.fresh, askable=part.askable)
    faded = say_count("{count} is worth asking again", "{count} are worth asking again", part.faded)
    return f"{words}; {faded}" if part.faded else words


def _share_word(part: Known) -> tuple[str, Tone]:
    share = part.fresh / part.askable if part.askable else 0.0
    if share >= _WELL:
        return say("well"), Tone.GOOD
    return (say("partly"), Tone.ACCENT) if part.fresh else (say("not yet"), Tone.NEUTRAL)


def health_reasons(health: Health, formats: Formats) -> list[Reason]:
    """One reason for each sign there is."""
    return [_sign_reason(part, formats) for part in health.parts]


def health_foot(health: Health) -> str:
    """What the figure leaves out."""
    if health.mood is Mood.UNKNOWN:
        return say("Nobody has said how satisfied they are, and there is not yet a year of orders to compare with.")
    return say("Only what is known counts. How well we know them plays no part in it.")


def _sign_reason(part: Part, formats: Formats) -> Reason:
    title, text = {
        Sign.SATISFACTION: _satisfaction,
        Sign.FEEDBACK: _feedback,
        Sign.DISPUTES: _disputes,
        Sign.PURCHASES: _purchases,
    }[part.sign](part, formats)
    tone = Tone.GOOD if part.share >= _WELL else Tone.WARN if part.share >= _FAIRLY else Tone.BAD
    word = say("good") if tone is Tone.GOOD else say("middling") if tone is Tone.WARN else say("bad")
    return Reason(title, text, word, tone)


def _satisfaction(part: Part, _formats: Formats) -> tuple[str, str]:
    return say("Satisfaction"), say_count("As {count} of us sees it", "As {count} of us see it", part.count)


def _feedback(part: Part, formats: Formats) -> tuple[str, str]:
    mean = formats.number(Decimal(part.detail), 1)
    words = say_count("{count} score within a year", "{count} scores within a year", part.count)
    return say("Feedback"), say("{scores}, {mean} of 10 on average", scores=words, mean=mean)


def _disputes(part: Part, _formats: Formats) -> tuple[str, str]:
    return say("Disputes"), say_count("{count} stands open", "{count} stand open", part.count)


def _purchases(part: Part, formats: Formats) -> tuple[str, str]:
    change = formats.percent(abs(part.detail))
    if abs(part.detail) < _NO_CHANGE:
        return say("Purchases"), say("As much as in the year before")
    more = say("{change} more than in the year before", change=change)
    less = say("{change} less than in the year before", change=change)
    return say("Purchases"), more if part.detail > 0 else less


def touch_words(touch: LastTouch | None, formats: Formats, today: date) -> str:
    """When somebody was last in touch, how, and who it was."""
    if touch is None:
        return say("No touch yet")
    how = " · ".join(part for part in (tell(touch.channel), touch.who) if part)
    when = formats.days_ago(touch.day, today)
    return say("Last touch {when}: {how}", when=when, how=how) if how else say("Last touch {when}", when=when)


def trend_words(touches: Sequence[int]) -> str:
    """How often somebody was in touch within a year, and lately."""
    year = say_count("{count} touch in twelve months", "{count} touches in twelve months", sum(touches))
    return say("{year}, {count} of them this month", year=year, count=touches[-1]) if any(touches) else ""


def step_words(step: NextStep | None, formats: Formats, today: date) -> str:
    """What comes next; a promise is called one."""
    if step is None:
        return say("No next step")
    due = formats.days_ahead(step.due_on, today) if step.due_on else ""
    what = say("Promised: {title}", title=step.title) if step.is_promise else say("Next: {title}", title=step.title)
    return f"{what} · {due}" if due else what
