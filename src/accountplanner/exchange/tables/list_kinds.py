"""What kinds of lists there are: every record kind people see, and the words their tables go by."""

from collections.abc import Iterable

from accountplanner.domain.catalogue import KINDS, visible_kinds

# Who may see which account is decided in the program, where its consequences are shown.
_NEVER_LISTED = frozenset({"scope"})
_FIRST = ("account", "contact", "partner", "colleague", "offering", "purchase", "opportunity", "competitor", "case")
"""Kinds people keep lists of; where the columns do not tell, a list is taken for the first of them that fits."""

LISTED_KINDS = (*_FIRST, *(key for key in visible_kinds() if key not in _FIRST and key not in _NEVER_LISTED))

MADE_BY_NAME = frozenset({"account", "offering", "competitor"})
"""Kinds of which a mere name in another list makes a record, where nobody knows the name; people never."""

_WORDS = {
    "account": ("customer", "client", "kunde", "company", "firma"),
    "contact": ("person", "people", "kontakt", "ansprechpartner"),
    "partner": ("supplier", "reseller", "distributor", "vendor", "lieferant", "händler"),
    "colleague": ("employee", "staff", "team", "mitarbeiter"),
    "offering": ("product", "article", "item", "categor", "artikel", "produkt"),
    "purchase": ("order", "sale", "invoice", "bestellung", "auftrag", "umsatz", "rechnung", "billing"),
    "opportunity": ("opportunit", "deal", "pipeline"),
    "competitor": ("wettbewerb",),
    "case": ("ticket", "complaint", "dispute", "claim", "reklamation", "beschwerde", "service"),
    "touch": ("visit", "call", "mailing", "campaign", "newsletter", "sends", "activit", "besuch", "kampagne"),
    "note": ("notiz",),
    "feedback": ("survey", "nps", "rückmeldung", "umfrage"),
    "action": ("task", "promise", "to do", "todo", "aufgabe", "zusage", "maßnahme"),
}


def goes_by(kind: str, table: str) -> bool:
    """Whether a table's name says that it is a list of this kind."""
    name = table.casefold().replace("_", " ").replace("-", " ")
    declared = KINDS[kind]
    return any(word in name for word in (declared.label.casefold(), *_WORDS.get(kind, ())))


_SENDS = ("campaign", "newsletter", "mailing", "sends", "sent on", "send date", "kampagne", "versand")
_FIXED: dict[str, tuple[tuple[tuple[str, ...], dict[str, str]], ...]] = {
    "touch": (
        (_SENDS, {"channel": "send", "direction": "ours", "department": "marketing"}),
        (("visit", "besuch"), {"channel": "visit", "direction": "both"}),
        (("call", "anruf", "telefonat"), {"channel": "call"}),
    ),
    "case": ((("dispute", "reklamation", "streit"), {"dispute": "yes"}),),
}


def said_by_the_list(kind: str, table: str, headers: Iterable[str]) -> dict[str, str]:
    """What every row of a list means without a column for it: a list of campaigns is one of marketing sends.

    The table's name and its headers say so; a column of the same field goes before.
    """
    words = " ".join((table, *headers)).casefold().replace("_", " ").replace("-", " ")
    return next((dict(said) for telling, said in _FIXED.get(kind, ()) if any(word in words for word in telling)), {})
