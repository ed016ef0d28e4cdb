"""Accounts and partners of a list who may be known already, and what waits with them for a person's answer."""

from collections.abc import Sequence

from accountplanner.domain.catalogue import KINDS, record_kind
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.sentences import fixed, joined, told
from accountplanner.domain.statements import Statement
from accountplanner.exchange.match import MatchProposal, Party, find_matches
from accountplanner.exchange.tables.derivation import RowRecord
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.session import Session

_MATCHED = ("account", "partner")


def party_matches(session: Session, fresh: Sequence[RowRecord]) -> list[MatchProposal]:
    """For each new party its likeliest twin among those already here."""
    best: dict[str, MatchProposal] = {}
    for kind in _MATCHED:
        incoming = [_party(record.record, record.values) for record in fresh if record.kind == kind]
        if not incoming:
            continue
        existing = [_party(each.record, dict(each.values)) for each in session.store.every(kind)]
        for match in find_matches(incoming, existing):
            best.setdefault(match.incoming, match)
    return list(best.values())


def _party(record: str, values: dict[str, str]) -> Party:
    return Party(
        record,
        values.get("name", ""),
        domain=values.get("website", ""),
        country=values.get("country", ""),
        city=values.get("city", ""),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
    )


def held_with(records: Sequence[RowRecord], waiting: set[str]) -> dict[str, str]:
    """Which records wait with a party nobody has decided about: its own row and what belongs to it."""
    held = {record: record for record in waiting}
    for record in records:
        for field in record_kind(record.kind).owners:
            owner = record.values.get(field.key, "")
            if owner in waiting:
                held.setdefault(record.record, owner)
    return held


def match_suggestions(
    session: Session, matches: Sequence[MatchProposal], statements: dict[str, list[Statement]]
) -> list[Suggested]:
    """A question for each record that may be a known one; `statements` are what waits for its answer."""
    titles = session.store.titles([match.existing for match in matches])
    secret = session.store.identity.team_secret
    suggested = []
    for match in matches:
        said = statements.get(match.incoming, [])
        name = next((s.value or "" for s in said if s.record == match.incoming and s.field == "name"), match.incoming)
        label = KINDS[kind_of(match.incoming)].label
        suggested.append(
            Suggested(
                keyed_digest(secret, "match", match.incoming, match.existing).hex()[:32],
                "match",
                told("“{name}” may be “{known}”", name=name, known=titles.get(match.existing, match.existing)),
                told("{label}: {matter}", label=fixed(label), matter=joined(match.reasons, ", ")),
                record=match.incoming,
                other=match.existing,
                statements=tuple(said),
            )
        )
    return suggested
