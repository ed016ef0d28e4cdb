"""A folder that Ann and Ben share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accountplanner.usecases.exchange_folder import exchange_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Team share"
    made.mkdir()
    return made


@pytest.fixture
def ben(laptops: Laptops, ann: Session, picture: Picture, folder: Path) -> Session:
    """Ben, after both have exchanged once and have nothing more to tell."""
    assert picture.accounts
    ben = laptops.join(ann)
    for each in (ann, ben, ann):
        exchange_folder(each, folder)
    return ben
