"""Reading what has a date or is missed: what lies between two days, and who has been left alone too long."""

from collections.abc import Iterable
from datetime import date

from accountplanner.domain.catalogue import known_field
from accountplanner.store.layer import LayerStore
from accountplanner.store.queries import CachedRecord, cached_records

_PART = 500


def records_between(layer: LayerStore, place: tuple[str, str], first: date, last: date) -> list[CachedRecord]:
    """The records of a kind whose date lies between two days, both included; `place` is kind and field."""
    kind, key = _checked(place)
    sql = f'SELECT id FROM "{kind}" WHERE "{key}" BETWEEN ? AND ? ORDER BY "{key}", sort_key, id'
    return _found(layer, kind, sql, (first.isoformat(), last.isoformat()))


def open_actions(layer: LayerStore, until: date) -> list[CachedRecord]:
    """Actions and promises nobody has finished or dropped, due by a day."""
    sql = (
        "SELECT id FROM action WHERE due_on <= ? AND done_on IS NULL AND COALESCE(state, 'open') = 'open' "
        "ORDER BY due_on, sort_key, id"
    )
    return _found(layer, "action", sql, (until.isoformat(),))


def late_opportunities(layer: LayerStore, today: date) -> list[CachedRecord]:
    """Open opportunities whose expected day has passed."""
    sql = (
        "SELECT id FROM opportunity WHERE expected_on < ? AND COALESCE(outcome, 'open') = 'open' "
        "ORDER BY expected_on, sort_key, id"
    )
    return _found(layer, "opportunity", sql, (today.isoformat(),))


def disputes_at(layer: LayerStore, accounts: Iterable[str]) -> list[CachedRecord]:
    """The disputes at some accounts, whether they still stand open or not."""
    with layer.database.reading() as connection:
        held = list(layer.numbers.known(connection, list(accounts)).values())
        found: list[int] = []
        for start in range(0, len(held), _PART):
            part = tuple(held[start : start + _PART])
            sql = (
                f'SELECT id FROM "case" WHERE account IN ({",".join("?" * len(part))}) '
                "AND dispute = 'yes' ORDER BY opened_on, id"
            )
            found += connection.exec_driver_sql(sql, part).scalars().all()
        return cached_records(connection, "case", found, layer.numbers)


def sends_to(layer: LayerStore, accounts: Iterable[str], since: date, until: date) -> list[CachedRecord]:
    """What marketing sent to some accounts and the people there after one day and up to another."""
    with layer.database.reading() as connection:
        held = list(layer.numbers.known(connection, list(accounts)).values())
        found: list[int] = []
        for start in range(0, len(held), _PART):
            part = tuple(held[start : start + _PART])
            sql = (
                f"SELECT id FROM touch WHERE account IN ({','.join('?' * len(part))}) AND channel = 'send' "
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


def left_alone(layer: LayerStore, today: date) -> list[tuple[CachedRecord, date, int]]:
    """Accounts nobody has touched for longer than their longest gap, with the last touch and that gap in days."""
    sql = (
        "SELECT account.id, touched.last, account.longest_gap_days FROM account JOIN "
        "(SELECT touch.account AS id, MAX(touch.happened_on) AS last FROM touch "
        "JOIN account ON account.id = touch.account AND account.longest_gap_days IS NOT NULL "
        "WHERE touch.happened_on <= ? GROUP BY touch.account) AS touched ON touched.id = account.id "
        "WHERE julianday(?) - julianday(touched.last) > account.longest_gap_days ORDER BY touched.last, account.id"
    )
    with layer.database.reading() as connection:
        rows = connection.exec_driver_sql(sql, (today.isoformat(), today.isoformat())).all()
        held = cached_records(connection, "account", [number for number, _, _ in rows], layer.numbers)
        kept = {record.number: record for record in held}
        return [(kept[number], date.fromisoformat(last), gap) for number, last, gap in rows if number in kept]


def _found(layer: LayerStore, kind: str, sql: str, values: tuple[str, ...]) -> list[CachedRecord]:
    with layer.database.reading() as connection:
        numbers = connection.exec_driver_sql(sql, values).scalars().all()
        return cached_records(connection, kind, numbers, layer.numbers)


def _checked(place: tuple[str, str]) -> tuple[str, str]:
    field = known_field(*place)
    if field is None:
        raise KeyError(place)
    return field.kind, field.key
