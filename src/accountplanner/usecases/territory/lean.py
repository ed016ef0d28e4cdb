"""A large plain territory for measuring: accounts with every field filled, contacts with a few answers, no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Field, FieldType, Layer
from accountplanner.domain.statements import Source, Statement, exists, state
from accountplanner.usecases.territory.company import write_company
from accountplanner.usecases.territory.profiles import country_and_rank, plain, stem_of
from accountplanner.usecases.territory.scene import Scene, Writer
from accountplanner.usecases.territory.words import parts, row_of, rows, rows_where, sentences

_FIRST = ("hobbies", "key_problems", "near_objective", "long_objective")
_TITLES = ("Managing director", "Purchasing manager", "Head cook", "Quality manager", "Shift leader")
_OWNERS = ("me", "rep1", "rep2", "rep3")
_ROLES = ("decides", "approves", "evaluates", "uses", "opens_doors")
_SATISFIED = ("very", "satisfied", "neutral", "unhappy")
_RUNGS = ("prospect", "customer", "client", "supporter")
_DATES = 40


@dataclass(frozen=True, slots=True)
class LeanShape:
    """How many contacts an account has, and how many profile answers a contact."""

    contacts: int = 10
    answers: int = 4


def lean_groups(scene: Scene, accounts: int, shape: LeanShape) -> Iterator[list[Statement]]:
    """Yield our own side, then each account with its contacts."""
    writer = Writer(scene)
    write_company(scene, writer)
    yield writer.team
    filler = _Filler(scene, shape)
    for index in range(accounts):
        yield list(filler.account(index))


class _Town:
    """The names and the numbers of one country."""

    def __init__(self, country: str) -> None:
        self._given = parts("people", country, "given")
        self._family = parts("people", country, "family")
        self.phone = rows_where("places", "country", country)[0]["phone"]

    def name(self, count: int) -> tuple[str, str]:
        """First and last name of the contact with this number."""
        rest, place = divmod(count, len(self._given))
        return self._given[place], self._family[rest % len(self._family)]


class _Filler:
    """Fills fields by counting, without chance: nothing here is to be looked at, only to be many and different."""

    def __init__(self, scene: Scene, shape: LeanShape) -> None:
        self._scene = scene
        self._shape = shape
        self._sources = [_sources(scene, who) for who in _OWNERS]
        self._towns = {row["country"]: _Town(row["country"]) for row in rows("stems")}
        self._answers = [(topic, _texts(topic)) for topic in _topics()[: shape.answers]]
        self._colleagues = [scene.id("colleague", who) for who in _OWNERS]

    def account(self, index: int) -> Iterator[Statement]:
        """One account with its contacts."""
        account = self._scene.id("account", index)
        said = self._sources[index % len(_OWNERS)][index % _DATES]
        country, rank = country_and_rank(index)
        stem = stem_of(self._scene.seed, country, rank)
        domain = f"{plain(stem)}-{index}.example"
        yield exists(account, said)
        for key, value in self._card(index, country, stem, domain).items():
            yield state(account, key, value, said)
        for key, value in self._views(index).items():
            yield state(account, key, value, said, voice=self._scene.voice(said.speaker))
        for number in range(self._shape.contacts):
            yield from self._contact(account, index * self._shape.contacts + number, self._towns[country], domain)

    def _card(self, index: int, country: str, stem: str, domain: str) -> dict[str, str]:
        places = rows_where("places", "country", country)
        place = places[index % len(places)]
        industry = rows("industries")[index % len(rows("industries"))]
        codes = place["postal_codes"].split("|")
        streets = parts("streets", country, "streets")
        problems = sentences("key_problem", industry["key"])
        priorities = sentences("priority")
        name = row_of("trades", "country", country)[industry["key"]].format(stem=stem)
        return {
            "name": name,
            "number": str(100000 + index),
            "industry": industry["label"],
            "tier": "abc"[index % 3],
            "owner": self._colleagues[index % len(_OWNERS)],
            "address": streets[index % len(streets)].format(n=1 + index % 120),
            "city": place["city"],
            "region": place["region"],
            "postal_code": codes[index % len(codes)],
            "country": country,
            "phone": _number(place["phone"], index),
            "fax": _number(place["phone"], index + 7),
            "website": f"www.{domain}",
            "email": f"info@{domain}",
            "key_problems": f"{problems[index % len(problems)]} ({index})",
            "priorities": f"{priorities[index % len(priorities)]} ({index})",
            "contract_end": self._ahead(index).isoformat(),
            "next_review": self._ahead(index + 11).isoformat(),
            "employees": str(20 + index % 3000),
            "revenue": self._scene.money(500_000 + 1000 * (index % 90_000)).canonical(),
            "longest_gap_days": str(30 + index % 90),
            "tags": "\n".join(sentences("account_tag")[index % 4 : index % 4 + 2]),
        }

    def _views(self, index: int) -> dict[str, str]:
        problems = sentences("biggest_problem")
        return {
            "satisfaction": _SATISFIED[index % len(_SATISFIED)],
            "rung_view": _RUNGS[index % len(_RUNGS)],
            "biggest_problem": problems[index % len(problems)],
            "strategy_view": f"Number {index} of the round; worth a visit in {index % 12 + 1} weeks.",
        }

    def _contact(self, account: str, count: int, town: _Town, domain: str) -> Iterator[Statement]:
        contact = self._scene.id("contact", count)
        said = self._sources[count % len(_OWNERS)][count % _DATES]
        first, last = town.name(count)
        yield exists(contact, said)
        yield state(contact, "name", f"{first} {last}", said)
        yield state(contact, "account", account, said)
        yield state(contact, "title", _TITLES[count % len(_TITLES)], said)
        yield state(contact, "email", f"{plain(first)}.{plain(last)}.{count % 97}@{domain}", said)
        yield state(contact, "phone", _number(town.phone, count), said)
        yield state(contact, "buying_role", _ROLES[count % len(_ROLES)], said)
        yield state(contact, "state", "active", said)
        for topic, texts in self._answers:
            voice = self._scene.voice(said.speaker) if topic.per_speaker else ""
            yield state(contact, topic.key, f"{texts[count % len(texts)]} ({count})", said, voice=voice)

    def _ahead(self, index: int) -> date:
        return self._scene.today + timedelta(index % 400)


def _sources(scene: Scene, who: str) -> list[Source]:
    """What one colleague said, on many days."""
    return [scene.source(who, 20 * step, "told", "sure") for step in range(_DATES)]


def _topics() -> list[Field]:
    """Those the team may have, the ones most asked about first."""
    topics = [field for field in record_kind("contact").fields if field.number and field.default_layer is Layer.TEAM]
    return sorted(topics, key=lambda field: field.key.removeprefix("mackay_") not in _FIRST)


def _texts(topic: Field) -> list[str]:
    answers = rows_where("mackay_answers", "topic", topic.key.removeprefix("mackay_"))
    return [row["answer"].replace("|", "\n" if topic.type is FieldType.LIST else "; ") for row in answers]


def _number(pattern: str, count: int) -> str:
    """A phone number whose open places show a count."""
    places = pattern.count("#")
    for digit in f"{count:0{places}d}"[-places:]:
        pattern = pattern.replace("#", digit, 1)
    return pattern
