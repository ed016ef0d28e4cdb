"""Which fields stand together on a page. A field nobody grouped stands under the last heading, never nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accountplanner.desktop.widgets.value_text import ValueField, ValueKind
from accountplanner.desktop.wording import say_label, to_say
from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.catalogue.mackay import SECTIONS
from accountplanner.domain.fields import Field, FieldType, Privacy


@dataclass(frozen=True)
class FieldGroup:
    """One card of fields. `column` says where it stands on a wide page.

    `is_plain` leaves out the line under each value that says where it comes from. A stacked one has
    its labels above the values, because they are sentences. A closed one has a card of its own
    that shows nothing before it is asked (`special_card`).
    """

    title: str
    keys: tuple[str, ...]
    column: int = 0
    is_plain: bool = False
    is_stacked: bool = False
    is_closed: bool = False


_ACCOUNT: Final = (
    FieldGroup(to_say("What they say"), ("key_problems", "priorities", "biggest_problem"), 0, is_stacked=True),
    FieldGroup(to_say("How we see them"), ("satisfaction", "rung_view", "strategy_view"), 0, is_stacked=True),
    FieldGroup(
        to_say("How to reach them"),
        ("phone", "email", "website", "fax", "address", "postal_code", "city", "region", "country"),
        1,
        is_plain=True,
    ),
    FieldGroup(
        to_say("Who they are"), ("name", "number", "industry", "tier", "owner", "parent", "tags"), 1, is_plain=True
    ),
    FieldGroup(
        to_say("Figures and dates"),
        ("revenue", "employees", "contract_end", "next_review", "longest_gap_days"),
        0,
        is_plain=True,
    ),
)
_CONTACT: Final = (
    FieldGroup(to_say("How to reach them"), ("email", "phone", "mobile", "channel"), 0, is_plain=True),
    FieldGroup(
        to_say("At work"),
        ("name", "title", "department", "account", "division", "reports_to", "state", "tags"),
        0,
        is_plain=True,
    ),
    FieldGroup(to_say("Part in buying"), ("buying_role", "support"), 0),
)
_PARTNER: Final = (
    FieldGroup(
        to_say("How to reach them"),
        ("contact_name", "contact_title", "email", "phone", "fax", "website"),
        0,
        is_plain=True,
    ),
    FieldGroup(to_say("Who they are"), ("name", "number", "language", "tags"), 0, is_plain=True),
    FieldGroup(to_say("Where they are"), ("address", "postal_code", "city", "region", "country"), 0, is_plain=True),
)
_MORE: Final = to_say("More")
_SECTION_COLUMNS: Final = {"Customer": 0, "Education": 0, "Family": 0, "Lifestyle": 0}
_KINDS: Final = {
    FieldType.LONG_TEXT: ValueKind.LONG_TEXT,
    FieldType.DATE: ValueKind.DATE,
    FieldType.MONEY: ValueKind.MONEY,
    FieldType.DECIMAL: ValueKind.NUMBER,
    FieldType.INTEGER: ValueKind.NUMBER,
    FieldType.YES_NO: ValueKind.YES_NO,
    FieldType.CHOICE: ValueKind.CHOICE,
    FieldType.LIST: ValueKind.LIST,
    FieldType.REFERENCE: ValueKind.REFERENCE,
}


def groups_of(kind: str) -> tuple[FieldGroup, ...]:
    """The cards of a record kind, every visible field of the catalogue in exactly one of them."""
    groups = {"account": _ACCOUNT, "contact": (*_CONTACT, *_sections(), _special()), "partner": _PARTNER}.get(kind, ())
    taken = {key for group in groups for key in group.keys}
    rest = tuple(field.key for field in record_kind(kind).fields if field.key not in taken and not field.internal)
    return (*groups, FieldGroup(_MORE, rest, 1)) if rest else groups


def fields_of(kind: str, group: FieldGroup) -> list[Field]:
    """The catalogue's fields of one card, in the card's order."""
    known = {field.key: field for field in record_kind(kind).fields}
    return [known[key] for key in group.keys if key in known]


def value_field(field: Field, currency: str, *, is_stacked: bool = False) -> ValueField:
    """How a field of the catalogue is written and edited; a reference is typed by its title, or chosen."""
    label = say_label(field.label)
    return ValueField(
        field.key,
        f"{field.number}  {label}" if field.number else label,
        _KINDS.get(field.type, ValueKind.TEXT),
        tuple((key, say_label(words)) for key, words in field.choices),
        currency if field.type is FieldType.MONEY else "",
        is_stacked=is_stacked or bool(field.number),
    )


def _sections() -> Sequence[FieldGroup]:
    """The profile's sections in the order of the questionnaire."""
    fields = [field for field in record_kind("contact").fields if field.section]
    return [
        FieldGroup(
            section,
            tuple(field.key for field in fields if field.section == section and field.privacy is not Privacy.SPECIAL),
            _SECTION_COLUMNS.get(section, 1),
        )
        for section in SECTIONS.values()
    ]


def _special() -> FieldGroup:
    """What nobody is asked for, whatever section it stands in."""
    fields = record_kind("contact").fields
    keys = tuple(field.key for field in fields if field.privacy is Privacy.SPECIAL)
    return FieldGroup(to_say("Sensitive"), keys, 1, is_closed=True)
