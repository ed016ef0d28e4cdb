"""The leak gate: a positive list of every text that may stand in any part of a file that leaves.

A text, in an element or in an attribute, may be a number, a cell reference, a text of the plan, or one
that also stands in the specimen: a workbook of the same kind drawn by the same code without a single
record. Anything else stops the export and names the place. Simple cells are taken away first: what
they show has been compared with the plan already, and the shared strings are checked one by one.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from xml.sax.saxutils import escape  # writes only; nothing is parsed with it

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.contract import WorkbookKind, sheets_of
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.projection import Content, Row, SheetContent
from accountplanner.exchange.reading.sheet_xml import unescaped
from accountplanner.exchange.reading.xml_parts import parse, safe_parser
from accountplanner.exchange.sync import Manifest
from accountplanner.exchange.writing.drawing import draw
from accountplanner.exchange.writing.plan import Plan, money_format, plan_workbook
from accountplanner.exchange.writing.words import export_words, header_text

_SIMPLE_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?:/>|(?: t="s")?><v>-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?</v></c>)'
)
_STRINGS = "xl/sharedStrings.xml"
_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|[0-9]+:[0-9]+")
_REFERENCE = re.compile(r"('_lists'!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}(:\$?[A-Z]{1,3}\$?[0-9]{1,7})?")
# These appear only where the data calls for them; they say nothing.
_HARMLESS = frozenset({"preserve", ""})
_SPECIMEN_SECRET = b"specimen"


class LeakError(RefusedError):
    """Something stands in a finished workbook that nothing accounts for. The file was not published."""

    def __init__(self, part: str, place: str) -> None:
        super().__init__(f"The workbook was not written: {place} in its part {part} holds something unexplained.")
        self.part = part
        self.place = place


def check_leaks(data: bytes, plan: Plan) -> None:
    """Account for every text of every part.

    Raises:
        LeakError: one is not accounted for; the sentence names the place, not the text.
    """
    known_parts, known_words = _specimen(plan.facts.kind)
    permitted = known_words | _planned(plan)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.comment or any(entry.comment or entry.extra for entry in archive.infolist()):
            raise LeakError("the archive", "a comment")
        for entry in archive.infolist():
            if entry.filename not in known_parts:
                raise LeakError(entry.filename, "its name")
            held = archive.read(entry)
            if entry.filename == _STRINGS:
                held = _without_planned(held, permitted)
            for place, text in _texts(entry.filename, held):
                if text not in permitted and not _is_harmless(text) and unescaped(text) not in permitted:
                    raise LeakError(entry.filename, place)


def _without_planned(strings: bytes, permitted: set[str] | frozenset[str]) -> bytes:
    """The shared strings without those that the plan accounts for as they stand; the rest is looked at in full."""
    planned = {escape(text).encode("utf-8", "surrogatepass") for text in permitted}
    if planned.issuperset(match[1] for match in _STRING.finditer(strings)):
        return _STRING.sub(b"", strings)
    return _STRING.sub(lambda match: b"" if match[1] in planned else match[0], strings)


def _is_harmless(text: str) -> bool:
    return text in _HARMLESS or bool(_NUMBER.fullmatch(text) or _REFERENCE.fullmatch(text))


def _planned(plan: Plan) -> set[str]:
    """Every text the plan accounts for."""
    texts = {str(cell) for _, rows in plan.texts() for row in rows for cell in row if isinstance(cell, str)}
    texts.update(line.text for line in plan.guide)
    texts.update(header_text(name, plan.facts) for name in plan.sheet_names)
    currencies = {currency for sheet in plan.sheets for row in sheet.rows for currency in row.currencies if currency}
    texts.update(money_format(currency) for currency in {*currencies, plan.facts.currency})
    texts.update({plan.manifest.digest(), plan.facts.short, export_words(plan.facts)})
    texts.add(f"{plan.facts.made_on[:10]}T00:00:00Z")
    return texts


@lru_cache(maxsize=2)
def _specimen(kind: WorkbookKind) -> tuple[frozenset[str], frozenset[str]]:
    """The part names and all texts of a workbook without records."""
    facts = ExportFacts("export:" + "0" * 26, kind, _SPECIMEN_SECRET, (), "2000-01-01")
    sheets = tuple(_specimen_sheet(layout.kind, kind) for layout in sheets_of(kind))
    plan = plan_workbook(Content(facts, sheets, {}, {}), Manifest(facts.short, facts.export_id, kind.value), b"")
    words: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(draw(plan))) as archive:
        for entry in archive.infolist():
            words.update(text for _, text in _texts(entry.filename, archive.read(entry)))
        return frozenset(archive.namelist()), frozenset(words)


def _specimen_sheet(kind: str, workbook: WorkbookKind) -> SheetContent:
    """Blank rows in every look there is, so that every format of the drawing is among the words."""
    layout = next(each for each in sheets_of(workbook) if each.kind == kind)
    blank = ("",) * len(layout.columns)
    fields = frozenset(column.field for column in layout.columns)
    rows = (Row("k" + "0" * 12, blank, fields), Row("k" + "1" * 12, blank, asked=False))
    return SheetContent(layout, rows, ("n" + "0" * 12,))


def _texts(part: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Place and text of everything in a part that could say something."""
    if part.startswith("xl/worksheets/sheet"):
        data = _SIMPLE_CELL.sub(b"", data)
    walker = _Walker()
    parser = safe_parser()
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.pieces.append
    parse(parser, [data], part)
    yield from walker.found


class _Walker:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.found: list[tuple[str, str]] = []
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._settle()
        self._name = name
        for key, value in attributes.items():
            self.found.append((f"{name} {key}", value))

    def end(self, _name: str) -> None:
        self._settle()

    def _settle(self) -> None:
        text = "".join(self.pieces)
        self.pieces.clear()
        if text and (text.strip() or self._name == "t"):
            self.found.append((self._name, text))
