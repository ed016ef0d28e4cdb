"""Reports: read-only workbooks of business data for anybody, each from what the team's layer holds today."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.ladder import RUNGS
from accountplanner.domain.rhythm import MOST_SENDS, MOST_SENDS_A_WEEK, SENDS_DAYS, WEEK_DAYS, Rest
from accountplanner.domain.sentences import told
from accountplanner.exchange.reports.content import Report, ReportSheet, named
from accountplanner.exchange.reports.writing import write_report
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.disputes import team_disputes
from accountplanner.usecases.ladder import proposals
from accountplanner.usecases.rest import leave_in_peace
from accountplanner.usecases.session import Session
from accountplanner.usecases.unfinished_files import noted_while_written

_CELL_UNITS = 30_000
"""How much of a text a cell shows, as spreadsheet programs count."""
_CUT = " … (the program has the rest)"

LEAVE_IN_PEACE = "leave-in-peace"

_REST_WORDS = {
    Rest.ASKED: "asked to be left in peace",
    Rest.DISPUTE: "open dispute at this account",
    Rest.UNANSWERED: "a complaint of theirs is not answered yet",
    Rest.VISIT_AHEAD: "somebody of ours sees them this week",
    Rest.JUST_TOUCHED: f"one of us was in touch within the last {WEEK_DAYS} days",
    Rest.SENDS_THIS_WEEK: f"already {MOST_SENDS_A_WEEK} marketing sends within {WEEK_DAYS} days",
    Rest.SENDS_LATELY: f"{MOST_SENDS} or more marketing sends within {SENDS_DAYS} days",
}
_SOURCE = (
    "These numbers follow a study of one trade (Godfrey, Seiders and Voss 2011): a default to think about, not a law."
)
_NOT_TAKEN_BACK = (
    "This report is there to be read. Changes in it are not taken over; correct the team workbook instead."
)
_COLUMNS = {
    "account": ("name", "number", "industry", "tier", "owner", "city", "country", "phone", "website", "contract_end"),
    "contact": ("name", "account", "title", "department", "phone", "mobile", "email", "state", "no_marketing"),
    "purchase": (
        "order_number", "account", "offering", "ordered_on", "quantity", "amount", "invoice_number", "invoiced_on",
        "due_on", "paid_on",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """A report as it was written."""

    path: Path
    kind: str
    rows: int


def report_kinds() -> dict[str, str]:
    """The kinds of reports there are, each with its title."""
    return {kind: title for kind, (title, _) in _REPORTS.items()}


def export_report(session: Session, kind: str, path: Path) -> ReportWritten:
    """Write a report of today's team picture. Nothing in the workspace changes.

    Raises:
        WrongUseError: there is no such report.
        RefusedError: it could not be written there.
    """
    if kind not in _REPORTS:
        raise WrongUseError(
            told("There is no report “{kind}”; there are: {kinds}.", kind=kind, kinds=", ".join(_REPORTS))
        )
    title, content = _REPORTS[kind]
    sheets, notes = content(session)
    sheets = tuple(replace(sheet, rows=tuple(tuple(map(_in_a_cell, row)) for row in sheet.rows)) for sheet in sheets)
    made_on = session.clock.today().isoformat()
    report = Report(title, sheets, (*notes, _NOT_TAKEN_BACK), made_on, session.store.identity.name, session.currency)
    with noted_while_written(session, path):
        written = write_report(path, report)
    return ReportWritten(written, kind, sum(len(sheet.rows) for sheet in sheets))


def _in_a_cell(text: str) -> str:
    """What a cell can hold; somebody's pasted page must not keep everybody from their report."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CELL_UNITS:
        return text
    return units[: 2 * _CELL_UNITS].decode("utf-16-le", "ignore") + _CUT


_Content = tuple[tuple[ReportSheet, ...], tuple[str, ...]]


def _peace(session: Session) -> _Content:
    lines = leave_in_peace(session)
    addresses = {each.record: each.values.get("email", "") for each in session.store.every("contact")}
    rows = tuple(
        (
            line.name or "everybody there",
            line.account_name,
            addresses.get(line.contact, ""),
            "; ".join(_REST_WORDS[reason] for reason in line.reasons),
        )
        for line in lines
    )
    notes = (
        f"Please send nothing to these people in the {WEEK_DAYS} days from this report's day on.",
        "Everybody's touches count, whatever the department; those with a whole account count for everybody there.",
        f"Enough is {MOST_SENDS} sends in {SENDS_DAYS} days or {MOST_SENDS_A_WEEK} in {WEEK_DAYS}. {_SOURCE}",
    )
    # A list of recipients is cleaned by addresses; two people may have one name.
    address = [field for field in (known_field("contact", "email"),) if field is not None]
    return (ReportSheet("Leave in peace", (named("Contact"), named("Account"), *address, _prose("Why")), rows),), notes


def _disputes(session: Session) -> _Content:
    found = team_disputes(session)
    titles = session.store.titles({*(each.account for each in found), *(each.contact for each in found)} - {""})
    shown = ("title", "number", "opened_on", "state", "amount", "account_of_it")
    fields = [field for key in shown if (field := known_field("case", key)) is not None]
    rows = tuple(
        (each.title, titles.get(each.account, ""), titles.get(each.contact, ""), each.number, each.opened_on,
         each.state, each.amount, each.what_happened)
        for each in found
    )  # fmt: skip
    columns = (fields[0], named("Account"), named("Contact"), *fields[1:])
    return (ReportSheet("Open disputes", columns, rows),), ("Disputes that stand open on this day, the oldest first.",)


def _ladder(session: Session) -> _Content:
    rows = tuple(
        (each.name, _rung(each.held), _rung(each.proposal.rung), each.proposal.evidence, each.proposal.doubtful)
        for each in proposals(session)
    )
    columns = (
        named("Account"),
        named("Rung held"),
        named("Rung the orders propose"),
        _prose("Evidence"),
        _prose("Doubt"),
    )
    return (ReportSheet("Ladder", columns, rows),), (
        "A repeat order is not affection: orders prove no rung above client.",
    )


def _prose(label: str) -> Field:
    """A column of sentences, which go on in further lines."""
    return replace(named(label), type=FieldType.LONG_TEXT)


def _rung(key: str) -> str:
    return RUNGS[key].name if key in RUNGS else ""


def _list(kind: str, name: str) -> Callable[[Session], _Content]:
    fields = tuple(field for key in _COLUMNS[kind] if (field := known_field(kind, key)) is not None)

    def content(session: Session) -> _Content:
        records = session.store.every(kind)
        titles = _titles(session, records, fields)
        rows = tuple(tuple(_told(field, record.values, titles) for field in fields) for record in records)
        return (ReportSheet(name, tuple(map(_as_text, fields)), rows),), ()

    return content


def _titles(session: Session, records: Iterable[CachedRecord], fields: Sequence[Field]) -> dict[str, str]:
    led = [field.key for field in fields if field.type is FieldType.REFERENCE]
    return session.store.titles({record.values[key] for record in records for key in led if key in record.values})


def _told(field: Field, values: Mapping[str, str], titles: Mapping[str, str]) -> str:
    value = values.get(field.key, "")
    return titles.get(value, "") if field.type is FieldType.REFERENCE else value


def _as_text(field: Field) -> Field:
    return replace(field, type=FieldType.TEXT) if field.type is FieldType.REFERENCE else field


_REPORTS: Mapping[str, tuple[str, Callable[[Session], _Content]]] = {
    LEAVE_IN_PEACE: ("Leave in peace this week", _peace),
    "disputes": ("Open disputes", _disputes),
    "accounts": ("Accounts", _list("account", "Accounts")),
    "contacts": ("Contacts", _list("contact", "Contacts")),
    "purchases": ("Purchases", _list("purchase", "Purchases")),
    "ladder": ("Rungs held and proposed", _ladder),
}
