"""Channel partners: who they are, whom they may know about, what they tell us, whom they bring."""

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.people import contact_id
from accountplanner.usecases.territory.positions import LADDER_NAME, main_position
from accountplanner.usecases.territory.profiles import Profile, plain
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.texts import Texts
from accountplanner.usecases.territory.words import Row, row_of, rows, rows_where, sentences

_CARD = ("name", "number", "contact_name", "contact_title", "phone", "address", "city", "postal_code", "country")
_NEIGHBOURS = {"Switzerland": "alpin", "Sweden": "fyn", "Germany": "nord", "Poland": "nord"}
_MOODS = ("very", "satisfied", "satisfied", "neutral", "neutral", "unhappy")


def write_partners(scene: Scene, writer: Writer) -> None:
    """Say who our channel partners are and how far we have come with them."""
    for number, row in enumerate(rows("partners")):
        met = scene.source("head", 640 - 50 * number, "document", "sure")
        card: dict[str, Value] = {key: row[key] for key in _CARD}
        mail = f"{plain(row['contact_name'].split(' ')[0])}@{row['website']}"
        tags = row["tags"].replace("|", "\n")
        more: dict[str, Value] = {"email": mail, "website": f"www.{row['website']}", "language": row["language"]}
        writer.make(scene.id("partner", row["key"]), met, card | more | {"tags": tags})
        _write_position(scene, row, writer)
    for number, row in enumerate(rows("registrations")):
        _write_registration(scene, number, row, writer)


def write_partner_side(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say which partner may know of the account, and what they said about it."""
    draw = Draw(scene.seed, "partner", profile.index)
    key = _partner_of(profile)
    if not key or profile.shape == "bare" or not (profile.story or draw.chance(68)):
        return
    partner, account = scene.id("partner", key), scene.id("account", profile.index)
    covers = bool(profile.story) or draw.chance(94)
    values: dict[str, Value] = {"partner": partner, "account": account, "covers": covers}
    writer.make(scene.id("scope", profile.index, key), scene.source("head", 420, "document", "sure"), values)
    if not covers:
        return
    _write_partner_notes(scene, profile, key, draw, writer)
    if profile.people and draw.chance(50):
        _write_partner_tie(scene, profile, key, draw, writer)
    if profile.story is None and profile.buys and draw.chance(50):
        said = scene.source(f"partner:{key}", draw.number(5, 260), "partner", "likely")
        writer.say(account, "satisfaction", draw.pick(_MOODS), said)
        if draw.chance(45):
            problem = Texts(scene, profile, draw).deal("biggest_problem", sentences("biggest_problem"))
            writer.say(account, "biggest_problem", problem, said)


def _partner_of(profile: Profile) -> str:
    country = profile.place["country"]
    own = rows_where("partners", "country", country)
    return own[0]["key"] if own else _NEIGHBOURS.get(country, "")


def _write_partner_notes(scene: Scene, profile: Profile, key: str, draw: Draw, writer: Writer) -> None:
    for number in range(draw.number(0, 2)):
        days_ago = draw.number(4, 300)
        values: dict[str, Value] = {
            "text": scene.dealer.deal("partner_note", sentences("partner_note")),
            "partner": scene.id("partner", key),
            "account": scene.id("account", profile.index),
            "contact": contact_id(scene, profile, 0) if profile.people and draw.chance(30) else "",
            "written_on": scene.day(-days_ago),
        }
        said = scene.source(f"partner:{key}", days_ago, "partner", "sure")
        writer.make(scene.id("partner_note", profile.index, number), said, values)


def _write_partner_tie(scene: Scene, profile: Profile, key: str, draw: Draw, writer: Writer) -> None:
    heard = draw.number(0, len(profile.people) - 1)
    values: dict[str, Value] = {
        "contact": contact_id(scene, profile, heard),
        "partner": scene.id("partner", key),
        "strength": draw.weighted(("close", "working", "weak"), (3, 4, 1)),
        "since": scene.day(-draw.number(400, 3000)),
    }
    said = scene.source(f"partner:{key}", draw.number(20, 300), "partner", "likely")
    writer.make(scene.id("tie", profile.index, heard, key), said, values)


def _write_position(scene: Scene, row: Row, writer: Writer) -> None:
    holder = scene.id("partner", row["key"])
    position = main_position(holder)
    draw = Draw(scene.seed, "partner position", row["key"])
    days_ago = draw.number(60, 380)
    said = scene.source("head", days_ago, "seen", "sure")
    writer.make(position, said, {"holder": holder, "ladder": LADDER_NAME, "position": row["rung"]})
    evidence = row_of("partner_moves", "rung", row["rung"])
    move: dict[str, Value] = {
        "of_position": position,
        "from_rung": evidence["from"],
        "to_rung": row["rung"],
        "moved_on": scene.day(-days_ago),
        "evidence": evidence["evidence"],
        "evidence_on": scene.day(-days_ago - 4),
        "proven": True,
    }
    writer.make(scene.id("move", "partner", row["key"]), said, move)


def _write_registration(scene: Scene, number: int, row: Row, writer: Writer) -> None:
    draw = Draw(scene.seed, "registration", number)
    days_ago = draw.number(1, 12) if row["state"] == "open" else draw.number(20, 120)
    domain = f"{plain(row['customer_name'])}.example"
    values: dict[str, Value] = {
        "customer_name": row["customer_name"],
        "partner": scene.id("partner", row["partner"]),
        "website": f"www.{domain}",
        "contact_name": row["contact_name"],
        "contact_email": f"{plain(row['contact_name'].split(' ')[0])}@{domain}",
        "expected_value": scene.money(draw.number(int(row["low"]), int(row["high"])) // 100 * 100),
        "expected_on": scene.day(draw.number(20, 120)),
        "reason": row["reason"],
        "registered_on": scene.day(-days_ago),
        "state": row["state"],
        "reply": row["reply"].format(colleague=scene.name_of("rep1").split(" ")[0]),
    }
    said = scene.source(f"partner:{row['partner']}", days_ago, "partner", "likely")
    writer.make(scene.id("registration", number), said, values)
