"""Sifting a record's chunks: what was said once needs no fold.

Most records have said most things once. A field that one statement speaks of, in no voice, has that
value, whatever anybody had seen; only the other fields have entries made for them and are folded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accountplanner.domain.batches import raw_chunk, statement_of
from accountplanner.domain.statements import EXISTS, Statement, is_internal

Place = tuple[int, int, int]
"""Batch number, chunk in the batch, statement in the chunk."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The values said once, and the statements of every other field with their places.

    `is_there` is set where somebody said that the record exists; nobody has said that it does not.
    """

    is_there: bool
    said_once: Mapping[str, str]
    contested: Sequence[tuple[Place, Statement]]


def sift(chunks: Iterable[tuple[int, int, bytes]]) -> Sifted | None:
    """Sift the chunks (batch, place, bytes) of one record.

    `None` where that is not enough: the record was merged, or somebody said that it is not there,
    which every other statement about it then has to be compared with.
    """
    rows: dict[str, list[tuple[Place, str, dict[str, Any], list[Any]]]] = {}
    name = ""
    for batch, place, data in chunks:
        record, shared, said = raw_chunk(data)
        if name not in ("", record):
            return None
        name = record
        for index, row in enumerate(said):
            rows.setdefault(row[0], []).append(((batch, place, index), record, shared, row))
    return _sifted(rows)


def _sifted(rows: dict[str, list[tuple[Place, str, dict[str, Any], list[Any]]]]) -> Sifted | None:
    said_once: dict[str, str] = {}
    contested: list[tuple[Place, Statement]] = []
    for field, said in rows.items():
        if field == EXISTS:
            if any(row[1] != "yes" for _, _, _, row in said):
                return None
        elif len(said) == 1 and not is_internal(field) and _is_plain(said[0][2], said[0][3]):
            said_once[field] = said[0][3][1]
        else:
            contested += [(place, statement_of(record, shared, row)) for place, record, shared, row in said]
    return Sifted(EXISTS in rows, said_once, contested)


def _is_plain(shared: Mapping[str, Any], row: Sequence[Any]) -> bool:
    """Whether a lone statement is a value for everybody: set, and in no voice."""
    return row[1] is not None and "voice" not in shared and (len(row) < 3 or "voice" not in row[2])
