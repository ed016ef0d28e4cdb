"""From any older version to this one, wholly or not at all."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError

from accountplanner.store import migrations
from accountplanner.store.archive import ARCHIVE_TABLES
from accountplanner.store.failures import DatabaseNewerError
from accountplanner.store.migrations import ALL, Migration, migrate, newest, pending
from accountplanner.store.tables import LOG_TABLES, TEAM_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlmodel import SQLModel

    from accountplanner.store.encrypted import Database

MOMENT = "2026-11-20T12:00:00Z"
FIRST = Migration(1, "note", ("team",), ("CREATE TABLE note (text)", "INSERT INTO note VALUES ('kept')"))
SECOND = Migration(2, "day", ("team", "me"), ("ALTER TABLE note ADD COLUMN day",))
BROKEN = Migration(2, "broken", ("team",), ("DELETE FROM note", "ALTER TABLE note ADD COLUMN day", "no such language"))


@pytest.fixture
def team(tmp_path: Path, open_database: Callable[..., Database]) -> Database:
    return open_database(tmp_path / "team.db")


def run(database: Database, *steps: Migration, name: str = "team") -> list[str]:
    """Migrate, and say how often a backup was asked for."""
    asked: list[str] = []
    migrate({name: database}, steps, moment=MOMENT, back_up=lambda: asked.append("backup"))
    return asked


def schema(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables look like, however they were written down."""
    with database.reading() as connection:
        return {name: _look(connection, name) for name in _names(connection) if name != "migration"}


def _names(connection: Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    return list(connection.exec_driver_sql(query).scalars())


def _look(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [tuple(row) for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
    indexes = [tuple(row)[2:] for row in connection.exec_driver_sql(f'PRAGMA index_list("{table}")')]
    named = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", (table,)
    )
    return [*columns, *sorted(indexes), *sorted(tuple(row) for row in named)]


# --- the runner -----------------------------------------------------------------------------------------------------


def test_steps_run_in_order_once_each_with_their_record(team: Database) -> None:
    run(team, SECOND, FIRST)
    run(team, SECOND, FIRST)
    with team.reading() as connection:
        assert connection.exec_driver_sql("SELECT text, day FROM note").all() == [("kept", None)]
        found = connection.exec_driver_sql("SELECT number, name, applied_at FROM migration").all()
    assert found == [(1, "note", MOMENT), (2, "day", MOMENT)]


def test_a_database_runs_only_the_steps_that_are_for_it(
    team: Database, tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    run(team, FIRST, SECOND)
    me = open_database(tmp_path / "me.db")
    assert [step.number for step in pending("me", me, [FIRST, SECOND])] == [2]
    assert pending("team", team, [FIRST, SECOND]) == []


def test_a_backup_is_asked_for_once_and_only_where_there_is_something_to_lose(team: Database) -> None:
    assert run(team, FIRST) == []
    assert run(team, FIRST, SECOND) == ["backup"]
    assert run(team, FIRST, SECOND) == []


def test_without_the_backup_nothing_is_changed(team: Database) -> None:
    run(team, FIRST)
    before = schema(team)

    def fail() -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        migrate({"team": team}, [FIRST, SECOND], moment=MOMENT, back_up=fail)
    assert schema(team) == before


def test_a_step_that_fails_half_way_leaves_everything_as_it_was(team: Database) -> None:
    run(team, FIRST)
    before = schema(team)
    with pytest.raises(DBAPIError):
        run(team, FIRST, BROKEN)
    assert schema(team) == before
    with team.reading() as connection:
        assert connection.exec_driver_sql("SELECT text FROM note").scalars().all() == ["kept"]
        assert connection.exec_driver_sql("SELECT number FROM migration").scalars().all() == [1]
    run(team, FIRST, SECOND)


def test_a_first_step_that_fails_leaves_an_empty_database(team: Database) -> None:
    broken = Migration(1, "broken", ("team",), ("CREATE TABLE note (text)", "no such language"))
    with pytest.raises(DBAPIError):
        run(team, broken)
    assert schema(team) == {}


def test_a_newer_database_is_refused_and_no_other_is_touched(
    team: Database, tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    run(team, FIRST, SECOND)
    me = open_database(tmp_path / "me.db")
    databases = {"me": me, "team": team}
    both = Migration(1, "note", ("team", "me"), FIRST.statements)
    with pytest.raises(DatabaseNewerError, match="newer version of Account Planner"):
        migrate(databases, [both], moment=MOMENT, back_up=list)
    assert schema(me) == {}


# --- our steps ------------------------------------------------------------------------------------------------------


def test_every_module_is_listed_under_its_own_number() -> None:
    folder = Path(migrations.__file__).parent
    modules = sorted(path.stem for path in folder.glob("m[0-9]*.py"))
    assert [f"m{step.number:04d}_{step.name}" for step in ALL] == modules
    assert [step.number for step in ALL] == list(range(1, newest(ALL) + 1))


def test_steps_import_nothing() -> None:
    for path in Path(migrations.__file__).parent.glob("m[0-9]*.py"):
        statements = ast.walk(ast.parse(path.read_text()))
        assert not any(isinstance(each, ast.Import | ast.ImportFrom) for each in statements), path.name


@pytest.mark.parametrize(
    ("name", "tables"),
    [("team", (*LOG_TABLES, *TEAM_TABLES)), ("me", LOG_TABLES), ("archive", ARCHIVE_TABLES)],
    ids=["team", "me", "archive"],
)
def test_the_steps_lead_to_what_the_models_say(
    tmp_path: Path, open_database: Callable[..., Database], name: str, tables: tuple[type[SQLModel], ...]
) -> None:
    migrated, modelled = open_database(tmp_path / f"{name}.db"), open_database(tmp_path / "models.db")
    run(migrated, *ALL, name=name)
    metadata = MetaData()
    for table in tables:
        table.metadata.tables[str(table.__tablename__)].to_metadata(metadata)
    with modelled.writing() as connection:
        metadata.create_all(connection)
    assert schema(migrated) == schema(modelled)


def test_m0001_log_makes_a_log_that_takes_a_record(team: Database) -> None:
    run(team, *ALL)
    with team.writing() as connection:
        connection.exec_driver_sql("INSERT INTO record (record) VALUES ('account:1')")
        assert connection.exec_driver_sql("SELECT number FROM record").scalar() == 1


def test_m0002_archive_makes_an_archive_and_no_log(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    archive = open_database(tmp_path / "archive.db")
    run(archive, *ALL, name="archive")
    assert set(schema(archive)) == {"archived_file", "archived_piece"}


def test_m0003_suggestions_gives_them_to_the_team_layer_alone(
    tmp_path: Path, open_database: Callable[..., Database], team: Database
) -> None:
    me = open_database(tmp_path / "me.db")
    migrate({"team": team, "me": me}, ALL, moment=MOMENT, back_up=list)
    assert "suggestion" in schema(team)
    assert "suggestion" not in schema(me)
