"""Which of the colleagues on file this person is."""

from accountplanner.usecases.session import Session


def colleague_of(session: Session) -> str:
    """The colleague this person is, by address or name; empty where none is on file."""
    identity = session.store.identity
    for colleague in session.store.every("colleague"):
        email, name = colleague.values.get("email", ""), colleague.values.get("name", "")
        if (identity.email and email.casefold() == identity.email.casefold()) or name == identity.name:
            return colleague.record
    return ""
