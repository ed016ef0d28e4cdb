"""Sifting a record's chunks: what was said once needs no fold.

Most records have said most things once. A field that one statement alone speaks of has that
value, whatever anybody had seen; only the other fields have entries made for them and are folded.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accountplanner.domain.batches import RawChunk, raw_chunk, statement_of
from accountplanner.domain.statements import EXISTS, Statement, is_internal

Place = tuple[int, int, int]
"""Batch number, chunk in the batch, statement in the chunk."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The values said once, and the statements of every other field with their places.

    `spoken` names those said once in somebody's voice (field, voice, value). `is_there` is set where somebody said that the record exists; nobody has said that it does not.
    """

    is_there: bool
    said_once: dict[str, str]
    spoken: list[tuple[str, str, str]]
    contested: list[tuple[Place, Statement]]


def sift(chunks: Iterable[tuple[int, int, bytes | RawChunk]]) -> Sifted | None:
    """Sift the chunks (batch, place, bytes or what was read from them) of one record.

    `None` where that is not enough: the record was merged, or somebody said that it is not there,
    which every other statement about it then has to be compared with.
    """
    read = [(batch, place, *(raw_chunk(data) if isinstance(data, bytes) else data)) for batch, place, data in chunks]
    if len({record for _, _, record, _, _ in read}) > 1:
        return None
    fields = [row[0] for *_, said in read for row in said]
    times = Counter(fields)
    repeated = {field for field, count in times.items() if count > 1} if len(times) < len(fields) else set()
    repeated |= {field for field in times if is_internal(field)}
    sifted = Sifted(EXISTS in times, {}, [], [])
    for batch, place, record, shared, said in read:
        common = shared.get("voice", "")
        for index, row in enumerate(said):
            field, value = row[0], row[1]
            if field == EXISTS:
                if value != "yes":
                    return None
            elif value is None or field in repeated:
                sifted.contested.append(((batch, place, index), statement_of(record, shared, row)))
            else:
                sifted.said_once[field] = value
                if voice := (row[2].get("voice") or common) if len(row) > 2 else common:
                    sifted.spoken.append((field, str(voice), value))
    return sifted
