"""How a page is worded: by the window in the person's language, by the command line in plain English."""

from datetime import date
from typing import Protocol

from accountplanner.domain.text import isolated


class Wording(Protocol):
    """Says sentences and writes dates; the desktop hands in its own, in the person's language."""

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence with its facts."""

    def say_count(self, one: str, many: str, count: int, **facts: object) -> str:
        """A sentence that speaks of a number of things."""

    def label(self, label: str) -> str:
        """A name from the catalogue: a field, a choice, a rung."""

    def tell(self, text: str) -> str:
        """A sentence the program made elsewhere; what people wrote stays as it is."""

    def day(self, day: date, today: date) -> str:
        """A day, without its year while that is this year's."""


class PlainEnglish:
    """The wording without a window."""

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence with its facts."""
        shown = {name: isolated(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        return sentence.format(**shown) if facts else sentence

    def say_count(self, one: str, many: str, count: int, **facts: object) -> str:
        """A sentence that speaks of a number of things."""
        return self.say(one if count == 1 else many, count=count, **facts)

    def tell(self, text: str) -> str:
        """A sentence the program made elsewhere; what people wrote stays as it is."""
        return text

    def label(self, label: str) -> str:
        """A name from the catalogue."""
        return label

    def day(self, day: date, today: date) -> str:
        """A day, without its year while that is this year's."""
        return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b} {day.year}"
