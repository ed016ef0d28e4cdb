"""What was erased in one layer: the names, and the stored bodies about them, which go."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from accountplanner.domain.batches import decode_chunk
from accountplanner.domain.erasure import reach_of
from accountplanner.domain.statements import Statement
from accountplanner.store.records import RecordNumbers


class Erasures:
    """The names of erased records; `unnamed` are those that no erasure we hold names yet."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.unnamed: set[str] = set()

    def load(self, connection: Connection) -> None:
        """Learn the names kept; called at opening and after a rolled-back transaction."""
        self.names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM erased")}
        self.unnamed = set()

    def note(self, connection: Connection, names: Sequence[str]) -> None:
        """Remember names an erasure speaks of."""
        self.names.update(names)
        connection.exec_driver_sql("INSERT OR IGNORE INTO erased (name) VALUES (?)", [(name,) for name in names])

    def reach(self, connection: Connection, chunks: Iterable[tuple[str, Sequence[Statement]]]) -> None:
        """Remember records that belong to an erased one: the chunk that says so is about to go.

        They are named in an erasure of our own, for a laptop that gets that chunk stripped already.
        """
        if self.names and (found := reach_of(self.names, chunks) - self.names):
            self.unnamed |= found
            self.note(connection, sorted(found))

    def strip(self, connection: Connection, numbers: RecordNumbers) -> set[int]:
        """Empty every stored chunk about an erased record or one that belongs to it.

        The salt goes as well: with it what was said could be guessed back from the digest.
        """
        rows = connection.exec_driver_sql("SELECT number, record, data FROM chunk WHERE data != x''").all()
        self.reach(connection, [decode_chunk(data) for _, _, data in rows])
        names = numbers.names(connection, {record for _, record, _ in rows})
        gone = [(number, record) for number, record, _ in rows if names.get(record) in self.names]
        if gone:
            connection.exec_driver_sql(
                "UPDATE chunk SET data = x'', salt = x'' WHERE number = ?", [(number,) for number, _ in gone]
            )
        return {record for _, record in gone}
