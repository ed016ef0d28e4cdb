"""Who is meant by `@person` and `#account` in a note: one record, or a few that it may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from accountplanner.domain.capture import Chip, Mention, Sign
from accountplanner.domain.ids import kind_of
from accountplanner.domain.text import search_text
from accountplanner.usecases.session import Session

KIND_OF = {Sign.PERSON: "contact", Sign.ACCOUNT: "account"}
_ASKED = 24
_SUGGESTED = 3
_LIKE_ENOUGH = 0.72
_SEARCHED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A record somebody may mean. `account` is where a person works."""

    record: str
    kind: str
    title: str
    account: str = ""
    account_title: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What stands behind a mention: the chip as long as the name, and the record where there is just one."""

    chip: Chip
    meant: Meant | None = None
    suggestions: tuple[Meant, ...] = ()


class Names:
    """Finds whom mentions mean, as one person knows them: the account in sight first, first names there.

    `bound` are names that a person has chosen from a list, by their words as they stand in the text.
    Whoever saves needs no suggestions, and does not wait for them: that is `suggests`.
    """

    def __init__(
        self, session: Session, here: str = "", bound: Mapping[str, str] | None = None, *, suggests: bool = True
    ) -> None:
        self._session = session
        self._suggests = suggests
        self._here = here
        self._bound = bound or {}

    def named(self, mention: Mention) -> Named:
        """Whom a mention means; a name is as long as somebody is called so."""
        kind = KIND_OF[mention.sign]
        for chip in mention.lengths:
            if bound := self._bound.get(f"{chip.sign}{chip.words}"):
                return Named(chip, self.of(bound))
        for chip in mention.lengths:
            found = self._called(kind, chip.words)
            if len(found) == 1:
                return Named(chip, self.of(found[0]))
            if found:
                return Named(chip, None, self._all(found))
        return Named(mention.shortest, None, self._alike(kind, mention) if self._suggests else ())

    def within(self, account: str) -> "Names":
        """The same, looking for people at an account first."""
        return Names(self._session, account, self._bound, suggests=self._suggests)

    def of(self, record: str) -> Meant:
        """A record with its names."""
        held = self._session.store.record(record)
        account = held.values.get("account", "") if held and kind_of(record) == "contact" else ""
        titles = self._session.store.titles([each for each in (record, account) if each])
        return Meant(record, kind_of(record), titles.get(record, ""), account, titles.get(account, ""))

    def _all(self, records: Iterable[str]) -> tuple[Meant, ...]:
        if not self._suggests:
            return ()
        return tuple(self.of(record) for record in list(records)[:_SUGGESTED])

    def _called(self, kind: str, words: str) -> list[str]:
        at_hand = self._at_hand(words) if kind == "contact" else []
        return at_hand or self._session.store.records_titled(kind, words) or self._by_word(kind, words)

    def _at_hand(self, words: str) -> list[str]:
        """People of the account in sight, by their whole name or by whole words of it."""
        if kind_of(self._here) != "account":
            return []
        asked = search_text(words).split()
        there = {
            each.record: search_text(each.values.get("name", ""))
            for each in self._session.store.records_with("contact", "account", self._here)
        }
        whole = [record for record, name in there.items() if name.split() == asked]
        return whole or [record for record, name in there.items() if set(asked) <= set(name.split())]

    def _by_word(self, kind: str, words: str) -> list[str]:
        """Records whose title has these very words; one word alone may also be how a single title begins."""
        asked = search_text(words).split()
        if not asked or len(asked) > _SEARCHED_WORDS:
            return []
        hits = self._session.store.search(words, (kind,), _ASKED, titles_only=True)
        titles = {hit.record: search_text(hit.title).split() for hit in hits}
        whole = [record for record, title in titles.items() if set(asked) <= set(title)]
        if whole or len(asked) > 1:
            return whole
        return [record for record, title in titles.items() if title and title[0].startswith(asked[0])]

    def _alike(self, kind: str, mention: Mention) -> tuple[Meant, ...]:
        """Names spelt nearly like this: people at hand, then whatever begins with the same letters."""
        words = mention.lengths[min(len(mention.lengths) - 1, max(0, len(mention.lengths) - 2))].words
        asked = search_text(words).split()
        found = {
            hit.record: hit.title for hit in self._session.store.search(asked[0][:3], (kind,), _ASKED, titles_only=True)
        }
        if kind == "contact" and kind_of(self._here) == "account":
            people = self._session.store.records_with("contact", "account", self._here)
            found |= {each.record: each.values.get("name", "") for each in people}
        ranked = sorted(((_likeness(asked, title), record) for record, title in found.items()), reverse=True)
        return self._all(record for score, record in ranked if score >= _LIKE_ENOUGH)


def _likeness(asked: list[str], title: str) -> float:
    """How alike the first word typed is to the most similar word of a title; the second counts where it helps."""
    words = search_text(title).split()
    alike = [max((SequenceMatcher(None, part, word).ratio() for word in words), default=0.0) for part in asked]
    return max(alike[0], sum(alike) / len(alike))


def completions(session: Session, sign: Sign, typed: str, here: str = "", limit: int = 6) -> tuple[Meant, ...]:
    """The names that a few typed letters may become, people of the account in sight first."""
    kind, names = KIND_OF[sign], Names(session)
    asked = search_text(typed).split()
    account = here if kind_of(here) == "account" else names.of(here).account if kind_of(here) == "contact" else ""
    near = session.store.records_with("contact", "account", account) if account and kind == "contact" else []
    fitting = [each.record for each in near if _begins_each(asked, search_text(each.values.get("name", "")))]
    found = dict.fromkeys(fitting)
    if len(found) < limit:
        found |= dict.fromkeys(hit.record for hit in session.store.search(typed, (kind,), limit, titles_only=True))
    return tuple(names.of(record) for record in list(found)[:limit])


def _begins_each(asked: list[str], title: str) -> bool:
    return all(any(word.startswith(part) for word in title.split()) for part in asked)
