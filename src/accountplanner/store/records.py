"""Record ids and the small integers that stand for them in one database."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, CursorResult

from accountplanner.store.many_values import in_parts


class RecordNumbers:
    """Interns record ids. The map is kept in memory; it is filled as records are asked for."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._records: dict[int, str] = {}

    def load(self, connection: Connection) -> None:
        """Forget what a rolled-back transaction may have told us."""
        del connection
        self._numbers.clear()
        self._records.clear()

    def intern(self, connection: Connection, records: Iterable[str]) -> dict[str, int]:
        """Give every record a number, new ones included. Callers hold the writer's transaction."""
        wanted = list(dict.fromkeys(records))
        known = self.known(connection, wanted)
        fresh = [record for record in wanted if record not in known]
        if fresh:
            connection.exec_driver_sql("INSERT INTO record (record) VALUES (?)", [(record,) for record in fresh])
            known |= self.known(connection, fresh)
        return known

    def newest(self, connection: Connection) -> int:
        """The number given out last, 0 for none."""
        return int(connection.exec_driver_sql("SELECT COALESCE(MAX(number), 0) FROM record").scalar_one())

    def known(self, connection: Connection, records: Sequence[str]) -> dict[str, int]:
        """The numbers of those records that have one."""
        missing = [record for record in records if record not in self._numbers]
        for part, holes in in_parts(missing):
            rows = connection.exec_driver_sql(
                f"SELECT record, number FROM record WHERE record IN ({holes})",
                part,
            )
            self._remember(rows)
        return {record: self._numbers[record] for record in records if record in self._numbers}

    def number(self, connection: Connection, record: str) -> int | None:
        """The number of one record, `None` if it has none here."""
        return self.known(connection, [record]).get(record)

    def names(self, connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
        """The record ids behind numbers."""
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if number not in self._records]
        for part, holes in in_parts(missing):
            rows = connection.exec_driver_sql(
                f"SELECT record, number FROM record WHERE number IN ({holes})",
                part,
            )
            self._remember(rows)
        return {number: self._records[number] for number in wanted if number in self._records}

    def _remember(self, rows: CursorResult[tuple[str, int]]) -> None:
        # All at once: row by row takes four times as long, and lists ask for thousands.
        found: Sequence[tuple[str, int]] = rows.cursor.fetchall()
        self._numbers.update(found)
        self._records.update((number, record) for record, number in found)
