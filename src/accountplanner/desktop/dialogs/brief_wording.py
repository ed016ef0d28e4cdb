"""The words of pages as the window says them, so that paper speaks the person's language, too."""

from datetime import date

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.telling import tell
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.sentences import fixed


class WindowWording:
    """Words pages with the window's sentences and the region's dates."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence with its facts."""
        return say(sentence, **facts)

    def say_count(self, one: str, many: str, count: int, **facts: object) -> str:
        """A sentence that speaks of a number of things."""
        return say_count(one, many, count, **facts)

    def tell(self, text: str) -> str:
        """A sentence the program made elsewhere; what people wrote stays as it is."""
        return tell(text)

    def label(self, label: str) -> str:
        """A name from the catalogue, or a sentence told by the inner packages."""
        return tell(fixed(label))

    def day(self, day: date, today: date) -> str:
        """A day, without its year while that is this year's."""
        return self._formats.short_date(day, today)
