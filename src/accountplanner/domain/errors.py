"""Failures a person can do something about; everything else is our bug."""

import copyreg
from functools import reduce
from typing import Any

from typing_extensions import override

from accountplanner.domain.sentences import Sentence, fixed, joined, quoted, told, within


class PlannerError(Exception):
    """Base of every failure that is told to a person in one sentence.

    Subclasses take facts and build the sentence, so that callers never write prose. A sentence with facts is made by
    `told`, so that the window can say it in the person's language; one without may be a plain literal.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = fixed(sentence)

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # Errors of the reading child cross a pipe; rebuilt by their facts' names, not by calling __init__ with a sentence.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class WrongUseError(PlannerError):
    """What was asked for cannot be meant like that (exit code 2 on the command line)."""


class NotFoundError(WrongUseError):
    """Nothing of that name is here; `near` are names that begin alike."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...] = ()) -> None:
        missing = told("There is no {kind} called “{name}” here.", kind=fixed(kind), name=name)
        super().__init__(joined((missing, _hint(near))) if near else missing)
        self.kind = kind
        self.name = name
        self.near = near


class AmbiguousNameError(WrongUseError):
    """Several records answer to the name; their ids tell them apart."""

    def __init__(self, kind: str, name: str, ids: tuple[str, ...]) -> None:
        listed = ", ".join(ids)
        super().__init__(
            told(
                "More than one {kind} is called “{name}”; use one of these ids: {listed}",
                kind=fixed(kind),
                name=name,
                listed=listed,
            )
        )
        self.ids = ids


class ValueRefusedError(WrongUseError):
    """A typed value does not fit its field."""

    def __init__(self, label: str, found: str, expected: str) -> None:
        facts = {"label": fixed(label), "found": found, "expected": fixed(expected)}
        super().__init__(told("{label}: “{found}” does not fit; expected {expected}.", **facts))
        self.label = label
        self.found = found
        self.expected = expected


class UnknownFieldError(WrongUseError):
    """The catalogue has no such field."""

    def __init__(self, kinds: str, field: str) -> None:
        super().__init__(told("There is no field “{field}” among those of {kinds}.", field=field, kinds=within(kinds)))


class RefusedError(PlannerError):
    """The program will not do this, and nothing was changed (exit code 3)."""


def _hint(near: tuple[str, ...]) -> Sentence:
    names = [quoted(each) for each in near]
    return told("Did you mean {names}?", names=reduce(_or, names))


def _or(one: Sentence, other: Sentence) -> Sentence:
    return told("{one} or {other}", one=one, other=other)
