"""Writing cache rows so that the least is touched: what stands there already is left as it is.

An import changes one cell in a row of eighty. Setting that cell alone spares the indexes of all others, and pages that
are not touched need not be enciphered and logged.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from accountplanner.store.many_values import in_parts

Row = tuple[str | int | None, ...]
"""The values of a row in the order of its columns; the first one is its record's number."""

Said = tuple[str, str, str]
"""A field, a voice, and the value said."""

# From here on one statement for all columns costs less than one for each choice of some of them.
_FEW_COLUMNS = 8


def write_rows(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Make these rows of a table stand as given."""
    known = _known(connection, table, "id", [int(row[0] or 0) for row in rows])
    held = rows_standing(connection, table, known)
    whole: list[Row] = []
    partly: dict[tuple[int, ...], list[Row]] = defaultdict(list)
    for row in rows:
        before = held.get(int(row[0] or 0))
        if before == row:
            continue
        changed = () if before is None else _changed(before, row)
        if 0 < len(changed) <= _FEW_COLUMNS:
            partly[changed].append(row)
        else:
            whole.append(row)
    _replace(connection, table, columns, whole)
    for changed, those in partly.items():
        _update(connection, table, [columns[place] for place in changed], changed, those)


def write_spoken(connection: Connection, spoken: Mapping[int, Sequence[Said]]) -> None:
    """Make what is said in voices stand as given, for each of these records; nothing for one that is gone."""
    # Looking first at what stands there costs more than writing it again.
    if outdated := [(record,) for record in _known(connection, "spoken", "record", list(spoken))]:
        connection.exec_driver_sql("DELETE FROM spoken WHERE record = ?", outdated)
    if said := [(record, *each) for record, those in spoken.items() for each in those]:
        connection.exec_driver_sql("INSERT INTO spoken (record, field, voice, value) VALUES (?, ?, ?, ?)", said)


def rows_standing(connection: Connection, table: str, records: Sequence[int]) -> dict[int, Row]:
    """The rows that stand in a table, by their record's number."""
    found: dict[int, Row] = {}
    for part, holes in in_parts(records):
        sql = f'SELECT * FROM "{table}" WHERE id IN ({holes})'
        # The driver's own rows are plain tuples, and much cheaper.
        found |= {row[0]: row for row in connection.exec_driver_sql(sql, part).cursor.fetchall()}
    return found


def _known(connection: Connection, table: str, key: str, records: Sequence[int]) -> list[int]:
    """Those records that are no newer than all in a table: it holds nothing about the others."""
    newest = connection.exec_driver_sql(f'SELECT MAX("{key}") FROM "{table}"').scalar() or 0
    return [record for record in records if record <= newest]


def _changed(before: Row, after: Row) -> tuple[int, ...]:
    return tuple(place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old != new)


def _replace(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    if rows:
        names, holes = ",".join(f'"{name}"' for name in columns), ",".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({holes})', list(rows))


def _update(
    connection: Connection, table: str, columns: Sequence[str], places: Sequence[int], rows: Sequence[Row]
) -> None:
    settings = ",".join(f'"{name}" = ?' for name in columns)
    values = [(*(row[place] for place in places), row[0]) for row in rows]
    connection.exec_driver_sql(f'UPDATE "{table}" SET {settings} WHERE id = ?', values)
