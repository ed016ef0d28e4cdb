"""The leak gate: a positive list of everything that may stand in any part of a file that leaves.

Every element and attribute must be one that the specimen has in such a part (a workbook of the same
kind, drawn by the same code without a single record). What is said there must be what the specimen
says in that place, a text of the plan, or, in the few places that count rows and columns, a small
number or a reference. Anything else, a comment or a byte between the parts included, stops the export
and names the place. Simple cells are taken away first: what they show has been compared with the plan
already; the shared strings are checked one by one, and the guide holds no number at all.
"""

import io
import re
import struct
import zipfile
from collections.abc import Collection, Iterator, Mapping
from xml.sax.saxutils import escape  # writes only; nothing is parsed with it

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import fixed, told
from accountplanner.exchange.reading.typed_values import unescaped
from accountplanner.exchange.writing.guards import formulas
from accountplanner.exchange.writing.part_texts import Said, part_class, said_in
from accountplanner.exchange.writing.plan import Plan, money_format
from accountplanner.exchange.writing.specimen import Specimen, specimen
from accountplanner.exchange.writing.words import export_words, header_text, sheet_line

_CELL = (
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,4}")?'
    rb'(?:/>|(?P<shared> t="s")?><v>(?P<value>-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)</v></c>)'
)
_SIMPLE_CELL = re.compile(_CELL)
_SIMPLE_ROW = re.compile(
    rb'<row r="[0-9]{1,7}" spans="[0-9]{1,5}:[0-9]{1,5}"(?: ht="[0-9.]{1,6}" customHeight="1")?></row>'
)
_SHEETS = "xl/worksheets/sheet"
_GUIDE = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_SPECIAL = re.compile("[&<>]")
_PIECE = 2**20
_SMALL = re.compile(r"[0-9]{1,7}(\.[0-9]{1,7})?|[0-9]{1,5}:[0-9]{1,5}")
_REFERENCE = re.compile(r"('_lists'!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}(:\$?[A-Z]{1,3}\$?[0-9]{1,7})?")
_LOCAL_HEADER = struct.Struct("<26xHH")
_END_OF_ARCHIVE = 22

_COUNTED: Mapping[str, Collection[str]] = {
    "docProps/app.xml": {"vt:i4:text", "vt:vector size"},
    _STRINGS: {"sst count", "sst uniqueCount"},
    "xl/styles.xml": {
        "borders count", "cellXfs count", "fills count", "fonts count", "numFmt numFmtId", "numFmts count",
        "xf borderId", "xf fillId", "xf fontId", "xf numFmtId",
    },
    "xl/tables/table#.xml": {
        "autoFilter ref", "table id", "table ref", "tableColumn id", "tableColumns count",
    },
    "xl/workbook.xml": {"definedName localSheetId", "sheet sheetId"},
    "xl/worksheets/sheet#.xml": {
        "c r", "c s", "col max", "col min", "col style", "col width", "dataValidation sqref", "dataValidations count",
        "dimension ref", "formula1:text", "hyperlink ref", "pageSetup fitToWidth", "row ht", "row r", "row spans",
        "selection activeCell", "selection sqref",
    },
}  # fmt: skip
"""The places whose numbers and references follow from how many rows, columns and looks there are."""
_SPACE_KEPT = (_STRINGS, Said("t xml:space", "preserve"))


class LeakError(RefusedError):
    """Something stands in a finished workbook that nothing accounts for. The file was not published."""

    def __init__(self, part: str, place: str) -> None:
        super().__init__(
            told(
                "The workbook was not written: {part} ({place}) holds something unexplained.",
                part=fixed(part),
                place=fixed(place),
            )
        )
        self.part = part
        self.place = place


def check_leaks(data: bytes, plan: Plan) -> None:
    """Account for everything in every part.

    Raises:
        LeakError: something is not accounted for; the sentence names the place, not the text.
    """
    account_for(data, specimen(plan.facts.kind), _planned(plan))


def account_for(data: bytes, known: Specimen, permitted: set[str]) -> None:
    """The same for any file: `permitted` are its planned texts.

    Raises:
        LeakError: something is not accounted for.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_archive(archive, data, known)
        _check_guide(archive.read(_GUIDE), archive.read(_STRINGS).count(b"<si>"))
        for name in archive.namelist():
            _check_part(name, _reduced(name, archive.read(name), permitted), permitted, known)


def _check_archive(archive: zipfile.ZipFile, data: bytes, known: Specimen) -> None:
    """Known parts, each once, one right behind the other, and nothing else."""
    names = archive.namelist()
    at = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        if entry.filename not in known.parts or names.count(entry.filename) > 1:
            raise LeakError("the archive", "the name of a part")
        if entry.comment or entry.extra or entry.header_offset != at:
            raise LeakError(entry.filename, "what stands beside it")
        lengths = _LOCAL_HEADER.unpack_from(data, at)
        at += _LOCAL_HEADER.size + sum(lengths) + entry.compress_size
        if lengths != (len(entry.filename), 0):
            raise LeakError(entry.filename, "what stands beside it")
    directory = sum(46 + len(name) for name in names)
    if archive.comment or archive.start_dir != at or len(data) != at + directory + _END_OF_ARCHIVE:
        raise LeakError("the archive", "what stands beside its parts")


def _reduced(part: str, held: bytes, permitted: set[str]) -> bytes:
    """A part without what has been accounted for already."""
    if part == _STRINGS:
        return _without_planned(held, permitted)
    if not part.startswith(_SHEETS):
        return held
    return b"".join(_SIMPLE_ROW.sub(b"", _SIMPLE_CELL.sub(b"", piece)) for piece in _pieces(held, b"</row>"))


def _pieces(held: bytes, end: bytes) -> Iterator[bytes]:
    """A part in pieces that end with a whole element: one look at all of it would hold up every other thread."""
    at = 0
    while at < len(held):
        found = held.find(end, at + _PIECE)
        cut = len(held) if found < 0 else found + len(end)
        yield held[at:cut]
        at = cut


def _check_guide(guide: bytes, strings: int) -> None:
    """The guide is laid out by the drawing, not compared: every number in it names a string."""
    for cell in _SIMPLE_CELL.finditer(guide):
        value = cell["value"]
        if value and not (cell["shared"] and value.isdigit() and int(value) < strings):
            raise LeakError(_GUIDE, "a number")


def _check_part(part: str, held: bytes, permitted: set[str], known: Specimen) -> None:
    group = part_class(part)
    counted = _COUNTED.get(group, ())
    for said in said_in(part, held):
        if (group, *said) in known.said or (group, said) == _SPACE_KEPT:
            continue
        if (group, said.place) not in known.places:
            raise LeakError(part, _nearest(group, said.place, known))
        if said.place in counted and (_SMALL.fullmatch(said.text) or _REFERENCE.fullmatch(said.text)):
            continue
        if said.text not in permitted and unescaped(said.text) not in permitted:
            raise LeakError(part, said.place)


def _nearest(group: str, place: str, known: Specimen) -> str:
    """What to call a place that should not be there: its own name may be what must not be told."""
    element = re.split("[ :]", place)[0]
    return (
        told("an attribute or a text of {element}", element=element)
        if (group, element) in known.places
        else told("an element")
    )


def _without_planned(strings: bytes, permitted: set[str]) -> bytes:
    """The shared strings without those that the plan accounts for as they stand; the rest is looked at in full."""
    planned = {(escape(text) if _SPECIAL.search(text) else text).encode("utf-8", "surrogatepass") for text in permitted}
    left: list[bytes] = []
    for piece in _pieces(strings, b"</si>"):
        # With a group, a split gives in turn what stands between the strings, and each string.
        parts = _STRING.split(piece)
        if planned.issuperset(parts[1::2]):
            left += parts[::2]
        else:
            left.append(_STRING.sub(lambda match: b"" if match[1] in planned else match[0], piece))
    return b"".join(left)


def _planned(plan: Plan) -> set[str]:
    """Every text the plan accounts for."""
    texts = {str(cell) for _, rows in plan.texts() for row in rows for cell in row if isinstance(cell, str)}
    texts.update(line.text for line in plan.guide)
    texts.update(sheet_line(sheet.content, plan.facts.kind) for sheet in plan.sheets)
    texts.update(header_text(name, plan.facts) for name in plan.sheet_names)
    texts.update(formulas(plan))
    currencies = {currency for sheet in plan.sheets for row in sheet.rows for currency in row.currencies if currency}
    texts.update(money_format(currency) for currency in {*currencies, plan.facts.currency})
    texts.update({plan.manifest.digest(), plan.facts.short, export_words(plan.facts)})
    texts.add(f"{plan.facts.made_on[:10]}T00:00:00Z")
    return texts
