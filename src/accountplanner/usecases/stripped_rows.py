"""Rows of a sheet that lost its keys: each is proposed, and nothing of it comes in by itself."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from accountplanner.domain.catalogue import KINDS, record_kind
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.sentences import told, within
from accountplanner.domain.statements import Statement
from accountplanner.exchange.tables.derivation import RowRecord
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.session import Session


def with_owners(records: Sequence[RowRecord], proposed: Collection[str], fresh: Collection[str]) -> dict[str, str]:
    """With which record each of the proposed ones is decided: what belongs to a new account comes with it."""
    wanted = {record.record: record for record in records if record.record in proposed}
    owners = {name: _owner(record, wanted.keys() & fresh) for name, record in wanted.items()}
    return {name: _root(name, owners) for name in owners}


def proposed_rows(session: Session, said: Mapping[str, Sequence[Statement]], fresh: Collection[str]) -> list[Suggested]:
    """A suggestion for each new record, and one for each value of a record that a file of this name brought before."""
    titles = session.store.titles([record for record in said if record not in fresh])
    suggested: list[Suggested] = []
    for record, statements in said.items():
        if record in fresh:
            suggested.append(_new(session, record, statements))
        else:
            suggested += (_value(session, titles.get(record, ""), each) for each in statements)
    return suggested


def _owner(record: RowRecord, new: Collection[str]) -> str:
    named = (record.values.get(field.key, "") for field in record_kind(record.kind).owners)
    return next((name for name in named if name in new), record.record)


def _root(name: str, owners: Mapping[str, str]) -> str:
    seen = {name}
    while owners[name] not in seen:
        name = owners[name]
        seen.add(name)
    return name


def _new(session: Session, record: str, statements: Sequence[Statement]) -> Suggested:
    kind = KINDS[kind_of(record)]
    title = next((each.value for each in _of(record, statements) if each.field == kind.title_key), "") or ""
    return Suggested(
        _name(session, statements),
        "row",
        told("New {kind}: {title}", kind=within(kind.label), title=title),
        _reason(),
        record=record,
        value=title,
        statements=tuple(statements),
    )


def _value(session: Session, title: str, said: Statement) -> Suggested:
    return Suggested(
        _name(session, [said]),
        "value",
        title,
        _reason(),
        record=said.record,
        field=said.field,
        value=said.value or "",
        statements=(said,),
    )


def _of(record: str, statements: Sequence[Statement]) -> Iterator[Statement]:
    return (each for each in statements if each.record == record)


def _name(session: Session, statements: Sequence[Statement]) -> str:
    said = [part for each in statements for part in (each.record, each.field, each.value or "")]
    return keyed_digest(session.store.identity.team_secret, "stripped", *said).hex()[:32]


def _reason() -> str:
    return told("it stood in a sheet of one of our workbooks that has lost its keys")
