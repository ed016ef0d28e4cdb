"""Address books and calendars read as lists, in the same guarded child process as workbooks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from accountplanner.domain.sentences import joined, quoted
from accountplanner.exchange.personal.calendar import MEETING_COLUMNS, read_meetings
from accountplanner.exchange.personal.vcard import read_cards
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.guard import Limits, Watch, run_guarded
from accountplanner.exchange.reading.raw import RawRow, RawTable

_BEGIN = re.compile(rb"\s*BEGIN\s*:\s*(VCARD|VCALENDAR)\s", re.IGNORECASE)
_LOOKED_AT = 1000
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def own_data_kind(content: FileContent) -> str:
    """Say by its first bytes whether a file is a `vcard` or a `vcalendar`; blank for anything else."""
    head = content.data[:_LOOKED_AT]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    begun = _BEGIN.match(head.replace(b"\0", b""))
    return begun[1].decode().casefold() if begun else ""


def read_own_data(
    files: Sequence[FileContent], today: date, limits: Limits | None = None, watch: Watch | None = None
) -> list[RawTable]:
    """Read address books as one list and calendars as another.

    Raises:
        FileRefusedError: one of them cannot be read; the sentence names it.
    """
    watch = Watch(watch.cancelled if watch else None, subject=joined((quoted(file.name) for file in files), ", "))
    return run_guarded(own_data_tables, tuple(files), today, limits=limits, watch=watch)


def own_data_tables(files: Sequence[FileContent], today: date) -> list[RawTable]:
    """The same without a guard: what the child does."""
    read: dict[tuple[str, ...], list[RawTable]] = {}
    for content in files:
        try:
            table = _table(content, today)
        except FileRefusedError as refused:
            raise refused.about(quoted(content.name)) from None
        read.setdefault(table.header, []).append(replace(table, file=content.name))
    return [_joined(tables) for tables in read.values()]


def is_meeting_list(table: RawTable) -> bool:
    """Whether a list is of meetings."""
    return table.header == MEETING_COLUMNS


def _table(content: FileContent, today: date) -> RawTable:
    if own_data_kind(content) == "vcard":
        return read_cards(content.data, content.stem)
    return read_meetings(content.data, content.stem, today)


def _joined(tables: Sequence[RawTable]) -> RawTable:
    """The files of one kind as one list; whoever is in two of them is there once."""
    if len(tables) == 1:
        return tables[0]
    rows = (row for table in tables for row in table.rows)
    return replace(
        tables[0],
        name=", ".join(table.name for table in tables),
        rows=tuple(RawRow(number, row.cells) for number, row in enumerate(rows, 1)),
        notes=tuple(note for table in tables for note in table.notes),
    )
