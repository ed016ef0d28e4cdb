"""Whose e-mail addresses stand in a list of customers that names a person at each."""

from accountplanner.domain.sentences import told
from accountplanner.domain.text import search_text
from accountplanner.exchange.tables.proposals import ColumnProposal, ListedTable

_LEAST_SHARE = 0.6
_LEAST_LETTERS = 3


def with_own_addresses(
    sheet: ListedTable, kind: str, columns: tuple[ColumnProposal, ...]
) -> tuple[ColumnProposal, ...]:
    """Give addresses that are made of the contacts' names to the contacts: who writes there means the person."""
    places = {(each.kind, each.field): at for at, each in zip(sheet.columns, columns, strict=True)}
    address, name = places.get(("account", "email")), places.get(("contact", "name"))
    if kind != "account" or address is None or name is None or ("contact", "email") in places:
        return columns
    pairs = [pair for pair in zip(sheet.cells[address], sheet.cells[name], strict=True) if all(map(str.strip, pair))]
    if not pairs or sum(_is_made_of(*pair) for pair in pairs) < _LEAST_SHARE * len(pairs):
        return columns
    why = told("its addresses are made of the names")
    return tuple(
        ColumnProposal(each.column, "contact", "email", each.confidence, each.samples, why) if at == address else each
        for at, each in zip(sheet.columns, columns, strict=True)
    )


def _is_made_of(address: str, name: str) -> bool:
    mailbox = search_text(address.partition("@")[0])
    return any(word in mailbox for word in search_text(name).split() if len(word) >= _LEAST_LETTERS)
