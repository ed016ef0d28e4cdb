"""The parts of a visit brief: each function reads one of them as lines, what matters most first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from accountplanner.domain.briefs import About, BriefLine, Part, Said
from accountplanner.domain.calendar import month_and_day, read_day
from accountplanner.domain.catalogue import field_named
from accountplanner.domain.fields import Layer, Privacy
from accountplanner.domain.rhythm import UNHAPPY_SCORE
from accountplanner.insight.agenda import coming
from accountplanner.insight.briefing import newcomers
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.brief_ground import Ground, answer_lines, sources
from accountplanner.usecases.brief_touches import channel_of
from accountplanner.usecases.disputes import open_disputes
from accountplanner.usecases.pages import FieldLine, RecordPage, shown_text

DATES_DAYS: Final = 60
_TALK_CHANNELS: Final = frozenset({"visit", "call", "event", "service"})
_NOTES_SHOWN: Final = 3
_CARES_OF_ACCOUNT: Final = ("key_problems", "priorities", "biggest_problem")
_CARES_OF_CONTACT: Final = (
    "mackay_key_problems",
    "mackay_near_objective",
    "mackay_management_priorities",
    "mackay_can_we_help",
    "mackay_long_objective",
    "mackay_main_concern",
    "mackay_habit_change",
)
_SMALL_TALK: Final = (
    "mackay_hobbies",
    "mackay_conversation",
    "mackay_spectator_sport",
    "mackay_proudest",
    "mackay_holidays",
    "mackay_restaurants",
    "mackay_previous_employers",
    "mackay_schooling",
    "mackay_honours",
    "mackay_cars",
    "mackay_student_activities",
    "mackay_mentors",
    "mackay_accepts_meals",
    # Only when ticked, that time:
    "mackay_spouse",
    "mackay_spouse_interests",
    "mackay_children",
    "mackay_children_interests",
    "mackay_children_education",
    "mackay_clubs",
    "mackay_community",
    "mackay_associations",
    "mackay_dishes",
    "mackay_drinks",
    "mackay_drinking_offends",
    "mackay_smoking",
    "mackay_military",
    "mackay_student_clubs",
)
"""What may be talked about. How somebody is judged, where they live and what they are sore about is no small talk."""


def last_talk(ground: Ground) -> Iterator[BriefLine]:
    """The last real talk, with what was said, and the newest notes."""
    past = [each for each in ground.touches if each.values["happened_on"] <= ground.today.isoformat()]
    if ground.contact:
        past = [each for each in past if each.values.get("contact") == ground.contact] or past
    talk = next((each for each in past if _is_talk(each)), None)
    if talk is not None:
        yield _touch_line(ground, talk, Part.LAST_TALK, About.TOUCH)
    yield from _notes(ground)


def promises(ground: Ground) -> Iterator[BriefLine]:
    """Promises open on both sides, the most overdue first."""
    held = [each for each in ground.held("action") if _is_open_promise(each)]
    said = sources(ground.session, [each.record for each in held])
    held.sort(key=lambda each: (each.values.get("due_on", "9999"), each.record))
    if ground.contact:
        held.sort(key=lambda each: each.values.get("contact") != ground.contact)
    for each in held:
        theirs = each.values.get("promised_by") == "them"
        yield BriefLine(
            Part.THEIR_PROMISES if theirs else Part.OUR_PROMISES,
            About.PROMISE,
            each.values.get("title", ""),
            ground.title(each.values.get("contact", "")),
            "" if theirs else ground.title(each.values.get("colleague", "")),
            each.values.get("due_on", ""),
            said=replace(said.get(each.record, Said()), private=ground.stays_here(each, "title", "due_on")),
        )


def disputes(ground: Ground) -> Iterator[BriefLine]:
    """What is in dispute, the oldest first."""
    own = {each.record for each in ground.held("case") if ground.stays_here(each, "title", "account_of_it")}
    for each in open_disputes(ground.session, ground.account) if ground.account else ():
        yield BriefLine(
            Part.DISPUTES,
            About.DISPUTE,
            each.title,
            ground.title(each.contact),
            each.what_happened,
            each.opened_on,
            said=Said(by=ground.title(each.contact), on=each.opened_on, private=each.record in own),
        )


def cares(ground: Ground) -> Iterator[BriefLine]:
    """What they care about, in their words where somebody heard them."""
    needs = [each for each in ground.held("need") if each.values.get("state", "open") == "open"]
    needs.sort(key=lambda each: each.values.get("said_on", ""), reverse=True)
    if ground.contact:
        needs.sort(key=lambda each: each.values.get("contact") != ground.contact)
    for each in needs:
        who = ground.title(each.values.get("contact", ""))
        said = Said(who, each.values.get("said_on", ""), private=ground.stays_here(each, "words"))
        yield BriefLine(Part.CARES, About.NEED, each.values.get("words", ""), who, said=said)
    people = [line for page in ground.key_people for line in _cares_of(page, ground)]
    account = answer_lines(ground.account_page, _CARES_OF_ACCOUNT, Part.CARES, ground) if ground.account_page else []
    yield from (*people, *account) if ground.contact else (*account, *people)


def small_talk(ground: Ground) -> Iterator[BriefLine]:
    """What may be talked about beside business: personal answers, and other classes when ticked."""
    per_person = [
        answer_lines(page, _SMALL_TALK, Part.SMALL_TALK, ground, "" if ground.contact else page.title)
        for page in ground.key_people
    ]
    # One of each person in turn: the first page of somebody must not hide all others.
    for at in range(max((len(lines) for lines in per_person), default=0)):
        yield from (lines[at] for lines in per_person if at < len(lines))


def cautions(ground: Ground) -> Iterator[BriefLine]:
    """What to be careful about. Of a special answer it says only that there is one, never what it is about."""
    for page in ground.key_people:
        name = page.title
        if any(line.field.privacy is Privacy.SPECIAL and line.values for line in page.lines):
            yield BriefLine(Part.CAUTIONS, About.CAUTION, name=name)
        peace = read_day(_value(page, "peace_until"))
        if peace is not None and peace >= ground.today:
            said = Said(private=_stays_here(page, "peace_until"))
            yield BriefLine(Part.CAUTIONS, About.PEACE, name=name, day=peace.isoformat(), said=said)
        yield from answer_lines(page, ("mackay_strong_feelings",), Part.CAUTIONS, ground, name)
    for each in ground.held("feedback"):
        values = each.values
        if values.get("score") and int(values["score"]) <= UNHAPPY_SCORE and not values.get("closed_on"):
            who = ground.title(values.get("contact", ""))
            said = Said(who, values.get("said_on", ""), private=ground.stays_here(each, "words", "score"))
            yield BriefLine(Part.CAUTIONS, About.COMPLAINT, values.get("words", ""), who, values["score"], said=said)


def people(ground: Ground) -> Iterator[BriefLine]:
    """Who is new, who has left, and of an account whom one will meet."""
    known = {each.record: each for each in ground.contacts}
    since = min(ground.first_heard.values(), default=ground.today)
    if ground.account and (said := sources(ground.session, [ground.account])):
        since = min(since, read_day(said[ground.account].on) or since)
    for record in newcomers(ground.first_heard, since, ground.today):
        if record != ground.contact:
            yield _person(ground, known[record], About.NEWCOMER, ground.first_heard[record])
    for each in ground.contacts:
        if each.values.get("state") in {"moved", "retired"} and each.record != ground.contact:
            state = shown_text(field_named("contact", "state"), each.values["state"])
            yield replace(_person(ground, each, About.LEFT), label=state)
    if not ground.contact:
        yield from (
            _person(ground, known[page.record], About.KEY_PERSON) for page in ground.key_people if page.record in known
        )


def regulars(ground: Ground) -> Iterator[BriefLine]:
    """Who else is in touch, how often within a year, and when last."""
    for each in ground.regulars:
        yield BriefLine(
            Part.IN_TOUCH,
            About.REGULAR,
            each.channel,
            each.who,
            each.department,
            each.last.isoformat(),
            each.count,
            series=each.months,
        )


def dates(ground: Ground) -> list[BriefLine]:
    """What comes within two months, by day."""
    last = ground.today + timedelta(DATES_DAYS)
    found = [line for line in _coming(ground) if ground.today.isoformat() <= line.day <= last.isoformat()]
    return sorted(found, key=lambda line: (line.day, line.about, line.name))


def _coming(ground: Ground) -> Iterator[BriefLine]:
    for page in ground.key_people:
        yield from _yearly(page, "mackay_birth", About.BIRTHDAY, ground)
        yield from _yearly(page, "mackay_anniversary", About.ANNIVERSARY, ground)
    for touch in ground.touches:
        if touch.values["happened_on"] > ground.today.isoformat():
            yield _touch_line(ground, touch, Part.DATES, About.VISIT)
    if ground.account_page is not None:
        for key, about in (("contract_end", About.CONTRACT), ("next_review", About.REVIEW)):
            said = Said(private=_stays_here(ground.account_page, key))
            yield BriefLine(Part.DATES, about, day=_value(ground.account_page, key), said=said)
    for each in ground.held("opportunity"):
        if each.values.get("outcome", "open") == "open":
            day = each.values.get("expected_on", "")
            said = Said(private=ground.stays_here(each, "title", "expected_on"))
            yield BriefLine(Part.DATES, About.EXPECTED, each.values.get("title", ""), day=day, said=said)


def _yearly(page: RecordPage, key: str, about: About, ground: Ground) -> Iterator[BriefLine]:
    for line in answer_lines(page, (key,), Part.DATES, ground):
        found = month_and_day(line.text)
        day = coming(*found, ground.today, DATES_DAYS) if found else None
        if day is not None:
            yield replace(line, about=about, text="", name=page.title, day=day.isoformat())


def _cares_of(page: RecordPage, ground: Ground) -> list[BriefLine]:
    return answer_lines(page, _CARES_OF_CONTACT, Part.CARES, ground, "" if ground.contact else page.title)


def _notes(ground: Ground) -> Iterator[BriefLine]:
    notes = ground.held("note")
    if ground.contact:
        notes = [each for each in notes if each.values.get("contact") == ground.contact] or notes
    notes.sort(key=lambda each: (each.values.get("written_on", ""), each.record), reverse=True)
    shown = notes[:_NOTES_SHOWN]
    first = sources(ground.session, [each.record for each in shown])
    for each in shown:
        told = first.get(each.record, Said())
        by, on = each.values.get("author") or told.by, each.values.get("written_on") or told.on
        said = Said(by, on, private=ground.stays_here(each, "text"))
        yield BriefLine(Part.LAST_TALK, About.NOTE, each.values.get("text", ""), said=said)


def _touch_line(ground: Ground, touch: CachedRecord, part: Part, about: About) -> BriefLine:
    values = touch.values
    by = ground.title(values.get("colleague", "") or values.get("partner", ""))
    text = "\n".join(part for part in (values.get("subject", ""), values.get("remark", "")) if part)
    day = values["happened_on"]
    name = ground.title(values.get("contact", ""))
    private = ground.stays_here(touch, "subject", "remark", "happened_on", "contact")
    return BriefLine(part, about, text, name, channel_of(touch), day, said=Said(by, day, private=private))


def _person(ground: Ground, contact: CachedRecord, about: About, first: date | None = None) -> BriefLine:
    values = contact.values
    role = shown_text(field_named("contact", "buying_role"), values.get("buying_role", ""))
    day = first.isoformat() if first else ""
    said = Said(private=ground.stays_here(contact, "name", "title", "buying_role"))
    return BriefLine(Part.PEOPLE, about, values.get("title", ""), values.get("name", ""), role, day, said=said)


def _is_talk(touch: CachedRecord) -> bool:
    values = touch.values
    return values.get("direction") in {"both", "theirs"} or (
        values.get("channel") in _TALK_CHANNELS and values.get("direction") != "ours"
    )


def _is_open_promise(action: CachedRecord) -> bool:
    values = action.values
    return values.get("promise") == "yes" and not values.get("done_on") and values.get("state", "open") == "open"


def _value(page: RecordPage, key: str) -> str:
    return next((line.values[0].value for line in page.lines if _is(line, key)), "")


def _stays_here(page: RecordPage, key: str) -> bool:
    return any(_is(line, key) and line.layer is Layer.ME for line in page.lines)


def _is(line: FieldLine, key: str) -> bool:
    return line.field.key == key and bool(line.values)
