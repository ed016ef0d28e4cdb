"""Reading what undo needs: the batches of a step and the records they spoke of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from accountplanner.domain.catalogue import child_references
from accountplanner.domain.fields import Field
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import members_of, pair_of, roots_of
from accountplanner.domain.statements import Entry, Statement, is_internal
from accountplanner.domain.undo import Skipped, undo_record
from accountplanner.store.layer import LayerStore
from accountplanner.store.many_values import in_parts


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
    own = _own_replicas(layer, connection)
    spoke_later = _others_spoke(layer, connection, _Step(set(batches), set(records), own))
    names = layer.numbers.names(connection, records)
    said = {names[number]: entries for number, entries in layer.log.entries_of(connection, records).items()}
    others = {
        name: any(entry.replica not in own and entry.arrived > min(batches) for entry in entries) or spoke_later(name)
        for name, entries in said.items()
    }
    roots = _roots_after(connection, _Planned(said, set(batches), others, own))
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    for name, entries in said.items():
        merged = _merged_with(layer, connection, name, roots)
        stated, left = undo_record(entries, set(batches), others_spoke=others[name], merged=merged, own=own)
        statements += stated
        skipped += left
    # What stood in a merged set is planned once for each of its records that the step spoke of.
    return UndoPlan(tuple(dict.fromkeys(statements)), tuple(dict.fromkeys(skipped)))


def steps_that_brought(layer: LayerStore, marks: Iterable[str], files: Iterable[str]) -> set[int]:
    """The steps of this workspace in which some cells came in, by their marks, or some files, by their content."""
    wanted, found = list(marks), set()
    with layer.database.reading() as connection:
        for part, places in in_parts(wanted):
            sql = (
                "SELECT DISTINCT batch.step FROM mark JOIN batch ON batch.number = mark.batch "
                f"WHERE mark.mark IN ({places})"
            )
            found |= {step for (step,) in connection.exec_driver_sql(sql, part)}
        for file in files:
            sql = "SELECT DISTINCT step FROM batch WHERE instr(file, ?)"
            found |= {step for (step,) in connection.exec_driver_sql(sql, (file,))}
    return found - {0}


@dataclass(frozen=True, slots=True)
class _Planned:
    """The entries of the records a step spoke of, and which of the records others have spoken of since."""

    said: Mapping[str, list[Entry]]
    batches: set[int]
    others: Mapping[str, bool]
    own: frozenset[str]


def _roots_after(connection: Connection, planned: _Planned) -> dict[str, str]:
    """The merged sets as they will be: what the step itself had merged is each for itself, what it parted is one again."""
    links = {(low, high) for low, high in connection.exec_driver_sql("SELECT low, high FROM same")}
    for name, entries in planned.said.items():
        kept = [entry for entry in entries if is_internal(entry.statement.field)]
        if not any(pair_of(name, entry.statement.field) for entry in kept):
            continue
        stated, _ = undo_record(kept, planned.batches, others_spoke=planned.others[name], own=planned.own)
        turned = [(pair, each.value == "yes") for each in stated if (pair := pair_of(name, each.field))]
        links -= {pair for pair, _ in turned}
        links |= {pair for pair, is_one in turned if is_one}
    return roots_of(links)


def _merged_with(layer: LayerStore, connection: Connection, record: str, roots: Mapping[str, str]) -> list[Entry]:
    """The entries of the records that are one with this one."""
    if record not in roots:
        return []
    others = [name for name in members_of(roots[record], roots) if name != record]
    numbers = list(layer.numbers.known(connection, others).values())
    return [entry for group in layer.log.entries_of(connection, numbers).values() for entry in group]


@dataclass(frozen=True, slots=True)
class _Step:
    """The batches of a step, the records it spoke of, and the replicas this workspace has been."""

    batches: set[int]
    records: set[int]
    own: frozenset[str]


def _own_replicas(layer: LayerStore, connection: Connection) -> frozenset[str]:
    """This replica and those it was before a restore or a copy: a step is known only for what was written here."""
    rows = connection.exec_driver_sql("SELECT DISTINCT replica FROM batch WHERE step != 0")
    return frozenset({layer.log.replica, *(replica for (replica,) in rows)})


def _others_spoke(layer: LayerStore, connection: Connection, step: _Step) -> Callable[[str], bool]:
    """Tell whether a record has present children that this step did not make, or that others spoke of since."""

    def spoke(record: str) -> bool:
        return any(
            child not in step.records or _others_since(connection, child, step)
            for field in child_references(kind_of(record))
            for child in _children(layer, connection, field, record)
        )

    return spoke


def _children(layer: LayerStore, connection: Connection, field: Field, record: str) -> list[int]:
    """The records placed under one; the cache knows those of a merged set by the record that names it."""
    number = layer.numbers.number(connection, layer.fold.root(record))
    sql = f'SELECT id FROM "{field.kind}" WHERE "{field.key}" = ?'
    found = [child for (child,) in connection.exec_driver_sql(sql, (number,))]
    if record not in layer.fold.roots:
        return found
    said = layer.log.entries_of(connection, found)
    return [child for child in found if any(_places_under(entry.statement, field, record) for entry in said[child])]


def _places_under(statement: Statement, field: Field, record: str) -> bool:
    return (statement.field, statement.value) == (field.key, record)


def _others_since(connection: Connection, record: int, step: _Step) -> bool:
    holes = ",".join("?" * len(step.own))
    sql = (
        "SELECT 1 FROM chunk JOIN batch ON batch.number = chunk.batch "
        f"WHERE chunk.record = ? AND chunk.batch > ? AND batch.replica NOT IN ({holes}) LIMIT 1"
    )
    return connection.exec_driver_sql(sql, (record, max(step.batches), *step.own)).first() is not None
