"""Filling a workspace with the sample territory, and taking it away again in one step."""

from collections.abc import Callable

from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Layer
from accountplanner.domain.sentences import titled
from accountplanner.usecases.sample_territory import SampleAuthor, private_statements, sample_statements
from accountplanner.usecases.session import Session

TITLE = titled("Sample territory")


def fill_sample(
    session: Session, accounts: int = 60, seed: int = 1, report: Callable[[int, int], None] | None = None
) -> Changes:
    """Put a believable territory into an empty or a used workspace; one undo step.

    Raises:
        RefusedError: fewer than one account was asked for.
    """
    if accounts < 1:
        raise RefusedError("A sample territory needs at least one account.")
    author = SampleAuthor(session.store.identity.name, voice=session.store.voice)
    today, currency = session.clock.today(), session.currency
    statements = []
    for done, group in enumerate(sample_statements(accounts, seed, today, author, currency=currency)):
        statements += group
        if report and done % 200 == 0:
            report(min(done, accounts), accounts)
    private = [statement for group in private_statements(accounts, seed, today, author) for statement in group]
    with session.transaction(TITLE) as writing:
        writing.say(Layer.TEAM, statements)
        writing.say(Layer.ME, private)
    return session.changes(writing, TITLE)
