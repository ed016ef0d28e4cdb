"""Records that stand above themselves, because two laptops were each told one half of it."""

from collections.abc import Iterator

from accountplanner.domain.catalogue import all_fields
from accountplanner.domain.circles import circles, leads_up
from accountplanner.domain.fields import Field
from accountplanner.domain.sentences import Sentence, fixed, joined, quoted, told
from accountplanner.usecases.session import Session


def circles_found(session: Session) -> list[Sentence]:
    """A sentence for each circle, with what to do about it; nothing where every way up comes to an end."""
    return [sentence for field in all_fields() if leads_up(field) for sentence in _in_field(session, field)]


def _in_field(session: Session, field: Field) -> Iterator[Sentence]:
    store = session.store
    above = store.grouped_by(field.kind, field.key)
    names = store.names(number for number, record in above.items() if record)
    for circle in circles({names[number]: store.root(record) for number, record in above.items() if record}):
        titles = store.titles(circle)
        way = [quoted(titles.get(record, record)) for record in (*circle, circle[0])]
        yield told(
            "{field} runs in a circle: {way}. Correct one of them.", field=fixed(field.label), way=joined(way, " → ")
        )
