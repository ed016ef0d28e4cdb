"""The base of an export: for every row its canonical cells exactly as they were shown.

What came back is compared with it, and with nothing else. Format 1 (2026-11): compact JSON in UTF-8,
deflated (zlib); since 2026-11-22 with the program's own words on the guide and the receipt. In a partner workbook it stands in the hidden sheet, plain, and holds what the partner
sees anyway; a keyed digest shows whether somebody changed it. In a team workbook it lies inside the
sealed part.
"""

import hashlib
import hmac
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accountplanner.exchange.contract import RECEIPT_SHEET
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.own_words import own_words
from accountplanner.exchange.projection import Content, SheetContent
from accountplanner.exchange.reading.errors import FileRefusedError

_FORMAT = 1
_LARGEST = 300 * 2**20
# A tenth larger than with the usual 6, in a third of the time.
_LEVEL = 1
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BaseSheet:
    """One sheet as exported: fields and headers in order, canonical cells per alias, empty rows."""

    kind: str
    name: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    rows: Mapping[str, list[str]]
    spares: frozenset[str]


@dataclass(frozen=True, slots=True)
class Base:
    """A decoded base. `words` are the program's own on the sheets without records; early exports did not keep them."""

    export: str
    currency: str
    sheets: tuple[BaseSheet, ...]
    titles: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


def encode_base(content: Content) -> bytes:
    """Write the base; the same bytes for the same content."""
    head = _json({"currency": content.facts.currency, "export": content.facts.short, "format": _FORMAT})
    deflater = zlib.compressobj(_LEVEL)
    texts = _joined([_sheet_text(sheet) for sheet in content.sheets])
    last = f'],"titles":{_json(content.titles)},"words":{_json(own_words(content))}}}'
    pieces = (f'{head[:-1]},"sheets":[', *texts, last)
    deflated = [deflater.compress(piece.encode("utf-8", "surrogatepass")) for piece in pieces]
    return b"".join((*deflated, deflater.flush()))


def _sheet_text(sheet: SheetContent) -> str:
    """One sheet. Its rows are written some hundred at a time: one call for all would hold up every other thread."""
    named = _json(
        {
            "columns": [[column.field, column.header] for column in sheet.layout.columns],
            "kind": sheet.layout.kind,
            "name": sheet.layout.name,
        }
    )
    rows = [[row.alias, *row.cells] for row in sheet.rows]
    texts = [_json(rows[start : start + _ROWS_AT_ONCE])[1:-1] for start in range(0, len(rows), _ROWS_AT_ONCE)]
    return f'{named[:-1]},"rows":[{",".join(texts)}],"spares":{_json(list(sheet.spares))}}}'


def _joined(texts: list[str]) -> list[str]:
    return [f",{text}" if place else text for place, text in enumerate(texts)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode_base(data: bytes) -> Base:
    """Read a base that has been vouched for.

    Raises:
        FileRefusedError: it is none, or of a newer version.
    """
    try:
        loaded = json.loads(base_text(data))
        if loaded["format"] > _FORMAT:
            raise FileRefusedError("it was written by a newer version of the program")
        sheets = tuple(_sheet(each) for each in loaded["sheets"])
        return Base(loaded["export"], loaded["currency"], sheets, loaded["titles"], loaded.get("words", {}))
    except (KeyError, IndexError, TypeError, ValueError, zlib.error) as error:
        raise FileRefusedError("what was written into it when it was exported is damaged") from error


def base_cells(data: bytes) -> Iterator[str]:
    """Every text a base shows: its cells, the titles that stand in place of references, and the receipt."""
    base = decode_base(data)
    for sheet in base.sheets:
        for cells in sheet.rows.values():
            yield from cells
    for titles in base.titles.values():
        yield from titles.values()
    yield from base.words.get(RECEIPT_SHEET, ())


def is_base(data: bytes) -> bool:
    """Whether bytes begin as a base does, and as no file that people bring."""
    return data[:1] == b"\x78" and int.from_bytes(data[:2], "big") % 31 == 0


def base_text(data: bytes) -> str:
    """A base as it was before it was deflated.

    Raises:
        FileRefusedError: it is none.
    """
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, _LARGEST).decode("utf-8", "surrogatepass")
    except (ValueError, zlib.error) as error:
        raise FileRefusedError("what was written into it when it was exported is damaged") from error
    if inflater.unconsumed_tail:
        raise FileRefusedError("it was written by a newer version of the program")
    return text


def base_digest(secret: bytes, data: bytes) -> str:
    """The keyed digest that vouches for a base. Keyed, because a plain one could be guessed back."""
    return hmac.new(secret, b"base" + data, hashlib.sha256).hexdigest()


def vouched_base(record: ExportRecord, data: bytes) -> bytes | None:
    """The base out of a returned workbook if it is the one that was exported, else nothing."""
    good = hmac.compare_digest(base_digest(record.facts.secret, data), record.base_digest)
    return data if good else None


def make_export_record(content: Content, base: bytes) -> ExportRecord:
    """The record of an export: to be kept before the workbook leaves."""
    rows = [row for sheet in content.sheets for row in sheet.rows]
    return ExportRecord(
        facts=content.facts,
        sheets=tuple(sheet.layout for sheet in content.sheets),
        aliases=content.aliases,
        conflicts=frozenset((row.alias, field) for row in rows for field in row.conflicts),
        asked=frozenset(row.alias for row in rows if row.asked) if content.facts.partner else frozenset(),
        base_digest=base_digest(content.facts.secret, base),
    )


def _sheet(loaded: dict[str, Any]) -> BaseSheet:
    return BaseSheet(
        loaded["kind"],
        loaded["name"],
        tuple(field for field, _ in loaded["columns"]),
        tuple(header for _, header in loaded["columns"]),
        {row[0]: row[1:] for row in loaded["rows"]},
        frozenset(loaded["spares"]),
    )
