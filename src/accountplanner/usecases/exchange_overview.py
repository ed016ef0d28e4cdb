"""What came in lately and what is safe: the files imported and the backups kept."""

from dataclasses import dataclass

from accountplanner.usecases.exports import BASE_OF
from accountplanner.usecases.parked import Parked, parked_steps
from accountplanner.usecases.restoring import backups_of
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file of an earlier import; `name` is empty where an erasure took it away."""

    name: str
    imported_at: str
    size: int


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A verified, encrypted copy of the workspace."""

    taken_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExchangeOverview:
    """Imports and backups, the latest first, and the channel partners a workbook can be written for.

    `parked` is what colleagues' files brought too early.
    """

    files: tuple[ImportedFile, ...]
    backups: tuple[KeptBackup, ...]
    partners: tuple[tuple[str, str], ...]
    parked: tuple[Parked, ...] = ()


def exchange_overview(session: Session) -> ExchangeOverview:
    """Read what the exchange page shows beside the queue."""
    files = tuple(
        ImportedFile(file.name, file.imported_at, file.size)
        for file in session.store.archive.files()
        if not file.dropped and not file.name.startswith(BASE_OF)
    )
    backups = tuple(KeptBackup(each.taken_at.isoformat(), each.reason) for each in backups_of(session.store.places))
    covered = {
        scope.values.get("partner", "") for scope in session.store.every("scope") if scope.values.get("covers") == "yes"
    }
    titles = session.store.titles(covered)
    partners = tuple(sorted(titles.items(), key=lambda each: each[1].casefold()))
    return ExchangeOverview(files, backups, partners, tuple(parked_steps(session)))
