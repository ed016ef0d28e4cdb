"""What people stick to cells, as the programs write it that they stick it with."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.comments import Comment

from accountplanner.exchange.reading.cells import CellComment
from accountplanner.exchange.reading.xlsx import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

_THREAD_FOR_OLD = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it "
    "will get removed if the file is opened in a newer version of Excel.\n\nComment:\n    They moved to Oslo\nReply:\n"
    "    In May"
)
_THREADS = """<?xml version="1.0" encoding="UTF-8"?>
<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="B2" dT="2026-11-20T10:11:12.34" personId="{P1}" id="{1}"><text>They moved to Oslo</text>
</threadedComment>
<threadedComment ref="B2" dT="2026-11-21T08:00:00.00" personId="{P2}" id="{2}" parentId="{1}"><text>In May</text>
</threadedComment></ThreadedComments>"""
_PEOPLE = """<?xml version="1.0" encoding="UTF-8"?>
<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<person displayName="Kari Nordmann" id="{P1}"/><person displayName="Ola Hansen" id="{P2}"/></personList>"""
_RELATIONS = "http://schemas.microsoft.com/office/2017/10/relationships/"


def _commented(*comments: tuple[str, str, str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Name"
    for place, author, text in comments:
        sheet[place].comment = Comment(text, author)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _with_parts(book: bytes, parts: Mapping[str, str], relations: Mapping[str, str]) -> bytes:
    """Add parts, and relations (from which part, to which, of what type) as a newer program would."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name in relations:
                text = text.replace(b"</Relationships>", relations[name].encode() + b"</Relationships>")
            new.writestr(name, text)
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()


def _said(book: bytes) -> tuple[CellComment, ...]:
    return read_workbook(io.BytesIO(book)).sheets[0].comments


def test_a_note_says_who_wrote_what_at_which_cell() -> None:
    book = _commented(("C3", "Kari Nordmann", "Kari Nordmann:\nAsk for Ola_x000D_"), ("A1", "", "No name here"))
    assert _said(book) == (CellComment(1, 1, "", "No name here"), CellComment(3, 3, "Kari Nordmann", "Ask for Ola"))


def test_a_thread_is_read_from_its_part_once_with_its_people_and_days() -> None:
    book = _with_parts(
        _commented(("B2", "tc={1}", _THREAD_FOR_OLD)),
        {"xl/threadedComments/threadedComment1.xml": _THREADS, "xl/persons/person.xml": _PEOPLE},
        {
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationship Id="t1" Type="{_RELATIONS}threadedComment" '
            'Target="../threadedComments/threadedComment1.xml"/>',
            "xl/_rels/workbook.xml.rels": f'<Relationship Id="p1" Type="{_RELATIONS}person" '
            'Target="persons/person.xml"/>',
        },
    )
    assert _said(book) == (
        CellComment(2, 2, "Kari Nordmann", "They moved to Oslo", "2026-11-20"),
        CellComment(2, 2, "Ola Hansen", "In May", "2026-11-21"),
    )


def test_where_a_program_dropped_the_thread_the_note_for_old_programs_says_the_same() -> None:
    book = _commented(("B2", "tc={1}", _THREAD_FOR_OLD))
    assert _said(book) == (CellComment(2, 2, "", "They moved to Oslo\nIn May"),)
