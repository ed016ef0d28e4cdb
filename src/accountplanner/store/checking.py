"""`verify`: refold everything and compare, check every digest, signature, chain and imported file."""

from collections.abc import Iterator

from sqlalchemy import Connection

from accountplanner.domain.batches import BatchDamagedError, check_chunks, decode_header
from accountplanner.domain.catalogue import KINDS
from accountplanner.store.archive import FileArchive
from accountplanner.store.cache_rows import rows_standing
from accountplanner.store.encrypted import Database
from accountplanner.store.failures import DatabaseDamagedError
from accountplanner.store.folding import FoldedRecord
from accountplanner.store.layer import LayerStore
from accountplanner.store.own_batches import Signer

_PART = 5000


def findings(layer: LayerStore, signer: Signer) -> Iterator[str]:
    """Say in a sentence each what is not as it should be; nothing for a sound layer."""
    yield from _damage(layer.database, layer.name)
    with layer.database.reading() as connection:
        yield from _chains(connection, layer, signer)
        yield from _caches(connection, layer)


def archive_findings(archive: FileArchive) -> Iterator[str]:
    """Say the same of the imported files: each has to be kept byte for byte."""
    yield from _damage(archive.database, "archive")
    for file in archive.files():
        try:
            if not file.dropped:
                archive.get(file.content)
        except DatabaseDamagedError:
            yield f"The imported file “{file.name}” is not what came in"


def _damage(database: Database, name: str) -> list[str]:
    # What a crash or a full disk left half moved out of the write-ahead log is no damage: the log still has it.
    is_log_empty = database.checkpoint()
    # The writer's connection: a reader's full-text index keeps a stale idea of its segments until it is asked
    # something, and the check then reports damage that is not there.
    with database.writing() as connection:
        return list(_integrity(connection, name, only_sound=not is_log_empty))


def _integrity(connection: Connection, name: str, *, only_sound: bool) -> Iterator[str]:
    """Check every page; while the log cannot be emptied the pages of the file alone say nothing yet."""
    for pragma in ("quick_check",) if only_sound else ("cipher_integrity_check", "quick_check"):
        rows = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}").all()]
        if rows not in ([], ["ok"]):
            found = [line for row in rows for line in row.splitlines() if not line.startswith("***")]
            more = f" (and {len(found) - 1} places more)" if len(found) > 1 else ""
            yield f"The {name} database is damaged: {''.join(found[:1])}{more}"


def _chains(connection: Connection, layer: LayerStore, signer: Signer) -> Iterator[str]:
    held: set[str] = set()
    for sealed in layer.log.sealed_batches(connection):
        header = decode_header(sealed.header)
        name = f"batch {header.sequence} of device {header.replica[:16]} ({layer.name})"
        try:
            check_chunks(header, sealed.chunks)
        except BatchDamagedError:
            yield f"The bodies of {name} do not fit their digests"
        if not signer.verify(header.replica, bytes.fromhex(sealed.digest), sealed.signature):
            yield f"The signature of {name} does not fit"
        if header.sequence > 1 and header.previous not in held:
            yield f"The predecessor of {name} is not held"
        held.add(sealed.digest)


def _caches(connection: Connection, layer: LayerStore) -> Iterator[str]:
    numbers = [number for (number,) in connection.exec_driver_sql("SELECT DISTINCT record FROM chunk").all() if number]
    for start in range(0, len(numbers), _PART):
        folded = layer.fold.folded(connection, numbers[start : start + _PART])
        yield from _compare(connection, layer, list({record.number: record for record in folded}.values()))
    yield from _strangers(connection)


def _compare(connection: Connection, layer: LayerStore, folded: list[FoldedRecord]) -> Iterator[str]:
    by_kind: dict[str, list[FoldedRecord]] = {}
    for record in folded:
        by_kind.setdefault(record.kind.key, []).append(record)
    for key, records in by_kind.items():
        expected = {row[0]: row for row in layer.caches.rows_of(connection, KINDS[key], records)}
        held = rows_standing(connection, key, [record.number for record in records])
        for record in records:
            if held.get(record.number) != expected.get(record.number):
                yield f"The cached {record.kind.label.lower()} {record.record} differs from its statements"


def _strangers(connection: Connection) -> Iterator[str]:
    for key, kind in KINDS.items():
        sql = f'SELECT COUNT(*) FROM "{key}" WHERE id NOT IN (SELECT record FROM chunk)'
        strangers = connection.exec_driver_sql(sql).scalar_one()
        if strangers:
            yield f"{strangers} cached {kind.plural.lower()} have no statement behind them"
