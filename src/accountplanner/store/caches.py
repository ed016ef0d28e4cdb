"""The typed cache tables, one a record kind, derived from the catalogue.

A cache row is the fold of one record. A new layout is a refold, not a migration: the layout's
digest is kept beside the rows, and where it differs the tables are dropped and filled again.
Money stands as integer minor units with the currency beside it; references as record numbers,
already led to the record a merged set is named by.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, Text, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import Field, FieldType, RecordKind
from accountplanner.domain.money import Money
from accountplanner.store.tables import FACT_TABLES

CURRENCY = "_currency"
_WHOLE, _TEXT = "INTEGER", "TEXT"
_SPOKEN = [("record", _WHOLE), ("field", _TEXT), ("voice", _TEXT), ("value", _TEXT)]
"""Values of fields with one voice per speaker, one row a voice; kept once, in the order of its key."""
# What lists are sorted and filtered by: without an index every encrypted row would be read for it.
_INDEXED = {
    "account": ("city", "country", "owner", "tier", "industry", "number"),
    "contact": ("title", "email", "department", "buying_role", "state"),
    "offering": ("number",),
}
# What Today asks for; blanks are never asked for and cost nothing.
_INDEXED_WHERE_KNOWN = {
    "account": ("contract_end", "next_review", "longest_gap_days"),
    "contact": ("peace_until",),
    "touch": ("happened_on",),
    "action": ("due_on",),
    "opportunity": ("expected_on",),
}


def indexed_keys(kind_key: str) -> frozenset[str]:
    """The fields of a kind that a list is sorted and filtered by along an index."""
    owners = (field.key for field in KINDS[kind_key].fields if field.type is FieldType.REFERENCE and field.owner)
    return frozenset((*_INDEXED.get(kind_key, ()), *owners))


def cached_fields(kind: RecordKind) -> tuple[Field, ...]:
    """The fields that have a column, in column order."""
    return kind.fields


def _shape(kind: RecordKind) -> list[tuple[str, str]]:
    """The columns of a cache table and the types they have in SQL."""
    shape = [("id", _WHOLE), ("sort_key", _TEXT)]
    for field in cached_fields(kind):
        numeric = field.type in {FieldType.MONEY, FieldType.INTEGER, FieldType.REFERENCE}
        shape.append((field.key, _WHOLE if numeric else _TEXT))
        if field.type is FieldType.MONEY:
            shape.append((field.key + CURRENCY, _TEXT))
    return shape


def _columns(kind: RecordKind) -> Iterator[Column[int] | Column[str]]:
    for name, held in _shape(kind):
        if name == "id":
            yield Column(name, Integer, primary_key=True)
        elif held == _WHOLE:
            yield Column(name, Integer)
        else:
            yield Column(name, Text, nullable=name != "sort_key")


def _table(kind: RecordKind) -> Table:
    indexed = [field.key for field in kind.fields if field.type is FieldType.REFERENCE and field.owner]
    indexed += [key for key in _INDEXED.get(kind.key, ()) if key not in indexed]
    indexes = [Index(f"ix_{kind.key}_{key}", key, "sort_key", "id") for key in indexed]
    indexes += [
        Index(f"ix_{kind.key}_{key}", key, "sort_key", "id", sqlite_where=text(f"{key} IS NOT NULL"))
        for key in _INDEXED_WHERE_KNOWN.get(kind.key, ())
    ]
    return Table(kind.key, SQLModel.metadata, *_columns(kind), Index(f"ix_{kind.key}_sort", "sort_key", "id"), *indexes)


@cache
def _tables() -> tuple[Table, ...]:
    """The tables of this cache, described when they are made anew: a start only asks whether they are the right ones."""
    spoken = [Column(name, Integer if held == _WHOLE else Text, primary_key=name != "value") for name, held in _SPOKEN]
    id_column = Column("id", Integer, primary_key=True)
    return (
        *(_table(kind) for kind in KINDS.values()),
        Table("spoken", SQLModel.metadata, *spoken, sqlite_with_rowid=False),
        Table("folded", SQLModel.metadata, id_column, Column("layout", LargeBinary, nullable=False)),
    )


# Without prefix indexes and positions it is written three times as fast; beginnings of words are still found in a
# fraction of a frame, and titles have an index of their own.
_SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(title, body, content='', contentless_delete=1, "
    "detail=column, tokenize='unicode61 remove_diacritics 2')"
)


@cache
def layout_digest() -> bytes:
    """Names the layout of the cache tables."""
    described = [*((kind.key, _shape(kind)) for kind in KINDS.values()), ("spoken", _SPOKEN)]
    described.append(("without rowid", [("spoken", "")]))
    described.append(("facts", [(table.__tablename__, ",".join(table.model_fields)) for table in FACT_TABLES]))
    for indexed in (_INDEXED, _INDEXED_WHERE_KNOWN):
        described += [("indexes", sorted((kind, key) for kind, keys in indexed.items() for key in keys))]
    return hashlib.sha256(repr((described, _SEARCH)).encode()).digest()


def forget_words(connection: Connection) -> None:
    """Write the search index anew: words of deleted rows stay in it until its segments are merged."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


@contextmanager
def writing_many_words(connection: Connection) -> Iterator[None]:
    """Put off the merging of search segments while thousands of texts come in.

    Otherwise each text taken out of the index merges a little, half as much work again in all. Sixteen segments of a
    size are still merged, and later writes go on with the rest.
    """
    connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('automerge', 0)")
    yield
    connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('automerge', 4)")


def is_current(connection: Connection) -> bool:
    """Whether the cache tables are there in this version's layout."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'folded'").first()
    if known is None:
        return False
    row = connection.exec_driver_sql("SELECT layout FROM folded").first()
    return row is not None and bytes(row[0]) == layout_digest()


def recreate(connection: Connection) -> None:
    """Drop the cache tables and make them anew, empty."""
    for statement in _recreating():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO folded (id, layout) VALUES (1, ?)", (layout_digest(),))


@cache
def _recreating() -> tuple[str, ...]:
    """The statements that drop and make the cache tables, compiled once: that takes longer than carrying them out."""
    facts = [SQLModel.metadata.tables[table.__tablename__] for table in FACT_TABLES]
    making: list[CreateTable | CreateIndex] = []
    dropping = []
    for table in (*_tables(), *facts):
        dropping.append(f'DROP TABLE IF EXISTS "{table.name}"')
        making += [CreateTable(table), *(CreateIndex(index) for index in sorted(table.indexes, key=_name))]
    compiled = [str(part.compile(dialect=sqlite.dialect())) for part in making]
    return (*dropping, *compiled, "DROP TABLE IF EXISTS search", _SEARCH)


def _name(index: Index) -> str:
    return str(index.name)


def column_names(kind: RecordKind) -> list[str]:
    """Every column of a cache table, in order."""
    return [name for name, _ in _shape(kind)]


def column_values(kind: RecordKind, values: Mapping[str, str], numbers: Mapping[str, int]) -> list[str | int | None]:
    """The values of a cache row after `id` and `sort_key`, in column order.

    `numbers` maps the record ids that references name to their numbers.
    """
    keys, special = _row_plan(kind.key)
    row: list[str | int | None] = [values.get(key) for key in keys]
    for index, field_type in special:
        value = row[index]
        if field_type is FieldType.MONEY:
            row[index : index + 2] = _money(values.get(keys[index]))
        elif field_type is FieldType.REFERENCE:
            row[index] = numbers.get(str(value)) if value else None
        else:
            row[index] = int(value) if value and str(value).lstrip("-").isdigit() else None
    return row


@cache
def _row_plan(key: str) -> tuple[list[str], list[tuple[int, FieldType]]]:
    """The fields of a cache row, a column each, and where values are not simply taken as they are."""
    keys: list[str] = []
    special: list[tuple[int, FieldType]] = []
    for field in cached_fields(KINDS[key]):
        if field.type in {FieldType.MONEY, FieldType.REFERENCE, FieldType.INTEGER}:
            special.append((len(keys), field.type))
        keys += [field.key, field.key + CURRENCY] if field.type is FieldType.MONEY else [field.key]
    return keys, special


def _money(value: str | None) -> list[str | int | None]:
    if not value:
        return [None, None]
    try:
        amount = Money.parse(value)
    except ValueError:
        return [None, None]
    return [amount.minor, amount.currency]
