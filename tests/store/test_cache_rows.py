"""Cache rows stand as they are given, whatever stood there before, and what stands already is not written again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accountplanner.store.cache_rows import write_rows, write_spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from accountplanner.store.cache_rows import Row, Said
    from accountplanner.store.encrypted import Database

FIELDS = tuple(f"field{number}" for number in range(12))
COLUMNS = ("id", *FIELDS)


def a_row(number: int, **said: str | int | None) -> Row:
    values = {name: f"{name} of {number}" for name in FIELDS} | said
    return (number, *(values[name] for name in FIELDS))


@pytest.fixture
def writing(tmp_path: Path, open_database: Callable[..., Database]) -> Iterator[Connection]:
    with open_database(tmp_path / "team.db").writing() as connection:
        columns = ", ".join(f'"{name}"' for name in FIELDS)
        connection.exec_driver_sql(f"CREATE TABLE person (id INTEGER PRIMARY KEY, {columns})")
        connection.exec_driver_sql('CREATE INDEX by_first ON person ("field0", id)')
        connection.exec_driver_sql(
            "CREATE TABLE spoken (record INTEGER, field TEXT, voice TEXT, value TEXT, "
            "PRIMARY KEY (record, field, voice)) WITHOUT ROWID"
        )
        yield connection


def standing(connection: Connection) -> list[Row]:
    return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM person ORDER BY id")]


def changes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def test_rows_stand_as_they_are_given(writing: Connection) -> None:
    write_rows(writing, "person", COLUMNS, [a_row(1), a_row(2), a_row(3), a_row(4)])
    everything_else = dict.fromkeys(FIELDS)
    given = [
        a_row(1),
        a_row(2, field0="another", field7=None),
        a_row(3, **everything_else),
        a_row(4, field3=4),
        a_row(9),
    ]
    write_rows(writing, "person", COLUMNS, given)
    assert standing(writing) == given
    found = writing.exec_driver_sql("SELECT id FROM person WHERE field0 = 'another'").all()
    assert found == [(2,)]


def test_a_row_that_stands_already_is_not_written_again(writing: Connection) -> None:
    rows = [a_row(number) for number in range(1, 1_200)]
    write_rows(writing, "person", COLUMNS, rows)
    before = changes(writing)
    write_rows(writing, "person", COLUMNS, [*rows[:700], a_row(701, field5="new"), *rows[701:]])
    assert changes(writing) - before == 1
    assert standing(writing)[700] == a_row(701, field5="new")


def test_what_is_said_in_voices_stands_as_given(writing: Connection) -> None:
    ann, ben = ("mood", "member:ann", "good"), ("mood", "member:ben", "bad")
    write_spoken(writing, {1: [ann], 2: [ann, ben], 3: [ben]})
    changed: dict[int, list[Said]] = {1: [], 2: [("mood", "member:ben", "better")], 7: [ann]}
    write_spoken(writing, changed)
    rows = writing.exec_driver_sql("SELECT * FROM spoken").all()
    assert rows == [(2, "mood", "member:ben", "better"), (3, *ben), (7, *ann)]
