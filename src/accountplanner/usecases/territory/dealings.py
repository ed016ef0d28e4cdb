"""What happened between us and an account: touches of all departments, notes, signals of demand."""

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.people import contact_id
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.texts import Texts
from accountplanner.usecases.territory.words import Row, rows, sentences

_TOUCHES = {
    "key": (16, 26),
    "grown": (12, 20),
    "steady": (8, 15),
    "single": (3, 7),
    "dormant": (5, 9),
    "prospect": (2, 6),
    "bare": (0, 1),
}
_QUIET_SINCE = {"dormant": 190, "bare": 60}
_WHO = {"marketing": ("mkt1", "mkt2"), "service": ("svc1", "svc2", "svc2", "svc3"), "billing": ("bil1",)}
_MONTHS_18 = 545
_VISITS_AHEAD = (
    "Go through next year",
    "Walk the kitchen with the new manager",
    "Look at the year's figures together",
    "Show the sample line",
)


def write_dealings(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say what everybody did there in the last eighteen months."""
    draw = Draw(scene.seed, "dealings", profile.index)
    low, high = _TOUCHES[profile.shape]
    for number in range(draw.number(low, high)):
        _write_touch(scene, profile, number, draw, writer)
    if profile.story is None and profile.people and draw.chance(30):
        _write_signal(scene, profile, draw, writer)
    if profile.people and profile.shape not in _QUIET_SINCE:
        _write_visit_ahead(scene, profile, writer)


def _write_touch(scene: Scene, profile: Profile, number: int, draw: Draw, writer: Writer) -> None:
    row = _kind_of_touch(profile, draw)
    who = profile.owner if row["department"] == "sales" else draw.pick(_WHO[row["department"]])
    days_ago = draw.number(_QUIET_SINCE.get(profile.shape, 1), _MONTHS_18)
    heard = draw.number(0, len(profile.people) - 1) if profile.people else -1
    touch = scene.id("touch", profile.index, number)
    texts = Texts(scene, profile, draw)
    values: dict[str, Value] = {
        "subject": row["subject"],
        "account": scene.id("account", profile.index),
        "contact": contact_id(scene, profile, heard) if heard >= 0 else "",
        "colleague": scene.id("colleague", who),
        "department": row["department"],
        "channel": row["channel"],
        "direction": row["direction"],
        "happened_on": scene.day(-days_ago),
        "material": row["material"],
        "remark": texts.fill(row["remark"], profile.people[heard]) if heard >= 0 and row["remark"] else "",
    }
    writer.make(touch, scene.source(who, days_ago, "seen", "sure"), values)
    met = row["direction"] == "both" and row["channel"] in {"visit", "event", "service", "call"}
    if heard >= 0 and met and draw.chance(45 if row["channel"] == "call" else 70):
        _write_note(scene, profile, (touch, heard, who, days_ago), draw, writer)


def _write_visit_ahead(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Some accounts are in the calendar already."""
    draw = Draw(scene.seed, "visits ahead", profile.index)
    days_ahead = draw.number(1, 12)
    if not draw.chance(25):
        return
    met = draw.number(0, len(profile.people) - 1)
    values: dict[str, Value] = {
        "subject": draw.pick(_VISITS_AHEAD),
        "account": scene.id("account", profile.index),
        "contact": contact_id(scene, profile, met),
        "colleague": scene.id("colleague", profile.owner),
        "department": "sales",
        "channel": "visit",
        "direction": "both",
        "happened_on": scene.day(days_ahead),
    }
    writer.make(scene.id("touch", profile.index, "ahead"), scene.source(profile.owner, 1, "", "sure"), values)


def _kind_of_touch(profile: Profile, draw: Draw) -> Row:
    """Those who buy see everybody; those who do not see sales and marketing."""
    fitting = [row for row in rows("touches") if profile.buys or row["for"] == "all"]
    if not profile.people:
        fitting = [row for row in fitting if row["channel"] == "send"]
    return draw.weighted(fitting, [int(row["weight"]) for row in fitting])


def _write_note(scene: Scene, profile: Profile, about: tuple[str, int, str, int], draw: Draw, writer: Writer) -> None:
    touch, heard, who, days_ago = about
    kind = {"mkt": "marketing", "svc": "service", "bil": "billing"}.get(
        who[:3], "sales" if profile.buys else "prospect"
    )
    text = Texts(scene, profile, draw).deal(f"note:{kind}", sentences("note", kind), profile.people[heard])
    values: dict[str, Value] = {
        "text": text,
        "account": scene.id("account", profile.index),
        "contact": contact_id(scene, profile, heard),
        "touch": touch,
        "author": scene.name_of(who),
        "written_on": scene.day(-days_ago),
    }
    writer.make(scene.id("note", touch), scene.source(who, days_ago, "told", "sure"), values)


def _write_signal(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    fitting = [row for row in rows("signals") if profile.buys or row["from"] == "marketing"]
    row = scene.dealer.deal(f"signal:{profile.buys}", fitting)
    days_ago = draw.number(2, 25) if row["verdict"] == "waiting" else draw.number(20, 300)
    who = profile.owner if row["from"] == "sales" else draw.pick(_WHO[row["from"]])
    values: dict[str, Value] = {
        "title": row["title"],
        "account": scene.id("account", profile.index),
        "contact": contact_id(scene, profile, 0),
        "seen_on": scene.day(-days_ago),
        "from_department": row["from"],
        "to_department": row["to"],
        "handed_on": scene.day(-max(0, days_ago - draw.number(0, 2))),
        "verdict": row["verdict"],
        "reason": row["reason"],
    }
    writer.make(scene.id("signal", profile.index), scene.source(who, days_ago, "seen", "likely"), values)
