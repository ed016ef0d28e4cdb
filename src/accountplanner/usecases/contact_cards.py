"""A contact's vCard out: what stands on a business card, and the birthday where somebody ticks it."""

from dataclasses import dataclass
from pathlib import Path

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.errors import NotFoundError, WrongUseError
from accountplanner.domain.fields import Layer, Privacy
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.sentences import Sentence, fixed, joined, told
from accountplanner.exchange.personal.card_writing import Card, write_card
from accountplanner.exchange.writing.publishing import publish
from accountplanner.usecases.session import Session
from accountplanner.usecases.unfinished_files import noted_while_written

_BIRTHDAY = "mackay_birth"
_OF_THE_PERSON = ("name", "title", "email", "phone", "mobile")
_PLACE = {"street": "address", "city": "city", "region": "region", "postal_code": "postal_code", "country": "country"}
_PERSONAL = told("This file is not encrypted and holds a birthday; keep it to yourself.")
_ENDING = ".vcf"


@dataclass(frozen=True, slots=True)
class CardWritten:
    """A card written. `warning` is a sentence when it holds more than business data, else empty.

    `left_out` says in one sentence what would be on it if it were not kept private, empty where that is nothing.
    """

    path: Path
    name: str
    warning: str
    left_out: str = ""


def write_contact_card(session: Session, contact: str, path: Path, *, with_birthday: bool = False) -> CardWritten:
    """Write a contact as a vCard file.

    Only what the team may know is on it, and of that only business data and, if ticked, the birthday.

    Raises:
        NotFoundError: there is no such contact any more.
        WrongUseError: the record is no contact, or the file's name promises something else.
        NotPublishedError: the file could not be put where it was wanted.
    """
    if kind_of(contact) != "contact":
        raise WrongUseError("Only contacts have a card.")
    if path.suffix.casefold() != _ENDING:
        raise WrongUseError(
            told("A card is a {ending} file; “{name}” does not end so.", ending=_ENDING, name=path.name)
        )
    card = contact_card(session, contact, with_birthday=with_birthday)
    with noted_while_written(session, path):
        written = publish(path, write_card(card))
    left_out = left_off_card(session, contact, with_birthday=with_birthday)
    return CardWritten(written, card.name, _PERSONAL if card.birthday else "", left_out)


def contact_card(session: Session, contact: str, *, with_birthday: bool = False) -> Card:
    """What stands on a contact's card.

    Raises:
        NotFoundError: there is no such contact any more.
    """
    person = _business(session, contact)
    if person is None:
        raise NotFoundError("contact", contact)
    account = _business(session, person.get("account", "")) or {}
    division = _business(session, person.get("division", "")) or {}
    held = session.store.record(contact)
    return Card(
        # The same card again is the same card; the record's own id is nobody else's business.
        uid=keyed_digest(session.store.identity.team_secret, "card", session.store.root(contact)).hex()[:32],
        **{key: person.get(key, "") for key in _OF_THE_PERSON},
        **{key: account.get(field, "") for key, field in _PLACE.items()},
        company=account.get("name", ""),
        unit=division.get("name", ""),
        website=account.get("website", ""),
        birthday=held.values.get(_BIRTHDAY, "") if with_birthday and held is not None else "",
    )


def left_off_card(session: Session, contact: str, *, with_birthday: bool) -> str:
    """Say what would be on a contact's card if it were not kept private; empty where nothing would."""
    person = session.store.record(contact)
    above = person.values if person is not None else {}
    wanted = [
        *((contact, key) for key in (*_OF_THE_PERSON, *([_BIRTHDAY] if with_birthday else []))),
        *((above.get("account", ""), key) for key in (*_PLACE.values(), "website")),
    ]
    labels = [_label(record, key) for record, key in wanted if record and _is_kept_back(session, record, key)]
    if not labels:
        return ""
    return told("Left out because you keep it private: {fields}.", fields=joined(map(_quoted, labels), ", "))


def _is_kept_back(session: Session, record: str, key: str) -> bool:
    private, shared = (session.store.layer(layer).picture(record).value(key) for layer in (Layer.ME, Layer.TEAM))
    return bool(private) and private != shared


def _label(record: str, key: str) -> str:
    field = record_kind(kind_of(record)).field(key)
    return field.label if field is not None else key


def _quoted(label: str) -> Sentence:
    return told("“{field}”", field=fixed(label))


def _business(session: Session, record: str) -> dict[str, str] | None:
    """What is known of a record in the class that may stand on any card."""
    held = session.store.record(record) if record else None
    if held is None:
        return None
    fields = {field.key for field in record_kind(kind_of(record)).fields if field.privacy is Privacy.BUSINESS}
    return {key: value for key, value in held.values.items() if key in fields}
