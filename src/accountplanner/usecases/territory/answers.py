"""Profile answers about some contacts: many of a few, a few of some, none of most.

Only topics of the classes business and personal go to the team; the few of the classes household and inferable stay
with the author. Special ones are never made up.
"""

from datetime import date, timedelta

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Field, FieldType, Nature, Privacy
from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.people import contact_id, met_days_ago, phone_of
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.scene import Scene, Writer
from accountplanner.usecases.territory.texts import Texts
from accountplanner.usecases.territory.words import parts, rows_where, sentences

_SHARED = {Privacy.BUSINESS, Privacy.PERSONAL}
_KEPT = {Privacy.HOUSEHOLD, Privacy.INFERABLE}
_FEW = ("mackay_name", "mackay_phones", "mackay_key_problems", "mackay_hobbies", "mackay_conversation", "mackay_birth")
_OF_COLLEGE = ("mackay_schooling", "mackay_honours", "mackay_student_activities")


def write_answers(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say what is known of the people themselves, and by whom."""
    draw = Draw(scene.seed, "answers", profile.index)
    topics = [field for field in record_kind("contact").fields if field.number]
    shared = [field for field in topics if field.privacy in _SHARED]
    for number in range(len(profile.people)):
        answers = _Answers(scene, profile, number, draw)
        if profile.knows_well(number):
            for field in draw.some(shared, draw.number(21, 43)):
                answers.share(field, writer)
            answers.keep_some([field for field in topics if field.privacy in _KEPT], writer)
        elif draw.chance(38):
            for field in draw.some([field for field in shared if field.key in _FEW], draw.number(2, 5)):
                answers.share(field, writer)


class _Answers:
    """The answers about one contact."""

    def __init__(self, scene: Scene, profile: Profile, number: int, draw: Draw) -> None:
        self._scene = scene
        self._profile = profile
        self._number = number
        self._person = profile.people[number]
        self._contact = contact_id(scene, profile, number)
        self._draw = draw
        self._texts = Texts(scene, profile, draw)
        self._has_college = draw.chance(75)

    def share(self, field: Field, writer: Writer) -> None:
        """Say one answer to the team."""
        if (field.key == "mackay_no_college") if self._has_college else (field.key in _OF_COLLEGE):
            return
        # One in six is older than it should be.
        months = (field.fresh_months or 24) * (2 if self._draw.chance(16) else 1)
        teller = self._draw.weighted((self._profile.owner, "svc1", "head"), (8, 1, 1))
        how = "seen" if field.nature is Nature.OPINION else self._draw.pick(("told", "told", "seen", "hearsay"))
        sure = self._draw.weighted(("sure", "likely", "unsure"), (5, 4, 1))
        days_ago = min(self._draw.number(4, months * 27), met_days_ago(self._scene, self._profile, self._number))
        said = self._scene.source(teller, days_ago, how, sure)
        writer.say(self._contact, field.key, self._answer(field), said)

    def keep_some(self, fields: list[Field], writer: Writer) -> None:
        """Say a few answers that only the author has."""
        if self._profile.owner != "me":
            return
        for field in self._draw.some(fields, self._draw.number(1, 4)):
            said = self._scene.source("me", self._draw.number(10, 400), "told", "sure")
            writer.keep(self._contact, field.key, self._answer(field), said)

    def _answer(self, field: Field) -> str:
        topic = field.key.removeprefix("mackay_")
        if field.type is FieldType.DATE:
            return self._date(1996, 2018).isoformat()
        text = self._scene.dealer.deal(
            field.key, [row["answer"] for row in rows_where("mackay_answers", "topic", topic)]
        )
        filled = self._texts.fill(text, self._person, **self._blanks())
        return filled.replace("|", "\n" if field.type is FieldType.LIST else "; ")

    def _blanks(self) -> dict[str, str]:
        country = self._profile.place["country"]
        towns = [row["city"] for row in rows_where("places", "country", country)]
        return {
            "name": self._person.name,
            "initials": f"{self._person.given[0]}. {self._person.family[0]}.",
            "title": self._person.title,
            "owner": self._scene.name_of(self._profile.owner),
            "phone": phone_of(self._scene, self._profile, self._number),
            "birthplace": self._draw.pick(towns),
            "birthday": _spelt(self._birthday()),
            "partner_name": self._draw.pick(parts("people", country, "given")),
        }

    def _birthday(self) -> date:
        """Some fall into the next days, or nobody would see what the program does about them."""
        year = self._draw.number(1962, 1993)
        if self._draw.chance(15):
            soon = self._scene.today + timedelta(self._draw.number(0, 13))
            return date(year, soon.month, min(soon.day, 28))
        return self._date(year, year)

    def _date(self, first_year: int, last_year: int) -> date:
        return date(self._draw.number(first_year, last_year), self._draw.number(1, 12), self._draw.number(1, 28))


def _spelt(day: date) -> str:
    return f"{day.day} {sentences('month')[day.month - 1]} {day.year}"
