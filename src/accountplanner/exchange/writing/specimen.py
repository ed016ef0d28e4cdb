"""A workbook of each kind without a single record: what may stand in a file whatever the data is."""

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache

from accountplanner.exchange.contract import WorkbookKind, sheets_of
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.projection import Content, Row, SheetContent
from accountplanner.exchange.sync import Manifest
from accountplanner.exchange.writing.drawing import draw
from accountplanner.exchange.writing.part_texts import part_class, said_in
from accountplanner.exchange.writing.plan import plan_workbook

_SECRET = b"specimen"


@dataclass(frozen=True, slots=True)
class Specimen:
    """The parts of such a workbook, the places in each class of part, and what is said where."""

    parts: frozenset[str]
    places: frozenset[tuple[str, str]]
    said: frozenset[tuple[str, str, str]]


@lru_cache(maxsize=2)
def specimen(kind: WorkbookKind) -> Specimen:
    """The specimen of a workbook kind, drawn by the code that draws every workbook."""
    facts = ExportFacts("export:" + "0" * 26, kind, _SECRET, (), "2000-01-01")
    sheets = tuple(_sheet(layout.kind, kind) for layout in sheets_of(kind))
    plan = plan_workbook(Content(facts, sheets, {}, {}), Manifest(facts.short, facts.export_id, kind.value), b"")
    return specimen_of(draw(plan))


def specimen_of(data: bytes) -> Specimen:
    """What stands in a file that holds no record."""
    said: set[tuple[str, str, str]] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            said |= {(part_class(name), each.place, each.text) for each in said_in(name, archive.read(name))}
        return Specimen(
            frozenset(archive.namelist()), frozenset((part, place) for part, place, _ in said), frozenset(said)
        )


def _sheet(kind: str, workbook: WorkbookKind) -> SheetContent:
    """Blank rows in every look there is, so that every format of the drawing is among them."""
    layout = next(each for each in sheets_of(workbook) if each.kind == kind)
    blank = ("",) * len(layout.columns)
    fields = frozenset(column.field for column in layout.columns)
    rows = (Row("k" + "0" * 12, blank, fields), Row("k" + "1" * 12, blank, asked=False))
    return SheetContent(layout, rows, ("n" + "0" * 12,))
