"""Erasing a person: the one exception to “nothing is lost”.

A signed erasure names records. Every laptop strips the chunks about them and about records that
belong to them, now and whenever such a chunk arrives later. Keyed digests of e-mail, phone and
name with account hold back rows that would bring the person again.
"""

from collections.abc import Collection, Iterable, Sequence

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.statements import Statement
from accountplanner.domain.text import search_text

DIGEST = "digest:"
"""Prefix of those names in a batch's `erases` that are digests rather than record ids."""


def must_strip(record: str, statements: Iterable[Statement], erased: Collection[str]) -> bool:
    """Whether a chunk is about an erased record, or about one that belongs to it."""
    if not erased:
        return False
    if record in erased:
        return True
    kind = kind_of(record)
    return any(
        statement.value in erased and (field := known_field(kind, statement.field)) is not None and field.owner
        for statement in statements
    )


def reach_of(erased: Collection[str], chunks: Iterable[tuple[str, Sequence[Statement]]]) -> set[str]:
    """The erased records and all that any chunk places under them.

    One chunk says where a record belongs, later ones speak about it without saying so again; they
    must go as well. The chunk that said it is stripped, so whoever strips has to remember, and name
    in an erasure of their own, what no erasure has named yet: a laptop that gets the first chunk
    stripped and the second whole could not know.
    """
    reach = set(erased)
    held = list(chunks)
    while found := {record for record, said in held if record not in reach and must_strip(record, said, reach)}:
        reach |= found
    return reach


def person_digests(secret: bytes, *, name: str, account: str, emails: Iterable[str], phones: Iterable[str]) -> set[str]:
    """The keyed digests by which an erased person is recognised in a later row."""
    parts = [("email", email.casefold().strip()) for email in emails if email]
    parts += [("phone", digits) for phone in phones if len(digits := phone_digits(phone)) > 5]
    if name and account:
        parts.append(("name", f"{search_text(name)}|{account}"))
    return {DIGEST + keyed_digest(secret, *part).hex() for part in parts}


def phone_digits(phone: str) -> str:
    """The digits of a phone number, for comparing spellings."""
    return "".join(letter for letter in phone if letter.isdigit())
