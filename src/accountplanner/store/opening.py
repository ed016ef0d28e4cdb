"""Looking into a sealed batch: its header, and what its chunks say, each read and checked once."""

from functools import cached_property

from accountplanner.domain.batches import (
    BatchDamagedError,
    Header,
    RawChunk,
    SealedBatch,
    about_digest,
    check_chunks,
    decode_header,
    readable_chunk,
)

STRIPPED: RawChunk = ("", {}, [])
"""What stands for a chunk whose body an erasure took away."""


class OpenedBatch:
    """A sealed batch as it is looked into, step by step; whoever asks again gets what was read before."""

    def __init__(self, sealed: SealedBatch) -> None:
        self.sealed = sealed
        self._is_checked = False

    @cached_property
    def digest(self) -> str:
        """The digest that names it."""
        return self.sealed.digest

    @cached_property
    def header(self) -> Header:
        """What it says about itself.

        Raises:
            BatchDamagedError: it is not one this version can read.
        """
        return decode_header(self.sealed.header)

    def check(self) -> None:
        """Compare its bodies with the digests in its header.

        Raises:
            BatchDamagedError: one is missing or changed.
        """
        if not self._is_checked:
            check_chunks(self.header, self.sealed.chunks)
            self._is_checked = True

    @cached_property
    def said(self) -> list[RawChunk]:
        """What each chunk says, `STRIPPED` for one without a body.

        Raises:
            BatchDamagedError: it is not about what the header says, or not as much.
        """
        said = [readable_chunk(chunk.data) if chunk.data else STRIPPED for chunk in self.sealed.chunks]
        if any(rows and len(rows) != count for (_, _, rows), (count, _) in zip(said, self.header.chunks, strict=True)):
            raise BatchDamagedError("This file carries entries that are not counted right; nothing of it was taken.")
        _check_about(self.header, [record for record, _, _ in said])
        return said


def _check_about(header: Header, records: list[str]) -> None:
    """A header must name the records of its chunks as they are, or an erasure could not account for them later."""
    if not header.about:
        return
    if len(header.about) != len(records) or any(
        record and about_digest(header.replica, header.sequence, record) != about
        for record, about in zip(records, header.about, strict=True)
    ):
        raise BatchDamagedError("This file carries entries that are not about what they say; nothing of it was taken.")
