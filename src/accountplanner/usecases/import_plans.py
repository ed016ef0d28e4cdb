"""What an import would do: derived from the files' bytes, shown to a person, then applied as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.cuts import Cut
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import Sentence, told
from accountplanner.domain.statements import Statement
from accountplanner.domain.undo import StepRecord
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.tables.corrections import Correction
from accountplanner.exchange.tables.derivation import RejectedTable
from accountplanner.exchange.tables.mapping import TableMapping
from accountplanner.exchange.tables.proposals import TableProposal
from accountplanner.exchange.tables.rejoin import Rejoining

_TYPED_OVER = frozenset({"value", "damage"})
WHOLE_FILES = frozenset({"held", "waiting"})
"""The kinds of suggestions that stand for a whole file."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are read.

    `mapping` is a saved mapping's name, a TOML path, or empty to find one; `settled` is one a
    person has just put together and wins. `otherwise` finds none: the columns are proposed anew.
    `rejoin` takes every proposed rejoining of torn rows. `kind` is the record kind that lists hold,
    where a person says so; then no mapping is looked for. `corrections` are cells put right by hand. What an address
    book says that is more than business stays on this computer unless `shares` gives it to the team.
    """

    mapping: str = ""
    settled: TableMapping | None = None
    currency: str = ""
    password: str = ""
    rejoin: bool = False
    otherwise: bool = False
    kind: str = ""
    corrections: tuple[Correction, ...] = ()
    shares: bool = False


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file and its bytes, archived when the import is applied. `known_since` is set for one imported before."""

    content: FileContent
    known_since: str = ""
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """What the file was called."""
        return self.content.name


@dataclass(frozen=True, slots=True)
class Suggested:
    """Something a person decides: `statements` are said when they accept it.

    `record` and `other` are shown; for a match, accepting also says that they are one. `meanwhile` names
    the file that waits for its export, for which this is proposed until it arrives. `said_by` is whose word it is,
    where one knows; a value without statements was refused, and waits for somebody to put it right. `private` are
    the marks of those statements that stay on this computer. A withdrawal has none: accepting it takes back the answer
    whose mark `other` is.
    """

    id: str
    kind: str
    title: str
    reason: str
    record: str = ""
    other: str = ""
    field: str = ""
    value: str = ""
    statements: tuple[Statement, ...] = ()
    meanwhile: str = ""
    said_by: str = ""
    private: tuple[str, ...] = ()

    @property
    def can_accept(self) -> bool:
        """Whether there is anything to agree to."""
        return self.kind != "value" or bool(self.statements)

    @property
    def can_type(self) -> bool:
        """Whether a person may type another value instead."""
        return self.kind in _TYPED_OVER and bool(self.record and self.field)


@dataclass(frozen=True, slots=True)
class FileAnswers:
    """What one returned file answered: the record and field of each answer, by its mark."""

    export: str
    file: str
    places: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """One line of the preview. `state` is new, changed, conflict or known."""

    state: str
    record: str
    title: str
    field: str
    label: str
    before: str
    after: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands at the head of a preview and of a result; `records` by kind.

    `suggestions` are what a person decides one by one, rows that were `removed` among them; `files` are held back,
    or wait for their export, as a whole. `held` counts those and the lists in which nothing was recognised.
    """

    new: int = 0
    changed: int = 0
    conflicts: int = 0
    known: int = 0
    suggestions: int = 0
    removed: int = 0
    problems: int = 0
    parked: int = 0
    held: int = 0
    files: int = 0
    records: Mapping[str, int] = field(default_factory=dict)

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to decide something."""
        return bool(self.queued or self.problems or self.held)

    @property
    def queued(self) -> bool:
        """Whether there is something to decide in the queue; a list's own faults are mended in the list."""
        return bool(self.conflicts or self.suggestions or self.files or self.parked)

    @property
    def changes(self) -> bool:
        """Whether anything of the picture is new or different."""
        return bool(self.new or self.changed or self.conflicts)


@dataclass(slots=True)
class ImportPlan:
    """Everything to be written for a set of files, in the order it is written.

    `unkept` are the files, by content, that hold an erased person: only their digest is kept.
    `exports` are the records of exports of ours that were found to be answered, as far as they are known;
    `answers` is what each of their files answered, `kinds` says which kinds of workbooks of ours the files are.
    `recognised` are the labels under which `mapping` was found to read the tables; without any,
    it was made from `proposals` or by a person. `decided` are the suggestions, by id, that somebody has answered
    beforehand, and whether they accept them; the others wait in the queue.
    `private` are the marks of statements that stay on this computer; `personal` counts what an address book says that
    is more than business, wherever it goes.
    """

    files: tuple[PlannedFile, ...] = ()
    batches: tuple[SealedBatch, ...] = ()
    members: tuple[bytes, ...] = ()
    statements: list[Statement] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    personal: int = 0
    bases: tuple[tuple[str, Cut], ...] = ()
    suggestions: list[Suggested] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    removed: int = 0
    held: list[str] = field(default_factory=list)
    unkept: set[str] = field(default_factory=set)
    rejected: list[RejectedTable] = field(default_factory=list)
    rejoinings: tuple[Rejoining, ...] = ()
    rejoined: int = 0
    exports: tuple[ExportRecord, ...] = ()
    answers: tuple[FileAnswers, ...] = ()
    kinds: frozenset[str] = frozenset()
    mapping: TableMapping | None = None
    recognised: tuple[str, ...] = ()
    proposals: tuple[TableProposal, ...] = ()
    decided: dict[str, bool] = field(default_factory=dict)

    @property
    def keeps_private(self) -> bool:
        """Whether something of it stays on this computer."""
        return bool(self.private) or any(each.private for each in self.suggestions)

    def marks_named(self, names: Iterable[str]) -> frozenset[str]:
        """The marks of the changes a person names by their beginnings, to leave them out.

        Raises:
            WrongUseError: no change, or more than one, begins so.
        """
        marks = {statement.mark for statement in self.statements if statement.mark}
        found: set[str] = set()
        for name in names:
            meant = [mark for mark in marks if name and mark.startswith(name)]
            if len(meant) != 1:
                raise WrongUseError(_not_one(name, is_any=bool(meant)))
            found.update(meant)
        return frozenset(found)

    def join(self, other: "ImportPlan") -> None:
        """Take in what another set of files would do."""
        self.files += other.files
        self.batches += other.batches
        self.members += other.members
        self.bases += other.bases
        self.statements += other.statements
        self.private |= other.private
        self.personal += other.personal
        self.suggestions += other.suggestions
        self.problems += other.problems
        self.notices += other.notices
        self.removed += other.removed
        self.held += other.held
        self.unkept |= other.unkept
        self.rejected += other.rejected
        self.rejoinings += other.rejoinings
        self.rejoined += other.rejoined
        self.exports += other.exports
        self.answers += other.answers
        self.kinds |= other.kinds
        self.mapping = other.mapping or self.mapping
        self.recognised += other.recognised
        self.proposals += other.proposals
        self.decided |= other.decided


def _not_one(name: str, *, is_any: bool) -> Sentence:
    if is_any:
        return told("“{name}” names more than one change in these files.", name=name)
    return told("“{name}” names no change in these files.", name=name)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a person sees before anything is written. `items` holds at most some thousand lines.

    `undone` are the steps by which these files, or copies of them, had come in and which were undone since.
    """

    plan: ImportPlan
    counts: Counts
    items: tuple[PreviewItem, ...]
    undone: tuple[StepRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; `step` undoes it, 0 when nothing was written. `undone` as in the preview.

    `held` says why files, or lists, were not applied.
    """

    counts: Counts
    step: int
    records: frozenset[str]
    notices: tuple[str, ...]
    undone: tuple[StepRecord, ...] = ()
    held: tuple[str, ...] = ()
