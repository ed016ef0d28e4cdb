"""What somebody could do to a workbook's hidden sheet who holds the team key, or who only knows how to edit cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from accountplanner.exchange.contract import SYNC_SHEET
from accountplanner.exchange.sync import Manifest, pack_payload, read_sync, sync_rows, unpack_payload
from accountplanner.store.sealing import pack_all, unpack_all
from accountplanner.usecases.team import PART_SIGNATURE, open_payload, seal_payload, signed_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accountplanner.domain.batches import SealedBatch
    from accountplanner.usecases.session import Session

Parts = dict[str, bytes]


def forged(session: Session, file: Path, forge: Callable[[Parts], Parts], writer: Session | None = None) -> Path:
    """Change what a team workbook's hidden part says, as somebody could who has the team key; `writer` signs it."""

    def change(payload: bytes) -> bytes:
        parts = forge(unpack_payload(open_payload(session, payload)))
        if writer is not None:
            parts.pop(PART_SIGNATURE, None)
            parts = signed_parts(writer.store.identity, parts)
        return seal_payload(session.store.identity, pack_payload(parts))

    return with_payload(file, change)


def with_payload(file: Path, change: Callable[[bytes], bytes]) -> Path:
    """Put another payload into the hidden sheet, with fitting checks."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    sheet = book[SYNC_SHEET]
    manifest, payload = read_sync((str(a.value), str(b.value), str(c.value)) for a, b, c, *_ in sheet.iter_rows())
    assert isinstance(manifest, Manifest)
    assert payload
    sheet.delete_rows(1, sheet.max_row)
    for row in sync_rows(manifest, change(payload)):
        sheet.append(row)
    target = file.with_name(f"forged-{file.name}")
    book.save(target)
    book.close()
    return target


def with_batches(change: Callable[[list[SealedBatch]], list[SealedBatch]]) -> Callable[[Parts], Parts]:
    """Change the batches of a team workbook's hidden part."""
    return lambda parts: {**parts, "batches": pack_all(change(unpack_all(parts["batches"])))}
