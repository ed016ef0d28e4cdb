"""Our own side of the territory: colleagues, what we sell, against whom, and what words mean to us."""

from accountplanner.usecases.territory.profiles import plain
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.words import Row, rows, rows_where

_COMPANY_DOMAIN = "lindholt-supply.example"


def write_company(scene: Scene, writer: Writer) -> None:
    """Say who we are and what we sell."""
    _write_colleagues(scene, writer)
    _write_offerings(scene, writer)
    _write_competitors(scene, writer)
    _write_definitions(scene, writer)


def _write_colleagues(scene: Scene, writer: Writer) -> None:
    said = scene.source("me", 720, "list", "sure")
    for row in rows("colleagues"):
        boss = scene.id("colleague", row["reports_to"]) if row["reports_to"] else ""
        writer.make(scene.id("colleague", row["key"]), said, {**_colleague(row), "reports_to": boss})
    if not scene.author.colleague:
        mine = {"name": scene.author.name, "title": "Account manager", "department": "sales", "extension": "118"}
        writer.make(scene.id("colleague", "me"), said, {**mine, "reports_to": scene.id("colleague", "head")})


def _colleague(row: Row) -> dict[str, Value]:
    address = f"{plain(row['name']).replace('-', '.', 1)}@{_COMPANY_DOMAIN}"
    return {**{key: row[key] for key in ("name", "title", "department", "extension")}, "email": address}


def _write_offerings(scene: Scene, writer: Writer) -> None:
    said = scene.source("head", 400, "document", "sure")
    for row in rows("offerings"):
        values: dict[str, Value] = {
            "name": row["name"],
            "number": row["number"],
            "group": scene.id("offering", row["group"]) if row["group"] else "",
            "description": row["description"],
            "unit": row["unit"],
            "list_price": scene.money(row["list_price"]) if row["list_price"] else "",
        }
        writer.make(scene.id("offering", row["number"]), said, values)


def _write_competitors(scene: Scene, writer: Writer) -> None:
    for number, row in enumerate(rows("competitors")):
        competitor = scene.id("competitor", number)
        said = scene.source("head", 300 - 40 * number, "seen", "likely")
        writer.make(competitor, said, {key: row[key] for key in ("name", "website", "strengths", "weaknesses")})
    heard = scene.source("svc1", 45, "hearsay", "unsure")
    writer.say(
        scene.id("competitor", 0), "weaknesses", "Two engineers for the whole north, one of them part-time", heard
    )


def _write_definitions(scene: Scene, writer: Writer) -> None:
    agreed = scene.source("head", 200, "document", "sure")
    for row in rows_where("sentences", "topic", "definition"):
        values: dict[str, Value] = {
            "term": row["tag"],
            "meaning": row["text"],
            "agreed_on": scene.day(-200),
            "agreed_by": "\n".join(scene.name_of(who) for who in ("head", "mkt1", "svc1")),
        }
        writer.make(scene.id("definition", row["tag"]), agreed, values)
