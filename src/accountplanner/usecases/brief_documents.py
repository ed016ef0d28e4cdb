"""Briefs as a file to print or to hand on: one, or a trip pack of several with a page in front."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from accountplanner.documents.brief_layout import lay_out
from accountplanner.documents.brief_words import BriefWords
from accountplanner.documents.sheet import Measure, Sheet
from accountplanner.documents.trip_layout import lay_out_trip
from accountplanner.documents.wording import PlainEnglish, Wording
from accountplanner.domain.briefs import Brief
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.sentences import told
from accountplanner.exchange.writing.publishing import publish
from accountplanner.usecases.session import Session

_PERSONAL: Final = told(
    "This file is not encrypted and holds personal answers; give it a password, or keep it to yourself."
)


@dataclass(frozen=True, slots=True)
class BriefWritten:
    """A file written. `warning` is a sentence when personal answers are in a plain file, else empty.

    `unwritable` are characters that no typeface of this computer has; they are empty boxes on the page.
    """

    path: Path
    pages: int
    personal: int
    warning: str
    unwritable: str
    locked: bool


def sheets_of(
    session: Session, briefs: Sequence[Brief], measure: Measure, wording: Wording | None = None
) -> list[Sheet]:
    """The pages of one brief, or of several with the page in front that lists them."""
    return sheets_on(session.clock.today(), briefs, measure, wording)


def sheets_on(day: date, briefs: Sequence[Brief], measure: Measure, wording: Wording | None = None) -> list[Sheet]:
    """The same, as of a day: pages that have been read already are laid out again without the workspace."""
    words = BriefWords(wording or PlainEnglish(), day)
    pages = [lay_out(brief, words, measure) for brief in briefs]
    return [lay_out_trip(briefs, words, measure), *pages] if len(briefs) > 1 else pages


def write_briefs(
    session: Session, briefs: Sequence[Brief], path: Path, wording: Wording | None = None, *, password: str = ""
) -> BriefWritten:
    """Write briefs as PDF, encrypted where a password is given.

    Raises:
        WrongUseError: there is nothing to write.
        NotPublishedError: the file could not be put where it was wanted.
    """
    # Loaded when a file is written: nobody waits for the PDF library to see a brief.
    from accountplanner.documents.pdf import locked, pdf_of, unwritable, width_of  # noqa: PLC0415

    if not briefs:
        raise WrongUseError("Name at least one account or contact.")
    sheets = sheets_of(session, briefs, width_of, wording)
    data = pdf_of(sheets, ", ".join(brief.title for brief in briefs)[:200])
    written = publish(path, locked(data, password) if password else data)
    personal = sum(brief.personal for brief in briefs)
    warning = _PERSONAL if personal and not password else ""
    return BriefWritten(written, len(sheets), personal, warning, unwritable(sheets), bool(password))
