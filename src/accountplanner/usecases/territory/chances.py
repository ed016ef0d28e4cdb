"""Orders that may come, came, or went elsewhere."""

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.words import Row, rows

_COUNTS = {"key": (1, 3), "grown": (1, 3), "steady": (0, 2), "single": (0, 1), "dormant": (0, 1), "prospect": (0, 2)}


def write_opportunities(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say which orders are possible, and why others were won or lost, in their words."""
    draw = Draw(scene.seed, "chances", profile.index)
    low, high = _COUNTS.get(profile.shape, (0, 0))
    groups = (*profile.industry["groups"].split("|"), "SV", "DE")
    fitting = [row for row in rows("opportunities") if row["group"] in groups and _fits(row, profile)]
    for number, row in enumerate(draw.some(fitting, draw.number(low, high))):
        said = scene.source(profile.owner, draw.number(3, 150), "told", "likely")
        writer.make(scene.id("opportunity", profile.index, number), said, _opportunity(scene, profile, row, draw))


def _fits(row: Row, profile: Profile) -> bool:
    return profile.buys or row["outcome"] != "won"


def _opportunity(scene: Scene, profile: Profile, row: Row, draw: Draw) -> dict[str, Value]:
    is_open = row["outcome"] == "open"
    lost_to = scene.id("competitor", draw.number(0, len(rows("competitors")) - 1))
    return {
        "title": row["title"],
        "account": scene.id("account", profile.index),
        "offering": scene.id("offering", row["group"]),
        "amount": scene.money(draw.number(int(row["low"]), int(row["high"])) // 100 * 100),
        "expected_on": scene.day(draw.number(-15, 150)) if is_open else None,
        "outcome": row["outcome"],
        "decided_on": None if is_open else scene.day(-draw.number(20, 500)),
        "why": row["why"],
        "competitor": lost_to if row["outcome"] == "lost" or draw.chance(25) else "",
    }
