"""What a saved note mentions, offered one by one: a promise, something to come back to, an amount, a fact.

Nothing is taken without a person's yes. An accepted offer is one undo step whose source is the note. What a note that
stays on this computer mentions stays there, too.
"""

from dataclasses import dataclass
from decimal import Decimal

from accountplanner.domain.capture import read_capture
from accountplanner.domain.capture_offers import Found, Mentioned, found_in
from accountplanner.domain.catalogue import field_named
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import NotFoundError
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy
from accountplanner.domain.money import Money
from accountplanner.domain.sentences import titled
from accountplanner.domain.statements import Source
from accountplanner.usecases.editing import Typed, say_new_record, set_value
from accountplanner.usecases.myself import colleague_of
from accountplanner.usecases.noting_names import Meant, Names
from accountplanner.usecases.session import Session

_TITLES = {
    Mentioned.PROMISE: titled("Promise from a note"),
    Mentioned.FOLLOW_UP: titled("Action from a note"),
    Mentioned.AMOUNT: titled("Opportunity from a note"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a note mentions. `field` names the answer a fact would join; `private` that it stays here."""

    note: str
    found: Found
    account: Meant | None
    contact: Meant | None
    field: Field | None = None
    private: bool = False
    amount: Money | None = None


def offers(session: Session, note: str) -> tuple[Offer, ...]:
    """What a filed note mentions and what is not yet known; one that waits offers nothing until it is filed."""
    layer = _layer_of(session, note)
    picture = session.store.layer(layer).picture(note)
    names = Names(session)
    account, contact = (names.of(held) if (held := picture.value(key)) else None for key in ("account", "contact"))
    if contact is not None and account is None and contact.account:
        account = names.of(contact.account)
    if not (account or contact):
        return ()
    today = session.clock.today()
    found = found_in(read_capture(picture.value("text") or "", today), today)
    made = [_offer(session, note, each, (account, contact), is_private=layer is Layer.ME) for each in found]
    return tuple(each for each in made if each is not None)


def accept_offer(session: Session, offer: Offer) -> Changes:
    """Take one offer, as one step.

    Raises:
        RefusedError: the field has been switched off meanwhile.
    """
    source = Source(origin=f"note:{offer.note.partition(':')[2]}")
    if offer.found.what is Mentioned.FACT:
        return _take_fact(session, offer, source)
    title, record = _TITLES[offer.found.what], session.new_id(_kind(offer))
    with session.transaction(title) as writing:
        layer = Layer.ME if offer.private else Layer.TEAM
        say_new_record(session, writing, record, _values(session, offer), source, layer=layer)
    return session.changes(writing, title)


def _offer(
    session: Session, note: str, found: Found, about: tuple[Meant | None, Meant | None], *, is_private: bool
) -> Offer | None:
    account, contact = about
    if found.what is not Mentioned.FACT:
        amount = Money.from_decimal(Decimal(found.amount), session.currency) if found.amount else None
        return Offer(note, found, account, contact, private=is_private, amount=amount)
    field = field_named("contact", found.field)
    if contact is None or field.privacy is Privacy.SPECIAL:
        return None
    layer = Layer.ME if is_private else field.default_layer
    if found.words in _known(session, contact.record, field):
        return None
    return Offer(note, found, account, contact, field, private=layer is Layer.ME)


def _kind(offer: Offer) -> str:
    return "opportunity" if offer.found.what is Mentioned.AMOUNT else "action"


def _values(session: Session, offer: Offer) -> dict[str, str]:
    values = {"title": offer.found.words, "account": offer.account.record if offer.account else ""}
    if offer.found.what is Mentioned.AMOUNT:
        return values | {"amount": offer.amount.canonical() if offer.amount else "", "outcome": "open"}
    due = offer.found.due.isoformat() if offer.found.due else ""
    promised = {"promise": "yes"} if offer.found.what is Mentioned.PROMISE else {}
    person = {"contact": offer.contact.record} if offer.contact else {}
    mine = {"colleague": me} if (me := colleague_of(session)) else {}
    return values | {"due_on": due, "state": "open"} | promised | person | mine


def _take_fact(session: Session, offer: Offer, source: Source) -> Changes:
    """Add the fact to what stands in the field; nothing that is known is replaced by it."""
    if offer.contact is None or offer.field is None:
        raise NotFoundError("contact", offer.note)
    field = offer.field
    layer = Layer.ME if offer.private else Layer.TEAM
    voice = session.store.voice if field.per_speaker else ""
    held = session.store.layer(layer).picture(offer.contact.record).value(field.key, voice)
    several = field.type in (FieldType.LIST, FieldType.LONG_TEXT)
    text = f"{held}\n{offer.found.words}" if held and several else offer.found.words
    return set_value(session, Typed(offer.contact.record, field.key, text, layer=layer, source=source))


def _known(session: Session, contact: str, field: Field) -> str:
    voice = session.store.voice if field.per_speaker else ""
    held = (session.store.layer(layer).picture(contact).value(field.key, voice) for layer in (Layer.TEAM, Layer.ME))
    return "\n".join(value for value in held if value)


def _layer_of(session: Session, note: str) -> Layer:
    for layer in (Layer.TEAM, Layer.ME):
        if session.store.layer(layer).picture(note).value("text"):
            return layer
    raise NotFoundError("note", note)
