"""The word lists the sample territory is made of: all our own words, read once."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from accountplanner.domain.shipped import shipped_text

Row = Mapping[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one list."""
    return tuple(csv.DictReader(shipped_text(f"sample/{name}.csv").splitlines()))


@cache
def rows_where(name: str, column: str, value: str) -> tuple[Row, ...]:
    """The rows of a list with this value in a column."""
    return tuple(row for row in rows(name) if row[column] == value)


def row_of(name: str, column: str, value: str) -> Row:
    """The first row of a list with this value in a column."""
    return rows_where(name, column, value)[0]


@cache
def sentences(topic: str, tag: str = "") -> tuple[str, ...]:
    """The sentences on a topic; with a tag its own ones, followed by those for everybody."""
    found = rows_where("sentences", "topic", topic)
    own = [row["text"] for row in found if row["tag"] == tag]
    general = [row["text"] for row in found if not row["tag"] and tag]
    return tuple(own + general)


@cache
def parts(name: str, key: str, column: str) -> tuple[str, ...]:
    """The items of a cell that holds several; `key` is what stands in the first column."""
    first = next(iter(rows(name)[0]))
    return tuple(row_of(name, first, key)[column].split("|"))


@cache
def document(name: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """A list of things with an inner structure: plans, stories."""
    return tomllib.loads(shipped_text(f"sample/{name}.toml"))
