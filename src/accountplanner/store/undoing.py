"""Reading what undo needs: the batches of a step and the records they spoke of."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Statement
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
        others = any(entry.arrived not in batches and entry.arrived > min(batches) for entry in entries)
        stated, left = undo_record(entries, set(batches), others_spoke=others or spoke_later(names[number]))
        statements += stated
        skipped += left
    return UndoPlan(tuple(statements), tuple(skipped))


def _others_spoke(layer: LayerStore, connection: Connection, step: set[int], own: set[int]) -> Callable[[str], bool]:
    """Tell whether a record has present children that this step did not make."""
    ends = sorted(step)

    def spoke(record: str) -> bool:
        kind = kind_of(record)
        number = layer.numbers.number(connection, record)
        for child in KINDS.values():
            for field in child.fields:
                if field.type is not FieldType.REFERENCE or not field.owner or kind not in field.refers_to:
                    continue
                sql = f'SELECT id FROM "{child.key}" WHERE "{field.key}" = ?'
                for (other,) in connection.exec_driver_sql(sql, (number,)):
                    if other not in own or _said_since(connection, other, ends):
                        return True
        return False

    return spoke


def _said_since(connection: Connection, record: int, step: list[int]) -> bool:
    sql = "SELECT batch FROM chunk WHERE record = ? AND batch > ?"
    later = [batch for (batch,) in connection.exec_driver_sql(sql, (record, step[-1]))]
    return bool(later)
