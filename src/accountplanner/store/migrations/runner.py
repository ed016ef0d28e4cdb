"""Brings databases up to date: refuses newer ones, backs up first, and does each step wholly or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accountplanner.store.failures import DatabaseNewerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import ModuleType

    from sqlalchemy import Connection

    from accountplanner.store.encrypted import Database


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number and name, the databases it is for, and its SQL."""

    number: int
    name: str
    databases: tuple[str, ...]
    statements: tuple[str, ...]

    @classmethod
    def of(cls, module: ModuleType) -> Migration:
        """Read a step from its module `mNNNN_name`, which imports nothing of ours."""
        number, _, name = module.__name__.rpartition(".")[2].partition("_")
        return cls(int(number.removeprefix("m")), name, module.DATABASES, module.STATEMENTS)


def migrate(
    databases: Mapping[str, Database],
    steps: Sequence[Migration],
    *,
    moment: str,
    back_up: Callable[[], object],
) -> None:
    """Run what is pending, by number, in each of the databases named.

    `back_up` is called once, before the first step that changes a database which holds something already; should it
    fail, nothing has been changed. A step that fails leaves its database as the step before left it.

    Raises:
        DatabaseNewerError: a later program has been at one of them; none has been touched.
    """
    due = {name: pending(name, database, steps) for name, database in databases.items()}
    if any(due[name] and _holds_something(database) for name, database in databases.items()):
        back_up()
    for name, database in databases.items():
        for step in due[name]:
            _run(database, step, moment)


def pending(name: str, database: Database, steps: Iterable[Migration]) -> list[Migration]:
    """List the steps one database still needs.

    Raises:
        DatabaseNewerError: it has been through steps this program does not know.
    """
    ours = sorted((step for step in steps if name in step.databases), key=lambda step: step.number)
    with database.reading() as connection:
        done = _done(connection)
    if not done <= {step.number for step in ours}:
        raise DatabaseNewerError(database.path)
    return [step for step in ours if step.number not in done]


def newest(steps: Iterable[Migration]) -> int:
    """The number of the latest step, which is the version of the schema."""
    return max(step.number for step in steps)


def _run(database: Database, step: Migration, moment: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS migration"
            " (number INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL, applied_at VARCHAR NOT NULL)"
        )
        for statement in step.statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO migration VALUES (?, ?, ?)", (step.number, step.name, moment))


def _done(connection: Connection) -> set[int]:
    if not _tables(connection) & {"migration"}:
        return set()
    return {number for (number,) in connection.exec_driver_sql("SELECT number FROM migration")}


def _holds_something(database: Database) -> bool:
    with database.reading() as connection:
        return bool(_tables(connection))


def _tables(connection: Connection) -> set[str]:
    return {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")}
