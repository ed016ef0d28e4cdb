"""Foreign sources: the chain in which the files of one list follow one another."""

from accountplanner.domain.cuts import virtual_chain
from accountplanner.domain.ids import keyed_digest
from accountplanner.usecases.session import Session


def source_chain(session: Session, source: str) -> str:
    """The virtual chain in which the files of one foreign source follow one another."""
    digest = keyed_digest(session.store.identity.team_secret, "source", source)
    return virtual_chain(digest.hex()[:24])
