"""Why a backup was taken and how large it is, in words."""

from typing import Final

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.wording import say

_MEGABYTE: Final = 1_000_000


def reason_words(reason: str) -> str:
    """Say why it was taken."""
    words = {
        "daily": say("daily"),
        "asked": say("asked for"),
        "import": say("before an import"),
        "migration": say("before an update of the program"),
        "erasure": say("after an erasure"),
        "restore": say("before a backup was brought back"),
    }
    return words.get(reason, reason)


def size_words(size_bytes: int, formats: Formats) -> str:
    """Say how large it is."""
    if size_bytes < _MEGABYTE:
        return say("{count} kB", count=formats.number(max(1, size_bytes // 1000)))
    return say("{count} MB", count=formats.number(size_bytes // _MEGABYTE))
