"""The visit brief without a window: on the terminal, or as a page to print."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened
from accountplanner.cli.options import AsJson, LockWith
from accountplanner.cli.passphrases import EXPORT_PASSWORD, given_passphrase
from accountplanner.cli.printing import print_json, say, warn
from accountplanner.cli.wording import check_ending
from accountplanner.domain.briefs import WHEN_TICKED, Part
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Privacy
from accountplanner.domain.text import isolated

if TYPE_CHECKING:
    from accountplanner.documents.brief_words import BriefWords
    from accountplanner.domain.briefs import Brief, BriefLine
    from accountplanner.usecases.brief_documents import BriefWritten

commands = typer.Typer()


@commands.command()
def brief(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Accounts or contacts; several make a trip pack.")],
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The PDF to write; else it is printed here.")] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="CLASS", help="Also household or inferable answers, this time; may be repeated."
        ),
    ] = None,
    password_file: LockWith = None,
    as_json: AsJson = False,
) -> None:
    """Read the one page before the visit.

    Last talk, promises, disputes, what they care about, one question worth asking. In English, also as a PDF; the
    window writes it in its own language.
    """
    from accountplanner.usecases.brief_documents import write_briefs
    from accountplanner.usecases.briefs import briefed_record, read_brief

    ticked = _classes(also or ())
    if out is not None:
        check_ending(out, ".pdf")
    password = given_passphrase(password_file, EXPORT_PASSWORD) if out is not None else ""
    session = opened(context)
    records = dict.fromkeys(briefed_record(session, name) for name in names)
    briefs = [read_brief(session, record, ticked) for record in records]
    written = write_briefs(session, briefs, out, password=password) if out is not None else None
    if as_json:
        file = asdict(written) | {"path": str(written.path)} if written is not None else None
        print_json({"briefs": [asdict(each) for each in briefs], "file": file})
    elif written is not None:
        say(f"Wrote {written.path}: {_pages(written)}{', encrypted with the password' if written.locked else ''}.")
    else:
        for line in (line for each in briefs for line in _text(each)):
            say(line)
    if written is not None:
        _warn(written)


def _classes(named: Iterable[str]) -> frozenset[Privacy]:
    known = {each.value: each for each in WHEN_TICKED}
    unknown = [each for each in named if each.strip().casefold() not in known]
    if unknown:
        raise WrongUseError(f"--with takes {' or '.join(sorted(known))}, not “{unknown[0]}”.")
    return frozenset(known[each.strip().casefold()] for each in named)


def _pages(written: "BriefWritten") -> str:
    return "one page" if written.pages == 1 else f"{written.pages} pages"


def _warn(written: "BriefWritten") -> None:
    if written.warning:
        warn(f"{written.path.name}: {written.warning} (--password-file)")
    if written.unwritable:
        warn(f"No typeface on this computer has these characters: {' '.join(written.unwritable)}")


def _text(each: "Brief") -> Iterator[str]:
    from accountplanner.documents.brief_words import BriefWords
    from accountplanner.documents.wording import PlainEnglish
    from accountplanner.domain.calendar import read_day

    today = read_day(each.day)
    assert today is not None  # noqa: S101 - a brief is of a day
    words = BriefWords(PlainEnglish(), today)
    yield " · ".join(map(isolated, (each.title, *each.subtitle)))
    yield f"Where they stand: {words.standing(each)}"
    moods = "; ".join(f"{isolated(line.text)} ({words.source(line)})" for line in each.how_they_are)
    yield f"How they are: {moods or 'Nobody has said.'}"
    yield f"How well we know them: {' · '.join(words.knowledge(each))}"
    if each.question is not None:
        asked, why = words.question(each.question)
        yield from ("", f"One question worth asking: {asked}", f"  {why}")
    for part in Part:
        if lines := each.part(part):
            yield from ("", words.heading(part), *(_line(line, words) for line in lines))


def _line(line: "BriefLine", words: "BriefWords") -> str:
    entry = words.entry(line)
    label = f"{isolated(entry.label)}: " if entry.label else ""
    source = f"  ({isolated(entry.source)})" if entry.source else ""
    return f"- {label}{isolated(' '.join(entry.text.split()))}{source}"
