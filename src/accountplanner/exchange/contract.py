"""The workbook contract: which sheets and columns each workbook kind has, and every fixed word in it.

History:
    1 (2026-11) first version. Team and partner workbooks; row keys in column A; `_sync` and
        `_lists` hidden; guide first, receipt last. Described for strangers in docs/workbook-format.md.

Columns are derived from the catalogue. Household, inferable and special fields have no column in any
workbook; a partner workbook has the columns of `partner_sheets` and no others. An export pins the
layout it was made with in its export record, so a later version reads it as it was meant.
"""

from dataclasses import dataclass
from enum import StrEnum

from accountplanner.domain.catalogue import KINDS, visible_kinds
from accountplanner.domain.fields import Field, Privacy

CONTRACT_VERSION = 1

KEY_HEADER = "Key"
CLEAR_MARK = "(clear)"
GUIDE_SHEET = "Read me first"
RECEIPT_SHEET = "Receipt"
SYNC_SHEET = "_sync"
LISTS_SHEET = "_lists"
WRITTEN_BY = "Account Planner"
"""The author in the properties of our files, so that a file nobody saved again names nobody."""
PROPERTY_EXPORT = "Account Planner export"
PROPERTY_CONTRACT = "Account Planner contract"
PROPERTY_MANIFEST = "Account Planner manifest"

SPARE_ROWS = 10
LONGEST_CELL = 30_000
"""UTF-16 units a cell may hold; Excel cuts at 32,767, so long texts go on in further rows."""

MOST_OPEN_CELLS = 10
MOST_ASKED_ROWS = 15
_PERMITTED = frozenset({Privacy.BUSINESS, Privacy.PERSONAL})
_TELLING = frozenset({"number", "city"})
# Who may see which account is decided in the program, where its consequences are shown.
_NOT_IN_WORKBOOKS = frozenset({"scope"})


class WorkbookKind(StrEnum):
    """The two workbooks that come back."""

    TEAM = "team"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: a catalogue field, its header, and where its cells may be filled."""

    field: str
    header: str
    open: bool = True
    open_on_new: bool = True


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet for records of one kind. `spare_rows` are empty and have their keys already."""

    kind: str
    name: str
    columns: tuple[Column, ...]
    spare_rows: int = 0

    def column(self, field: str) -> Column | None:
        """The column of a field, if the sheet has it."""
        return next((column for column in self.columns if column.field == field), None)


def team_sheets() -> tuple[SheetLayout, ...]:
    """The sheets of a team workbook: every kind a department works with, every open class of field.

    Kinds that are only added to, such as notes, are open in empty rows alone.
    """
    kinds = [KINDS[key] for key in visible_kinds() if key not in _NOT_IN_WORKBOOKS]
    return tuple(
        SheetLayout(
            kind.key, kind.plural, _columns(kind.key, team_fields(kind.key), open_=not kind.add_only), SPARE_ROWS
        )
        for kind in kinds
    )


def team_fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind that a team workbook shows, the title first."""
    return _title_first(kind, [field for field in KINDS[kind].fields if field.privacy in _PERMITTED])


def partner_sheets() -> tuple[SheetLayout, ...]:
    """The sheets of a partner workbook: what they may see of their accounts, and what they bring."""
    return (
        SheetLayout("account", KINDS["account"].plural, _asked_columns("account")),
        SheetLayout(
            "contact",
            KINDS["contact"].plural,
            _asked_columns("contact", named_on_new=("name", "account")),
            SPARE_ROWS,
        ),
        _brought("partner_note", ("text", "account", "contact"), spare_rows=SPARE_ROWS),
        _brought(
            "registration",
            (
                "customer_name",
                "website",
                "contact_name",
                "contact_email",
                "expected_value",
                "expected_on",
                "reason",
                "state",
                "reply",
            ),
            ours=("state", "reply"),
            spare_rows=MOST_ASKED_ROWS,
        ),
    )


def partner_fields(kind: str) -> tuple[Field, ...]:
    """The fields of accounts and contacts a partner sees: at most ten of them are questions."""
    fields = [field for field in KINDS[kind].fields if field.partner_may_see and field.privacy is Privacy.BUSINESS]
    asked = [field for field in fields if field.partner_may_fill][:MOST_OPEN_CELLS]
    shown = [field for field in fields if not field.partner_may_fill or field in asked]
    return tuple(sorted(_title_first(kind, shown), key=lambda field: _partner_order(kind, field)))


def _partner_order(kind: str, field: Field) -> int:
    """What tells the record from others, then the questions, then what is only to be read."""
    if field.key in {KINDS[kind].title_key, *_TELLING} or field.owner:
        return 0
    return 1 if field.partner_may_fill else 2


def sheets_of(kind: WorkbookKind) -> tuple[SheetLayout, ...]:
    """The sheets of a workbook kind."""
    return team_sheets() if kind is WorkbookKind.TEAM else partner_sheets()


def _title_first(kind: str, fields: list[Field]) -> tuple[Field, ...]:
    title = KINDS[kind].title_key
    return tuple(sorted((field for field in fields if not field.internal), key=lambda field: field.key != title))


def _columns(kind: str, fields: tuple[Field, ...], *, open_: bool = True) -> tuple[Column, ...]:
    return tuple(Column(field.key, _header(kind, field, fields), open=open_) for field in fields)


def _asked_columns(kind: str, *, named_on_new: tuple[str, ...] = ()) -> tuple[Column, ...]:
    fields = partner_fields(kind)
    return tuple(
        Column(
            field.key,
            _header(kind, field, fields),
            open=field.partner_may_fill,
            open_on_new=field.partner_may_fill or field.key in named_on_new,
        )
        for field in fields
    )


def _brought(
    kind: str, keys: tuple[str, ...], *, ours: tuple[str, ...] = (), spare_rows: int = SPARE_ROWS
) -> SheetLayout:
    """A sheet of what the partner brings. Rows that came earlier are shown and stay as they are."""
    fields = {field.key: field for field in KINDS[kind].fields}
    shown = tuple(fields[key] for key in keys)
    columns = tuple(
        Column(field.key, _header(kind, field, shown), open=False, open_on_new=field.key not in ours) for field in shown
    )
    return SheetLayout(kind, KINDS[kind].plural, columns, spare_rows)


def _header(kind: str, field: Field, fields: tuple[Field, ...]) -> str:
    """The label; where two fields share one, or one is called like the key, the field's key tells them apart."""
    taken = [other.label.casefold() for other in fields if other.key != field.key] + [KEY_HEADER.casefold()]
    if field.label.casefold() not in taken:
        return field.label
    return f"{field.label} ({KINDS[kind].label.lower()} {field.key})"
