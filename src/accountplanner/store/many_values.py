"""Many values in one condition: a query takes some hundred at a time, each for a question mark of its own."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_AT_ONCE = 500
_Value = TypeVar("_Value")


def in_parts(values: Sequence[_Value]) -> Iterator[tuple[tuple[_Value, ...], str]]:
    """Cut values into parts, each beside the question marks that stand for it in `IN (…)`."""
    for start in range(0, len(values), _AT_ONCE):
        part = tuple(values[start : start + _AT_ONCE])
        yield part, ",".join("?" * len(part))
