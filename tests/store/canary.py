"""Databases of a workspace with one word in each, to be found again in copies of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.store.encrypted import Database

CANARY = "Quetzalcoatlus dislikes Mondays"


def write(database: Database, text: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS note (text)")
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", (text,))


def texts(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.exec_driver_sql("SELECT text FROM note").scalars())


def close(databases: dict[str, Database]) -> None:
    for database in databases.values():
        database.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
