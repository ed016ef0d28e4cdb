"""A shared folder under a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import agree, say, value
from tests.usecases.sharing import own

from accountplanner.usecases.dumping import dump
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.folder_memory import keep_folder_password

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture

    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]

WORD = "between the two of us"


def test_a_password_given_once_locks_every_edition_and_opens_every_colleagues(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    assert exchange_folder(ann, folder).edition is None, "there is nothing to tell"
    result = exchange_folder(ann, folder, WORD)
    assert result.edition is not None
    assert "another password" in result.plan.outgoing.sentence()
    assert result.edition.warning == "", "a locked file needs no word of caution"
    assert own(ann, folder).read_bytes()[:4] == b"\xd0\xcf\x11\xe0", "encrypted as Excel does it"
    say(ann, picture.accounts["Alpine"], "city", "Hamar")
    exchange_folder(ann, folder)
    (refused,) = exchange_folder(ben, folder).plan.of("refused")
    assert "password" in refused.sentence
    assert value(ben, picture.accounts["Alpine"], "city") == "Oslo"
    exchange_folder(ben, folder, WORD)
    assert value(ben, picture.accounts["Alpine"], "city") == "Hamar"
    assert own(ben, folder).read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    assert agree(ann, ben)


def test_the_remembered_password_is_nowhere_in_plain_and_can_be_taken_back(
    ann: Session, picture: Picture, folder: Path
) -> None:
    say(ann, picture.accounts["Alpine"], "city", "Hamar")
    exchange_folder(ann, folder, WORD)
    files = (path for path in ann.store.places.folder.rglob("*") if path.is_file())
    assert not any(WORD.encode() in path.read_bytes() for path in (*files, *folder.iterdir()))
    assert WORD.encode() not in dump(ann)
    keep_folder_password(ann, folder, "")
    assert exchange_folder(ann, folder).edition is not None
    assert own(ann, folder).read_bytes()[:2] == b"PK"
    assert exchange_folder(ann, folder).edition is None
