"""Sentences with the names of the place put in."""

from collections.abc import Sequence

from accountplanner.usecases.territory.draw import Draw
from accountplanner.usecases.territory.profiles import Person, Profile
from accountplanner.usecases.territory.scene import Scene
from accountplanner.usecases.territory.words import rows, sentences


class Texts:
    """Fills the blanks of sentences for one account."""

    def __init__(self, scene: Scene, profile: Profile, draw: Draw) -> None:
        self._scene = scene
        self._profile = profile
        self._draw = draw

    def deal(self, deck: str, cards: Sequence[str], about: Person | None = None) -> str:
        """The next sentence of a deck, with its blanks filled."""
        return self.fill(self._scene.dealer.deal(deck, cards), about)

    def fill(self, sentence: str, about: Person | None = None, **more: str) -> str:
        """Put names, places and products into a sentence; `about` is the person it speaks of."""
        if "{" not in sentence:
            return sentence
        first, other = self._given(about)
        blanks = {
            "account": self._profile.name,
            "city": self._profile.place["city"],
            "first": first,
            "other": other,
            "colleague": self._scene.name_of(self._profile.owner).split(" ")[0],
            "product": self._draw.pick([row["spoken"] for row in rows("offerings") if row["group"] not in {"", "SV"}]),
            "rival": self._draw.pick(rows("competitors"))["name"].split(" ")[0],
            "month": sentences("month")[self._scene.day(self._draw.number(20, 90)).month - 1],
        }
        return sentence.format(**(blanks | more))

    def _given(self, about: Person | None) -> tuple[str, str]:
        people = self._profile.people
        if about is None:
            about = people[0] if people else None
        others = [person.given for person in people if person is not about and person.state == "active"]
        first = about.given if about else "the owner"
        return first, self._draw.pick(others) if others else "the kitchen manager"
