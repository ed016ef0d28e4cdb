"""How actions, objectives, plans and risks are written as lines."""

from collections.abc import Iterable
from datetime import date

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.item_list import Item
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say
from accountplanner.usecases.planning import PlanItem

_SOON_DAYS = 7


def action_item(each: PlanItem, formats: Formats, today: date) -> Item:
    """An action or a promise with a box to tick, and the day it is due."""
    pill, tone = ("", Tone.NEUTRAL)
    if each.is_open and each.due_on is not None:
        pill, tone = formats.days_ahead(each.due_on, today), _due_tone(each.due_on, today)
    elif each.done_on is not None:
        pill = formats.days_ago(each.done_on, today)
    parts = (
        say("Promised to {name}", name=each.to) if each.is_promise and each.to else "",
        say("Promised") if each.is_promise and not each.to else "",
        each.by,
        tell(each.state) if not each.is_open else "",
        each.words,
    )
    return Item(each.record, each.title, _joined(parts), pill, tone, is_done=not each.is_open)


def objective_item(each: PlanItem, formats: Formats, today: date) -> Item:
    """An objective with its measure, its ways and its state."""
    due = say("by {day}", day=formats.short_date(each.due_on, today)) if each.due_on else ""
    return Item(each.record, each.title, _joined((due, each.words)), tell(each.state), _state_tone(each, today))


def strategy_item(each: PlanItem, _formats: Formats, _today: date) -> Item:
    """A way to an objective, and why this one."""
    return Item(each.record, each.title, each.words)


def plan_item(each: PlanItem, formats: Formats, today: date) -> Item:
    """A plan with its period and what success looks like."""
    days = [formats.short_date(day, today) for day in (each.starts_on, each.due_on) if day is not None]
    return Item(each.record, each.title, _joined((" – ".join(days), each.words)), tell(each.state), Tone.ACCENT)


def risk_item(each: PlanItem, _formats: Formats, _today: date) -> Item:
    """A risk and what we do about it."""
    return Item(each.record, each.title, each.words, tell(each.state), Tone.WARN if each.is_open else Tone.NEUTRAL)


def _due_tone(day: date, today: date) -> Tone:
    days = (day - today).days
    if days < 0:
        return Tone.BAD
    return Tone.WARN if days <= _SOON_DAYS else Tone.GOOD


def _state_tone(each: PlanItem, today: date) -> Tone:
    if each.is_open and each.due_on is not None and each.due_on < today:
        return Tone.BAD
    return Tone.ACCENT if each.is_open else Tone.NEUTRAL


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
