"""The field catalogue: every field of every record kind, declared once.

Forms, workbook columns, search, privacy, documentation and tests are derived from it. A field's
id never changes its meaning: a change of type is a new field.
"""

from collections.abc import Iterator

from accountplanner.domain.catalogue.customers import (
    ACCOUNT,
    CASE,
    COMPETITOR,
    DIVISION,
    FEEDBACK,
    MOMENT,
    NEED,
    OPPORTUNITY,
    PURCHASE,
    WALLET,
)
from accountplanner.domain.catalogue.dealings import (
    DEFINITION,
    MOVE,
    NOTE,
    OFFERING,
    POSITION,
    SIGNAL,
    TOUCH,
)
from accountplanner.domain.catalogue.internal import (
    EXPORT,
    EXPORT_BASE,
    MEMBER,
    SETTING,
    SNOOZE,
    VERDICT,
    WAITING_NOTE,
)
from accountplanner.domain.catalogue.partners import PARTNER, PARTNER_NOTE, REGISTRATION, SCOPE
from accountplanner.domain.catalogue.people import COLLEAGUE, CONTACT, LINK, SEAT, TIE
from accountplanner.domain.catalogue.planning import ACTION, OBJECTIVE, PLAN, REVIEW, RISK, STRATEGY
from accountplanner.domain.errors import UnknownFieldError, WrongUseError
from accountplanner.domain.fields import Field, RecordKind
from accountplanner.domain.sentences import told

KINDS: dict[str, RecordKind] = {
    kind.key: kind
    for kind in (
        ACCOUNT,
        DIVISION,
        CONTACT,
        COLLEAGUE,
        SEAT,
        TIE,
        LINK,
        PARTNER,
        SCOPE,
        PARTNER_NOTE,
        REGISTRATION,
        OFFERING,
        PURCHASE,
        OPPORTUNITY,
        COMPETITOR,
        WALLET,
        POSITION,
        MOVE,
        TOUCH,
        NOTE,
        SIGNAL,
        DEFINITION,
        FEEDBACK,
        CASE,
        NEED,
        MOMENT,
        PLAN,
        OBJECTIVE,
        STRATEGY,
        ACTION,
        RISK,
        REVIEW,
        MEMBER,
        EXPORT,
        EXPORT_BASE,
        VERDICT,
        SETTING,
        SNOOZE,
        WAITING_NOTE,
    )
}

_FIELDS: dict[tuple[str, str], Field] = {
    (kind.key, field.key): field for kind in KINDS.values() for field in kind.fields
}


def record_kind(key: str) -> RecordKind:
    """The record kind with this key.

    Raises:
        WrongUseError: the glossary has no such kind.
    """
    try:
        return KINDS[key]
    except KeyError:
        raise WrongUseError(
            told("“{kind}” is no record kind; there are: {kinds}", kind=key, kinds=", ".join(visible_kinds()))
        ) from None


def known_field(kind: str, key: str) -> Field | None:
    """The field, or `None` for one this version does not know (it passes through untouched)."""
    return _FIELDS.get((kind, key))


def field_named(kind: str, name: str) -> Field:
    """The field a person means by its key, its full id or its label.

    Raises:
        UnknownFieldError: the record kind has no such field.
    """
    wanted = name.strip().removeprefix(f"{kind}.")
    found = known_field(kind, wanted) or known_field(kind, f"mackay_{wanted}")
    if found is None:
        folded = wanted.casefold()
        found = next((field for field in record_kind(kind).fields if field.label.casefold() == folded), None)
    if found is None:
        raise UnknownFieldError(record_kind(kind).plural, name)
    return found


def visible_kinds() -> tuple[str, ...]:
    """Keys of the record kinds people see, in the catalogue's order."""
    return tuple(kind.key for kind in KINDS.values() if not kind.internal)


def all_fields() -> Iterator[Field]:
    """Every field of every kind."""
    return iter(_FIELDS.values())


def child_references(kind: str) -> tuple[Field, ...]:
    """Fields of other kinds by which their records belong to a record of this kind."""
    return tuple(field for field in _FIELDS.values() if field.owner and kind in field.refers_to)
