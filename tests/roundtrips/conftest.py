"""Two territories whose workbooks go out, and a bench on which programs save them again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.roundtrips.programs import Bench
from tests.usecases.conftest import Laptops

from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.partners import scope_of, set_scope
from accountplanner.usecases.sample import fill_sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accountplanner.usecases.session import Session

_NORTHWIND = Path(__file__).parents[1] / "data" / "northwind"


@dataclass(frozen=True)
class Territory:
    """A laptop and the two workbooks that left it."""

    session: Session
    team: Path
    partner: Path

    @property
    def sent(self) -> tuple[Path, Path]:
        return self.team, self.partner


@dataclass(frozen=True)
class Territories:
    """The sample territory, whose texts are many, and Northwind, whose rows are."""

    sample: Territory
    northwind: Territory

    def named(self, name: str) -> Territory:
        return {"sample": self.sample, "northwind": self.northwind}[name]


@pytest.fixture(scope="session")
def territories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Territories]:
    """Made once: nothing that is only saved again changes them, which the tests show."""
    folder = tmp_path_factory.mktemp("territories")
    laptops = Laptops(folder)
    sample, northwind = laptops.found("Sample"), laptops.found("Northwind")
    fill_sample(sample, accounts=25)
    import_files(northwind, sorted(_NORTHWIND.glob("*.csv")))
    accounts = [each.record for each in northwind.store.every("account")]
    set_scope(northwind, northwind.store.every("partner")[0].record, accounts[:40], covers=True)
    yield Territories(_sent(sample, folder, "sample"), _sent(northwind, folder, "northwind"))
    laptops.close()


def _sent(session: Session, folder: Path, name: str) -> Territory:
    partner = next(each.record for each in session.store.every("partner") if scope_of(session, each.record))
    team = export_team(session, folder / f"{name}-team.xlsx").path
    return Territory(session, team, export_partner(session, partner, folder / f"{name}-partner.xlsx").path)


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LibreOffice's profile: making one takes longer than anything it is used for here."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def bench(tmp_path: Path, profile: Path) -> Bench:
    folder = tmp_path / "saved"
    folder.mkdir()
    return Bench(profile, folder)
