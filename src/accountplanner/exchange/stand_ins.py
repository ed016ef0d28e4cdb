"""Words that people write into a cell and that are no answer: that there is none, that it stands elsewhere, that rows add up."""

from enum import StrEnum

from accountplanner.domain.text import comparison_text


class StandIn(StrEnum):
    """What such a word says."""

    NOTHING_KNOWN = "nothing known"
    CLEAR = "clear"
    AS_ELSEWHERE = "as elsewhere"


_NOTHING_KNOWN = """
?|??|???|-|--|---|–|—|.|..|...|…|/|n/a|#n/a|n.a|n. a|na|tbd|tba|tbc|unknown|not known|no idea|i don't know|don't know
dont know|do not know|k.a|k. a|k/a|keine angabe|keine angaben|keine ahnung|unbekannt|weiß nicht|weiss nicht
nicht bekannt|inconnu|inconnue|je ne sais pas|desconocido|sconosciuto|non so|onbekend|n.v.t|ukendt|okänd|vet ikke
"""
_CLEAR = """
delete|delete it|delete this|please delete|deleted|remove|remove it|remove this|please remove|removed|clear
löschen|bitte löschen|gelöscht|entfernen|bitte entfernen|supprimer|à supprimer|borrar|eliminare|cancellare|verwijderen
"""
_AS_ELSEWHERE = """
"|""|''|〃|″|same|the same|same as above|as above|see above|same here|ditto|dito|dto|idem|siehe oben|wie oben|s.o|s. o
das gleiche|dasselbe|gleich|unchanged|no change|unverändert|id|voir ci-dessus
"""


_TOTALS = frozenset(
    [
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sum",
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "somme",
        "totale",
        "totaal",
        "suma",
    ]
)


def _words(listed: str, meant: StandIn) -> dict[str, StandIn]:
    return {word.strip(): meant for line in listed.split("\n") for word in line.split("|") if word.strip()}


_MEANT = (
    _words(_NOTHING_KNOWN, StandIn.NOTHING_KNOWN)
    | _words(_CLEAR, StandIn.CLEAR)
    | _words(_AS_ELSEWHERE, StandIn.AS_ELSEWHERE)
)


def stand_in(text: str) -> StandIn | None:
    """What a whole cell says that holds no answer; nothing where it may be one."""
    said = comparison_text(text).casefold().replace("’", "'").strip("()[]<> ")
    return _MEANT.get(said) or _MEANT.get(said.rstrip(".!"))


def names_totals(text: str) -> bool:
    """Whether a row called so adds up others."""
    return comparison_text(text).casefold().rstrip(":. ") in _TOTALS
