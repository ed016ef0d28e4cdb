"""A workspace with a dozen accounts and the workbooks it sent, made once and copied for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.structure.spreadsheet import worked
from tests.usecases.conftest import CHEAP, PASSPHRASE, StandingClock, read_here

from accountplanner.exchange.projection import Content, project_team
from accountplanner.store.places import Places
from accountplanner.usecases import exporting
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import Key, NewWorkspace, create_workspace, open_workspace, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import openpyxl

    from accountplanner.exchange.export_record import ExportFacts
    from accountplanner.exchange.plain_record import PlainRecord
    from accountplanner.usecases.import_plans import ImportResult
    from accountplanner.usecases.session import Session
    from accountplanner.usecases.waiting import QueueItem

__all__ = ["read_here"]

NAMES = (
    "Alpine",
    "Borealis",
    "Café Nord",
    "Delta",
    "Esker",
    "Fjord",
    "Gletscher",
    "Hav",
    "Isbre",
    "Jøkul",
    "Kai",
    "Li",
)
_KINDS = frozenset({"account", "contact", "note", "partner", "registration"})


@dataclass(frozen=True)
class Prepared:
    """A closed workspace, its workbooks, and the ids of its accounts and contacts by name."""

    folder: Path
    team: Path
    partner: Path
    ids: dict[str, str]


@dataclass
class Desk:
    """One person's workspace, the workbooks it sent, and what comes back."""

    session: Session
    team: Path
    partner: Path
    ids: dict[str, str]
    folder: Path
    returned: int = 0

    def change(self, *works: Callable[[openpyxl.Workbook], None], source: Path | None = None) -> Path:
        """Somebody works in a workbook and sends it back."""
        self.returned += 1
        return worked(source or self.team, self.folder / f"returned-{self.returned}.xlsx", *works)

    def bring(self, *works: Callable[[openpyxl.Workbook], None], source: Path | None = None) -> ImportResult:
        """The same, taken in at once."""
        return self.take(self.change(*works, source=source))

    def take(self, file: Path) -> ImportResult:
        """A file comes in as it is."""
        return import_files(self.session, [file])

    def values(self) -> dict[tuple[str, str], str]:
        """All that is known of accounts and contacts, by name and field."""
        names = {record: name for name, record in self.ids.items()}
        return {
            (names.get(each.record, each.record), key): value
            for kind in ("account", "contact")
            for each in self.session.store.every(kind)
            for key, value in each.values.items()
        }

    def changed(self, before: dict[tuple[str, str], str]) -> dict[tuple[str, str], str | None]:
        """What is known otherwise than before."""
        now = self.values()
        return {key: now.get(key) for key in {*now, *before} if now.get(key) != before.get(key)}

    def waiting(self, kind: str = "") -> list[QueueItem]:
        """What waits for a person."""
        return [item for item in queue(self.session) if kind in {"", item.kind}]


def _with_few_sheets(facts: ExportFacts, records: Iterable[PlainRecord], *more: Any) -> Content:  # noqa: ANN401
    """What a team workbook shows of the kinds that people work with here: thirty empty sheets take most of the time."""
    content = project_team(facts, records, *more)
    return replace(content, sheets=tuple(each for each in content.sheets if each.layout.kind in _KINDS))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("structure")
    wish = NewWorkspace(Places(folder / "workspace"), "Ann", "ann@example.org", PASSPHRASE, stretching=CHEAP)
    session = create_workspace(wish, StandingClock()).session
    ids: dict[str, str] = {}
    for number, name in enumerate(NAMES):
        said = {"name": name, "city": f"Ort {number}", "phone": f"+47 22 {number:02d} 55 0{number}"}
        said |= {"number": f"{number:05d}", "industry": "Fish" if number % 2 else "Timber"}
        ids[name] = create_record(session, "account", said)[0]
        person = f"Kari {name}"
        ids[person] = create_record(
            session, "contact", {"name": person, "account": ids[name], "email": f"kari{number}@firm.example"}
        )[0]
    partner, _ = add_partner(session, "Exotic Liquids")
    set_scope(session, partner, [ids[name] for name in NAMES], covers=True)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(exporting, "project_team", _with_few_sheets)
        team = export_team(session, folder / "team.xlsx").path
    asked = export_partner(session, partner, folder / "partner.xlsx").path
    session.close()
    return Prepared(folder / "workspace", team, asked, ids)


@pytest.fixture
def desks(prepared: Prepared, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Opens further copies of the workspace, as laptops that know the same."""
    opened: list[Session] = []

    def open_copy(name: str) -> Desk:
        places = Places(tmp_path / name)
        shutil.copytree(prepared.folder, places.folder)
        opened.append(open_workspace(places, Key(PASSPHRASE), StandingClock()))
        return Desk(opened[-1], prepared.team, prepared.partner, prepared.ids, tmp_path)

    yield open_copy
    for session in opened:
        assert verify(session) == []
        session.close()


@pytest.fixture
def desk(desks: Callable[[str], Desk]) -> Desk:
    return desks("desk")
