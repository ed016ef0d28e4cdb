"""Whom a cell means that names a record: people write a name, a number, an e-mail address or a domain.

A name leads somewhere only where it leads to one record; nothing is guessed. Rows of the same import go
before what is known already, and what the list itself said of this row before goes before a new record.
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from accountplanner.domain.text import search_text


class Asking(NamedTuple):
    """What a cell says, and who asks.

    `kinds` may be meant; `within` is the account the row is about, blank if unknown. `source` is the
    list, `record` the row's own record and `field` its reference.
    """

    kinds: tuple[str, ...]
    text: str
    within: str = ""
    source: str = ""
    record: str = ""
    field: str = ""


class Finder(Protocol):
    """Knows the records of a workspace by what people call them."""

    def find(self, asking: Asking) -> frozenset[str]:
        """The records meant; more than one where the name does not tell."""

    def meant_before(self, asking: Asking) -> str:
        """The record this cell led to in the list's last file, if it was ever called so; blank otherwise."""

    def account_of(self, record: str) -> str:
        """The account a record belongs to, blank for none."""


class NobodyKnown:
    """The finder of an empty workspace."""

    def find(self, _asking: Asking) -> frozenset[str]:
        """Nobody."""
        return frozenset()

    def meant_before(self, _asking: Asking) -> str:
        """Nobody."""
        return ""

    def account_of(self, _record: str) -> str:
        """None."""
        return ""


class ImportedNames:
    """The records the rows of this import make, by what the rows call them."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str], set[str]] = {}
        self._accounts: dict[str, str] = {}
        self._gone: set[str] = set()

    def add(self, kind: str, record: str, names: Iterable[str]) -> None:
        """Remember a record under its names."""
        for name in filter(None, map(called, names)):
            self._by_name.setdefault((kind, name), set()).add(record)

    def forget(self, record: str) -> None:
        """Take a record back whose row was rejected."""
        self._gone.add(record)

    def belongs(self, record: str, account: str) -> None:
        """Remember whose a record is."""
        self._accounts[record] = account

    def find(self, asking: Asking) -> frozenset[str]:
        """The records meant; those of another account are not."""
        name = called(asking.text)
        found = frozenset[str]().union(*(self._by_name.get((kind, name), ()) for kind in asking.kinds)) - self._gone
        if not asking.within:
            return found
        return frozenset(each for each in found if self.account_of(each) in {"", asking.within})

    def account_of(self, record: str) -> str:
        """The account a record of this import belongs to, blank for none or not known yet."""
        return self._accounts.get(record, "")


class NamedRecords:
    """Everybody a cell may name while one import is derived: its own rows, the known, and those it would make."""

    def __init__(self, finder: Finder) -> None:
        self.imported = ImportedNames()
        self.unless_known = ImportedNames()
        self._finder = finder

    def meant(self, asking: Asking) -> frozenset[str]:
        """The records a cell may mean; only one alone is meant for sure."""
        found = self.imported.find(asking) or self._finder.find(asking)
        if not found and (before := self._finder.meant_before(asking)):
            return frozenset({before})
        return found or self.unless_known.find(asking)

    def account_of(self, record: str) -> str:
        """The account a record belongs to, blank for none."""
        return self.imported.account_of(record) or self._finder.account_of(record)


def called(text: str) -> str:
    """The form under which two names are one: no accents, no case, no doubled blanks."""
    return " ".join(search_text(text).split())
