"""Channel partners and whom each may know about."""

from collections.abc import Iterable, Mapping

from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import paired_id
from accountplanner.domain.merging import members_of
from accountplanner.domain.sentences import titled
from accountplanner.domain.statements import Statement, exists, state
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.session import Session


def add_partner(session: Session, name: str, values: Mapping[str, str] | None = None) -> tuple[str, Changes]:
    """Make a channel partner."""
    return create_record(session, "partner", {"name": name, **(values or {})})


def set_scope(session: Session, partner: str, accounts: Iterable[str], *, covers: bool) -> Changes:
    """Say which accounts a channel partner may see, or may no longer see."""
    source = session.source()
    statements: list[Statement] = []
    for account in accounts:
        record = paired_id("scope", partner, account)
        if session.store.record(record) is None:
            statements += [
                exists(record, source),
                state(record, "partner", partner, source),
                state(record, "account", account, source),
            ]
        statements.append(state(record, "covers", "yes" if covers else "no", source))
    title = titled("Partner scope widened") if covers else titled("Partner scope narrowed")
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, statements)
    return session.changes(writing, title)


def scope_of(session: Session, partner: str) -> list[str]:
    """The accounts a channel partner may see, by title.

    A merged account is in scope only while every record it was merged from is: a merge must not
    show a partner a customer of somebody else. Saying so about the merged account itself widens it. What
    colleagues disagree about is not permitted until somebody settles it, whichever answer is shown first.
    """
    store = session.store
    covered: dict[str, bool] = {}
    for scope in store.records_with("scope", "partner", partner):
        picture = store.team.picture(scope.record)
        covers = picture.registers.get(("covers", ""))
        undisputed = covers is not None and not covers.has_conflict
        covered[picture.value("account") or ""] = undisputed and picture.value("covers") == "yes"
    roots = {store.root(account) for account, covers in covered.items() if covers}
    allowed = [root for root in roots if _covers_all(root, covered, store.team.fold.roots)]
    titles = store.titles(allowed)
    return sorted(titles, key=lambda account: (titles[account].casefold(), account))


def _covers_all(root: str, covered: Mapping[str, bool], roots: Mapping[str, str]) -> bool:
    members = members_of(root, roots) if root in roots else (root,)
    return all(covered.get(member, False) for member in members)
