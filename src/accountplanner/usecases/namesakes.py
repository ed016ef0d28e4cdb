"""Records that are called the same: most who make a second one have forgotten the first."""

from collections.abc import Mapping

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.sentences import told
from accountplanner.usecases.pages import RecordPage, record_page
from accountplanner.usecases.session import Session

_MOST_LOOKED_AT = 50


class NamesakeError(WrongUseError):
    """What is to be made is here already, or something else is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(told("“{name}” is here already. Create again to have a second one of this name.", name=name))


def refuse_namesake(session: Session, kind: str, values: Mapping[str, str]) -> None:
    """Refuse values for a new record that is called as one here, at the same account where it belongs to one.

    Raises:
        NamesakeError: there is one. Whoever means another makes it all the same.
    """
    known = record_kind(kind)
    name = values.get(known.title_key, "")
    owners = {field.key: values[field.key] for field in known.owners if values.get(field.key)}
    for record in session.store.records_titled(kind, name)[:_MOST_LOOKED_AT]:
        page = record_page(session, record)
        if all(_is_at(page, key, owner) for key, owner in owners.items()):
            raise NamesakeError(name)


def _is_at(page: RecordPage, key: str, owner: str) -> bool:
    """Whether a record belongs to an owner, who is given by id or by name."""
    line = page.line(key)
    return bool(line.values) and owner in (line.values[0].value, page.text(key))
