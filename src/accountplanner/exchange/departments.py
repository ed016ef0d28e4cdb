"""Team workbooks in the shape of one department: the sheets it works with, in its order, its columns first.

A shape only chooses and orders what the team workbook has, so every cell comes back the same way. Profiles
of people are sales' business; the other departments see of a contact what they need to reach them.
"""

from collections.abc import Mapping
from dataclasses import replace

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.catalogue.people import DEPARTMENTS
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Privacy
from accountplanner.domain.sentences import told
from accountplanner.exchange.contract import Column, SheetLayout, team_sheets

SALES, MARKETING, SERVICE, BILLING = (key for key, _ in DEPARTMENTS)
DEPARTMENT_LABELS = dict(DEPARTMENTS)

_ADDRESS = ("name", "number", "city", "country", "phone", "email")
_PERSON = ("name", "account", "title", "department", "phone", "mobile", "email", "no_marketing", "peace_until")

_SHAPES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    SALES: (
        ("account", ("name", "number", "tier", "owner", "key_problems", "priorities")),
        ("contact", ("name", "account", "title", "buying_role", "support", "phone", "mobile", "email")),
        ("action", ("title", "account", "contact", "promise", "due_on", "state", "done_on")),
        ("touch", ("subject", "account", "contact", "channel", "happened_on", "direction", "remark")),
        ("note", ("text", "account", "contact", "written_on")),
        ("need", ("words", "account", "contact", "said_on", "state")),
        ("opportunity", ("title", "account", "offering", "amount", "expected_on", "outcome", "decided_on", "why")),
        ("purchase", ("order_number", "account", "offering", "ordered_on", "quantity", "amount")),
        ("case", ("title", "account", "dispute", "state", "opened_on")),
        ("feedback", ("words", "account", "contact", "said_on", "action", "closed_on")),
        ("signal", ("title", "account", "contact", "seen_on", "verdict", "reason")),
        ("wallet", ("offering", "account", "division", "year", "spend", "source", "certainty")),
        ("competitor", ()),
        ("division", ()),
        ("seat", ()),
        ("tie", ()),
        ("link", ()),
        ("position", ()),
        ("move", ()),
        ("moment", ()),
        ("plan", ()),
        ("objective", ()),
        ("strategy", ()),
        ("risk", ()),
        ("review", ()),
        ("partner", ()),
        ("partner_note", ()),
        ("registration", ()),
        ("colleague", ()),
        ("offering", ()),
        ("definition", ()),
    ),
    SERVICE: (
        ("case", ("title", "account", "contact", "dispute", "state", "opened_on", "account_of_it", "amount")),
        ("feedback", ("words", "account", "contact", "said_on", "score", "action", "closed_on")),
        ("action", ("title", "account", "contact", "promise", "due_on", "state", "done_on")),
        ("touch", ("subject", "account", "contact", "channel", "happened_on", "direction", "remark")),
        ("moment", ("title", "account", "experience", "matters")),
        ("need", ("words", "account", "contact", "said_on", "state")),
        ("note", ("text", "account", "contact", "written_on")),
        ("account", _ADDRESS),
        ("contact", _PERSON),
    ),
    MARKETING: (
        ("touch", ("subject", "account", "contact", "channel", "happened_on", "material", "department", "direction")),
        ("signal", ("title", "account", "contact", "seen_on", "to_department", "handed_on", "verdict", "reason")),
        ("feedback", ("words", "account", "contact", "said_on", "score", "action", "closed_on")),
        ("moment", ("title", "account", "experience", "matters")),
        ("need", ("words", "account", "contact", "said_on", "offering", "state")),
        ("case", ("title", "account", "dispute", "state", "opened_on")),
        ("definition", ("term", "meaning", "agreed_on", "agreed_by")),
        ("account", ("name", "industry", "tier", "city", "country", "website")),
        ("contact", _PERSON),
        ("offering", ("name", "number", "group", "description")),
        ("competitor", ()),
    ),
    BILLING: (
        (
            "purchase",
            (
                "invoice_number",
                "order_number",
                "account",
                "invoiced_on",
                "due_on",
                "paid_on",
                "amount",
                "offering",
                "ordered_on",
            ),
        ),
        ("case", ("title", "account", "contact", "dispute", "amount", "state", "opened_on", "account_of_it")),
        ("account", ("name", "number", "address", "postal_code", "city", "country", "email", "phone")),
        ("contact", _PERSON),
        ("touch", ("subject", "account", "contact", "channel", "happened_on", "direction", "remark")),
        ("note", ("text", "account", "contact", "written_on")),
        ("offering", ("name", "number", "unit", "list_price")),
    ),
}


def department_sheets(department: str) -> tuple[SheetLayout, ...]:
    """The sheets of a department's team workbook.

    Raises:
        WrongUseError: there is no such department.
    """
    if department not in _SHAPES:
        raise WrongUseError(
            told(
                "There is no department “{department}”; there are: {names}.",
                department=department,
                names=", ".join(DEPARTMENT_LABELS),
            )
        )
    whole = {sheet.kind: sheet for sheet in team_sheets()}
    return tuple(_shaped(whole[kind], first, department) for kind, first in _SHAPES[department])


def shows_profiles(department: str) -> bool:
    """Whether a department's workbook, or with a blank everybody's, shows what is personal about people."""
    return department in {"", SALES}


def _shaped(sheet: SheetLayout, first: tuple[str, ...], department: str) -> SheetLayout:
    shown = [column for column in sheet.columns if shows_profiles(department) or not _is_profile(sheet.kind, column)]
    order = {key: at for at, key in enumerate(first)}
    return replace(sheet, columns=tuple(sorted(shown, key=lambda column: order.get(column.field, len(order)))))


def _is_profile(kind: str, column: Column) -> bool:
    """Whether a column is one of the questions about a person, or anything else of theirs alone."""
    field = known_field(kind, column.field)
    return field is not None and (bool(field.number) or field.privacy is not Privacy.BUSINESS)
