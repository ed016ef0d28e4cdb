"""Reading what undo needs: the batches of a step and the records they spoke of."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from accountplanner.domain.catalogue import child_references
from accountplanner.domain.fields import Field
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import members_of
from accountplanner.domain.statements import Entry, Statement
from accountplanner.domain.undo import Skipped, undo_record
from accountplanner.store.layer import LayerStore


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What to state so that a step is undone in one layer, and what must be left alone."""

    statements: tuple[Statement, ...]
    skipped: tuple[Skipped, ...]


def plan_undo(layer: LayerStore, connection: Connection, step: int) -> UndoPlan:
    """Plan the undoing of one step's batches in one layer."""
    batches = [n for (n,) in connection.exec_driver_sql("SELECT number FROM batch WHERE step = ?", (step,))]
    if not batches:
        return UndoPlan((), ())
    holes = ",".join("?" * len(batches))
    sql = f"SELECT DISTINCT record FROM chunk WHERE batch IN ({holes}) AND record != 0 ORDER BY record"
    records = [number for (number,) in connection.exec_driver_sql(sql, tuple(batches))]
    spoke_later = _others_spoke(layer, connection, set(batches), set(records))
    names = layer.numbers.names(connection, records)
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    for number, entries in layer.log.entries_of(connection, records).items():
        others = any(entry.replica != layer.log.replica and entry.arrived > min(batches) for entry in entries)
        stated, left = undo_record(
            entries,
            set(batches),
            others_spoke=others or spoke_later(names[number]),
            merged=_merged_with(layer, connection, names[number]),
        )
        statements += stated
        skipped += left
    # What stood in a merged set is planned once for each of its records that the step spoke of.
    return UndoPlan(tuple(dict.fromkeys(statements)), tuple(dict.fromkeys(skipped)))


def _merged_with(layer: LayerStore, connection: Connection, record: str) -> list[Entry]:
    """The entries of the records that are one with this one now."""
    roots = layer.fold.roots
    if record not in roots:
        return []
    others = [name for name in members_of(roots[record], roots) if name != record]
    numbers = list(layer.numbers.known(connection, others).values())
    return [entry for group in layer.log.entries_of(connection, numbers).values() for entry in group]


def _others_spoke(layer: LayerStore, connection: Connection, step: set[int], own: set[int]) -> Callable[[str], bool]:
    """Tell whether a record has present children that this step did not make, or that others spoke of since."""
    last = max(step)

    def spoke(record: str) -> bool:
        number = layer.numbers.number(connection, record)
        return any(
            child not in own or _others_since(layer, connection, child, last)
            for field in child_references(kind_of(record))
            for child in _children(connection, field, number)
        )

    return spoke


def _children(connection: Connection, field: Field, number: int | None) -> list[int]:
    sql = f'SELECT id FROM "{field.kind}" WHERE "{field.key}" = ?'
    return [child for (child,) in connection.exec_driver_sql(sql, (number,))]


def _others_since(layer: LayerStore, connection: Connection, record: int, last: int) -> bool:
    sql = (
        "SELECT 1 FROM chunk JOIN batch ON batch.number = chunk.batch "
        "WHERE chunk.record = ? AND chunk.batch > ? AND batch.replica != ? LIMIT 1"
    )
    return connection.exec_driver_sql(sql, (record, last, layer.log.replica)).first() is not None
