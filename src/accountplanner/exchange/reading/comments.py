"""Comments that people stuck to cells: the old notes, and the threads that newer programs keep beside them.

A thread is kept twice: in a part of its own, and as a note for older programs whose author is `tc=` and an
id. Some programs drop the part and keep the note, so whichever is there is read, and never both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from accountplanner.exchange.reading.cells import CellComment
from accountplanner.exchange.reading.package import Package
from accountplanner.exchange.reading.places import column_number
from accountplanner.exchange.reading.typed_values import unescaped
from accountplanner.exchange.reading.xml_parts import Element, elements

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_FOR_OLD_PROGRAMS = re.compile(r"^\[Threaded comment\].*?\n\s*Comment:\s*", re.DOTALL)
_LATER_WORDS = re.compile(r"\n\s*Reply:\s*")
_THREAD_AUTHOR = "tc="
_MOST = 20_000


def people(package: Package, part: str) -> dict[str, str]:
    """Who wrote in threads: names by id."""
    return {
        each.attributes.get("id", ""): each.attributes.get("displayName", "")
        for each in elements(package, part)
        if each.name == "person"
    }


def comments_of(
    package: Package, notes: Iterable[str], threads: Iterable[str], authors: Mapping[str, str]
) -> tuple[CellComment, ...]:
    """Everything people stuck to the cells of one sheet, in the order of the cells."""
    said = [each for part in threads for each in _thread(elements(package, part), authors)]
    answered = {(each.row, each.column) for each in said}
    for part in notes:
        said += [each for each in _notes(elements(package, part)) if (each.row, each.column) not in answered]
    return tuple(sorted(said[:_MOST], key=lambda each: (each.row, each.column)))


def _thread(found: Iterable[Element], authors: Mapping[str, str]) -> Iterator[CellComment]:
    place, author, dated = (0, 0), "", ""
    for each in found:
        if each.name == "threadedComment":
            place = _place(each.attributes.get("ref", ""))
            author = authors.get(each.attributes.get("personId", ""), "").strip()
            dated = each.attributes.get("dT", "")[:10]
        elif each.name == "text" and each.parent == "threadedComment" and (text := each.content.strip()):
            yield CellComment(*place, author, unescaped(text), dated)


def _notes(found: Iterable[Element]) -> Iterator[CellComment]:
    """Old notes. Elements come in the order they begin, so the texts of a note follow it."""
    authors: list[str] = []
    place, author, pieces = (0, 0), "", list[str]()
    for each in found:
        if each.name == "author":
            # LibreOffice writes a space where nobody gave a name.
            authors.append(each.content.strip())
        elif each.name == "comment":
            yield from _note(place, author, "".join(pieces))
            place, pieces = _place(each.attributes.get("ref", "")), []
            number = each.attributes.get("authorId", "")
            author = (
                authors[int(number)] if number.isascii() and number.isdigit() and int(number) < len(authors) else ""
            )
        elif each.name == "t" and each.parent != "rPh":
            pieces.append(each.content)
    yield from _note(place, author, "".join(pieces))


def _note(place: tuple[int, int], author: str, text: str) -> Iterator[CellComment]:
    text = unescaped(text).replace("\r\n", "\n").strip()
    if author.startswith(_THREAD_AUTHOR):
        author = ""
        text = _LATER_WORDS.sub("\n", _FOR_OLD_PROGRAMS.sub("", text))
    # Programs write the author's name above the text once more.
    text = text.removeprefix(f"{author}:").strip() if author else text
    if text and place != (0, 0):
        yield CellComment(*place, author, text)


def _place(reference: str) -> tuple[int, int]:
    match = _PLACE.fullmatch(reference)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)
