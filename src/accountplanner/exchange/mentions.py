"""Which archived files may hold a person who is to be erased: in doubt, all of them.

A file is kept only when every part of it could be read and none names the person. A team workbook
carries sealed batches, which say nothing from outside, so it always may.
"""

import html
from collections.abc import Collection, Iterator

from accountplanner.domain.text import search_text
from accountplanner.exchange.base import base_text, is_base
from accountplanner.exchange.contract import SYNC_SHEET
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.reading.delimited import decoded
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.guard import Limits, Watch, run_guarded
from accountplanner.exchange.reading.package import FileKind, Package, stream_kind


def may_mention(
    content: FileContent, names: Collection[str], limits: Limits | None = None, watch: Watch | None = None
) -> bool:
    """Whether a file names one of these texts (a name, an e-mail address, a phone number), or cannot be read."""
    try:
        return run_guarded(mentions, content, tuple(names), limits=limits, watch=watch)
    except FileRefusedError:
        return True


def mentions(content: FileContent, names: Collection[str]) -> bool:
    """The same without a guard: what the child does."""
    wanted = [search_text(name) for name in names if name.strip()]
    return any(name in text for text in _texts(content) for name in (*wanted, SYNC_SHEET))


def _texts(content: FileContent) -> Iterator[str]:
    if is_base(content.data):
        yield search_text(base_text(content.data))
        return
    with content.open() as file:
        kind = stream_kind(file)
        if kind is FileKind.TEXT:
            yield search_text(decoded(content.data)[0])
            return
        if kind is FileKind.OLE:
            raise FileRefusedError("its text cannot be looked through")
        with Package(file) as package:
            for part in package.names():
                yield search_text(html.unescape(package.read(part).decode("utf-8", "replace")))
