"""Reading the caches: pages of rows, records under an account, titles, figures of accounts, conflicts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, RowMapping

from accountplanner.domain.catalogue import KINDS, record_kind
from accountplanner.domain.fields import Field, FieldType, RecordKind
from accountplanner.domain.money import Money
from accountplanner.domain.text import search_text
from accountplanner.store.caches import CURRENCY
from accountplanner.store.many_values import in_parts
from accountplanner.store.records import RecordNumbers


@dataclass(frozen=True, slots=True)
class CachedRecord:
    """A record as the caches have it: canonical values by field, references as record ids."""

    number: int
    record: str
    values: Mapping[str, str] = field(default_factory=dict)
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a list shows of an account beside its own fields; dates are ISO text, empty for none."""

    orders: int = 0
    first_order: str = ""
    last_order: str = ""
    last_touch: str = ""
    contacts: int = 0
    rung: str = ""
    open_disputes: int = 0


def cached_records(
    connection: Connection,
    kind_key: str,
    wanted: Sequence[int],
    numbers: RecordNumbers,
    keys: Collection[str] | None = None,
) -> list[CachedRecord]:
    """The cached rows behind numbers, in the order asked for; vanished ones are left out.

    With `keys` only those fields are read, and no conflicts counted: of thousands that takes a fraction.
    """
    found: dict[int, CachedRecord] = {}
    for part, holes in in_parts(wanted):
        found |= _select(connection, kind_key, (f"id IN ({holes})", part), numbers, keys)
    return [found[number] for number in wanted if number in found]


def records_with(
    connection: Connection, kind_key: str, key: str, record: str, numbers: RecordNumbers
) -> list[CachedRecord]:
    """The records of a kind whose reference field names a record, by title."""
    number = numbers.number(connection, record)
    if number is None:
        return []
    found = _select(connection, kind_key, (f'"{key}" = ?', (number,)), numbers)
    return list(found.values())


def every_record(connection: Connection, kind_key: str, numbers: RecordNumbers) -> list[CachedRecord]:
    """Every record of a kind, by title."""
    return list(_select(connection, kind_key, ("1", ()), numbers).values())


def _select(
    connection: Connection,
    kind_key: str,
    where: tuple[str, tuple[int, ...]],
    numbers: RecordNumbers,
    keys: Collection[str] | None = None,
) -> dict[int, CachedRecord]:
    kind = record_kind(kind_key)
    fields = kind.fields if keys is None else tuple(column for column in kind.fields if column.key in keys)
    sql = f'SELECT {_selected(kind, fields)} FROM "{kind.key}" WHERE {where[0]} ORDER BY sort_key, id'
    rows = connection.exec_driver_sql(sql, where[1]).mappings().all()
    references = [column.key for column in fields if column.type is FieldType.REFERENCE]
    named = {row[key] for row in rows for key in references if row[key] is not None} | {row["id"] for row in rows}
    names = numbers.names(connection, named)
    return {
        row["id"]: CachedRecord(row["id"], names[row["id"]], _values(fields, row, names), row["_conflicts"])
        for row in rows
    }


def _selected(kind: RecordKind, fields: Sequence[Field]) -> str:
    if fields is kind.fields:
        return f'*, (SELECT COUNT(*) FROM conflict WHERE record = "{kind.key}".id) AS _conflicts'
    columns = [column.key for column in fields]
    columns += [column.key + CURRENCY for column in fields if column.type is FieldType.MONEY]
    return ", ".join(("id", "0 AS _conflicts", *(f'"{column}"' for column in columns)))


def _values(fields: Sequence[Field], row: RowMapping, names: Mapping[int, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for column in fields:
        held = row[column.key]
        if held is None:
            continue
        if column.type is FieldType.MONEY and isinstance(held, int):
            values[column.key] = Money(held, str(row[column.key + CURRENCY])).canonical()
        elif column.type is FieldType.REFERENCE and isinstance(held, int):
            values[column.key] = names.get(held, "")
        else:
            values[column.key] = str(held)
    return values


def titles(connection: Connection, records: Iterable[str], numbers: RecordNumbers) -> dict[str, str]:
    """The titles of records, by id; those without one are left out."""
    by_kind: dict[str, list[str]] = {}
    for record in dict.fromkeys(records):
        by_kind.setdefault(record.partition(":")[0], []).append(record)
    found: dict[str, str] = {}
    for key, group in by_kind.items():
        titled = KINDS[key].field(KINDS[key].title_key) if key in KINDS else None
        if titled is None or titled.type is FieldType.REFERENCE:
            continue
        known = numbers.known(connection, group)
        by_number = {number: record for record, number in known.items()}
        held = list(by_number)
        for part, holes in in_parts(held):
            sql = f'SELECT id, "{titled.key}" FROM "{key}" WHERE id IN ({holes})'
            found |= {by_number[number]: title or "" for number, title in connection.exec_driver_sql(sql, part)}
    return found


def records_titled(connection: Connection, kind_key: str, title: str, numbers: RecordNumbers) -> list[str]:
    """The records of a kind whose title is this, accents and case aside."""
    kind = record_kind(kind_key)
    folded = search_text(title).strip()
    sql = f'SELECT id, "{kind.title_key}" FROM "{kind.key}" WHERE sort_key = ? ORDER BY id'
    rows = connection.exec_driver_sql(sql, (folded[:200],)).all()
    exact = [number for number, held in rows if held == title]
    wanted = exact or [number for number, _ in rows]
    return list(numbers.names(connection, wanted).values())


def account_facts(connection: Connection, accounts: Sequence[int], today: date) -> dict[int, AccountFacts]:
    """The facts of some accounts by number; `rung` is the position a person has accepted.

    A visit that is only planned is no touch yet.
    """
    found: dict[int, AccountFacts] = {}
    for part, holes in in_parts(accounts):
        sql = (
            "SELECT account, orders, first_order, last_order, CASE WHEN last_touch <= ? THEN last_touch ELSE COALESCE("
            "(SELECT MAX(happened_on) FROM touch WHERE touch.account = facts.account AND happened_on <= ?), '') END, "
            "contacts, "
            "(SELECT position FROM position WHERE holder = facts.account AND offering IS NULL AND division IS NULL "
            'ORDER BY id LIMIT 1), (SELECT COUNT(*) FROM "case" WHERE "case".account = facts.account '
            f"AND dispute = 'yes' AND state IS NOT 'closed' AND closed_on IS NULL) FROM facts WHERE account IN ({holes})"
        )
        rows = connection.exec_driver_sql(sql, (today.isoformat(), today.isoformat(), *part))
        for account, orders, first, last, touch, contacts, rung, disputes in rows:
            found[account] = AccountFacts(orders, first, last, touch, contacts, rung or "", disputes)
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many records of each kind there are."""
    return {
        key: int(connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{key}"').scalar_one())
        for key, kind in KINDS.items()
        if not kind.internal
    }


def conflicted(connection: Connection, numbers: RecordNumbers) -> list[tuple[str, str, str]]:
    """Every conflict as (record id, field, voice)."""
    rows = connection.exec_driver_sql("SELECT record, field, voice FROM conflict ORDER BY record, field, voice").all()
    names = numbers.names(connection, [number for number, _, _ in rows])
    return [(names[number], key, voice) for number, key, voice in rows if number in names]


def spoken_answers(connection: Connection, kind_key: str) -> dict[int, dict[str, dict[str, str]]]:
    """Each voice's answers in fields with one voice per speaker, by record number, field and voice."""
    sql = f'SELECT record, field, voice, value FROM spoken WHERE record IN (SELECT id FROM "{kind_key}")'
    found: dict[int, dict[str, dict[str, str]]] = {}
    for record, key, voice, value in connection.exec_driver_sql(sql):
        found.setdefault(record, {}).setdefault(key, {})[voice] = value
    return found


def conflicted_fields(connection: Connection) -> dict[int, frozenset[str]]:
    """The fields in conflict, by record number."""
    found: dict[int, set[str]] = {}
    for record, key in connection.exec_driver_sql("SELECT record, field FROM conflict"):
        found.setdefault(record, set()).add(key)
    return {record: frozenset(keys) for record, keys in found.items()}
