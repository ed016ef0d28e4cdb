"""Plans with objectives, ways and steps; promises without a plan; the reviews of the last quarters."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accountplanner.domain.money import Money
from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.people import contact_id
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.purchases import Order, spent
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.texts import Texts
from accountplanner.usecases.territory.words import document, sentences

_DUE = (
    (-12, -1, False),
    (-6, -1, False),
    (0, 2, False),
    (0, 3, False),
    (4, 12, False),
    (8, 30, False),
    (-12, -3, True),
    (-90, -13, True),
    (-60, -13, True),
)
"""Days from today between which a promise is due, and whether it has been kept."""

_PLANNED = {"key": 100, "grown": 65, "steady": 30}


def write_plans(scene: Scene, profile: Profile, orders: list[Order], writer: Writer) -> None:
    """Say what was planned and promised, and what became of it."""
    draw = Draw(scene.seed, "plans", profile.index)
    if not profile.people:
        return
    if profile.tier != "c" and draw.chance(_PLANNED.get(profile.shape, 0)):
        _Planned(scene, profile, draw, writer).write()
        for quarters_back in range(1, draw.number(2, 3)):
            _write_review(scene, profile, orders, quarters_back, writer)
    if draw.chance(55):
        _write_promises(scene, profile, draw, writer)


def quarter_of(day: date) -> str:
    """A calendar quarter, such as `2026Q3`."""
    return f"{day.year}Q{(day.month + 2) // 3}"


class _Planned:
    """One plan and everything under it."""

    def __init__(self, scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
        self._scene = scene
        self._profile = profile
        self._draw = draw
        self._writer = writer
        self._started = draw.number(40, 230)
        self._account = scene.id("account", profile.index)
        self._said = scene.source(profile.owner, self._started, "told", "sure")

    def write(self) -> None:
        plan = self._scene.dealer.deal("plan", document("plans")["plan"])
        values: dict[str, Value] = {
            "title": plan["title"],
            "account": self._account,
            "starts_on": self._day(0),
            "ends_on": self._day(365),
            "aim": plan["aim"],
            "state": self._draw.weighted(("agreed", "draft"), (4, 1)),
        }
        self._writer.make(self._id("plan"), self._said, values)
        for number, objective in enumerate(plan["objective"]):
            self._objective(number, objective)
        for number, risk in enumerate(plan["risk"]):
            self._risk(number, risk)

    def _objective(self, number: int, objective: Mapping[str, Any]) -> None:
        values: dict[str, Value] = {
            "title": objective["title"],
            "plan": self._id("plan"),
            "measure": objective["measure"],
            "target": objective["target"],
            "due_on": self._day(objective["due"]),
            "order": number + 1,
            "state": "open" if objective["due"] > self._started else self._draw.pick(("reached", "reached", "missed")),
        }
        self._writer.make(self._id("objective", number), self._said, values)
        for place, way in enumerate(objective["strategies"]):
            chosen = {"title": way["title"], "objective": self._id("objective", number), "why": way["why"]}
            self._writer.make(self._id("strategy", number, place), self._said, chosen | {"order": place + 1})
        for place, action in enumerate(objective["actions"]):
            self._action(number, place, action)

    def _action(self, number: int, place: int, action: Mapping[str, Any]) -> None:
        due_in = action["due"] - self._started
        kept = due_in < 0 and self._draw.chance(82)
        done = self._day(action["due"] + self._draw.number(-6, min(9, -due_in))) if kept else None
        values: dict[str, Value] = {
            "title": action["title"],
            "account": self._account,
            "plan": self._id("plan"),
            "strategy": self._id("strategy", number, 0),
            "contact": contact_id(self._scene, self._profile, 0) if action["promise"] else "",
            "colleague": self._scene.id("colleague", self._draw.weighted((self._profile.owner, "svc1"), (4, 1))),
            "promise": bool(action["promise"]),
            "due_on": self._day(action["due"]),
            "done_on": done,
            "state": "kept" if kept else "open",
        }
        self._writer.make(self._id("action", "plan", number, place), self._said, values)

    def _risk(self, number: int, risk: Mapping[str, Any]) -> None:
        record = self._id("risk", number)
        values: dict[str, Value] = {
            "title": risk["title"],
            "account": self._account,
            "plan": self._id("plan"),
            "weight": risk["weight"],
            "answer": risk["answer"],
            "state": "open",
        }
        self._writer.make(record, self._said, values)
        if self._draw.chance(35):
            heard = self._scene.source("head", self._draw.number(3, self._started), "estimate", "likely")
            self._writer.say(record, "weight", self._draw.pick(("high", "middle", "low")), heard)

    def _day(self, after: int) -> date:
        return self._scene.day(after - self._started)

    def _id(self, kind: str, *key: object) -> str:
        return self._scene.id(kind, self._profile.index, *key)


def _write_promises(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    """Some late, some due about today, some kept."""
    for number in range(draw.number(1, 3)):
        # Dealt, not drawn: every territory has some of each.
        earliest, latest, kept = scene.dealer.deal("due", _DUE)
        due = draw.number(earliest, latest)
        promised = draw.number(max(1, 5 - due), max(30, 20 - due))
        heard = draw.number(0, len(profile.people) - 1)
        text = Texts(scene, profile, draw).deal("promise", sentences("promise"), profile.people[heard])
        values: dict[str, Value] = {
            "title": text,
            "account": scene.id("account", profile.index),
            "contact": contact_id(scene, profile, heard),
            "colleague": scene.id("colleague", profile.owner),
            "promise": draw.chance(80),
            "due_on": scene.day(due),
            "done_on": scene.day(min(-1, due + draw.number(-3, 2))) if kept else None,
            "state": "kept" if kept else "open",
        }
        said = scene.source(profile.owner, promised, "told", "sure")
        writer.make(scene.id("action", profile.index, "loose", number), said, values)
    _write_their_promise(scene, profile, writer)


def _write_their_promise(scene: Scene, profile: Profile, writer: Writer) -> None:
    """What they have promised us: some of it late, too."""
    draw = Draw(scene.seed, "their promises", profile.index)
    if not draw.chance(40):
        return
    person = draw.number(0, len(profile.people) - 1)
    due = draw.number(-6, 25)
    values: dict[str, Value] = {
        "title": Texts(scene, profile, draw).fill(draw.pick(sentences("their_promise")), profile.people[person]),
        "account": scene.id("account", profile.index),
        "contact": contact_id(scene, profile, person),
        "promise": True,
        "promised_by": "them",
        "due_on": scene.day(due),
        "state": "open",
    }
    said = scene.source(profile.owner, draw.number(7, 30), "told", "sure")
    writer.make(scene.id("action", profile.index, "theirs"), said, values)


def _write_review(scene: Scene, profile: Profile, orders: list[Order], quarters_back: int, writer: Writer) -> None:
    first = _quarter_start(scene.today, quarters_back)
    last = _quarter_start(scene.today, quarters_back - 1) - timedelta(1)
    held = min(scene.today, last + timedelta(12 + profile.index % 9))
    present = [person.name for person in profile.people[:2]] + [scene.name_of(profile.owner)]
    values: dict[str, Value] = {
        "account": scene.id("account", profile.index),
        "quarter": quarter_of(first),
        "held_on": held,
        "present": "\n".join(present),
        "decisions": scene.dealer.deal("decision", sentences("review_decision")),
        "next_steps": scene.dealer.deal("next", sentences("review_next")),
        "result": Money(spent(orders, first, last), scene.currency),
    }
    said = scene.source(profile.owner, (scene.today - held).days, "told", "sure")
    writer.make(scene.id("review", profile.index, quarter_of(first)), said, values)


def _quarter_start(day: date, back: int) -> date:
    months = day.year * 12 + (day.month - 1) // 3 * 3 - 3 * back
    return date(months // 12, months % 12 + 1, 1)
