"""Saying that two records are one customer, and taking it back."""

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import fixed, titled
from accountplanner.domain.statements import same_as
from accountplanner.usecases.session import Session


def merge_records(session: Session, one: str, other: str) -> Changes:
    """Unite two records; both histories are kept and undo parts them again.

    Raises:
        WrongUseError: they are of different kinds, or one already.
    """
    if kind_of(one) != kind_of(other):
        raise WrongUseError("Only two records of one kind can be merged.")
    if session.store.root(one) == session.store.root(other):
        raise WrongUseError("These two are one record already.")
    title = titled("{records} merged", records=fixed(record_kind(kind_of(one)).plural))
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, [same_as(one, other, session.source())])
    return session.changes(writing, title)


def part_records(session: Session, one: str, other: str) -> Changes:
    """Take a merge of exactly these two back."""
    title = titled("{records} parted", records=fixed(record_kind(kind_of(one)).plural))
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, [same_as(one, other, session.source(), merged=False)])
    return session.changes(writing, title)
