"""Rungs: what the orders propose, and taking a proposal on as a dated ladder move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import paired_id
from accountplanner.domain.ladder import RUNGS, RungProposal, propose_rung
from accountplanner.domain.sentences import titled
from accountplanner.domain.statements import Source, Statement, exists, state
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.session import Session

MAIN_LADDER = "relationship"


@dataclass(frozen=True, slots=True)
class AccountProposal:
    """What the orders of one account propose, beside the rung it holds (empty for none)."""

    account: str
    name: str
    held: str
    proposal: RungProposal

    @property
    def is_new(self) -> bool:
        """Whether accepting it would move the account up; orders never pull down what a person has proven."""
        held = RUNGS[self.held].step if self.held in RUNGS else 0
        return RUNGS[self.proposal.rung].step > held


def proposals(session: Session, accounts: Iterable[str] = ()) -> list[AccountProposal]:
    """Propose a rung for some or all accounts as of today."""
    today, store = session.clock.today(), session.store
    wanted = list(accounts) or [account.record for account in store.every("account")]
    titles = store.titles(wanted)
    touched = _last_two_way(session)
    needs = {need.values.get("account", "") for need in store.every("need")}
    orders = _orders(session)
    return [
        AccountProposal(
            account,
            titles.get(account, account),
            held_rung(session, account),
            propose_rung(
                orders.get(account, {}), today, last_two_way=touched.get(account), need_named=account in needs
            ),
        )
        for account in wanted
    ]


def held_rung(session: Session, holder: str) -> str:
    """The rung somebody has accepted for an account, contact or partner on the main ladder."""
    positions = session.store.records_with("position", "holder", holder)
    main = [p for p in positions if "offering" not in p.values and "division" not in p.values]
    return main[0].values.get("position", "") if main else ""


def accept_proposals(session: Session, chosen: Iterable[AccountProposal]) -> Changes:
    """Move accounts to the rungs proposed, each with the orders as dated evidence; one undo step."""
    source = session.source(origin="ladder", how="document")
    statements: list[Statement] = []
    for each in chosen:
        if each.is_new:
            statements += _move(session, each, source)
    title = titled("Ladder moves accepted")
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, statements)
    return session.changes(writing, title)


def _move(session: Session, each: AccountProposal, source: Source) -> list[Statement]:
    position = paired_id("position", each.account, MAIN_LADDER)
    move = session.new_id("move")
    proposal = each.proposal
    said = {
        "of_position": position,
        "from_rung": each.held,
        "to_rung": proposal.rung,
        "moved_on": session.clock.today().isoformat(),
        "evidence": proposal.evidence,
        "evidence_on": proposal.last_order.isoformat() if proposal.last_order else "",
        "distinct_orders": str(proposal.distinct_orders),
        "proven": "yes" if proposal.proven else "no",
    }
    known = session.store.record(position) is not None
    statements = [] if known else [
        exists(position, source),
        state(position, "holder", each.account, source),
        state(position, "ladder", MAIN_LADDER, source),
    ]  # fmt: skip
    statements.append(state(position, "position", proposal.rung, source))
    statements.append(exists(move, source))
    return statements + [state(move, key, value, source) for key, value in said.items() if value]


def order_of(purchase: CachedRecord) -> str:
    """Which order an order line belongs to; several lines of one invoice are one order, too."""
    return purchase.values.get("order_number") or purchase.values.get("invoice_number") or purchase.record


def day_of(purchase: CachedRecord) -> date | None:
    """When a line was ordered; where only the invoice is known, its day."""
    day = purchase.values.get("ordered_on") or purchase.values.get("invoiced_on")
    return date.fromisoformat(day) if day else None


def _orders(session: Session) -> dict[str, dict[str, date | None]]:
    orders: dict[str, dict[str, date | None]] = {}
    for purchase in session.store.every("purchase"):
        orders.setdefault(purchase.values.get("account", ""), {})[order_of(purchase)] = day_of(purchase)
    return orders


def _last_two_way(session: Session) -> dict[str, date]:
    latest: dict[str, date] = {}
    for touch in session.store.every("touch"):
        values = touch.values
        if values.get("direction") not in {"both", "theirs"} or not values.get("happened_on"):
            continue
        account, day = values.get("account", ""), date.fromisoformat(values["happened_on"])
        latest[account] = max(day, latest.get(account, day))
    return latest
