"""The days that come again each year, by month and day: whose come soon is found without reading everybody."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from accountplanner.domain.calendar import month_and_day
from accountplanner.store.folding import FoldedRecord

YEARLY: Final = {"contact": ("mackay_birth", "mackay_anniversary")}
"""The fields, by kind, in which somebody writes such a day."""


def write_yearly(connection: Connection, kind: str, records: Sequence[FoldedRecord]) -> None:
    """Note the yearly days of folded records of one kind anew."""
    keys = YEARLY.get(kind, ())
    if not keys:
        return
    connection.exec_driver_sql("DELETE FROM yearly WHERE record = ?", [(record.number,) for record in records])
    rows = [
        (record.number, key, f"{found[0]:02}-{found[1]:02}")
        for record in records
        if record.present
        for key in keys
        if (value := record.values.get(key)) and (found := month_and_day(value))
    ]
    if rows:
        connection.exec_driver_sql("INSERT INTO yearly (record, field, day) VALUES (?, ?, ?)", rows)
