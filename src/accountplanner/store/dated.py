"""Reading what has a date or is missed: what lies between two days, and who has been left alone too long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accountplanner.domain.catalogue import known_field, record_kind
from accountplanner.store.layer import LayerStore
from accountplanner.store.many_values import in_parts
from accountplanner.store.queries import CachedRecord, cached_records

_TOLD = frozenset({"account", "contact", "colleague", "channel", "promise", "promised_by"})
"""What a line says of a record besides its title and its day; nothing else is read of it."""


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A contact's day that comes again each year, as month and day; `account` is empty where this layer knows none."""

    record: str
    field: str
    day: tuple[int, int]
    account: str


def records_between(layer: LayerStore, place: tuple[str, str], first: date, last: date) -> list[CachedRecord]:
    """The records of a kind whose date lies between two days, both included; `place` is kind and field."""
    kind, key = _checked(place)
    sql = f'SELECT id FROM "{kind}" WHERE "{key}" >= ? AND "{key}" <= ? ORDER BY "{key}", sort_key, id'
    return _found(layer, (kind, key), sql, (first.isoformat(), last.isoformat()))


def accounts_between(layer: LayerStore, key: str, first: date, last: date, owner: str = "") -> list[CachedRecord]:
    """The accounts with a date between two days, both included; with an owner only that colleague's."""
    _, key = _checked(("account", key))
    owned, owners = _owned(layer, owner)
    sql = f'SELECT id FROM account WHERE "{key}" >= ? AND "{key}" <= ? {owned} ORDER BY "{key}", sort_key, id'
    return _found(layer, ("account", key), sql, (first.isoformat(), last.isoformat(), *owners))


def _owned(layer: LayerStore, owner: str) -> tuple[str, tuple[int, ...]]:
    """A condition for the accounts of one colleague.

    Their ids come from the index of owners, and the plus keeps the walk along that of the days: no account is read.
    """
    if not owner:
        return "", ()
    with layer.database.reading() as connection:
        mine = "AND +account.id IN (SELECT mine.id FROM account AS mine WHERE mine.owner = ?)"
        return mine, (layer.numbers.number(connection, owner) or 0,)


def open_actions(layer: LayerStore, until: date) -> list[CachedRecord]:
    """Actions and promises nobody has finished or dropped, due by a day."""
    sql = (
        "SELECT id FROM action WHERE due_on <= ? AND done_on IS NULL AND COALESCE(state, 'open') = 'open' "
        "ORDER BY due_on, sort_key, id"
    )
    return _found(layer, ("action", "due_on"), sql, (until.isoformat(),))


def late_opportunities(layer: LayerStore, today: date) -> list[CachedRecord]:
    """Open opportunities whose expected day has passed."""
    sql = (
        "SELECT id FROM opportunity WHERE expected_on < ? AND COALESCE(outcome, 'open') = 'open' "
        "ORDER BY expected_on, sort_key, id"
    )
    return _found(layer, ("opportunity", "expected_on"), sql, (today.isoformat(),))


def disputes_at(layer: LayerStore, accounts: Iterable[str]) -> list[CachedRecord]:
    """The disputes at some accounts, whether they still stand open or not."""
    with layer.database.reading() as connection:
        held = list(layer.numbers.known(connection, list(accounts)).values())
        found: list[int] = []
        for part, holes in in_parts(held):
            sql = f"SELECT id FROM \"case\" WHERE account IN ({holes}) AND dispute = 'yes' ORDER BY opened_on, id"
            found += connection.exec_driver_sql(sql, part).scalars().all()
        return cached_records(connection, "case", found, layer.numbers)


def sends_to(layer: LayerStore, accounts: Iterable[str], since: date, until: date) -> list[CachedRecord]:
    """What marketing sent to some accounts and the people there after one day and up to another."""
    with layer.database.reading() as connection:
        held = list(layer.numbers.known(connection, list(accounts)).values())
        found: list[int] = []
        for part, holes in in_parts(held):
            sql = (
                f"SELECT id FROM touch WHERE account IN ({holes}) AND channel = 'send' "
                "AND COALESCE(direction, 'ours') <> 'theirs' AND happened_on > ? AND happened_on <= ? ORDER BY id"
            )
            days = (since.isoformat(), until.isoformat())
            found += connection.exec_driver_sql(sql, (*part, *days)).scalars().all()
        return cached_records(connection, "touch", found, layer.numbers)


def values_given(layer: LayerStore, place: tuple[str, str]) -> list[tuple[str, str]]:
    """Every record with a value in a field, and the value."""
    kind, key = _checked(place)
    with layer.database.reading() as connection:
        found = connection.exec_driver_sql(f'SELECT id, "{key}" FROM "{kind}" WHERE "{key}" IS NOT NULL').all()
        names = layer.numbers.names(connection, [number for number, _ in found])
        return [(names[number], value) for number, value in found if number in names]


def yearly_between(layer: LayerStore, first: date, last: date) -> list[YearlyDay]:
    """Whose yearly days lie between two days, both included."""
    wanted = tuple(_days(first, last))
    sql = (
        "SELECT yearly.record, yearly.field, yearly.day, contact.account FROM yearly "
        "LEFT JOIN contact ON contact.id = yearly.record "
        f"WHERE yearly.day IN ({','.join('?' * len(wanted))}) ORDER BY yearly.record, yearly.field"
    )
    with layer.database.reading() as connection:
        found = connection.exec_driver_sql(sql, wanted).all()
        names = layer.numbers.names(
            connection, {each for row in found for each in (row[0], row[3]) if each is not None}
        )
        return [
            YearlyDay(names[number], key, _pair(day), names.get(account, ""))
            for number, key, day, account in found
            if number in names
        ]


def _days(first: date, last: date) -> Iterator[str]:
    for ahead in range((last - first).days + 1):
        yield f"{first + timedelta(days=ahead):%m-%d}"
    # Kept on 1 March in years without it.
    yield "02-29"


def _pair(day: str) -> tuple[int, int]:
    month, _, number = day.partition("-")
    return int(month), int(number)


def owned_among(layer: LayerStore, colleague: str, accounts: Iterable[str]) -> set[str]:
    """Those of some accounts that a colleague owns."""
    with layer.database.reading() as connection:
        owner = layer.numbers.number(connection, colleague)
        held = layer.numbers.known(connection, list(dict.fromkeys(accounts)))
        numbers, found = list(held.values()), set[int]()
        for part, holes in in_parts(numbers):
            sql = f"SELECT id FROM account WHERE id IN ({holes}) AND +owner = ?"
            found.update(connection.exec_driver_sql(sql, (*part, owner)).scalars())
        return {account for account, number in held.items() if number in found}


def left_alone(layer: LayerStore, today: date, owner: str = "") -> list[tuple[CachedRecord, date, int]]:
    """Accounts nobody has touched for longer than their longest gap, with the last touch and that gap in days.

    With an owner only that colleague's.
    """
    owned, owners = _owned(layer, owner)
    sql = (
        "SELECT id, last, gap FROM (SELECT account.id AS id, account.longest_gap_days AS gap, "
        "CASE WHEN facts.last_touch <= ? THEN facts.last_touch ELSE (SELECT MAX(happened_on) FROM touch "
        "WHERE touch.account = account.id AND happened_on <= ?) END AS last FROM account "
        "JOIN facts ON facts.account = account.id "
        f"WHERE account.longest_gap_days IS NOT NULL AND facts.last_touch <> '' {owned}) "
        "WHERE julianday(?) - julianday(last) > gap ORDER BY last, id"
    )
    with layer.database.reading() as connection:
        day = today.isoformat()
        rows = connection.exec_driver_sql(sql, (day, day, *owners, day)).all()
        held = cached_records(connection, "account", [number for number, _, _ in rows], layer.numbers, _told("account"))
        kept = {record.number: record for record in held}
        return [(kept[number], date.fromisoformat(last), gap) for number, last, gap in rows if number in kept]


def _found(layer: LayerStore, place: tuple[str, str], sql: str, values: tuple[str | int, ...]) -> list[CachedRecord]:
    kind, day = place
    with layer.database.reading() as connection:
        numbers = connection.exec_driver_sql(sql, values).scalars().all()
        return cached_records(connection, kind, numbers, layer.numbers, _told(kind) | {day})


def _told(kind: str) -> frozenset[str]:
    return _TOLD | {record_kind(kind).title_key}


def _checked(place: tuple[str, str]) -> tuple[str, str]:
    field = known_field(*place)
    if field is None:
        raise KeyError(place)
    return field.kind, field.key
