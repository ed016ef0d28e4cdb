"""Who spoke when about what: the log read by steps and batches rather than by records."""

import json
from dataclasses import dataclass
from itertools import groupby

from accountplanner.domain.batches import decode_header
from accountplanner.store.layer import LayerStore


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What one step of this computer, or one batch of another, spoke of. `replica` is empty for our own."""

    step: int
    replica: str
    saved_at: str
    records: tuple[str, ...]


def doings(team: LayerStore, me: LayerStore, most: int) -> list[BatchFacts]:
    """The latest batches of the team, and our own steps with what they said in either layer."""
    own: dict[int, BatchFacts] = {}
    others: list[BatchFacts] = []
    for layer in (team, me):
        for fact in _of_layer(layer, most):
            if fact.replica:
                others.append(fact)
            else:
                held = own.get(fact.step)
                records = dict.fromkeys((*(held.records if held else ()), *fact.records))
                own[fact.step] = BatchFacts(fact.step, "", fact.saved_at, tuple(records))
    return [*own.values(), *others]


def _of_layer(layer: LayerStore, most: int) -> list[BatchFacts]:
    with layer.database.reading() as connection:
        batches = connection.exec_driver_sql(
            "SELECT number, replica, step, header FROM batch ORDER BY number DESC LIMIT ?", (most,)
        ).all()
        numbers = json.dumps([number for number, *_ in batches])
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT chunk.batch, record.record FROM chunk JOIN record ON record.number = chunk.record "
            "WHERE chunk.batch IN (SELECT value FROM json_each(?)) ORDER BY chunk.batch, chunk.place",
            (numbers,),
        ).all()
    about = {batch: tuple(record for _, record in said) for batch, said in groupby(rows, key=lambda row: row[0])}
    return [
        BatchFacts(
            step,
            "" if step else replica,
            decode_header(bytes(header)).saved_at,
            tuple(dict.fromkeys(about.get(number, ()))),
        )
        for number, replica, step, header in batches
        # What the program notes for itself belongs to no step.
        if step or replica != layer.log.replica
    ]
