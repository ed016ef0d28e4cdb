"""What became of each answer a channel partner gave, computed from the statements themselves."""

from collections.abc import Iterable

from accountplanner.domain.catalogue import KINDS, known_field, record_kind
from accountplanner.domain.ids import kind_of
from accountplanner.domain.pictures import fold_record
from accountplanner.domain.registers import Register
from accountplanner.domain.statements import Entry, Statement, is_internal
from accountplanner.exchange.receipt import OUTCOMES, Receipt, ReceiptLine
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.partners import scope_of
from accountplanner.usecases.proposals import Proposed, every_proposal
from accountplanner.usecases.session import Session

_ORIGIN = "workbook:"
_DECIDED = {"accepted": "taken", "rejected": "declined"}


def receipts_for(session: Session, partner: str) -> list[Receipt]:
    """A line for every answer of a partner that has come back, the latest first."""
    receipts = [receipt for record in _records(session, partner) for receipt in _of_record(session, partner, record)]
    for proposed in every_proposal(session):
        receipts += _refused(proposed, partner) if not proposed.suggested.can_accept else _waiting(proposed, partner)
    return sorted(receipts, key=lambda receipt: (receipt.date, receipt.record, receipt.field), reverse=True)


def _records(session: Session, partner: str) -> list[str]:
    accounts = scope_of(session, partner)
    store = session.store
    contacts = [c.record for account in accounts for c in store.records_with("contact", "account", account)]
    brought = [
        r.record for kind in ("partner_note", "registration") for r in store.records_with(kind, "partner", partner)
    ]
    return [*accounts, *contacts, *brought]


def _of_record(session: Session, partner: str, record: str) -> Iterable[Receipt]:
    entries = [entry for group in session.store.team.entries([record]).values() for entry in group]
    picture = fold_record(record, entries)
    latest: dict[str, Entry] = {}
    for entry in entries:
        body = entry.statement
        if body.origin.startswith(_ORIGIN) and _is_answer(body, partner):
            held = latest.get(body.field)
            if held is None or held.statement.date <= body.date:
                latest[body.field] = entry
    for key, entry in latest.items():
        register = picture.registers.get((key, entry.statement.voice))
        if register is not None and record_kind(kind_of(record)).field(key) is not None:
            value = entry.statement.value or ""
            yield Receipt(record, key, value, _outcome(entry, register, picture.value("state")), entry.statement.date)


def _outcome(entry: Entry, register: Register, state: str | None) -> str:
    if kind_of(entry.statement.record) == "registration" and state in {"accepted", "refused"}:
        return "credited" if state == "accepted" else "declined"
    sibling = next((s for s in register.siblings if s.shown.statement.compared == entry.statement.compared), None)
    if sibling is None:
        return "declined"
    if register.has_conflict:
        return "talk"
    others = [each for each in sibling.entries if each.statement.speaker != entry.statement.speaker]
    return "known" if others and not any(each.statement.restates for each in others) else "taken"


def _waiting(proposed: Proposed, partner: str) -> list[Receipt]:
    """What waits for a decision, or was decided against; what was accepted is among what was said."""
    if proposed.verdict == "accepted":
        return []
    return [
        Receipt(body.record, body.field, body.value or "", _DECIDED.get(proposed.verdict, "open"), body.date)
        for body in proposed.suggested.statements
        if _is_answer(body, partner) and not (proposed.suggested.kind == "note" and _is_about(body))
    ]


def _refused(proposed: Proposed, partner: str) -> list[Receipt]:
    """A cell in which something stood that its field cannot hold, as it stood there."""
    cell = proposed.suggested
    if cell.said_by != partner or not (cell.record and cell.field):
        return []
    return [Receipt(cell.record, cell.field, cell.value, _DECIDED.get(proposed.verdict, "open"), proposed.came_on)]


def _is_about(body: Statement) -> bool:
    """Whether it only says whose row a remark stood in."""
    known = known_field(kind_of(body.record), body.field)
    return known is not None and bool(known.refers_to)


def _is_answer(body: Statement, partner: str) -> bool:
    """Whether a partner typed it: whose note or registration it is follows from the workbook it came in."""
    return body.speaker == partner and body.value not in {None, "", partner} and not is_internal(body.field)


def worded_receipts(session: Session, partner: str) -> list[ReceiptLine]:
    """The same in words, as the partner's next workbook will say it."""
    receipts = receipts_for(session, partner)
    referred = {receipt.answer for receipt in receipts if kind_of(receipt.answer) in KINDS}
    titles = session.store.titles({receipt.record for receipt in receipts} | referred)
    lines = []
    for receipt in receipts:
        field = known_field(kind_of(receipt.record), receipt.field)
        answer = titles.get(receipt.answer) or (shown_text(field, receipt.answer) if field else receipt.answer)
        label = field.label if field else receipt.field
        about = titles.get(receipt.record, "")
        lines.append(ReceiptLine(receipt.date, about, label, answer, OUTCOMES[receipt.outcome]))
    return lines
