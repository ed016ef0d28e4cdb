"""Rows that may be somebody we already know: proposed with reasons, never merged alone.

A name is weak evidence: it counts fully within one country and not at all across two. A shared
domain, phone or e-mail is strong, unless half the world shares it. Candidates come from an index
of what is rare about each party, so a thousand rows against a hundred thousand take seconds.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from accountplanner.domain.sentences import told
from accountplanner.domain.text import search_text
from accountplanner.exchange.tables.countries import same_country

_PROPOSED_FROM = 0.55
_MOST_PROPOSALS = 3
_MOST_IN_BLOCK = 1_500
_BLOCKS_TRIED = 3
_ALIKE_FROM = 0.85
_PHONE_DIGITS = 8
_LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bhd",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "doo",
        "ek",
        "ev",
        "gbr",
        "gesmbh",
        "gmbh",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kgaa",
        "kk",
        "lda",
        "limited",
        "llc",
        "llp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "ohg",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "pvt",
        "sa",
        "sab",
        "sarl",
        "sas",
        "sdn",
        "se",
        "sl",
        "slu",
        "spa",
        "spzoo",
        "srl",
        "sro",
        "ug",
        "zrt",
    ]
)
_FILLERS = frozenset({"and", "und", "et", "y", "e", "de", "cv"})
_SHARED_DOMAINS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
        "orange.fr",
        "free.fr",
        "wanadoo.fr",
        "libero.it",
        "mail.ru",
        "yandex.ru",
        "qq.com",
        "163.com",
        "proton.me",
        "protonmail.com",
    ]
)


@dataclass(frozen=True, slots=True)
class Party:
    """What an organisation is recognised by; blank where nothing is known."""

    id: str
    name: str
    domain: str = ""
    country: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """Two parties that may be one, how likely (up to 1), and why, in words for a person."""

    incoming: str
    existing: str
    score: float
    reasons: tuple[str, ...]


def find_matches(incoming: Sequence[Party], existing: Sequence[Party]) -> list[MatchProposal]:
    """Propose, for each incoming party, up to three existing ones it may be; the likeliest first.

    A party with the id of an incoming one is that one, not a match of it.
    """
    if not existing:
        return []
    blocks: dict[str, list[Party]] = defaultdict(list)
    for party in existing:
        for block in _blocks(party):
            blocks[block].append(party)
    found = [proposal for party in incoming for proposal in _proposals(party, blocks)]
    # A list of 150,000 rows leaves 70 MB in them that nobody asks for again.
    _words.cache_clear()
    _phone_key.cache_clear()
    return found


def folded_name(name: str) -> str:
    """A company's name without case, accents, punctuation and legal form."""
    return " ".join(_words(name))


def domain_of(text: str) -> str:
    """The domain in a web address or e-mail, without `www`; blank if everybody has it."""
    host = re.sub(r"^\w+://", "", text.strip().casefold()).rpartition("@")[2]
    host = re.split(r"[/?#:]", host, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    return host if "." in host and " " not in host and host not in _SHARED_DOMAINS else ""


@lru_cache(maxsize=500_000)
def _words(name: str) -> tuple[str, ...]:
    text = search_text(name).replace("ß", "ss").replace("&", " and ")
    # s.a.r.l. is one word, and so is a/s.
    text = re.sub(r"\b((?:\w[./]\s?)+\w?)(?=\W|$)", lambda match: re.sub(r"[./\s]", "", match[1]) + " ", text)
    text = re.sub(r"\W+", " ", text.replace("'", "")).replace("sp z oo", "spzoo")
    words = text.split()
    kept = words[1:] if words[:1] == ["the"] and len(words) > 1 else words
    while len(kept) > 1 and (kept[-1] in _LEGAL_FORMS or (kept[-1] in _FILLERS and len(kept) < len(words))):
        kept = kept[:-1]
    return tuple(kept)


def _domains(party: Party) -> set[str]:
    return {domain for text in (party.domain, party.email) if (domain := domain_of(text))}


@lru_cache(maxsize=500_000)
def _phone_key(phone: str) -> str:
    """The last digits, which country codes and leading zeros do not reach."""
    digits = re.sub(r"\D", "", phone)
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


def _blocks(party: Party) -> Iterator[str]:
    """Labels under which parties that may be one meet."""
    yield from (f"domain {domain}" for domain in _domains(party))
    if phone := _phone_key(party.phone):
        yield f"phone {phone}"
    if party.email:
        yield f"email {party.email.strip().casefold()}"
    words = _words(party.name)
    yield from {f"word {word}" for word in words if len(word) > 2}
    if compact := "".join(words):
        yield f"begin {compact[:5]}"
        yield f"end {compact[-5:]}"


def _proposals(party: Party, blocks: dict[str, list[Party]]) -> list[MatchProposal]:
    compared = {other.id: _compared(party, other) for other in _candidates(party, blocks) if other.id != party.id}
    found = [proposal for proposal in compared.values() if proposal is not None]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.existing))[:_MOST_PROPOSALS]


def _candidates(party: Party, blocks: dict[str, list[Party]]) -> list[Party]:
    """Everybody who shares something strong, and the rarest things in a name."""
    strong: list[Party] = []
    weak: list[list[Party]] = []
    for block in _blocks(party):
        members = blocks.get(block, [])
        if not members or len(members) > _MOST_IN_BLOCK:
            continue
        if block.startswith(("word ", "begin ", "end ")):
            weak.append(members)
        else:
            strong.extend(members)
    return strong + [each for members in sorted(weak, key=len)[:_BLOCKS_TRIED] for each in members]


def _compared(one: Party, other: Party) -> MatchProposal | None:
    evidence = [*_contact_evidence(one, other), *_name_evidence(one, other)]
    doubt = 1.0
    for weight, _ in evidence:
        doubt *= 1 - weight
    score = round(1 - doubt, 3)
    if score < _PROPOSED_FROM:
        return None
    return MatchProposal(one.id, other.id, score, tuple(reason for _, reason in evidence))


def _contact_evidence(one: Party, other: Party) -> Iterator[tuple[float, str]]:
    if one.email and one.email.strip().casefold() == other.email.strip().casefold():
        yield 0.9, told("same e-mail {address}", address=one.email)
    if shared := _domains(one) & _domains(other):
        yield 0.75, told("same domain {domain}", domain=min(shared))
    phone = _phone_key(one.phone)
    if phone and phone == _phone_key(other.phone) and same_country(one.country, other.country) is not False:
        yield 0.7, told("same phone {phone}", phone=one.phone)


def _name_evidence(one: Party, other: Party) -> Iterator[tuple[float, str]]:
    first, second = _words(one.name), _words(other.name)
    if not first or not second:
        return
    from rapidfuzz import fuzz  # noqa: PLC0415 - the window must not wait for it

    alike = fuzz.token_sort_ratio(" ".join(first), " ".join(second), score_cutoff=100 * _ALIKE_FROM) / 100
    if not alike:
        return
    country = same_country(one.country, other.country)
    if country is False:
        return
    weight = 0.4 + 0.4 * (alike - _ALIKE_FROM) / (1 - _ALIKE_FROM)
    yield (
        (weight if country else 0.75 * weight),
        told("same name") if first == second else told("names alike ({share:.0%})", share=alike),
    )
    if country:
        yield 0.1, told("same country {country}", country=other.country)
    if one.city and search_text(one.city).strip() == search_text(other.city).strip():
        yield 0.3, told("same city {city}", city=other.city)
