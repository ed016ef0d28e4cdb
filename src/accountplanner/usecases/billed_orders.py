"""Invoices in a foreign list that bill orders known already: counted once, whoever told us of them first."""

from collections import defaultdict
from collections.abc import Sequence

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.exchange.match import MatchProposal
from accountplanner.exchange.tables.derivation import RowRecord
from accountplanner.usecases.session import Session

_EXPECTED = told(
    "an order whose lines are not known yet; write the invoice beside its lines in the workbook of billing"
)


def billed_orders(session: Session, fresh: Sequence[RowRecord]) -> tuple[list[MatchProposal], list[Problem], set[str]]:
    """Of new rows that bill a known order: who they may be, problems, and the rows that cannot be taken.

    An invoice of an order with one known line may be that line, which a person decides. One of several
    lines is none of them: taken as a record of its own it would count the order's amount twice.
    """
    invoices = [each for each in fresh if each.kind == "purchase" and _bills(each)]
    lines = _lines(session) if invoices else {}
    matches: list[MatchProposal] = []
    problems: list[Problem] = []
    refused: set[str] = set()
    for each in invoices:
        number = each.values["order_number"]
        known = lines.get((each.values.get("account", ""), number), [])
        if len(known) == 1:
            matches.append(MatchProposal(each.record, known[0], 1.0, (told("same order {number}", number=number),)))
        elif known:
            problems.append(Problem(each.sheet, each.row, "", number, _EXPECTED, "billed"))
            refused.add(each.record)
    return matches, problems, refused


def _bills(row: RowRecord) -> bool:
    """Whether a row is an invoice as a whole: it names an order, and none of its lines."""
    return bool(row.values.get("invoice_number") and row.values.get("order_number")) and "offering" not in row.values


def _lines(session: Session) -> dict[tuple[str, str], list[str]]:
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for purchase in session.store.every("purchase"):
        if number := purchase.values.get("order_number"):
            lines[purchase.values.get("account", ""), number].append(purchase.record)
    return lines
