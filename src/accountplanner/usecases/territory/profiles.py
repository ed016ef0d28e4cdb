"""What kind of account each number of the territory is, and who works there."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.scene import Scene
from accountplanner.usecases.territory.words import Row, document, parts, row_of, rows

SHAPES = [
    "steady",
    "grown",
    "single",
    "steady",
    "prospect",
    "dormant",
    "steady",
    "key",
    "bare",
    "grown",
    "steady",
    "single",
    "dormant",
    "prospect",
]
"""How accounts deal with us: buy for long and like us (key, grown), buy (steady), bought once, bought once upon a time,
have not bought, are a bare name."""

_OWNERS = ("me", "rep1", "me", "rep2", "me", "rep3", "me", "rep1", "rep2", "rep3")
_TIERS = {"key": "aab", "grown": "abb", "steady": "abbc", "single": "bcc", "dormant": "bbc", "prospect": "bcc"}
_HEADS = {"key": (5, 8), "grown": (4, 6), "steady": (3, 5), "single": (2, 3), "dormant": (2, 4), "prospect": (1, 3)}
_POSTS = (
    ("chief", "management", "decides"),
    ("kitchen", "", "evaluates"),
    ("Purchasing manager", "purchasing", "approves"),
    ("Shift leader", "", "uses"),
    ("Hygiene officer", "", "evaluates"),
    ("Technical manager", "", "uses"),
    ("Accounts payable", "billing", ""),
    ("Assistant to the management", "management", "opens_doors"),
)
KNOWN_WELL = {"key": 3, "grown": 2, "steady": 1, "dormant": 1}
"""How many people somebody of us knows well, by shape."""

_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an account, before anything is said of them."""

    given: str
    family: str
    title: str
    department: str
    role: str
    state: str = "active"
    channel: str = ""

    @property
    def name(self) -> str:
        """What stands on the card."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account is like: where it is, what it does, how it deals with us, who looks after it.

    `story` holds what a told account brings with it; the parts that would contradict it stay away.
    """

    index: int
    name: str
    stem: str
    place: Row
    industry: Row
    shape: str
    tier: str
    owner: str
    employees: int
    people: tuple[Person, ...]
    story: Mapping[str, Any] | None = None

    @property
    def domain(self) -> str:
        """Where their mail goes; the ending is reserved, so nobody gets it."""
        return f"{plain(self.stem)}-{plain(self.place['city'])}.example"

    def knows_well(self, number: int) -> bool:
        """Whether the person with this number is one of those we have known for years."""
        known = 1 if self.story else KNOWN_WELL.get(self.shape, 0)
        return number < known and self.people[number].state != "unknown"

    @property
    def buys(self) -> bool:
        """Whether they have ever bought."""
        return self.shape not in {"prospect", "bare"}


@lru_cache(4096)
def plain(text: str) -> str:
    """A text as it stands in an address: small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode().lower()
    return (
        "".join(letter if letter.isalnum() else " " for letter in letters).strip().replace(" ", "-").replace("--", "-")
    )


def profile_of(scene: Scene, index: int) -> Profile:
    """The profile of an account by its number; the first ones are the told ones."""
    told = document("stories")["story"]
    if index < len(told):
        return _told(index, told[index])
    return _drawn(scene, index, index - len(told))


def _told(index: int, story: Mapping[str, Any]) -> Profile:
    people = tuple(
        Person(
            each["given"],
            each["family"],
            each["title"],
            each["department"],
            each["role"],
            each.get("state", "active"),
            each.get("channel", ""),
        )
        for each in story["contacts"]
    )
    return Profile(
        index,
        story["name"],
        story["stem"],
        row_of("places", "city", story["city"]),
        row_of("industries", "key", story["industry"]),
        story["shape"],
        story["tier"],
        story["owner"],
        story["employees"],
        people,
        story,
    )


def _drawn(scene: Scene, index: int, number: int) -> Profile:
    draw = Draw(scene.seed, "profile", index)
    country, rank = country_and_rank(number)
    place = draw.pick([row for row in rows("places") if row["country"] == country])
    industry = draw.pick(rows("industries"))
    stem = stem_of(scene.seed, country, rank)
    shape = SHAPES[number % len(SHAPES)]
    name = row_of("trades", "country", country)[industry["key"]].format(stem=stem)
    return Profile(
        index,
        name,
        stem,
        place,
        industry,
        shape,
        draw.pick(_TIERS.get(shape, "c")),
        _OWNERS[number % len(_OWNERS)],
        draw.number(int(industry["staff_low"]), int(industry["staff_high"])),
        _people(draw, country, industry, shape),
    )


def country_and_rank(number: int) -> tuple[str, int]:
    """The country of an account, and how many came before it there."""
    countries = [row["country"] for row in rows("stems")]
    return countries[number * 3 % len(countries)], number // len(countries)


@cache
def _stems(seed: int, country: str) -> tuple[str, ...]:
    return tuple(Draw(seed, "stems", country).shuffled(parts("stems", country, "stems")))


def stem_of(seed: int, country: str, rank: int) -> str:
    """A name nobody else has: single ones first, then pairs, then pairs with a numeral."""
    stems = _stems(seed, country)
    if rank < len(stems):
        return stems[rank]
    pairs = len(stems) * (len(stems) - 1)
    step, place = divmod((rank - len(stems)) % pairs, len(stems))
    numeral = (rank - len(stems)) // pairs
    pair = f"{stems[place]} & {stems[(place + step + 1) % len(stems)]}"
    return f"{pair} {numeral + 1}" if numeral else pair


def _people(draw: Draw, country: str, industry: Row, shape: str) -> tuple[Person, ...]:
    low, high = _HEADS.get(shape, (0, 0))
    count = draw.number(low, high)
    given = draw.shuffled(parts("people", country, "given"))
    family = draw.shuffled(parts("people", country, "family"))
    return tuple(_person(draw, number, given, family, industry) for number in range(count))


def _person(draw: Draw, number: int, given: Sequence[str], family: Sequence[str], industry: Row) -> Person:
    title, department, role = _POSTS[number % len(_POSTS)]
    state = "active"
    if number > 1:
        state = draw.weighted(("active", "moved", "retired", "unknown"), (91, 4, 2, 3))
    return Person(
        given[number % len(given)],
        family[number % len(family)],
        industry.get(title, title),
        department,
        role,
        state,
        draw.weighted(("", "call", "mail", "visit"), (6, 2, 1, 1)),
    )
