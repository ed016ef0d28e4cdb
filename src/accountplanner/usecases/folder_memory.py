"""What a workspace remembers of a shared folder: which one it is, what was read there, what it wrote itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from accountplanner.domain.ids import keyed_digest
from accountplanner.exchange.folder import Arrival
from accountplanner.usecases.session import Session

MINE, KNOWN, NEW, SAME, WAITS, REFUSED, OTHER = "mine", "known", "new", "same", "waits", "refused", "other"
"""How a file in the folder stands: ours, read before, unread, a copy of another, still arriving, refused, no workbook."""

_CHOSEN = "shared folder"
_MEMORY = "shared folder:"
_PASSWORD = "shared folder password:"  # noqa: S105 - the name it is kept by


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: who wrote it, and the instant of the reading. `is_other` marks what is no team workbook."""

    name: str
    who: str
    read_at: str
    size: int = 0
    changed_ns: int = 0
    is_other: bool = False

    def looks_like(self, arrival: Arrival) -> bool:
        """Whether the list of names still shows it as it was read; only its content could prove it."""
        return (self.name, self.size, self.changed_ns) == (arrival.name, arrival.size, arrival.changed_ns)


@dataclass(frozen=True, slots=True)
class Mine:
    """This laptop's edition as it was written last.

    `content` names its bytes, `others` the files written under another name because the first was open
    elsewhere. `upto` is the batch, `team` the team's members and key, that it shows. `editions` are the
    exports whose bases are kept, the latest last. `lock` names the password it opens with; empty for none.
    """

    replica: str
    name: str
    content: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    upto: int = 0
    team: str = ""
    editions: tuple[str, ...] = ()
    written_at: str = ""
    lock: str = ""


@dataclass(frozen=True, slots=True)
class FolderMemory:
    """Everything remembered of one folder; `files` by the id of their content."""

    mine: Mine | None = None
    files: Mapping[str, ReadFile] = field(default_factory=dict)


def chosen_folder(session: Session) -> Path | None:
    """The folder this workspace shares with colleagues, `None` while none was chosen."""
    kept = session.store.local(_CHOSEN)
    return Path(kept.decode()) if kept else None


def choose_folder(session: Session, folder: Path | None) -> None:
    """Remember which folder is shared, or that none is."""
    if folder is None:
        session.store.drop_locals([_CHOSEN])
    else:
        session.store.set_local(_CHOSEN, str(folder.absolute()).encode())


def folder_password(session: Session, folder: Path) -> str:
    """The password colleagues agreed on for the workbooks in a folder, empty for none."""
    kept = session.store.local(_name(session, folder, _PASSWORD))
    return kept.decode() if kept else ""


def keep_folder_password(session: Session, folder: Path, password: str) -> None:
    """Remember the folder's password in the encrypted workspace; an empty one forgets it."""
    if password:
        session.store.set_local(_name(session, folder, _PASSWORD), password.encode())
    else:
        session.store.drop_locals([_name(session, folder, _PASSWORD)])


def lock_of(session: Session, password: str) -> str:
    """Names a password without giving it away; empty for none."""
    return keyed_digest(session.store.identity.team_secret, "folder password", password).hex()[:24] if password else ""


def recall(session: Session, folder: Path) -> FolderMemory:
    """What is remembered of a folder; what another replica of this workspace wrote there is not ours."""
    kept = session.store.local(_name(session, folder))
    if kept is None:
        return FolderMemory()
    loaded = json.loads(kept)
    files = {content: ReadFile(**each) for content, each in loaded["files"].items()}
    written = loaded["mine"]
    mine = Mine(**{**written, "editions": tuple(written["editions"])}) if written else None
    return FolderMemory(mine if mine and mine.replica == session.store.identity.replica else None, files)


def remember(session: Session, folder: Path, memory: FolderMemory) -> None:
    """Keep what was read and written; durable when this returns."""
    written = {
        "mine": asdict(memory.mine) if memory.mine else None,
        "files": {content: asdict(each) for content, each in memory.files.items()},
    }
    session.store.set_local(_name(session, folder), json.dumps(written).encode())


def _name(session: Session, folder: Path, what: str = _MEMORY) -> str:
    place = str(folder.absolute())
    return what + keyed_digest(session.store.identity.team_secret, "folder", place).hex()[:24]
