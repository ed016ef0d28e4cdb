"""Our own reader of xlsx workbooks: checked, streamed, exact about what a cell is.

Written because no library can be trusted alone with a person's answers (reading: findings 2 to
6): error cells come back as blanks, whole sheets as none, and some files stop the process. Strict
and transitional workbooks differ in their namespaces only, which are not looked at.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.caps import MOST_CELLS, CellCount
from accountplanner.exchange.reading.cells import Sheet, Workbook
from accountplanner.exchange.reading.comments import comments_of, people
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.marks import marking_styles
from accountplanner.exchange.reading.number_formats import date_kind
from accountplanner.exchange.reading.package import Package
from accountplanner.exchange.reading.plain_stretches import PlainStretches, has_references, without_entities
from accountplanner.exchange.reading.sheet_xml import SheetReader
from accountplanner.exchange.reading.typed_values import unescaped
from accountplanner.exchange.reading.xml_parts import (
    DEEPEST,
    LONGEST_CELL,
    MOST_ATTRIBUTES,
    Element,
    elements,
    parse,
    refuse_long_cell,
    refuse_nesting,
    safe_parser,
)

_PLAIN_STRING = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_HIDDEN = frozenset({"hidden", "veryHidden"})


Met = Callable[[Sheet], object]
"""Told of every sheet as soon as it is read, hidden ones first."""


def read_workbook(source: Path | BinaryIO, met: Met | None = None) -> Workbook:
    """Read a whole xlsx workbook. Runs in the guarded child (`guard.run_guarded`).

    Raises:
        FileRefusedError: it is damaged, hostile, or no xlsx workbook.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            return read_workbook(file, met)
    with Package(source) as package:
        return _read(package, met)


def _read(package: Package, met: Met | None) -> Workbook:
    part = _main_part(package)
    described = elements(package, part)
    targets = _relationships(package, part)
    date1904 = any(each.name == "workbookPr" and each.attributes.get("date1904") in {"1", "true"} for each in described)
    strings = _shared_strings(package, _of_type(targets, "sharedStrings"))
    styles = elements(package, _of_type(targets, "styles"))
    dates, marking = _date_styles(styles), marking_styles(styles)
    count = CellCount()
    listed = [
        each for each in described if each.name == "sheet" and each.parent == "sheets" and _is_worksheet(each, targets)
    ]
    if not listed:
        raise FileRefusedError("it holds no sheet")
    read: dict[int, Sheet] = {}
    for place in sorted(range(len(listed)), key=lambda place: not _is_hidden(listed[place])):
        reader = SheetReader(strings, dates, count, marking, date1904=date1904)
        read[place] = _sheet(package, listed[place], targets, reader)
        if met is not None:
            met(read[place])
    core = {each.name: each.content for each in _beside(package, "docProps/core.xml")}
    return Workbook(
        tuple(read[place] for place in range(len(listed))),
        modified=core.get("modified", ""),
        modified_by=core.get("lastModifiedBy", ""),
        application=next((e.content for e in _beside(package, "docProps/app.xml") if e.name == "Application"), ""),
        custom_properties=_custom_properties(package),
        date1904=date1904,
    )


def _beside(package: Package, part: str) -> list[Element]:
    """A part that says something about the workbook only; damage there must cost nobody's answers."""
    try:
        return elements(package, part)
    except FileRefusedError:
        return []


def _main_part(package: Package) -> str:
    found = _of_type(_relationships(package, ""), "officeDocument") or "xl/workbook.xml"
    if found not in package:
        raise FileRefusedError("it is an archive, but no workbook")
    return found


def _relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Per relationship id: the last word of its type, and the part it leads to."""
    folder, name = posixpath.split(part)
    listed = elements(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        each.attributes.get("Id", ""): (
            each.attributes.get("Type", "").rpartition("/")[2],
            _resolved(folder, each.attributes.get("Target", "")),
        )
        for each in listed
        if each.name == "Relationship" and each.attributes.get("TargetMode") != "External"
    }


def _resolved(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))


def _of_type(targets: dict[str, tuple[str, str]], wanted: str) -> str:
    return next((part for kind, part in targets.values() if kind == wanted), "")


def _is_worksheet(described: Element, targets: dict[str, tuple[str, str]]) -> bool:
    kind, _ = targets.get(described.attributes.get("id", ""), ("worksheet", ""))
    return kind == "worksheet"


def _is_hidden(described: Element) -> bool:
    return described.attributes.get("state") in _HIDDEN


def _sheet(package: Package, described: Element, targets: dict[str, tuple[str, str]], reader: SheetReader) -> Sheet:
    name = described.attributes.get("name", "")
    hidden = _is_hidden(described)
    _, part = targets.get(described.attributes.get("id", ""), ("", ""))
    if part not in package:
        return Sheet(name, hidden, readable=False)
    reader.read(package.stream(part), part)
    beside = _relationships(package, part).values()
    notes, threads = ([part for kind, part in beside if kind == wanted] for wanted in ("comments", "threadedComment"))
    said = (
        comments_of(package, notes, threads, people(package, _of_type(targets, "person"))) if notes or threads else ()
    )
    return Sheet(
        name,
        hidden,
        reader.rows,
        tuple(reader.merged),
        reader.beyond,
        reader.doubled,
        comments=said,
        marks=reader.marks,
    )


def _date_styles(found: Sequence[Element]) -> dict[str, str]:
    """The kind of date per style number, for the styles that show one."""
    codes = {
        each.attributes.get("numFmtId", ""): each.attributes.get("formatCode", "")
        for each in found
        if each.name == "numFmt" and each.parent == "numFmts"
    }
    styles = [each.attributes.get("numFmtId", "0") for each in found if each.name == "xf" and each.parent == "cellXfs"]
    kinds = {number: date_kind(int(number) if number.isdecimal() else 0, codes.get(number)) for number in set(styles)}
    return {str(index): kinds[number] for index, number in enumerate(styles) if kinds[number]}


def _custom_properties(package: Package) -> dict[str, str]:
    properties: dict[str, str] = {}
    name = ""
    for each in _beside(package, "docProps/custom.xml"):
        if each.name == "property":
            name = each.attributes.get("name", "")
        elif each.parent == "property":
            properties[name] = unescaped(each.content)
    return properties


def _shared_strings(package: Package, part: str) -> list[str]:
    """The texts cells point to; formatting is dropped, and phonetic readings are nobody's text."""
    if part not in package:
        return []
    reader = _SharedStrings()
    reader.read(package.stream(part), part)
    return reader.texts


class _SharedStrings:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._runs: list[str] = []
        self._depth = 0
        self._phonetic = 0

    def read(self, chunks: Iterator[bytes], part: str) -> None:
        parser = safe_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        self._stretches = PlainStretches(parser, "sst", "si", self._take_plain)
        parse(parser, self._stretches.left(chunks), part)
        del self._stretches

    def _take_plain(self, text: str) -> bool:
        match = _PLAIN_STRING.fullmatch(text)
        if match is None or has_references(match[1]):
            return False
        self._take(without_entities(match[1]))
        return True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST or len(attributes) > MOST_ATTRIBUTES:
            refuse_nesting()
        local = name.rpartition(":")[2]
        if local == "t":
            self._pieces.clear()
        elif local == "si":
            self._runs.clear()
        elif name == "sst":
            self._stretches.opened()
        elif local == "rPh":
            self._phonetic += 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(":")[2]
        if local == "t":
            if not self._phonetic:
                self._runs.extend(self._pieces)
        elif local == "si":
            self._take("".join(self._runs))
            self._stretches.closed()
        elif local == "rPh":
            self._phonetic -= 1

    def _take(self, text: str) -> None:
        if len(text) > LONGEST_CELL:
            refuse_long_cell()
        if len(self.texts) >= MOST_CELLS:
            raise FileRefusedError(told("it holds more than {most:,} texts", most=MOST_CELLS))
        self.texts.append(unescaped(text))
