"""Writing a note beside a record: about an account or a contact, or what a channel partner told us."""

from collections.abc import Mapping

from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.noting import understand
from accountplanner.usecases.session import Session


def write_note(
    session: Session, record: str, text: str, bound: Mapping[str, str] | None = None, *, is_private: bool = False
) -> tuple[str, Changes]:
    """Keep a note of today about an account, a contact or a partner. A private one never leaves.

    A person named in it with `@` is who it is about; `bound` are names that were chosen from a list. Unlike a note
    written anywhere, one written here stands beside this record even where a name in it leads to nobody.
    """
    kind = kind_of(record)
    values = {"text": text, kind: record, "written_on": session.clock.today().isoformat()}
    if kind == "partner":
        return create_record(session, "partner_note", values)
    values["author"] = session.store.identity.name
    contact = understand(session, text, record, bound, suggests=False).contact if kind == "account" else None
    if contact is not None and contact.account == record:
        values["contact"] = contact.record
    return create_record(session, "note", values, layer=Layer.ME if is_private else Layer.TEAM)
