"""Failures a person can do something about; everything else is our bug."""

import copyreg
from typing import Any

from typing_extensions import override


class PlannerError(Exception):
    """Base of every failure that is told to a person in one sentence.

    Subclasses take facts and build the sentence, so that callers never write prose.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # Errors of the reading child cross a pipe; rebuilt by their facts' names, not by calling __init__ with a sentence.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class WrongUseError(PlannerError):
    """What was asked for cannot be meant like that (exit code 2 on the command line)."""


class NotFoundError(WrongUseError):
    """Nothing of that name is here; `near` are names that begin alike."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {' or '.join(f'“{each}”' for each in near)}?" if near else ""
        super().__init__(f"There is no {kind} called “{name}” here.{hint}")
        self.kind = kind
        self.name = name
        self.near = near


class AmbiguousNameError(WrongUseError):
    """Several records answer to the name; their ids tell them apart."""

    def __init__(self, kind: str, name: str, ids: tuple[str, ...]) -> None:
        listed = ", ".join(ids)
        super().__init__(f"More than one {kind} is called “{name}”; use one of these ids: {listed}")
        self.ids = ids


class ValueRefusedError(WrongUseError):
    """A typed value does not fit its field."""

    def __init__(self, label: str, found: str, expected: str) -> None:
        super().__init__(f"{label}: “{found}” does not fit; expected {expected}.")
        self.label = label
        self.found = found
        self.expected = expected


class UnknownFieldError(WrongUseError):
    """The catalogue has no such field."""

    def __init__(self, kind: str, field: str) -> None:
        super().__init__(f"A {kind} has no field “{field}”.")


class RefusedError(PlannerError):
    """The program will not do this, and nothing was changed (exit code 3)."""
