"""The shared folder: read every colleague's workbook there, only what changed, then write mine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from accountplanner.domain.batches import raw_chunk
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import Sentence, titled, told
from accountplanner.exchange.folder import arrivals
from accountplanner.exchange.writing.publishing import Patience
from accountplanner.store.log import UnknownSignerError
from accountplanner.usecases.folder_edition import Edition, Outgoing, outgoing, write_edition
from accountplanner.usecases.folder_memory import (
    KNOWN,
    NEW,
    OTHER,
    REFUSED,
    FolderMemory,
    ReadFile,
    folder_password,
    keep_folder_password,
    recall,
    remember,
)
from accountplanner.usecases.folder_reading import FolderFile, FolderLook, Report
from accountplanner.usecases.import_plans import Counts, ImportPlan, ImportPreview, ImportResult
from accountplanner.usecases.importing import apply_plan, preview_plan
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import check_writer, hear_of_members, learn_members

_MOST_TOUCHED = 200


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """What an exchange would do. `preview` is there where something comes in.

    `touched` are the titles of records known here of which colleagues say something new, at most some hundred.
    """

    folder: Path
    files: tuple[FolderFile, ...]
    preview: ImportPreview | None
    outgoing: Outgoing
    touched: tuple[str, ...] = ()
    password: str = field(default="", repr=False)

    @property
    def counts(self) -> Counts:
        """What comes in, in numbers."""
        return self.preview.counts if self.preview else Counts()

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to decide something, or to look after a file."""
        return self.counts.needs_person or any(file.state == REFUSED for file in self.files)

    def of(self, *states: str) -> tuple[FolderFile, ...]:
        """The files in some states."""
        return tuple(file for file in self.files if file.state in states)


@dataclass(frozen=True, slots=True)
class FolderResult:
    """What an exchange did. `refusal` says why this laptop's workbook could not be written; what came in stays."""

    plan: FolderPlan
    imported: ImportResult | None
    edition: Edition | None
    refusal: str = ""

    @property
    def changes(self) -> Changes:
        """What came in, to be announced and undone."""
        if self.imported is None:
            return Changes()
        return Changes(self.imported.records, self.imported.step, _title(self.plan))

    @property
    def counts(self) -> Counts:
        """What came in, in numbers."""
        return self.imported.counts if self.imported else Counts()

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to decide something, or to look after a file."""
        return self.counts.needs_person or bool(self.plan.of(REFUSED))


def exchange_folder(session: Session, folder: Path, password: str = "", report: Report | None = None) -> FolderResult:
    """Read what is new in the folder and write this laptop's workbook, without a look at the preview."""
    return carry_out(session, plan_exchange(session, folder, password, report))


def plan_exchange(session: Session, folder: Path, password: str = "", report: Report | None = None) -> FolderPlan:
    """Say what an exchange would do. Nothing is written, neither here nor in the folder.

    Workbooks there are opened with the password, or with the one remembered for the folder, and this laptop's
    gets it. One that is given is remembered when the plan is carried out.

    Raises:
        FolderUnreachableError: the folder is not there.
    """
    memory, password = recall(session, folder), password or folder_password(session, folder)
    looked = FolderLook(session, folder, memory, password, report or _silent)
    files, plans = _vetted(session, looked.at_everything(arrivals(folder)), looked.plans)
    joined = ImportPlan()
    for plan in plans:
        joined.join(plan)
    preview = preview_plan(session, joined) if plans else None
    has_news = preview is not None and _brings(preview)
    leaves = outgoing(session, memory.mine, _contents(files), password, has_news=has_news)
    return FolderPlan(folder, files, preview, leaves, _touched(session, joined), password)


def carry_out(
    session: Session, plan: FolderPlan, patience: Patience | None = None, unticked: Iterable[str] = ()
) -> FolderResult:
    """Do what a plan says: what comes in is one transaction and one undo step, then the workbook is written.

    `unticked` are marks of changes a person does not want, as for an import.
    """
    imported = None
    if plan.preview is not None:
        imported = apply_plan(session, plan.preview.plan, frozenset(unticked), _title(plan))
    _note_read(session, plan)
    if plan.password:
        keep_folder_password(session, plan.folder, plan.password)
    present, edition = _contents(plan.files), None
    try:
        if outgoing(session, recall(session, plan.folder).mine, present, plan.password, has_news=False).reason:
            edition = write_edition(session, plan.folder, {*present.values()}, plan.password, patience)
    except RefusedError as refused:
        return FolderResult(plan, imported, None, refused.sentence)
    return FolderResult(plan, imported, edition)


def _silent(_done: int, _total: int, _name: str) -> None:
    """Nobody wants to know how far it is."""


def _vetted(
    session: Session, files: tuple[FolderFile, ...], plans: Mapping[str, ImportPlan]
) -> tuple[tuple[FolderFile, ...], list[ImportPlan]]:
    """Set aside the files nobody vouches for, and those that bring nothing new; one bad file stops no other."""
    if not plans:
        return files, []
    with session.trial():
        before = session.store.identity
        # Of two strangers who used one invitation neither is believed for being read first.
        refusals = {name: _refusal(hear_of_members, session, plan.members) for name, plan in plans.items()}
        for name, plan in plans.items():
            refusals[name] = refusals[name] or _refusal(learn_members, session, plan.members)
        is_team_new = session.store.identity != before
        for name, plan in plans.items():
            # A member may be vouched for in a colleague's file, so all have been heard before any is judged.
            refusals[name] = refusals[name] or _refusal(_vet, session, plan)
    good = {name: plan for name, plan in plans.items() if refusals[name] is None}
    for name, plan in plans.items():
        if isinstance(refusals[name], UnknownSignerError):
            # A person can accept only a device that was heard of.
            hear_of_members(session, plan.members)
    news = [plan for plan in good.values() if is_team_new or _says_anything(session, plan)]
    return tuple(_judged(file, refusals.get(file.name)) for file in files), news


def _refusal(check: Callable[..., object], *given: object) -> RefusedError | None:
    try:
        check(*given)
    except RefusedError as refused:
        return refused
    return None


def _vet(session: Session, plan: ImportPlan) -> None:
    for part in plan.members:
        check_writer(session, part)
    session.store.team.log.vet(plan.batches)


def _judged(file: FolderFile, refusal: RefusedError | None) -> FolderFile:
    if refusal is None:
        return file
    return replace(file, state=REFUSED, sentence=_not_taken(file, refusal), content="")


def _not_taken(file: FolderFile, refusal: RefusedError) -> Sentence:
    return told("“{name}” was not taken: {reason}", name=file.name, reason=refusal.sentence)


def _says_anything(session: Session, plan: ImportPlan) -> bool:
    held = session.store.team.log.chains.places
    said = plan.statements or plan.suggestions or plan.problems or plan.notices or plan.held or plan.removed
    return bool(said) or any(batch.digest not in held for batch in plan.batches)


def _touched(session: Session, plan: ImportPlan) -> tuple[str, ...]:
    held = session.store.team.log.chains.places
    chunks = (chunk for batch in plan.batches if batch.digest not in held for chunk in batch.chunks if chunk.data)
    records = sorted({raw_chunk(chunk.data)[0] for chunk in chunks})
    seen = [record for record in records if (kind := KINDS.get(kind_of(record))) is not None and not kind.internal]
    return tuple(sorted(session.store.titles(seen[:_MOST_TOUCHED]).values(), key=str.casefold))


def _brings(preview: ImportPreview) -> bool:
    counts = preview.counts
    return bool(counts.new or counts.changed or counts.conflicts)


def _contents(files: Iterable[FolderFile]) -> dict[str, str]:
    """What lies under which name; empty for what could not be read. A file without a byte is as good as missing."""
    return {file.name: file.content for file in files if file.arrival is None or file.arrival.size}


def _note_read(session: Session, plan: FolderPlan) -> None:
    """Remember what lies in the folder and was read, so that it is not read again; the rest is forgotten."""
    memory, now = recall(session, plan.folder), session.clock.now().isoformat(timespec="seconds")
    noted: dict[str, ReadFile] = {}
    for file in plan.of(NEW, KNOWN, OTHER):
        size, changed_ns = (file.arrival.size, file.arrival.changed_ns) if file.arrival else (0, 0)
        read = ReadFile(file.name, file.who, file.read_at or now, size, changed_ns, is_other=file.state == OTHER)
        noted[file.content] = read
    if noted != memory.files:
        remember(session, plan.folder, FolderMemory(memory.mine, noted))


def _title(plan: FolderPlan) -> str:
    people = list(dict.fromkeys(file.who or file.name for file in plan.of(NEW)))
    if len(people) > 2:
        names = ", ".join(people[:2])
        return titled("Exchange with {names} and {count} more", names=names, count=len(people) - 2)
    if len(people) == 2:
        return titled("Exchange with {one} and {other}", one=people[0], other=people[1])
    return titled("Exchange with {name}", name="".join(people))
