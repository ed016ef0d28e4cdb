"""Locks a finished workbook with a password, in memory, as Excel itself does (Agile encryption)."""

import io

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told

LONGEST_PASSWORD = 255
"""Excel takes no more letters than this when it asks for one."""


class NotLockedError(RefusedError):
    """The workbook could not be locked so that the password opens it again; nothing was written."""

    def __init__(self) -> None:
        super().__init__("The workbook was not written: what was encrypted with this password does not open with it.")


class PasswordTooLongError(RefusedError):
    """Nobody could type this password into Excel."""

    def __init__(self) -> None:
        super().__init__(
            told("A workbook's password has at most {most} letters; nothing was written.", most=LONGEST_PASSWORD)
        )


def locked(data: bytes, password: str) -> bytes:
    """The workbook under a password, proven to give back the very same bytes.

    Raises:
        NotLockedError: it does not.
        PasswordTooLongError: Excel could not be told this password.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - only where a password is wanted

    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLongError
    into = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, into)
    if _unlocked(into.getvalue(), password) != data:
        raise NotLockedError
    return into.getvalue()


def _unlocked(data: bytes, password: str) -> bytes:
    from msoffcrypto import exceptions  # noqa: PLC0415 - as above
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    into = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(into, verify_integrity=True)
    except (exceptions.InvalidKeyError, exceptions.DecryptionError) as error:
        raise NotLockedError from error
    return into.getvalue()
