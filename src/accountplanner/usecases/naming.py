"""From what a person calls a record to the record."""

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.errors import AmbiguousNameError, NotFoundError
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import within
from accountplanner.usecases.session import Session


def find_record(session: Session, kind: str, name: str) -> str:
    """The one record a person means: an id, a name, or `Account/Contact`.

    Raises:
        NotFoundError: nothing is called so.
        AmbiguousNameError: several are; their ids are listed.
    """
    record_kind(kind)
    name = name.strip()
    if kind_of(name) == kind and session.store.is_known(name):
        return session.store.root(name)
    # The last slash: a company may be called Simons A/S, a person hardly so.
    owner, slash, rest = name.rpartition("/")
    found = session.store.records_titled(kind, name)
    if not found and slash:
        found = _under(session, kind, owner, rest)
    if not found:
        found = _by_number(session, kind, name)
    if not found:
        near = [hit.title for hit in session.store.search(name, (kind,), 3) if hit.in_title]
        raise NotFoundError(within(record_kind(kind).label), name, tuple(near))
    if len(found) > 1:
        raise AmbiguousNameError(within(record_kind(kind).label), name, tuple(found))
    return found[0]


def _under(session: Session, kind: str, owner: str, name: str) -> list[str]:
    field = next((field for field in record_kind(kind).owners if "account" in field.refers_to), None)
    if field is None:
        return []
    account = find_record(session, "account", owner)
    children = {child.record for child in session.store.records_with(kind, field.key, account)}
    return [record for record in session.store.records_titled(kind, name.strip()) if record in children]


def _by_number(session: Session, kind: str, name: str) -> list[str]:
    if record_kind(kind).field("number") is None:
        return []
    return session.store.records_where(kind, "number", name)
