"""Short words for declaring fields; used by the catalogue modules only."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypedDict

from typing_extensions import Unpack

from accountplanner.domain.fields import Field, FieldType, Nature, Privacy, RecordKind


class Details(TypedDict, total=False):
    """What a declaration may add to key and label."""

    fresh_months: int
    aliases: tuple[str, ...]
    scale: int
    lowest: int
    highest: int
    owner: bool
    partner_may_see: bool


def _maker(type_: FieldType) -> Callable[..., Field]:
    def make(key: str, label: str, **details: Unpack[Details]) -> Field:
        return Field(kind="", key=key, label=label, type=type_, **details)

    return make


text = _maker(FieldType.TEXT)
long_text = _maker(FieldType.LONG_TEXT)
email = _maker(FieldType.EMAIL)
phone = _maker(FieldType.PHONE)
url = _maker(FieldType.URL)
date = _maker(FieldType.DATE)
money = _maker(FieldType.MONEY)
decimal = _maker(FieldType.DECIMAL)
integer = _maker(FieldType.INTEGER)
yes_no = _maker(FieldType.YES_NO)
listed = _maker(FieldType.LIST)


def choice(key: str, label: str, *choices: tuple[str, str], **details: Unpack[Details]) -> Field:
    """A field whose value is one of a few keys, shown by their labels."""
    return Field(kind="", key=key, label=label, type=FieldType.CHOICE, choices=choices, **details)


def reference(key: str, label: str, *kinds: str, **details: Unpack[Details]) -> Field:
    """A field that names another record."""
    return Field(kind="", key=key, label=label, type=FieldType.REFERENCE, refers_to=kinds, **details)


def opinion(field: Field) -> Field:
    """Mark a field as what somebody thinks: one register a voice, shown with the speaker."""
    return replace(field, nature=Nature.OPINION, per_speaker=True)


def personal(field: Field) -> Field:
    """Mark a field as personal: never in a partner workbook or a customer copy."""
    return replace(field, privacy=Privacy.PERSONAL)


def shown_to_partners(field: Field) -> Field:
    """Let partners see the value for accounts in their scope."""
    return replace(field, partner_may_see=True)


def asked_of_partners(field: Field) -> Field:
    """Let partners see the value and open its cell to them."""
    return replace(field, partner_may_see=True, partner_may_fill=True)


def record_kind(  # noqa: PLR0913 - a declaration, read like a table
    key: str,
    label: str,
    plural: str,
    title_key: str,
    *fields: Field,
    internal: bool = False,
    add_only: bool = False,
) -> RecordKind:
    """Put fields under their record kind."""
    owned = tuple(replace(field, kind=key, internal=internal or field.internal) for field in fields)
    return RecordKind(key, label, plural, title_key, owned, internal=internal, add_only=add_only)
