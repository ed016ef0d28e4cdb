"""People of a list who may be somebody known: by their e-mail address, or their name at the same account.

Looked up one by one, never compared with everybody: a name alone says little, and there may be 100,000 contacts.
"""

from collections.abc import Iterable, Iterator

from accountplanner.domain.sentences import told
from accountplanner.exchange.match import MatchProposal
from accountplanner.exchange.tables.derivation import RowRecord
from accountplanner.exchange.tables.finding import Asking
from accountplanner.usecases.known_names import KnownNames

_SURE, _LIKELY = 0.9, 0.8


def people_matches(names: KnownNames, fresh: Iterable[RowRecord]) -> Iterator[MatchProposal]:
    """For each new contact the one known contact they may be; nobody where several may be meant."""
    for record in fresh:
        if record.kind == "contact" and (match := _match(names, record)) is not None:
            yield match


def _match(names: KnownNames, record: RowRecord) -> MatchProposal | None:
    email, name = record.values.get("email", ""), record.values.get("name", "")
    account = record.values.get("account", "")
    for spelt in dict.fromkeys((email, email.casefold())):
        if spelt and (found := names.find(Asking(("contact",), spelt))):
            return _proposed(record, found, _SURE, told("same e-mail {address}", address=spelt))
    if not (name and account):
        return None
    found = names.find(Asking(("contact",), name, within=account))
    return _proposed(record, found, _LIKELY, told("same name {name} at the same account", name=name))


def _proposed(record: RowRecord, found: frozenset[str], score: float, reason: str) -> MatchProposal | None:
    others = found - {record.record}
    return MatchProposal(record.record, next(iter(others)), score, (reason,)) if len(others) == 1 else None
