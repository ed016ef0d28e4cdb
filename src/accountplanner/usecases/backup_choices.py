"""How long backups are kept, where a second copy goes, and what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.errors import PlannerError, RefusedError
from accountplanner.domain.sentences import told
from accountplanner.store.backups import Backup, list_backups
from accountplanner.store.looking_back import counts_in
from accountplanner.store.workspace import BACKUP_DAYS
from accountplanner.usecases.session import Session

DAYS_OFFERED = (7, 14, 30, 90)
COUNTED = ("account", "contact", "note", "touch", "purchase", "partner")
_SECOND = "backup_second_folder"


@dataclass(frozen=True, slots=True)
class BackupChoices:
    """What this workspace has chosen. `second` is empty for no second copy."""

    folder: Path
    days: int = 7
    second: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup as the page shows it."""

    backup: Backup
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of a kind a backup holds and how many there are now."""

    label: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class LookBack:
    """What restoring a backup would mean: the counts then and now, and what was done here since."""

    backup: Backup
    differences: tuple[Difference, ...]
    since: tuple[str, ...]


def backup_choices(session: Session) -> BackupChoices:
    """What this workspace has chosen."""
    days, second = session.store.local(BACKUP_DAYS), session.store.local(_SECOND)
    return BackupChoices(session.store.places.backups, int(days or b"7"), (second or b"").decode())


def keep_backups_for(session: Session, days: int) -> None:
    """Keep each day's backup for so many days; weeks and months are kept beside them."""
    session.store.set_local(BACKUP_DAYS, str(days).encode())


def copy_backups_to(session: Session, folder: str) -> None:
    """Copy the latest backup to a second folder from now on, and at once; an empty name ends that.

    Raises:
        RefusedError: the folder is not there, or lies within the workspace.
    """
    if folder:
        chosen = Path(folder).absolute()
        if not chosen.is_dir():
            raise RefusedError(told("There is no folder “{folder}”.", folder=folder))
        if chosen.is_relative_to(session.store.places.folder.absolute()):
            raise RefusedError("The second folder lies in the workspace itself; a copy there would be lost with it.")
        latest = next(iter(session.store.backups.all()), None)
        if latest is not None:
            session.store.backups.copy_to(chosen, latest)
    session.store.set_local(_SECOND, folder.encode())


def copy_latest(session: Session) -> str:
    """Copy the latest backup to the second folder if one is chosen; gives a sentence where that failed."""
    second = backup_choices(session).second
    latest = next(iter(session.store.backups.all()), None)
    if not second or latest is None:
        return ""
    try:
        session.store.backups.copy_to(Path(second), latest)
    except PlannerError as refused:
        return told("The second copy of the backup was not made. {reason}", reason=refused.sentence)
    return ""


def kept_backups(session: Session) -> list[Kept]:
    """Every whole backup of this workspace, the latest first."""
    second = backup_choices(session).second
    beside = {each.folder.name for each in _beside(second)} if second else set()
    return [Kept(each, each.folder.name in beside) for each in session.store.backups.all()]


def _beside(second: str) -> Sequence[Backup]:
    return [found for each in Path(second).glob("Account Planner backups/*") for found in list_backups(each)]


def look_back(session: Session, backup: Backup) -> LookBack:
    """Prove that a backup is whole, and say what restoring it would mean."""
    store = session.store
    then = counts_in(backup, store.places, store.key, COUNTED)
    now = store.counts()
    taken = backup.taken_at.isoformat(timespec="seconds")
    since = [step.title for step in store.transactions.steps() if step.done_at > taken]
    differences = [Difference(KINDS[kind].plural, then[kind], now.get(kind, 0)) for kind in COUNTED]
    return LookBack(backup, tuple(differences), tuple(reversed(since)))
