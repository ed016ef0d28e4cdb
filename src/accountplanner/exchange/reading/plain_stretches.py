"""The stretches of a large part that programs write the same way a hundred thousand times over.

A parser that calls back for every tag of four hundred thousand cells takes longer than all else in an import. So rows
and shared strings that are spelt plainly are cut out and taken by a pattern that must fit to the last character; the
parser gets everything else, and whatever the pattern does not fit. Cutting is safe only between two whole elements
where the parser itself stands, never inside a comment or a text that merely looks like one: after everything it was
given, it must just have met the tag behind which we begin. If in doubt, it gets the rest as it is.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
# XML allows none of them, and turns a carriage return into something else.
_CONTROLS = bytes(set(range(32)) - {9, 10})
_NEVER = (b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_LONGEST_ELEMENT = 2**22
_PATIENCE = 64
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_OTHER_ENTITY = re.compile("&(?!(?:lt|gt|quot|apos|amp);)")


class PlainStretches:
    """Divides a part between its parser and `take`, which gets one element as text, without its end tag.

    `take` says whether it understood. The reader calls `opened` and `closed` when its parser meets the start of the
    container, and the end of an element.
    """

    def __init__(self, parser: "XMLParserType", container: str, element: str, take: Callable[[str], bool]) -> None:
        self._parser = parser
        self._take = take
        self._opening = re.compile(rb"<%b(?: [^<>]*)?(?<!/)>" % container.encode())
        self._container_end = f"</{container}".encode()
        self._start = f"<{element}"
        self._end = f"</{element}>"
        self._given = 0
        self._opened_at = self._closed_at = -1
        self._taken = self._missed = 0

    def opened(self) -> None:
        """The parser has met the start tag of the container."""
        self._opened_at = self._parser.CurrentByteIndex

    def closed(self) -> None:
        """The parser has met the end tag of an element."""
        self._closed_at = self._parser.CurrentByteIndex

    def left(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """What is left for the parser, to be parsed piece by piece before the next one is asked for."""
        source = iter(chunks)
        held = yield from self._before(source)
        end = self._end.encode()
        while held is not None:
            cut = held.rfind(end) + len(end) if end in held else 0
            is_sure = yield from self._whole(held[:cut])
            held = held[cut:]
            if not is_sure or self._container_end in held or len(held) > _LONGEST_ELEMENT:
                yield held
                break
            chunk = next(source, None)
            if chunk is None:
                yield held
                break
            held += chunk
        yield from source

    def _before(self, source: Iterator[bytes]) -> Generator[bytes, None, bytes | None]:
        """Give the parser everything up to the container; returns what follows there, or nothing."""
        for number, chunk in enumerate(source):
            if not number and not _is_utf8(chunk):
                yield chunk
                return None
            match = self._opening.search(chunk)
            start, end = match.span() if match else (len(chunk), len(chunk))
            start += self._given
            yield self._giving(chunk[:end])
            if match and self._opened_at == start:
                return chunk[end:]
            yield self._giving(chunk[end:])
            if match:
                return None
        return None

    def _whole(self, held: bytes) -> Generator[bytes, None, bool]:
        """Take whole elements; returns whether the next one may be looked at, too."""
        if len(held.translate(None, _CONTROLS)) != len(held) or any(each in held for each in _NEVER):
            yield held
            return False
        pieces = held.decode().split(self._end)[:-1]
        for number, piece in enumerate(pieces):
            if self._take(piece):
                self._taken += 1
                continue
            self._missed += 1
            yield self._giving((piece + self._end).encode())
            if not self._is_between(piece):
                yield "".join(f"{each}{self._end}" for each in pieces[number + 1 :]).encode()
                return False
        return True

    def _is_between(self, piece: str) -> bool:
        """Whether the parser stands behind one whole element, and it is worth going on."""
        is_behind = self._closed_at == self._given - len(self._end)
        is_one = piece.lstrip().startswith(self._start) and piece.count(self._start) == 1
        return is_behind and is_one and (self._missed < _PATIENCE or self._missed < self._taken)

    def _giving(self, piece: bytes) -> bytes:
        self._given += len(piece)
        return piece


def _is_utf8(head: bytes) -> bool:
    declared = _DECLARATION.match(head)
    named = _ENCODING.search(declared[0]) if declared else None
    return head[:2] not in {b"\xff\xfe", b"\xfe\xff"} and (named is None or named[1].lower() == b"utf-8")


def has_references(text: str) -> bool:
    """Whether a text holds references that only the parser should resolve."""
    return "&" in text and _OTHER_ENTITY.search(text) is not None


def without_entities(text: str) -> str:
    """A text as it is meant, if `has_references` finds none in it."""
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text
