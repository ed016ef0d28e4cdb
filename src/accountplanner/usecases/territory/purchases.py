"""What accounts ordered over two years, each in a rhythm of its own, and what they spend elsewhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accountplanner.domain.money import Money, line_amount
from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.scene import Scene, Value, Writer
from accountplanner.usecases.territory.words import Row, rows, rows_where, sentences

_DAYS = 730
_GAPS = {"a": (18, 32), "b": (28, 52), "c": (45, 95)}
_SIZES = {"a": 5, "b": 3, "c": 1}
_DISCOUNTS = {"a": ("0.0500", "0.0800"), "b": ("0.0000", "0.0300", "0.0500"), "c": ("0.0000",)}
_LAST_YEAR = Decimal("0.96")
"""Prices went up by the turn of the year."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order."""

    offering: str
    quantity: Decimal
    unit_price: Money
    discount: Decimal

    @property
    def amount(self) -> Money:
        """What the line came to."""
        return line_amount(self.unit_price, self.quantity, self.discount)


@dataclass(frozen=True, slots=True)
class Order:
    """What was ordered on one day."""

    number: str
    ordered_on: date
    lines: tuple[Line, ...]


def orders_of(scene: Scene, profile: Profile) -> list[Order]:
    """The account's orders of the last two years, the oldest first."""
    buyer = _Buyer(scene, profile)
    return [buyer.order(place, days_ago) for place, days_ago in enumerate(buyer.days_ago())]


def write_purchases(scene: Scene, profile: Profile, orders: list[Order], writer: Writer) -> None:
    """Say every order line, as billing's list has them."""
    for order in orders:
        days_ago = (scene.today - order.ordered_on).days
        listed = scene.source("bil1", max(0, days_ago - 1), "list", "sure")
        for place, line in enumerate(order.lines):
            values: dict[str, Value] = {
                "order_number": order.number,
                "account": scene.id("account", profile.index),
                "offering": scene.id("offering", line.offering),
                "ordered_on": order.ordered_on,
                "quantity": f"{line.quantity:.3f}",
                "unit_price": line.unit_price,
                "discount": f"{line.discount:.4f}",
                "amount": line.amount,
                "colleague": scene.id("colleague", profile.owner),
            }
            writer.make(scene.id("purchase", profile.index, order.number, place), listed, values)


def spent(orders: list[Order], first: date, last: date) -> int:
    """What was ordered between two days, both included, in minor units."""
    within = [order for order in orders if first <= order.ordered_on <= last]
    return sum(line.amount.minor for order in within for line in order.lines)


def write_wallets(scene: Scene, profile: Profile, orders: list[Order], writer: Writer) -> None:
    """Say what they spend on some groups with everybody, which is more than with us."""
    draw = Draw(scene.seed, "wallets", profile.index)
    if profile.shape == "bare" or not draw.chance(70):
        return
    groups = [row["number"] for row in rows_where("offerings", "group", "")]
    for group in draw.some(groups, draw.number(1, 4)):
        ours = sum(
            line.amount.minor
            for order in orders
            for line in order.lines
            if line.offering.startswith(group) and (scene.today - order.ordered_on).days <= 365
        )
        whole = max(ours // 100, profile.employees * draw.number(4, 22)) * draw.number(11, 30) // 10 // 100 * 100
        rival = draw.number(0, len(rows("competitors")) - 1)
        source = draw.pick(sentences("wallet_source"))
        certainty = draw.weighted(("sure", "likely", "unsure"), (1, 4, 3))
        values: dict[str, Value] = {
            "account": scene.id("account", profile.index),
            "offering": scene.id("offering", group),
            "year": str(scene.today.year),
            "spend": scene.money(max(whole, 500)),
            "competitor": scene.id("competitor", rival) if draw.chance(55) else "",
            "source": source,
            "certainty": certainty,
        }
        said = scene.source(profile.owner, draw.number(10, 420), "estimate", certainty)
        writer.make(scene.id("wallet", profile.index, group), said, values)


class _Buyer:
    """How one account buys: when, what of, and whether more or less of it."""

    def __init__(self, scene: Scene, profile: Profile) -> None:
        self._scene = scene
        self._profile = profile
        self._draw = Draw(scene.seed, "orders", profile.index)
        self._basket = self._filled_basket()
        self._trend = self._draw.pick((-25, -10, 0, 0, 10, 30))

    def days_ago(self) -> list[int]:
        """How long ago each order was placed, the oldest first."""
        shape, draw = self._profile.shape, self._draw
        if not self._profile.buys:
            return []
        if shape == "single":
            return [draw.number(40, 480)]
        story = self._profile.story
        gap = story.get("order_gap", 28) if story else draw.number(*_GAPS[self._profile.tier])
        stop = draw.number(300, 470) if shape == "dormant" else draw.number(0, gap)
        day = draw.number(_DAYS - 20 if story else stop + 4 * gap, max(_DAYS, stop + 5 * gap))
        days = []
        while day > stop:
            if day <= _DAYS:
                days.append(day)
            day -= max(3, gap * draw.number(75, 125) // 100)
        return days

    def order(self, place: int, days_ago: int) -> Order:
        """One order: a few things of what they buy at all."""
        chosen = self._draw.some(self._basket, self._draw.number(1, min(4, len(self._basket))))
        number = f"{40000 + self._profile.index * 60 + place}"
        return Order(number, self._scene.day(-days_ago), tuple(self._line(row, days_ago) for row in chosen))

    def _filled_basket(self) -> list[Row]:
        groups = self._profile.industry["groups"].split("|")[: self._draw.number(2, 4)]
        usual = [row for row in rows("offerings") if row["group"] in groups]
        basket = self._draw.some(usual, self._draw.number(3, 7))
        return [row for row in basket if Decimal(row["list_price"]) < 2000 or self._profile.tier == "a"] or usual[:1]

    def _line(self, row: Row, days_ago: int) -> Line:
        price = Decimal(row["list_price"])
        is_machine = price > 500
        if self._scene.day(-days_ago).year < self._scene.today.year:
            price *= _LAST_YEAR
        growth = 100 + self._trend * (_DAYS - days_ago) // _DAYS
        tier = self._profile.tier
        pieces = 1 if is_machine else max(1, self._draw.number(1, 4) * _SIZES[tier] * growth // 100)
        discount = Decimal(self._draw.pick(_DISCOUNTS[tier]))
        return Line(row["number"], Decimal(pieces), self._scene.money(price), discount)
