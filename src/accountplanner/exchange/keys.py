"""Row keys: how a row that comes back says which record it is, without naming it to anybody else.

A key is `<alias>.<short export id>.<check>`, all lower case. An alias is a keyed digest of the record
id: under a secret per partner, so that two partners who lay their workbooks side by side learn
nothing, or under the team's. Aliases of records begin with `k`, those of spare rows with `n`; a text
too long for one cell goes on in rows whose alias carries `~2`, `~3` and so on. The dots and the letter
in front keep every spreadsheet program from taking a key for a number or a date.
"""

import re
from typing import NamedTuple

from accountplanner.domain.ids import derived_id, keyed_digest, short_check
from accountplanner.domain.text import comparison_text

_LETTERS = 12
ALIAS_LENGTH = 1 + _LETTERS
RECORD_MARK, SPARE_MARK = "k", "n"
_SHORT_LENGTH = 8
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_KEY = re.compile(r"([kn][0-9a-z]{12})(?:~([2-9]|[1-9]\d{1,3}))?\.([0-9a-z]{8})\.([0-9a-z]{2})")


class RowKey(NamedTuple):
    """What a key says: the alias, which part of a long text the row carries, the export's short id."""

    alias: str
    part: int
    export: str

    @property
    def is_spare(self) -> bool:
        """Whether the row was empty when it was exported."""
        return self.alias.startswith(SPARE_MARK)


# The same in the bytes of a text file, whatever its encoding, for a first look.
_KEY_BYTES = re.compile(rb"[kn][0-9a-z]{12}(?:~\d{1,4})?\.[0-9a-z]{8}\.[0-9a-z]{2}", re.IGNORECASE)


def short_id(export_id: str) -> str:
    """The part of an export's id that stands in keys, on the guide sheet and in the print header."""
    return export_id.partition(":")[2][:_SHORT_LENGTH]


def record_alias(alias_secret: bytes, record: str) -> str:
    """The name of a record for the readers of one kind of workbook."""
    return RECORD_MARK + _letters(keyed_digest(alias_secret, "alias", record))


def spare_alias(export_secret: bytes, kind: str, number: int) -> str:
    """The name of an empty row, another one in every export."""
    return SPARE_MARK + _letters(keyed_digest(export_secret, "spare", kind, str(number)))


def spare_record(export_secret: bytes, kind: str, alias: str, *named: str) -> str:
    """The id of the record that a filled spare row becomes, on every laptop.

    `named` says what the row calls its record: people who share a copy all begin at the first empty row, and
    two customers must not become one.
    """
    return derived_id(kind, export_secret, "spare", alias, *(comparison_text(each).casefold() for each in named))


def row_key(alias: str, export_short: str, part: int = 1) -> str:
    """Write a key."""
    name = alias if part == 1 else f"{alias}~{part}"
    return f"{name}.{export_short}.{short_check(f'{name}.{export_short}')}"


def parse_key(text: str) -> RowKey | None:
    """Read a key; `None` for anything that is none, or was mistyped or cut."""
    match = _KEY.fullmatch(text.strip().casefold())
    if match is None:
        return None
    alias, part, export, check = match.groups()
    if short_check(match[0].rpartition(".")[0]) != check:
        return None
    return RowKey(alias, int(part or 1), export)


def may_hold_keys(data: bytes) -> bool:
    """Whether something like a key stands in the bytes of a text file: it may be one of our sheets, saved as CSV."""
    return _KEY_BYTES.search(data.replace(b"\0", b"")) is not None


def _letters(digest: bytes) -> str:
    return "".join(_ALPHABET[byte & 31] for byte in digest[:_LETTERS])
