"""Accounts, their divisions, and what everybody makes of them."""

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.profiles import Profile, profile_of
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.texts import Texts
from accountplanner.usecases.territory.words import document, parts, sentences

_MOODS = {
    "key": ("very", "very", "satisfied"),
    "grown": ("very", "satisfied", "satisfied"),
    "steady": ("satisfied", "neutral", "neutral", "unhappy"),
    "single": ("neutral", "satisfied"),
    "dormant": ("neutral", "unhappy", "leaving"),
}
RUNG_OF = {
    "key": "advocate",
    "grown": "supporter",
    "steady": "client",
    "dormant": "client",
    "single": "customer",
    "prospect": "prospect",
    "bare": "prospect",
}
_CHILD_EACH = 11
_LOOKED_BACK = 30
_WORSE = {"very": "satisfied", "satisfied": "neutral", "neutral": "unhappy", "unhappy": "leaving", "leaving": "unhappy"}


def write_account(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say what stands on the account's card, and what colleagues think of it."""
    draw = Draw(scene.seed, "account", profile.index)
    account = scene.id("account", profile.index)
    listed = scene.source(profile.owner, draw.number(330, 820), "list", "sure")
    writer.make(account, listed, _card(scene, profile, draw))
    if profile.shape == "bare":
        return
    for key, value, months, how in _learnt(scene, profile, draw):
        said = scene.source(profile.owner, draw.number(5, months * 30), how, draw.pick(("sure", "sure", "likely")))
        writer.say(account, key, value, said)
    if profile.story is None:
        _write_views(scene, profile, draw, writer)
    _write_divisions(scene, profile, draw, writer)


def _card(scene: Scene, profile: Profile, draw: Draw) -> dict[str, Value]:
    place = profile.place
    known = profile.shape != "bare"
    street = draw.pick(parts("streets", place["country"], "streets")).format(n=draw.number(1, 96))
    return {
        "name": profile.name,
        "number": str(20100 + profile.index) if profile.buys else "",
        "parent": _parent(scene, profile),
        "industry": profile.industry["label"],
        "owner": scene.id("colleague", profile.owner),
        "address": street if known else "",
        "city": place["city"],
        "region": place["region"] if known else "",
        "postal_code": draw.pick(place["postal_codes"].split("|")) if known else "",
        "country": place["country"],
        "website": f"www.{profile.domain}" if known and draw.chance(85) else "",
    }


def _parent(scene: Scene, profile: Profile) -> str:
    """A few accounts belong to one of those shortly before them, the next in the same line of business."""
    told = len(document("stories")["story"])
    if profile.index <= told or profile.index % _CHILD_EACH or len(profile.people) <= 1:
        return ""
    earliest = max(told, profile.index - _LOOKED_BACK)
    for index in range(profile.index - 1, earliest, -1):
        before = profile_of(scene, index)
        if before.people and before.industry["key"] == profile.industry["key"]:
            return scene.id("account", index)
    return ""


def _learnt(scene: Scene, profile: Profile, draw: Draw) -> list[tuple[str, Value, int, str]]:
    """Field, value, how many months ago it may have been learnt, how."""
    texts = Texts(scene, profile, draw)
    per_head = int(profile.industry["revenue_per_head"]) * draw.number(80, 125) // 100
    revenue = scene.money(profile.employees * per_head // 1000 * 1000)
    problems = sentences("key_problem", profile.industry["key"])
    found: list[tuple[str, Value, int, str, int]] = [
        ("tier", profile.tier, 15, "estimate", 96),
        ("phone", draw.filled(profile.place["phone"]), 16, "seen", 92),
        ("fax", draw.filled(profile.place["phone"]), 24, "list", 12),
        ("email", f"info@{profile.domain}", 20, "document", 70),
        ("key_problems", texts.deal("key_problem:" + profile.industry["key"], problems), 9, "told", 62),
        ("priorities", texts.deal("priority", sentences("priority")), 9, "told", 48),
        ("employees", profile.employees, 30, "document", 76),
        ("revenue", revenue, 18, "estimate", 45),
        ("longest_gap_days", {"a": 30, "b": 60, "c": 120}[profile.tier], 12, "", 40),
        ("tags", "\n".join(draw.some(sentences("account_tag"), draw.number(1, 3))), 12, "", 60),
        ("contract_end", scene.day(draw.number(20, 500)), 12, "document", 25 if profile.buys else 0),
        ("next_review", scene.day(draw.number(3, 85)), 3, "", 40 if profile.tier != "c" else 5),
    ]
    stated = {say["field"] for say in profile.story["says"]} if profile.story else set()
    return [each[:4] for each in found if draw.chance(each[4]) and each[0] not in stated]


def _write_views(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    account = scene.id("account", profile.index)
    texts = Texts(scene, profile, draw)
    mood = draw.pick(_MOODS.get(profile.shape, ("",)))
    opinions = {
        "satisfaction": mood if draw.chance(70) else "",
        "rung_view": RUNG_OF[profile.shape] if draw.chance(45) else "",
        "biggest_problem": texts.deal("biggest_problem", sentences("biggest_problem")) if draw.chance(35) else "",
        "strategy_view": texts.deal("strategy_view", sentences("strategy_view")) if draw.chance(55) else "",
    }
    for key, value in opinions.items():
        writer.say(account, key, value, scene.source(profile.owner, draw.number(3, 330), "told", "likely"))
    if mood and draw.chance(40):
        # Service meets other people there than sales does, and often in another mood.
        other = draw.pick(("svc1", "svc2", "svc3", "bil1"))
        heard = _WORSE[mood] if draw.chance(65) else mood
        writer.say(account, "satisfaction", heard, scene.source(other, draw.number(3, 150), "told", "sure"))


def _write_divisions(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    if profile.tier == "c" or profile.employees < 150 or not draw.chance(45):
        return
    said = scene.source(profile.owner, draw.number(60, 500), "told", "sure")
    for number, line in enumerate(draw.some(sentences("division", profile.industry["key"]), draw.number(2, 3))):
        name, _, buys = line.partition("|")
        values: dict[str, Value] = {
            "name": name,
            "account": scene.id("account", profile.index),
            "city": profile.place["city"],
            "country": profile.place["country"],
            "buys": buys,
        }
        writer.make(scene.id("division", profile.index, number), said, values)
