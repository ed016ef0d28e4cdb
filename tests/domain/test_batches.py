"""Batches survive the way out and back with any text, and show when somebody has changed them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.batches import (
    BatchDamagedError,
    Header,
    SealedBatch,
    SealedChunk,
    check_chunks,
    chunk_digest,
    chunked,
    decode_chunk,
    decode_header,
    encode_chunk,
    encode_header,
    first_ordinals,
    raw_chunk,
    statement_ids,
    virtual_cut,
)
from accountplanner.domain.cuts import Cut, Head
from accountplanner.domain.statements import Statement

texts = st.text(max_size=20)
statements = st.builds(
    Statement,
    record=st.just("account:1"),
    field=texts,
    value=st.none() | texts,
    comparison=texts,
    voice=texts,
    speaker=texts,
    date=texts,
    how=texts,
    sure=texts,
    restates=texts,
    joins=st.booleans(),
    origin=texts,
    mark=texts,
    basis=texts,
)
cuts = st.lists(st.builds(Head, texts, st.integers(1, 10**9), texts), unique=True, max_size=3).map(
    lambda heads: tuple(sorted(heads))
)


def a_header(*chunks: bytes, cut: Cut = ()) -> Header:
    digests = tuple((1, chunk_digest(b"salt", chunk)) for chunk in chunks)
    return Header("team", "A", 1, "", cut, "2026-11-22T10:00:00Z", digests)


def a_batch(*values: str) -> SealedBatch:
    data = [encode_chunk(f"account:{value}", [Statement(f"account:{value}", "name", value)]) for value in values]
    return SealedBatch(encode_header(a_header(*data)), b"signed", tuple(SealedChunk(b"salt", each) for each in data))


@given(st.lists(statements, min_size=1, max_size=5))
def test_statements_come_back_as_they_went(said: list[Statement]) -> None:
    assert decode_chunk(encode_chunk("account:1", said)) == ("account:1", said)


@given(cuts, st.lists(st.tuples(texts, cuts), max_size=3, unique_by=lambda base: base[0]), st.lists(texts, max_size=3))
def test_headers_come_back_as_they_went(cut: Cut, bases: list[tuple[str, Cut]], erases: list[str]) -> None:
    header = replace(a_header(b"x", b"y", cut=cut), bases=tuple(sorted(bases)), erases=tuple(erases))
    assert decode_header(encode_header(header)) == header
    assert encode_header(decode_header(encode_header(header))) == encode_header(header)


def test_what_all_statements_share_is_written_once() -> None:
    said = [Statement("account:1", name, "v", speaker="Anna Ratajczyk", date="2026-11-22") for name in "abc"]
    assert encode_chunk("account:1", said).count(b"Ratajczyk") == 1
    assert raw_chunk(encode_chunk("account:1", said))[2] == [["a", "v"], ["b", "v"], ["c", "v"]]


def test_keys_of_a_later_version_are_passed_over() -> None:
    later = {"r": "account:1", "d": {"mood": "bright"}, "s": [["name", "Acme", {"hue": 7, "how": "told"}]], "x": 1}
    assert decode_chunk(json.dumps(later).encode()) == (
        "account:1",
        [Statement("account:1", "name", "Acme", how="told")],
    )
    header = json.loads(encode_header(a_header(b"x")))
    assert decode_header(json.dumps({**header, "later": [1]}).encode()) == a_header(b"x")


def test_statements_are_put_together_by_record() -> None:
    said = [Statement("b", "1", ""), Statement("a", "1", ""), Statement("b", "2", "")]
    assert chunked(said) == [("b", [said[0], said[2]]), ("a", [said[1]])]


def test_each_statement_of_a_batch_has_an_id_of_its_own_or_its_mark() -> None:
    header = replace(a_header(), sequence=7, chunks=((2, "d"), (3, "e")))
    said = [Statement("r", "f", "v"), Statement("r", "f", "v", mark="the mark"), Statement("r", "f", "v")]
    first, second = first_ordinals(header)[:2]
    ids = [*statement_ids(header, "digest", first, said[:2]), *statement_ids(header, "digest", second, said)]
    assert ids == [
        "A.00000007.000001.digest",
        "the mark",
        "A.00000007.000003.digest",
        "the mark",
        "A.00000007.000005.digest",
    ]


def test_ids_of_the_two_branches_of_a_fork_differ() -> None:
    said = [Statement("r", "f", "v")]
    one, other = (next(statement_ids(a_header(), digest, 0, said)) for digest in ("1" * 64, "2" * 64))
    assert one != other


# --- tampering ------------------------------------------------------------------------------------------------------


@given(st.data())
def test_a_changed_byte_of_a_body_is_noticed(data: st.DataObject) -> None:
    batch = a_batch("Acme", "Bolt")
    chunk = batch.chunks[1]
    place = data.draw(st.integers(0, len(chunk.data) - 1))
    other = chunk.data[:place] + bytes([chunk.data[place] ^ data.draw(st.integers(1, 255))]) + chunk.data[place + 1 :]
    with pytest.raises(BatchDamagedError, match="changed after it was signed"):
        check_chunks(decode_header(batch.header), (batch.chunks[0], replace(chunk, data=other)))


def test_another_salt_missing_swapped_or_added_bodies_are_noticed() -> None:
    batch = a_batch("Acme", "Bolt")
    header = decode_header(batch.header)
    one, two = batch.chunks
    check_chunks(header, (one, two))
    for chunks in ((replace(one, salt=b"pepper"), two), (two, one), (one,), (one, two, two), ()):
        with pytest.raises(BatchDamagedError):
            check_chunks(header, chunks)


def test_a_changed_header_is_another_batch() -> None:
    batch = a_batch("Acme")
    assert replace(batch, header=batch.header.replace(b'"A"', b'"B"')).digest != batch.digest


def test_a_stripped_batch_still_verifies_under_the_same_name() -> None:
    batch = a_batch("Acme", "Bolt")
    stripped = replace(batch, chunks=(replace(batch.chunks[0], data=b""), batch.chunks[1]))
    check_chunks(decode_header(stripped.header), stripped.chunks)
    assert stripped.digest == batch.digest


def test_the_digest_of_a_body_does_not_give_a_guessed_value_away() -> None:
    data = encode_chunk("account:1", [Statement("account:1", "name", "Acme")])
    assert chunk_digest(b"one salt", data) != chunk_digest(b"another", data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"{}",
        b'{"format":"1"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_header_is_refused(data: bytes) -> None:
    with pytest.raises(BatchDamagedError):
        decode_header(data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bases", []),
        ("cut", [["A", 1]]),
        ("cut", "A"),
        ("cut", [["A", 0, "d"]]),
        ("cut", [["A", -1, "d"]]),
        ("chunks", [[1]]),
        ("chunks", [["one", "d"]]),
        ("chunks", [[-1, "d"]]),
        ("sequence", 0),
        ("sequence", -1),
        ("sequence", "1"),
        ("sequence", None),
        ("replica", 7),
        ("layer", None),
        ("erases", None),
        ("erases", [7]),
    ],
)
def test_a_header_with_nonsense_in_it_is_refused(key: str, value: object) -> None:
    loaded = json.loads(encode_header(a_header(b"x")))
    with pytest.raises(BatchDamagedError):
        decode_header(json.dumps({**loaded, key: value}).encode())


def test_a_newer_format_is_refused_with_its_reason() -> None:
    loaded = json.loads(encode_header(a_header(b"x")))
    with pytest.raises(BatchDamagedError, match="newer version"):
        decode_header(json.dumps({**loaded, "format": 2}).encode())


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"r":"a","d":{},"s":[[]]}', b"\xff", b"[" * 100_000])
def test_what_is_no_chunk_is_refused(data: bytes) -> None:
    with pytest.raises(BatchDamagedError):
        decode_chunk(data)


def test_only_a_foreign_source_has_a_virtual_cut() -> None:
    assert virtual_cut("~erp", 3) == (Head("~erp", 3, ""),)
    assert virtual_cut("~erp", 0) == virtual_cut("A", 3) == ()
