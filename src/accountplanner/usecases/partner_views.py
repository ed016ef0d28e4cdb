"""What channel partners have to do with one account: who may see it, what they think of it, what they wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accountplanner.domain.fields import Layer
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.pages import FieldLine, RecordPage, ShownValue, children
from accountplanner.usecases.partners import scope_of
from accountplanner.usecases.session import Session
from accountplanner.usecases.standing import together

_KIND = "partner"


@dataclass(frozen=True, slots=True)
class PartnerView:
    """One channel partner beside an account. `covers` says whether they may see it.

    `views` are their answers to fields that keep one for each speaker, with the field's label;
    `notes` are their words with the day, the newest first.
    """

    record: str
    name: str
    covers: bool
    views: tuple[tuple[str, ShownValue], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def partners_of(session: Session, page: RecordPage) -> tuple[PartnerView, ...]:
    """The channel partners with scope, views or notes about an account, those who cover it first."""
    account = page.record
    scopes = session.store.records_with("scope", "account", account)
    covering = _covering(session, page, scopes)
    notes = _notes(session, account)
    views = _views(page.lines)
    wanted = covering | notes.keys() | views.keys()
    names = session.store.titles(wanted)
    found = [
        PartnerView(
            partner, names.get(partner, partner), partner in covering, tuple(views.get(partner, ())),
            tuple(notes.get(partner, ())),
        )
        for partner in wanted
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (not each.covers, each.name.casefold())))


def partners_to_choose(session: Session, covering: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The channel partners beside those who may see an account already, by name."""
    taken = set(covering)
    every = ((each.record, each.values.get("name", "")) for each in session.store.every("partner"))
    return tuple(sorted((pair for pair in every if pair[0] not in taken), key=lambda pair: pair[1].casefold()))


def _covering(session: Session, page: RecordPage, scopes: Sequence[CachedRecord]) -> set[str]:
    said = {scope.values.get("partner", "") for scope in scopes if scope.values.get("covers") == "yes"} - {""}
    if not page.merged:
        return said
    # Only an account that was merged has parts of which a partner may see some and not others.
    return {partner for partner in said if page.record in scope_of(session, partner)}


def _notes(session: Session, account: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    held = together(children(session, "partner_note", "account", account))
    for note in sorted(held, key=lambda each: (each.values.get("written_on", ""), each.record), reverse=True):
        partner = note.values.get("partner", "")
        if partner:
            found.setdefault(partner, []).append((note.values.get("written_on", ""), note.values.get("text", "")))
    return found


def _views(lines: Sequence[FieldLine]) -> dict[str, list[tuple[str, ShownValue]]]:
    """What each partner answered; a partner speaks with the id of their record as voice."""
    found: dict[str, list[tuple[str, ShownValue]]] = {}
    for line in lines:
        if line.values and line.layer is Layer.TEAM and line.voice.startswith(f"{_KIND}:"):
            found.setdefault(line.voice, []).append((line.field.label, line.values[0]))
    return found
