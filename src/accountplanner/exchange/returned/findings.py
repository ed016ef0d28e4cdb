"""What a returned workbook says, as plain values: only differences, counts and doubts come back.

Nothing here has a meaning yet; `derive` gives it one.
"""

from dataclasses import dataclass, field

from accountplanner.domain.problems import Problem
from accountplanner.exchange.reading.cells import CellValue
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.sync import Manifest

INTACT = 0
EXPORT_KNOWN = 1
KEYS_ONLY = 2
NOTHING = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as the person's spreadsheet counts."""

    sheet: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that shows something else than was exported.

    `base` is the canonical value shown then, `found` what stands there now, both for the whole
    field, also where a long text goes over several rows. `doubt` says why this must not be taken
    for an edit without a person; `hidden` that its row was, which happens when a list is filtered. `struck` says that
    the cell shows what was exported, struck through.
    """

    alias: str
    kind: str
    field: str
    base: str
    found: CellValue
    place: Place
    doubt: str = ""
    hidden: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Words beside the cells that were offered: a comment, or a cell of a column somebody added.

    `about` names the account and the contact the row speaks of, as far as it does: pairs of kind and alias.
    `title` is the row's, `author` and `dated` are known of comments only. `beside` says that it stands in a cell of
    a sheet without records.
    """

    text: str
    place: Place
    about: tuple[tuple[str, str], ...] = ()
    title: str = ""
    author: str = ""
    dated: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class AddedColumn:
    """A column that is not ours, with every cell that says something of its own."""

    sheet: str
    header: str
    cells: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class KeylessRow:
    """A row somebody added, or one whose key was lost: its cells per field.

    `keyed` ones have a key of another export, and one that `resembles` another row may be meant as that.
    """

    kind: str
    cells: tuple[tuple[str, CellValue], ...]
    place: Place
    reason: str
    keyed: bool = False
    resembles: bool = False


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A row that was exported and is not there any more, or stands there struck through."""

    alias: str
    kind: str
    title: str
    place: Place
    struck: bool = False


@dataclass(frozen=True, slots=True)
class ShownAgain:
    """A cell the parent asked about that shows what was exported, as it stands there."""

    alias: str
    field: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class BaseAnswer:
    """The parent's answer: the base to compare with, and whether it came from our own store.

    `asked` are the cells, by alias and field, for which earlier files of this export said something else.
    """

    base: bytes
    stored: bool = False
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """Everything that one returned file says.

    `tier` is 0 with all metadata intact, 1 where the base came from our own store, 2 where rows have
    keys but their export is not at hand, 3 where nothing leads to an export: then it is a foreign
    table, and `lists` is what it holds, if that was asked for. A file that `waits` is tried again when the
    export it names arrives; until then it may have been compared with another export that shows the same
    (`compared_with`, its short id). `held` are sentences that say why nothing may be applied without a person,
    `lost` cells that cannot be ascribed to any record. `named` leads from the titles found in changed references to
    aliases, per kind; a title that leads nowhere is not in it. `above` says, for fields that put a record under one of
    its own kind and were changed, which alias the file showed under which. `again` are cells the parent asked about that
    show what was exported: they state nothing.
    """

    tier: int
    manifest: Manifest | None = None
    changes: tuple[CellChange, ...] = ()
    keyless: tuple[KeylessRow, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    notices: tuple[Problem, ...] = ()
    held: tuple[str, ...] = ()
    lost: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    added: tuple[AddedColumn, ...] = ()
    waits: bool = False
    compared_with: str = ""
    named: dict[str, dict[str, str]] = field(default_factory=dict)
    above: dict[str, dict[str, str]] = field(default_factory=dict)
    again: tuple[ShownAgain, ...] = ()
    rows: int = 0
    cells: int = 0
    date1904: bool = False
    modified_by: str = ""
    application: str = ""
    lists: tuple[RawTable, ...] = ()
