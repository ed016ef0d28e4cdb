"""Who spoke when about what: the log read by steps and batches rather than by records."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from accountplanner.domain.fields import Layer
from accountplanner.store.layer import LayerStore

Place = tuple[Layer, int]
"""A batch: its layer, and its number there."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of this computer, or one batch of another, without what was said in it.

    `replica` and `saved_at` are empty for our own: a step knows when it was done.
    """

    step: int
    replica: str
    saved_at: str
    batches: tuple[Place, ...]


def moments(team: LayerStore, me: LayerStore) -> list[Moment]:
    """Every step that said something in either layer, and every batch of others."""
    own: dict[int, tuple[Place, ...]] = {}
    others: list[Moment] = []
    for layer, store in ((Layer.TEAM, team), (Layer.ME, me)):
        for number, replica, step, saved_at in _batches(store):
            if step:
                own[step] = (*own.get(step, ()), (layer, number))
            else:
                others.append(Moment(0, replica, saved_at, ((layer, number),)))
    return [*(Moment(step, "", "", batches) for step, batches in own.items()), *others]


def _batches(layer: LayerStore) -> list[tuple[int, str, int, str]]:
    # What the program notes for itself belongs to no step. Only of others' batches the header says when.
    sql = (
        "SELECT number, replica, step, CASE step WHEN 0 THEN json_extract(CAST(header AS TEXT), '$.saved_at') END "
        "FROM batch WHERE step <> 0 OR replica <> ?"
    )
    with layer.database.reading() as connection:
        return list(connection.exec_driver_sql(sql, (layer.log.replica,)).cursor.fetchall())


def records_of(team: LayerStore, me: LayerStore, wanted: Iterable[Moment]) -> dict[Place, tuple[str, ...]]:
    """The records that some moments spoke of, by batch, in the order in which they were spoken of."""
    places = [place for moment in wanted for place in moment.batches]
    found: dict[Place, tuple[str, ...]] = {}
    for layer, store in ((Layer.TEAM, team), (Layer.ME, me)):
        numbers = json.dumps([number for each, number in places if each is layer])
        sql = (
            "SELECT chunk.batch, record.record FROM chunk JOIN record ON record.number = chunk.record "
            "WHERE chunk.batch IN (SELECT value FROM json_each(?)) ORDER BY chunk.batch, chunk.place"
        )
        with store.database.reading() as connection:
            rows = connection.exec_driver_sql(sql, (numbers,)).cursor.fetchall()
        for batch, said in groupby(rows, key=lambda row: row[0]):
            found[layer, batch] = tuple(dict.fromkeys(record for _, record in said))
    return found


def has_records(layer: LayerStore, kind: str) -> bool:
    """Whether anything was ever said about a record of a kind."""
    with layer.database.reading() as connection:
        sql = "SELECT 1 FROM record WHERE record >= ? AND record < ? LIMIT 1"
        return connection.exec_driver_sql(sql, (f"{kind}:", f"{kind};")).first() is not None
