"""Contacts, the seats they hold, and who knows whom."""

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.profiles import Person, Profile, plain
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.words import rows_where, sentences

_ATTITUDES = {
    "key": ("champion", "champion", "supporter", "neutral"),
    "grown": ("supporter", "supporter", "champion", "neutral"),
    "steady": ("supporter", "neutral", "neutral", "sceptic"),
    "single": ("neutral", "sceptic", "supporter"),
    "dormant": ("neutral", "sceptic", "opponent"),
    "prospect": ("neutral", "sceptic"),
}
_COOLER = {"champion": "supporter", "supporter": "neutral", "neutral": "sceptic", "sceptic": "opponent"}


def write_people(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say who works at the account, what they do there, and how we stand with them."""
    draw = Draw(scene.seed, "people", profile.index)
    for number, person in enumerate(profile.people):
        _write_contact(scene, profile, number, draw, writer)
        if person.state == "active":
            _write_ties(scene, profile, number, draw, writer)
    if len(profile.people) > 2 and profile.story is None:
        _write_seats(scene, profile, draw, writer)
        _write_links(scene, profile, draw, writer)


def contact_id(scene: Scene, profile: Profile, number: int) -> str:
    """The id of the contact with this number at an account."""
    return scene.id("contact", profile.index, number)


def met_days_ago(scene: Scene, profile: Profile, number: int) -> int:
    """How long we have known them; nothing about them is older."""
    draw = Draw(scene.seed, "met", profile.index, number)
    return draw.number(900, 1600) if profile.knows_well(number) else draw.number(40, 700)


def phone_of(scene: Scene, profile: Profile, number: int) -> str:
    """Their direct line."""
    return Draw(scene.seed, "phone", profile.index, number).filled(profile.place["phone"])


def address_of(profile: Profile, person: Person) -> str:
    """Their e-mail address."""
    return f"{plain(person.given)}.{plain(person.family)}@{profile.domain}"


def _write_contact(scene: Scene, profile: Profile, number: int, draw: Draw, writer: Writer) -> None:
    person = profile.people[number]
    contact = contact_id(scene, profile, number)
    met = met_days_ago(scene, profile, number)
    values: dict[str, Value] = {
        "name": person.name,
        "account": scene.id("account", profile.index),
        "title": person.title,
        "department": person.department,
        "buying_role": person.role if draw.chance(80) else "",
        "reports_to": contact_id(scene, profile, 0) if number and draw.chance(70) else "",
    }
    writer.make(contact, scene.source(profile.owner, met, "told", "sure"), values)
    reached: dict[str, Value] = {
        "email": address_of(profile, person) if draw.chance(88) else "",
        "phone": phone_of(scene, profile, number) if draw.chance(80) else "",
        "mobile": draw.filled(profile.place["mobile"]) if draw.chance(45) else "",
        "channel": person.channel,
        "tags": "\n".join(draw.some(sentences("contact_tag"), draw.number(1, 2))) if draw.chance(40) else "",
    }
    for key, value in reached.items():
        writer.say(contact, key, value, scene.source(profile.owner, draw.number(5, min(met, 640)), "told", "sure"))
    noticed = scene.source(profile.owner, draw.number(5, min(met, 120)), "told", "sure")
    writer.say(contact, "state", person.state, noticed)
    if draw.chance(75):
        _write_attitude(scene, profile, contact, met, writer)


def _write_attitude(scene: Scene, profile: Profile, contact: str, met: int, writer: Writer) -> None:
    draw = Draw(scene.seed, "attitude", contact)
    attitude = draw.pick(_ATTITUDES.get(profile.shape, ("neutral",)))
    seen = scene.source(profile.owner, draw.number(5, min(met, 380)), "seen", "likely")
    writer.say(contact, "support", attitude, seen)
    if attitude in _COOLER and draw.chance(22):
        other = draw.pick(("svc1", "svc2", "head"))
        heard = scene.source(other, draw.number(5, min(met, 200)), "seen", "likely")
        writer.say(contact, "support", _COOLER[attitude], heard)


def _write_ties(scene: Scene, profile: Profile, number: int, draw: Draw, writer: Writer) -> None:
    knows = [profile.owner] if draw.chance(82 - 8 * number) else []
    knows += ["svc2"] if draw.chance(30) else []
    for who in knows:
        values: dict[str, Value] = {
            "contact": contact_id(scene, profile, number),
            "colleague": scene.id("colleague", who),
            "strength": draw.weighted(("close", "working", "weak"), (2, 5, 3)),
            "since": scene.day(-draw.number(200, 2400)),
            "how": scene.dealer.deal("tie_how", sentences("tie_how")) if draw.chance(60) else "",
        }
        said = scene.source(who, draw.number(10, 420), "seen", "sure")
        writer.make(scene.id("tie", profile.index, number, who), said, values)


def _write_seats(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    if not draw.chance(60):
        return
    for row in draw.some(rows_where("sentences", "topic", "seat"), draw.number(2, 4)):
        held = draw.number(0, len(profile.people) - 1)
        is_held = profile.people[held].state == "active" and draw.chance(72)
        values: dict[str, Value] = {
            "role": row["tag"],
            "account": scene.id("account", profile.index),
            "contact": contact_id(scene, profile, held) if is_held else "",
            "why": row["text"],
        }
        said = scene.source(profile.owner, draw.number(10, 300), "told", "likely")
        writer.make(scene.id("seat", profile.index, row["tag"]), said, values)


def _write_links(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    if not draw.chance(65):
        return
    for number in range(draw.number(1, 2)):
        nature = draw.weighted(("influences", "conflicts"), (4, 1))
        values: dict[str, Value] = {
            "contact": contact_id(scene, profile, number + 1),
            "other": contact_id(scene, profile, 0 if number else 2),
            "nature": nature,
            "weight": draw.number(2, 5),
            "remark": scene.dealer.deal(nature, sentences(f"link_{nature}")) if draw.chance(60) else "",
        }
        said = scene.source(profile.owner, draw.number(10, 300), "seen", "likely")
        writer.make(scene.id("link", profile.index, number), said, values)
