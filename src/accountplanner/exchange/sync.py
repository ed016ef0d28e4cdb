"""The hidden sheet `_sync`: what the program needs to read a workbook that comes back.

Ordinary cell text on an ordinary hidden sheet is the only carrier that survives every spreadsheet
program. Rows of three texts: a mark, a check, a content. The manifest rows come first
(`m:<name>`, check, value); then the payload in base64, cut into chunks (`c:<number>`, check, chunk).
Each row carries its own check, so sorting does no harm and deleting or editing is noticed.

The payload of a partner workbook is its base; that of a team workbook is sealed by the caller, and
inside is a container of named parts (`pack_payload`).
"""

import base64
import binascii
import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accountplanner.exchange.reading.errors import FileRefusedError

SYNC_FORMAT = "accountplanner-sync-1"
CHUNK = 30_000
SyncRow = tuple[str, str, str]
_MAGIC = b"APPK1"
_MOST_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """The plain rows: which export this is, and which key opens the payload.

    `key` is the id of the team key, blank for a partner workbook. `mac` vouches for a partner's base.
    In a workbook that lost its hidden sheet only `export`, the short id, may be known.
    """

    export: str
    export_id: str = ""
    kind: str = ""
    key: str = ""
    mac: str = ""
    chunks: int = 0
    format: str = SYNC_FORMAT

    def digest(self) -> str:
        """A short digest for the document properties, a second witness."""
        named = "\n".join(f"{name}={value}" for name, value in _fields(self))
        return hashlib.sha256(named.encode()).hexdigest()[:32]


def sync_rows(manifest: Manifest, payload: bytes) -> list[SyncRow]:
    """All rows of the sheet. The number of chunks is filled in."""
    text = base64.b64encode(payload).decode()
    chunks = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    rows = [(f"m:{name}", value) for name, value in _fields(with_chunks(manifest, payload))]
    rows += [(f"c:{number:05d}", chunk) for number, chunk in enumerate(chunks, 1)]
    return [(mark, _check(mark, content), content) for mark, content in rows]


def with_chunks(manifest: Manifest, payload: bytes) -> Manifest:
    """The manifest with the number of chunks its payload takes."""
    number = -(-len(base64.b64encode(payload)) // CHUNK)
    return Manifest(manifest.export, manifest.export_id, manifest.kind, manifest.key, manifest.mac, number)


def read_sync(rows: Iterable[SyncRow]) -> tuple[Manifest | None, bytes | None]:
    """Read the rows in any order: the manifest if it is whole, the payload if it is whole."""
    named: dict[str, str] = {}
    chunks: dict[str, str] = {}
    for mark, check, content in rows:
        if _is_whole(mark, check, content):
            (named if mark.startswith("m:") else chunks)[mark[2:]] = content
    try:
        manifest = Manifest(
            named["export"],
            named["export id"],
            named["workbook"],
            named.get("key", ""),
            named.get("mac", ""),
            int(named["chunks"]),
            named["format"],
        )
    except (KeyError, ValueError):
        return None, None
    return manifest, _payload(chunks, manifest.chunks)


def exports_named(rows: Iterable[SyncRow]) -> frozenset[str]:
    """The exports whose hidden sheets these rows come from: one, unless somebody put another's into the file."""
    return frozenset(content for mark, check, content in rows if mark == "m:export" and _is_whole(mark, check, content))


def pack_payload(parts: Mapping[str, bytes]) -> bytes:
    """Put named parts into one: per part the lengths of name and data, then both; deterministic."""
    packed = [_MAGIC]
    for name, data in sorted(parts.items()):
        encoded = name.encode()
        packed += [struct.pack(">HQ", len(encoded), len(data)), encoded, data]
    return b"".join(packed)


def unpack_payload(payload: bytes) -> dict[str, bytes]:
    """Take them out again.

    Raises:
        FileRefusedError: it is not what `pack_payload` wrote.
    """
    if not payload.startswith(_MAGIC):
        raise FileRefusedError("its hidden part is damaged")
    parts: dict[str, bytes] = {}
    at = len(_MAGIC)
    while at < len(payload) and len(parts) < _MOST_PARTS:
        try:
            name_length, length = struct.unpack_from(">HQ", payload, at)
        except struct.error as error:
            raise FileRefusedError("its hidden part is damaged") from error
        at += 10
        end = at + name_length + length
        if end > len(payload):
            raise FileRefusedError("its hidden part is damaged")
        parts[payload[at : at + name_length].decode("utf-8", "replace")] = payload[at + name_length : end]
        at = end
    return parts


def _payload(chunks: Mapping[str, str], number: int) -> bytes | None:
    if number > len(chunks):
        return None
    names = [f"{each:05d}" for each in range(1, number + 1)]
    if not all(name in chunks for name in names):
        return None
    try:
        return base64.b64decode("".join(chunks[name] for name in names), validate=True)
    except binascii.Error:
        return None


def _fields(manifest: Manifest) -> list[tuple[str, str]]:
    named = [
        ("format", manifest.format),
        ("export", manifest.export),
        ("export id", manifest.export_id),
        ("workbook", manifest.kind),
        ("key", manifest.key),
        ("mac", manifest.mac),
        ("chunks", str(manifest.chunks)),
    ]
    # A blank cell cannot be told from a missing one.
    return [(name, value) for name, value in named if value]


def _is_whole(mark: str, check: str, content: str) -> bool:
    return _check(mark, content) == check.strip().casefold()


def _check(mark: str, content: str) -> str:
    return f"{zlib.crc32(f'{mark}={content}'.encode()):08x}"
