"""Where and when the sample territory stands: its day, its people, its ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.ids import derived_id
from accountplanner.domain.money import Money
from accountplanner.domain.statements import Source, Statement, exists, state
from accountplanner.usecases.territory.draw import Dealer
from accountplanner.usecases.territory.words import row_of

ORIGIN = "sample"
Value = str | int | bool | date | Money | None


@dataclass(frozen=True, slots=True)
class SampleAuthor:
    """The person whose first look it is: owner of the largest part of the territory.

    `name` stands as speaker. `voice` is the one their own opinions are kept under, `colleague` the
    record that stands for them; where the workspace has none yet, the territory makes one.
    """

    name: str
    voice: str = ""
    colleague: str = ""


@dataclass(slots=True)
class Scene:
    """What every part of the territory needs to know.

    `me` is the key of the author among the colleagues. Ids depend on the seed alone, so that the
    same territory made on two days, or on two laptops, is the same records.
    """

    seed: int
    today: date
    author: SampleAuthor
    currency: str = "EUR"
    dealer: Dealer = field(init=False)

    def __post_init__(self) -> None:
        self.dealer = Dealer(self.seed)

    def id(self, kind: str, *key: object) -> str:
        """The id of a record of the territory."""
        if (kind, *key) == ("colleague", "me") and self.author.colleague:
            return self.author.colleague
        return derived_id(kind, ORIGIN.encode() + str(self.seed).encode(), *(str(part) for part in key))

    def day(self, offset: int) -> date:
        """A day so many days from today; past weekends become Fridays, future ones Mondays."""
        day = self.today + timedelta(offset)
        weekend = max(0, day.weekday() - 4)
        if not offset or not weekend:
            return day
        return day - timedelta(weekend) if offset < 0 else day + timedelta(3 - weekend)

    def source(self, who: str, days_ago: int = 0, how: str = "", sure: str = "") -> Source:
        """Who says something and when: `me`, a colleague's key, or `partner:` with a partner's key."""
        when = self.day(-days_ago).isoformat()
        return Source(speaker=self.speaker(who), date=when, how=how, sure=sure, origin=ORIGIN)

    def speaker(self, who: str) -> str:
        """Who a value is put down to."""
        if who == "me":
            return self.author.name
        kind, _, key = who.rpartition(":")
        return self.id(kind or "colleague", key)

    def voice(self, speaker: str) -> str:
        """The register that a speaker's opinions are kept in."""
        if speaker == self.author.name:
            return self.author.voice or self.id("colleague", "me")
        return speaker

    def name_of(self, who: str) -> str:
        """What a colleague is called."""
        return self.author.name if who == "me" else row_of("colleagues", "key", who)["name"]

    def money(self, amount: str | int | Decimal) -> Money:
        """An amount in the territory's currency."""
        return Money.from_decimal(Decimal(amount), self.currency)


class Writer:
    """Collects the statements of one group of records, apart for the team and for the author alone."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.team: list[Statement] = []
        self.private: list[Statement] = []

    def make(self, record: str, source: Source, values: Mapping[str, Value]) -> str:
        """Say that a record exists and what is known of it; blank values are left out."""
        self.team.append(exists(record, source))
        for key, value in values.items():
            self.say(record, key, value, source)
        return record

    def say(self, record: str, key: str, value: Value, source: Source) -> None:
        """Say one value, in the speaker's own voice where the field keeps voices apart."""
        if value is not None and value != "":
            self.team.append(self._statement(record, key, _text(value), source))

    def keep(self, record: str, key: str, value: str, source: Source) -> None:
        """Say one value that stays on the author's computer."""
        self.private.append(self._statement(record, key, value, source))

    def _statement(self, record: str, key: str, value: str, source: Source) -> Statement:
        known = known_field(record.partition(":")[0], key)
        voice = self._scene.voice(source.speaker) if known is not None and known.per_speaker else ""
        return state(record, key, value, source, voice=voice)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return value.canonical()
    return value.isoformat() if isinstance(value, date) else str(value)
