"""Ladder positions with their moves, each with dated evidence the rules accept."""

from datetime import date, timedelta

from accountplanner.domain.ids import paired_id
from accountplanner.usecases.territory.accounts import RUNG_OF
from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.purchases import Order
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.words import rows_where

LADDER_NAME = "relationship"
"""The main ladder, as the ladder use case calls it."""

_STEPS = ("prospect", "customer", "client", "supporter", "advocate", "partner")


def write_positions(scene: Scene, profile: Profile, orders: list[Order], writer: Writer) -> None:
    """Say on which rung the account stands and how it came there."""
    draw = Draw(scene.seed, "positions", profile.index)
    rung = RUNG_OF[profile.shape]
    if len(orders) < 2 and _STEPS.index(rung) > 1:
        rung = _STEPS[len(orders)]
    if profile.shape == "key" and draw.chance(35):
        rung = "partner"
    position = main_position(scene.id("account", profile.index))
    days = _days_of_moves(scene, rung, orders, draw)
    reached = scene.source(profile.owner, (scene.today - days[-1]).days, "seen", "sure")
    writer.make(
        position,
        reached,
        {"holder": scene.id("account", profile.index), "ladder": LADDER_NAME, "position": rung},
    )
    for step, day in enumerate(days):
        _write_move(scene, profile, step, day, writer)
    if profile.shape in {"grown", "key"} and draw.chance(40):
        _write_side_position(scene, profile, draw, writer)


def write_first_moves(scene: Scene, profile: Profile, orders: list[Order], writer: Writer) -> None:
    """Say how an account became a client, as far as its orders show it."""
    if orders:
        rung = _STEPS[min(len(orders), 2)]
        for step, day in enumerate(_days_of_moves(scene, rung, orders, Draw(scene.seed, "moves", profile.index))):
            _write_move(scene, profile, step, day, writer)


def main_position(holder: str) -> str:
    """The id of somebody's position on the main ladder, the same one that accepting a proposal would make."""
    return paired_id("position", holder, LADDER_NAME)


def _days_of_moves(scene: Scene, rung: str, orders: list[Order], draw: Draw) -> list[date]:
    """The days of the moves up to a rung: a first talk, the first two orders, then what they said and did."""
    first = orders[0].ordered_on if orders else scene.day(-draw.number(20, 260))
    days = [first - timedelta(draw.number(12, 70)) if orders else first]
    days += [order.ordered_on for order in orders[:2]]
    wanted = _STEPS.index(rung) + 1
    while len(days) < wanted:
        left = (scene.today - days[-1]).days
        days.append(scene.day(-max(3, left * draw.number(45, 80) // 100)))
    return days[:wanted]


def _write_move(scene: Scene, profile: Profile, step: int, day: date, writer: Writer) -> None:
    rung = _STEPS[step]
    evidence = scene.dealer.deal(f"move:{rung}", rows_where("moves", "rung", rung))["evidence"]
    is_bare = profile.shape == "bare"
    values: dict[str, Value] = {
        "of_position": main_position(scene.id("account", profile.index)),
        "from_rung": _STEPS[step - 1] if step else "",
        "to_rung": rung,
        "moved_on": day,
        "evidence": "A name on a list." if is_bare else evidence,
        "evidence_on": day,
        "distinct_orders": step if step < 3 else None,
        "score": "8.0" if rung == "supporter" and "8" in evidence else "",
        "proven": not is_bare,
    }
    said = scene.source(profile.owner, (scene.today - day).days, "seen", "sure")
    writer.make(scene.id("move", profile.index, "all", step), said, values)


def _write_side_position(scene: Scene, profile: Profile, draw: Draw, writer: Writer) -> None:
    """For one group of offerings they stand lower than on the whole."""
    strange = [row for row in rows_where("offerings", "group", "") if row["number"] not in profile.industry["groups"]]
    said = scene.source(profile.owner, draw.number(10, 250), "seen", "likely")
    values: dict[str, Value] = {
        "holder": scene.id("account", profile.index),
        "ladder": LADDER_NAME,
        "offering": scene.id("offering", draw.pick(strange)["number"]),
        "position": "prospect",
    }
    writer.make(scene.id("position", profile.index, "side"), said, values)
