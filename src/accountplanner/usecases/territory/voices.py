"""What customers say: needs, feedback, cases, the moments that matter to them."""

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.people import contact_id
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.texts import Texts
from accountplanner.usecases.territory.words import Row, rows, sentences

_NEEDS = {"prospect": 80, "key": 60, "grown": 50, "steady": 40, "single": 45, "dormant": 20}
_SCORES = {"key": (7, 10), "grown": (7, 10), "steady": (4, 8), "single": (5, 8), "dormant": (3, 6)}


def write_voices(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say what they want, what they thought of us, and what went wrong."""
    draw = Draw(scene.seed, "voices", profile.index)
    if draw.chance(_NEEDS.get(profile.shape, 0)):
        _write_needs(scene, profile, draw, writer)
    if profile.shape in _SCORES and draw.chance(65):
        _write_feedback(scene, profile, draw, writer)
    if profile.buys and draw.chance(42):
        _write_cases(scene, profile, draw, writer)
    if profile.buys and draw.chance(40):
        _write_moments(scene, profile, draw, writer)


def _common(scene: Scene, profile: Profile, heard: int) -> dict[str, Value]:
    return {"account": scene.id("account", profile.index), "contact": contact_id(scene, profile, heard)}


def _write_needs(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    groups = profile.industry["groups"].split("|")
    fitting = [row for row in rows("needs") if row["group"] in groups]
    for number, row in enumerate(draw.some(fitting, draw.number(1, 2))):
        days_ago = draw.number(5, 300)
        values = _common(scene, profile, draw.number(0, len(profile.people) - 1)) | {
            "words": row["words"],
            "said_on": scene.day(-days_ago),
            "offering": scene.id("offering", row["group"]),
            "state": draw.weighted(("open", "met", "gone"), (6, 3 if profile.buys else 0, 1)),
        }
        writer.make(
            scene.id("need", profile.index, number), scene.source(profile.owner, days_ago, "told", "sure"), values
        )


def _write_feedback(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    low, high = _SCORES[profile.shape]
    fitting = [row for row in rows("feedback") if low <= int(row["score"]) <= high]
    for number, row in enumerate(draw.some(fitting, draw.number(1, 2))):
        heard = draw.number(0, len(profile.people) - 1)
        days_ago = draw.number(4, 420)
        closed = scene.day(-max(0, days_ago - draw.number(1, 9))) if row["action"] else None
        values = _common(scene, profile, heard) | {
            "words": row["words"],
            "said_on": scene.day(-days_ago),
            "score": int(row["score"]),
            "action": Texts(scene, profile, draw).fill(row["action"], profile.people[heard]),
            "closed_on": closed,
        }
        said = scene.source(draw.pick((profile.owner, "mkt1", "svc1")), days_ago, "told", "sure")
        writer.make(scene.id("feedback", profile.index, number), said, values)


def _write_cases(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    groups = (*profile.industry["groups"].split("|"), "SV", "DE")
    fitting = [row for row in rows("cases") if row["group"] in groups]
    for number in range(draw.number(1, 2)):
        row = scene.dealer.deal("case:" + profile.industry["key"], fitting)
        opened = draw.number(2, 400)
        writer.make(
            scene.id("case", profile.index, number),
            scene.source("bil1" if row["department"] == "billing" else "svc3", opened, "told", "sure"),
            _common(scene, profile, draw.number(0, len(profile.people) - 1)) | _case(scene, row, opened, draw),
        )


def _case(scene: Scene, row: Row, opened: int, draw: Draw) -> dict[str, Value]:
    left = opened - int(row["days_open"])
    disputed = scene.money(draw.number(int(row["amount_low"]), int(row["amount_high"])))
    return {
        "title": row["title"],
        "number": f"C-{20600 - opened}",
        "dispute": row["dispute"] == "yes",
        "opened_on": scene.day(-opened),
        "closed_on": scene.day(-left) if left > 0 else None,
        "state": "closed" if left > 0 else draw.pick(("open", "waiting")),
        "amount": disputed if disputed.minor else None,
        "account_of_it": row["what"],
    }


def _write_moments(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    for number, row in enumerate(draw.some(rows("moments"), draw.number(1, 3))):
        moment = scene.id("moment", profile.index, number)
        said = scene.source(profile.owner, draw.number(20, 350), "told", "likely")
        values: dict[str, Value] = {
            "title": row["title"],
            "account": scene.id("account", profile.index),
            "matters": row["matters"],
            "experience": draw.pick(sentences("experience")),
            "owner_department": row["department"],
        }
        writer.make(moment, said, values)
        if draw.chance(25):
            heard = scene.source("svc1", draw.number(5, 120), "told", "sure")
            writer.say(moment, "experience", draw.pick(sentences("experience")), heard)
