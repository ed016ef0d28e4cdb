"""The fixed words of guide, receipt and drop-downs: everything a workbook says that is no data."""

from typing import NamedTuple

from accountplanner.exchange.contract import CLEAR_MARK, RECEIPT_SHEET, WorkbookKind
from accountplanner.exchange.departments import BILLING, MARKETING, SALES, SERVICE
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.projection import SheetContent


class GuideLine(NamedTuple):
    """One line of the guide: how it looks (title, subtitle, heading, step, point, sample) and its text."""

    look: str
    text: str


CHOOSE = f"Please choose from the list, or write {CLEAR_MARK} to take the value back."
CHOOSE_TITLE = "Not in the list"
CHOOSE_ASKED = f"{CHOOSE} Grey cells are not asked; changes there are not taken over."
DATE_HINT = f"Please write a date such as 2026-11-22, or {CLEAR_MARK} to take it back."
DATE_TITLE = "Not a date"
HEADER_TITLE = "A header"
HEADER_HINT = "Please leave the headers as they are: they tell which column is which."
KEY_TITLE = "A key"
KEY_HINT = "Please leave the keys as they are: they tell which row is which."
READ_TITLE = "Only to be read"
READ_HINT = "This cell is only to be read: a change here would not be taken over."
REPORT_HINT = "A report is only to be read; correct the team workbook instead."
NO_RECEIPT = "Nothing yet: what becomes of your answers will stand here in the next workbook."
_RUNGS = (
    "Prospect: has not bought yet. Customer: once. Client: again and again. Supporter: likes us and stays. "
    "Advocate: recommends us. Partner rung: we work on shared aims."
)
HINTS = {"account.rung_view": ("Which rung are they on?", _RUNGS)}
"""What stands beside a cell while somebody is in it: title and text, where a drop-down needs words of its own."""
SHEETS_HEADING = "The sheets"
POINT = "–"

_TITLES = {
    WorkbookKind.PARTNER: "Your customers, and what we would like to know",
    WorkbookKind.TEAM: "Our accounts, to read and to correct",
}

_DEPARTMENT_TITLES = {
    SALES: "Our accounts and people: the workbook of sales",
    MARKETING: "What we send, and what comes back: the workbook of marketing",
    SERVICE: "Cases, disputes and feedback: the workbook of service",
    BILLING: "Orders, invoices and payments: the workbook of billing",
}


def guide_lines(facts: ExportFacts) -> list[GuideLine]:
    """The guide, from its title down to the sheets."""
    is_partner = facts.kind is WorkbookKind.PARTNER
    told = _for_partner(facts) if is_partner else [*_FOR_DEPARTMENT.get(facts.department, ()), *_TEAM]
    title = _DEPARTMENT_TITLES.get(facts.department) or _TITLES[facts.kind]
    return [GuideLine("title", title), GuideLine("subtitle", _subtitle(facts)), *told]


def sheet_line(sheet: SheetContent, kind: WorkbookKind) -> str:
    """What the guide says of a sheet: how much stands there, and what is asked."""
    name, rows = sheet.layout.name, len(sheet.rows)
    if kind is WorkbookKind.PARTNER and sheet.layout.kind in _BROUGHT:
        return f"{name}: {_BROUGHT[sheet.layout.kind]}"
    counted = f"{name}: {rows} row{'' if rows == 1 else 's'}" if rows else f"{name}: no rows yet"
    asked = sum(row.asked for row in sheet.rows) if kind is WorkbookKind.PARTNER else 0
    if not asked:
        return counted
    if asked == rows:
        return f"{counted}, with questions"
    return f"{counted}, with questions in the first{f' {asked}' if asked > 1 else ''}"


def step_mark(number: int) -> str:
    """What stands before a step of the guide, counted from 1."""
    return f"{number}."


def header_text(sheet: str, facts: ExportFacts) -> str:
    """The print header; by the export id even a printed page finds home. `&` is a code there."""
    return f"&L&8{sheet.replace('&', '&&')}&R&8{export_words(facts)}"


def export_words(facts: ExportFacts) -> str:
    """The export as people name it."""
    return f"Export {facts.short}"


FOOTER = "&C&8&P / &N"


def _subtitle(facts: ExportFacts) -> str:
    named = facts.partner_name or facts.recipient_name
    parts = (
        f"For {named}" if named else "",
        f"from {facts.made_by_name}" if facts.made_by_name else "",
        facts.made_on,
        export_words(facts),
    )
    return " · ".join(part for part in parts if part)


_BROUGHT = {
    "partner_note": "whatever else we should know, a row for each",
    "registration": "new customers you bring to us, a row for each, with our replies",
}


def _for_partner(facts: ExportFacts) -> list[GuideLine]:
    back = f"back to {facts.made_by_name}" if facts.made_by_name else "back"
    return [
        GuideLine("heading", "What to do"),
        GuideLine(
            "step",
            "Look through Accounts and Contacts. Yellow cells are questions: answer those you can, leave the rest.",
        ),
        GuideLine(
            "step", "Bring new customers to us in Registrations. Anything else we should know goes into Partner notes."
        ),
        GuideLine(
            "step",
            f"Save the workbook and send it {back}. Any spreadsheet program will do; you may sort, filter and send parts.",
        ),
        *_PARTNER,
    ]


_PARTNER = [
    GuideLine("heading", "Colours"),
    GuideLine("sample-open", "Yellow: a question to you, or an empty row to fill"),
    GuideLine("sample-read", "Grey: to be read; changes are not taken over"),
    GuideLine("heading", "Good to know"),
    GuideLine(
        "point", f"A blank cell changes nothing. To take an earlier answer back, write {CLEAR_MARK} into its cell."
    ),
    GuideLine("point", "Please leave column A of each sheet as it is: it tells us which row is which."),
    GuideLine(
        "point", "Every answer is kept under your name with its day, and so is what we knew before: nothing gets lost."
    ),
    GuideLine("point", f"The sheet {RECEIPT_SHEET} of your next workbook says what became of each answer."),
    GuideLine("point", "Only your own customers are in this workbook, and of them only what you may know."),
    GuideLine(
        "point",
        "Headers and grey cells are protected against slips, without a password; rows can be sorted all the same.",
    ),
]

_TEAM = [
    GuideLine("heading", "What to do"),
    GuideLine(
        "step", "Correct what is wrong and fill in what you know, in any cell. Sort, filter and hide as you like."
    ),
    GuideLine("step", "New records go into the empty rows at the end of each sheet, which have their keys already."),
    GuideLine("step", "Save the workbook and give it back. Only what you changed is taken over, field by field."),
    GuideLine("heading", "Good to know"),
    GuideLine("point", f"A blank cell changes nothing. To clear a value, write {CLEAR_MARK} into its cell."),
    GuideLine("point", "Please leave column A of each sheet as it is: it tells us which row is which."),
    GuideLine(
        "point", "If somebody else changed the same field meanwhile, both values are kept until a person decides."
    ),
    GuideLine("point", "Headers and the order of the sheets are protected against slips, without a password."),
    GuideLine("point", "A row taken out is proposed as a removal, and nothing is removed without a person."),
    GuideLine("point", "Personal details may stand in this workbook: it is for colleagues only."),
    GuideLine("heading", "Colours"),
    GuideLine("sample-spare", "Tinted: an empty row for something new"),
    GuideLine("sample-conflict", "Orange and italic: two values are in conflict; what you write joins them"),
    GuideLine("sample-read", "Grey: to be read; changes are not taken over"),
]

_FOR_DEPARTMENT = {
    SALES: [
        GuideLine("heading", "For sales"),
        GuideLine(
            "point", "A promise is an action the customer knows of: write it into Actions and answer “Yes” there."
        ),
        GuideLine("point", "Visits and calls go into Touches, what was said into Notes, what they want into Needs."),
        GuideLine("point", "An open dispute stands in Cases; look there before you call."),
    ],
    SERVICE: [
        GuideLine("heading", "For service"),
        GuideLine(
            "point",
            "A new case goes into an empty row of Cases. Where the customer disputes something, answer “Yes” at Dispute.",
        ),
        GuideLine(
            "point", "Sales sees an open dispute before the next call, and marketing leaves the account in peace."
        ),
        GuideLine("point", "When it is over, set its State to “Closed” and write the day into Closed on."),
        GuideLine("point", "What a customer said of us goes into Feedback, with what you did about it."),
    ],
    MARKETING: [
        GuideLine("heading", "For marketing"),
        GuideLine(
            "point",
            "What you sent goes into Touches, a row for each person: channel “Marketing send”, its day, the material used.",
        ),
        GuideLine(
            "point", "A sign of demand goes into Signals. Sales answers there with accepted or refused, and why."
        ),
        GuideLine(
            "point",
            "Accounts with an open dispute in Cases are to be left in peace; the report of that name lists everybody.",
        ),
    ],
    BILLING: [
        GuideLine("heading", "For billing"),
        GuideLine(
            "point",
            "Write invoice number, Invoiced on and Paid on beside the order lines they belong to, in Purchases.",
        ),
        GuideLine("point", "An invoice without an order of ours goes into an empty row."),
        GuideLine(
            "point",
            "A bill the customer does not accept is a case: an empty row of Cases, “Yes” at Dispute, its amount beside it.",
        ),
    ],
}
