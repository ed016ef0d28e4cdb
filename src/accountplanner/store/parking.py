"""Batches that wait for what they build on, sealed as they came."""

import json

from sqlalchemy import Connection

from accountplanner.domain.batches import Header, SealedBatch, completed
from accountplanner.store.sealing import pack, unpack


def park(connection: Connection, sealed: SealedBatch, header: Header, lacking: list[str], file: str) -> None:
    """Put a batch aside; `lacking` says for what it waits, for a person to read."""
    connection.exec_driver_sql(
        "INSERT INTO parked (digest, replica, sequence, sealed, lacking, file) VALUES (?, ?, ?, ?, ?, ?)",
        (sealed.digest, header.replica, header.sequence, pack(sealed), json.dumps(lacking), file),
    )


def parked_batch(connection: Connection, digest: str) -> SealedBatch | None:
    """The parked batch of that digest, if there is one."""
    row = connection.exec_driver_sql("SELECT sealed FROM parked WHERE digest = ?", (digest,)).first()
    return unpack(bytes(row[0])) if row else None


def parked_batches(connection: Connection) -> list[tuple[SealedBatch, str]]:
    """Every parked batch, and the file that brought it."""
    rows = connection.exec_driver_sql("SELECT sealed, file FROM parked").all()
    return [(unpack(bytes(packed)), file) for packed, file in rows]


def complete_parked(connection: Connection, parked: SealedBatch, copy: SealedBatch) -> None:
    """Take bodies that a parked batch came without from another copy of it."""
    if (whole := completed(parked, copy)) != parked:
        connection.exec_driver_sql("UPDATE parked SET sealed = ? WHERE digest = ?", (pack(whole), parked.digest))


def unpark(connection: Connection, digest: str) -> None:
    """A batch waits no longer."""
    connection.exec_driver_sql("DELETE FROM parked WHERE digest = ?", (digest,))
