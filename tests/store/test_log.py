"""What a log takes from others, and how its records reach the caches."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from accountplanner.domain.batches import BatchDamagedError
from accountplanner.domain.statements import EXISTS, Statement
from accountplanner.store.layer import LayerStore
from accountplanner.store.migrations import ALL, migrate
from accountplanner.store.own_batches import Draft, Signer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accountplanner.domain.batches import SealedBatch
    from accountplanner.store.encrypted import Database

SAVED_AT = "2026-11-20T12:00:00+00:00"


def signed(replica: str, digest: bytes) -> bytes:
    return hashlib.sha256(replica.encode() + digest).digest()


@pytest.fixture
def layer_of(tmp_path: Path, open_database: Callable[..., Database]) -> Callable[[str], LayerStore]:
    """The team layer of a laptop, in a file of its own."""

    def making(replica: str) -> LayerStore:
        database = open_database(tmp_path / f"{replica}.db")
        migrate({"team": database}, ALL, moment=SAVED_AT, back_up=lambda: None)
        signer = Signer(
            replica,
            lambda digest: signed(replica, digest),
            lambda who, digest, signature: signature == signed(who, digest),
        )
        return LayerStore("team", database, signer)

    return making


def write(layer: LayerStore, statements: list[Statement]) -> list[SealedBatch]:
    with layer.writing() as writing:
        writing.append(Draft(statements, SAVED_AT))
        return layer.log.sealed_batches(writing.connection)


def names(layer: LayerStore) -> list[str]:
    with layer.database.reading() as connection:
        return [name for (name,) in connection.exec_driver_sql("SELECT name FROM account ORDER BY name")]


def an_account(key: str, name: str) -> list[Statement]:
    return [Statement(f"account:{key}", EXISTS, "yes"), Statement(f"account:{key}", "name", name)]


def changed_after_signing(sealed: SealedBatch) -> SealedBatch:
    chunks = tuple(replace(chunk, data=chunk.data.replace(b"Nautil", b"Hostil")) for chunk in sealed.chunks)
    return replace(sealed, chunks=chunks)


def test_another_copy_of_a_batch_looked_into_before_is_checked_itself(layer_of: Callable[[str], LayerStore]) -> None:
    (good,) = write(layer_of("ann"), an_account("1", "Nautil"))
    ben = layer_of("ben")
    ben.log.look_ahead([good])
    with pytest.raises(BatchDamagedError, match="changed after it was signed"), ben.writing() as writing:
        writing.receive([changed_after_signing(good)], "")
    assert names(ben) == []


def test_what_is_wrong_with_a_batch_is_said_when_it_is_received(layer_of: Callable[[str], LayerStore]) -> None:
    (good,) = write(layer_of("ann"), an_account("1", "Nautil"))
    ben, bad = layer_of("ben"), changed_after_signing(good)
    ben.log.look_ahead([bad])
    with pytest.raises(BatchDamagedError), ben.writing() as writing:
        writing.receive([bad], "")
    ben.log.look_ahead([good])
    with ben.writing() as writing:
        assert writing.receive([good], "").held == 1
    assert names(ben) == ["Nautil"]


def test_records_are_folded_with_everything_this_transaction_and_earlier_ones_said(
    layer_of: Callable[[str], LayerStore],
) -> None:
    ann = layer_of("ann")
    write(ann, an_account("1", "Nautil"))
    with ann.writing() as writing:
        writing.append(Draft([*an_account("2", "Orbis"), Statement("account:2", "city", "Graz")], SAVED_AT))
        writing.append(
            Draft([Statement("account:2", "city", "Linz"), Statement("account:1", "city", "Wien")], SAVED_AT)
        )
        assert {name: len(said) for name, said in writing.field_entries({"account:2": {"city"}}).items()} == {
            "account:2": 2
        }
        writing.append(Draft([Statement("account:2", "name", "Orbis AG")], SAVED_AT))
        writing.fold()
        writing.append(Draft([Statement("account:2", "country", "AT")], SAVED_AT))
    with ann.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, city, country FROM account ORDER BY name").all()
    assert rows == [("Nautil", "Wien", None), ("Orbis AG", "Linz", "AT")]


def test_the_search_index_takes_a_large_transaction_in_one_piece(layer_of: Callable[[str], LayerStore]) -> None:
    ann = layer_of("ann")
    write(ann, [each for number in range(400) for each in an_account(secrets.token_hex(8), f"Kontor {number}")])
    with ann.database.writing() as connection:
        pieces = connection.exec_driver_sql("SELECT COUNT(DISTINCT segid) FROM search_idx").scalar_one()
        found = connection.exec_driver_sql("SELECT COUNT(*) FROM search WHERE search MATCH 'kontor'").scalar_one()
    assert (pieces, found) == (1, 400)
