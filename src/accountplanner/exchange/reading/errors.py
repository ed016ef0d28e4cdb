"""Why a file was not read, in one sentence a person can act on."""

from typing import Self

from accountplanner.domain.errors import PlannerError, RefusedError
from accountplanner.domain.sentences import fixed, told

ANY_FILE = told("The file")


class FileRefusedError(RefusedError):
    """A file that is damaged, hostile, too large or of no kind we read.

    `reason` completes the sentence "… cannot be read: …".
    """

    def __init__(self, reason: str, name: str = ANY_FILE) -> None:
        super().__init__(told("{name} cannot be read: {reason}.", name=fixed(name), reason=fixed(reason)))
        self.reason = reason
        self.name = name

    @property
    def is_named(self) -> bool:
        """Whether the sentence says which file it speaks of."""
        return self.name != ANY_FILE

    def about(self, name: str) -> Self:
        """The same refusal, naming the file."""
        return type(self)(self.reason, name)


class PasswordNeededError(FileRefusedError):
    """The file opens with a password only, and the one given, if any, is not it."""


class ReadingCancelledError(PlannerError):
    """A person stopped the reading; nothing came of it."""

    def __init__(self) -> None:
        super().__init__("Reading was cancelled; nothing was changed.")
