"""Sifting a record's chunks: what was said once needs no fold.

Most records have said most things once. A field that one statement alone speaks of has that
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

    `spoken` names those said once in somebody's voice (field, voice, value). `is_there` is set where somebody said that the record exists; nobody has said that it does not.
    """

    is_there: bool
    said_once: Mapping[str, str]
    spoken: Sequence[tuple[str, str, str]]
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
    spoken: list[tuple[str, str, str]] = []
    contested: list[tuple[Place, Statement]] = []
    for field, said in rows.items():
        if field == EXISTS:
            if any(row[1] != "yes" for _, _, _, row in said):
                return None
        elif len(said) == 1 and not is_internal(field) and (value := said[0][3][1]) is not None:
            said_once[field] = value
            if voice := _voice(said[0][2], said[0][3]):
                spoken.append((field, voice, value))
        else:
            contested += [(place, statement_of(record, shared, row)) for place, record, shared, row in said]
    return Sifted(EXISTS in rows, said_once, spoken, contested)


def _voice(shared: Mapping[str, Any], row: Sequence[Any]) -> str:
    extra = row[2] if len(row) > 2 else {}
    return str(extra.get("voice") or shared.get("voice", ""))
