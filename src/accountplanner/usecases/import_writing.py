"""Writing the plan of an import within a transaction, and counting what comes of it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import told
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.deciding import say_decisions
from accountplanner.usecases.import_plans import (
    WHOLE_FILES,
    Counts,
    ImportPlan,
    PreviewItem,
)
from accountplanner.usecases.outlook import ImportOutlook
from accountplanner.usecases.proposals import (
    is_decided,
    proposal_rows,
)
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import left_without
from accountplanner.usecases.team import check_writer, learn_members

_AT_ONCE = 60_000


def write_plan(
    session: Session, writing: Transaction, plan: ImportPlan, unticked: frozenset[str]
) -> tuple[Counts, list[PreviewItem]]:
    """Write a plan within a transaction and count what came of it."""
    learn_members(session, plan.members)
    for part in plan.members:
        check_writer(session, part)
    conflicts, highest = writing.team.conflict_count(), writing.team.highest_number()
    received = writing.receive(plan.batches, "")
    _tell_withheld(session, plan, received.withheld)
    writing.fold()
    outlook = ImportOutlook(writing.team, writing.me, plan)
    counts, items = foresee(session, plan, outlook)
    _say(session, writing, plan, outlook, unticked)
    matched = _propose(session, writing, plan)
    writing.fold()
    new = [each for each in writing.team.records_after(highest) if each not in matched]
    new += outlook.me.new_records()
    counts = replace(
        counts,
        new=len(new),
        changed=counts.changed + sum(number <= highest for number in received.touched),
        # One more value where values differ already adds no register in conflict, but somebody has to look at it.
        conflicts=max(_in_conflict(items, unticked), writing.team.conflict_count() - conflicts),
        parked=received.parked,
        records=_by_kind(new),
    )
    return counts, items


def _say(
    session: Session, writing: Transaction, plan: ImportPlan, outlook: ImportOutlook, unticked: frozenset[str]
) -> None:
    """State what is new, and after it what stands instead of the changes a person has left out."""
    fresh = outlook.team.fresh
    contents = ",".join(session.store.archive.content_id(file.content.data) for file in plan.files)
    for start in range(0, len(fresh), _AT_ONCE):
        writing.say(Layer.TEAM, fresh[start : start + _AT_ONCE], bases=plan.bases, file=contents)
        if start + _AT_ONCE < len(fresh):
            # A batch, and what is folded from it, stand in memory several times over.
            writing.fold()
    if unwanted := [statement for statement in fresh if statement.mark in unticked]:
        writing.fold()
        writing.say(Layer.TEAM, left_without(writing.team, unwanted))
    writing.say(Layer.ME, outlook.private_said(unticked), file=contents)


def _propose(session: Session, writing: Transaction, plan: ImportPlan) -> set[str]:
    """Queue what nobody has decided yet, and say what a person has; returns the rows that are somebody known."""
    undecided = [each for each in plan.suggestions if not is_decided(session, each)]
    session.store.suggest(writing.team.connection, proposal_rows(session, undecided, plan))
    answered = [(each, plan.decided[each.id]) for each in undecided if each.id in plan.decided]
    say_decisions(session, writing, answered)
    return {each.record for each, accepted in answered if accepted and each.kind == "match"}


def _in_conflict(items: Iterable[PreviewItem], unticked: Collection[str]) -> int:
    return sum(item.state == "conflict" and item.mark not in unticked for item in items)


def _tell_withheld(session: Session, plan: ImportPlan, replicas: Iterable[str]) -> None:
    names = session.store.identity.names
    for who in sorted({names.get(replica, replica[:10]) for replica in replicas}):
        sentence = told(
            "Entries of {who} came without their content, and no erasure says why; they wait for a file that has it.",
            who=who,
        )
        if sentence not in plan.notices:
            plan.notices.append(sentence)


def foresee(session: Session, plan: ImportPlan, outlook: ImportOutlook) -> tuple[Counts, list[PreviewItem]]:
    """What writing a plan would count, and the lines of its preview."""
    items = outlook.items(session.store.titles(outlook.named))
    new = outlook.new_records()
    states = Counter(item.state for item in items)
    waiting = (each for each in plan.suggestions if each.id not in plan.decided)
    kinds = Counter(each.kind for each in waiting if not is_decided(session, each))
    files = sum(kinds[kind] for kind in WHOLE_FILES)
    counts = Counts(
        new=len(new),
        changed=states["changed"] + outlook.private_changes(items),
        conflicts=states["conflict"],
        known=outlook.known + states["known"],
        suggestions=kinds.total() - files,
        removed=kinds["removal"],
        problems=len(plan.problems),
        held=len(plan.held),
        files=files,
        records=_by_kind(new),
    )
    return counts, items


def _by_kind(records: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for record in records:
        kind = kind_of(record)
        if kind in KINDS and not KINDS[kind].internal:
            counted[kind] = counted.get(kind, 0) + 1
    return counted
