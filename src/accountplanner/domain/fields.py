"""What a catalogue entry says about one field or one record kind."""

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """How a value is written, checked and compared (see `canonical`)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    DATE = "date"
    MONEY = "money"
    DECIMAL = "decimal"
    INTEGER = "integer"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LIST = "list"
    REFERENCE = "reference"


class Privacy(StrEnum):
    """The classes of design section 6; each decides where a value may go."""

    BUSINESS = "business"
    PERSONAL = "personal"
    HOUSEHOLD = "household"
    INFERABLE = "inferable"
    SPECIAL = "special"


class Nature(StrEnum):
    """Whether a value can be checked, or is what somebody thinks."""

    FACT = "fact"
    OPINION = "opinion"


class Layer(StrEnum):
    """`me` never leaves this computer, save in its encrypted backups; `team` is one audience."""

    ME = "me"
    TEAM = "team"


PRIVATE_UNLESS_SHARED = frozenset({Privacy.HOUSEHOLD, Privacy.INFERABLE, Privacy.SPECIAL})
"""Classes whose values are written to the `me` layer unless the rep shares them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one record kind, declared once; forms, columns, search and tests derive from it.

    `per_speaker` fields keep one register for each voice, so opinions never conflict with one
    another. `partner_may_fill` opens the cell in a partner workbook, `partner_may_see` shows it
    there when the partner's scope covers the account. `fresh_months` is 0 where a value never
    fades. `lowest`, and `highest` beside it, bound a number where anything else is a slip of the hand; credit notes
    and returned goods are below zero and mean it. `number` is the Mackay number, 0 for other fields.
    """

    kind: str
    key: str
    label: str
    type: FieldType = FieldType.TEXT
    privacy: Privacy = Privacy.BUSINESS
    nature: Nature = Nature.FACT
    per_speaker: bool = False
    partner_may_fill: bool = False
    partner_may_see: bool = False
    fresh_months: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    refers_to: tuple[str, ...] = ()
    owner: bool = False
    scale: int = 2
    lowest: int | None = None
    highest: int | None = None
    aliases: tuple[str, ...] = ()
    section: str = ""
    number: int = 0
    internal: bool = False

    @property
    def id(self) -> str:
        """The stable id, unique in the catalogue."""
        return f"{self.kind}.{self.key}"

    @property
    def default_layer(self) -> Layer:
        """Where a value goes when nobody says otherwise."""
        return Layer.ME if self.privacy in PRIVATE_UNLESS_SHARED else Layer.TEAM


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A record kind of the glossary with its fields, in the order a form shows them.

    `title_key` names the field a person recognises a record by.
    """

    key: str
    label: str
    plural: str
    title_key: str
    fields: tuple[Field, ...]
    internal: bool = False
    add_only: bool = False

    def field(self, key: str) -> Field | None:
        """The field with this key, `None` for one unknown to this version."""
        return next((field for field in self.fields if field.key == key), None)

    @property
    def owners(self) -> tuple[Field, ...]:
        """References that place a record under another: deleting or erasing that one takes this along."""
        return tuple(field for field in self.fields if field.owner)
