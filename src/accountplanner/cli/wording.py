"""From what a person types to what a use case takes: kinds, days, sources, FIELD=VALUE."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from accountplanner.domain.canonical import parse_date
from accountplanner.domain.catalogue import KINDS, record_kind
from accountplanner.domain.catalogue.customers import SURE
from accountplanner.domain.errors import NotFoundError, ValueRefusedError, WrongUseError
from accountplanner.domain.fields import RecordKind
from accountplanner.domain.statements import HOW_KNOWN, Source

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

_SPEAKERS = ("colleague", "contact", "partner")


def kind_meant(typed: str) -> RecordKind:
    """The record kind of the glossary a person means: its key, its name or the name of many.

    Raises:
        WrongUseError: the glossary has no such kind, or people have nothing to do with it.
    """
    folded = typed.strip().casefold().replace("-", " ").replace("_", " ")
    for kind in KINDS.values():
        spelt = {kind.key.replace("_", " "), kind.label.casefold(), kind.plural.casefold()}
        if not kind.internal and folded in spelt:
            return kind
    return record_kind("" if typed in KINDS else typed)


def day_meant(typed: str) -> date:
    """A day as typed.

    Raises:
        ValueRefusedError: it is none.
    """
    found = parse_date(typed)
    if found is None:
        raise ValueRefusedError("Date", typed, "a date such as 2026-11-22")
    return found


def source_told(origin: str) -> str:
    """By which way a value came in that nobody is known to have said."""
    kind, _, name = origin.partition(":")
    return f"list “{name}”" if kind == "table" else origin


def currency_meant(typed: str) -> str:
    """A currency as typed.

    Raises:
        ValueRefusedError: it is none.
    """
    code = typed.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueRefusedError("Currency", typed, "three letters such as EUR")
    return code


def check_ending(file: Path, ending: str) -> None:
    """Refuse a file whose name promises another kind than what is written into it.

    Raises:
        WrongUseError: it does.
    """
    if file.suffix.casefold() != ending:
        raise WrongUseError(f"The file has to end in {ending}; “{file.name}” does not.")


def values_meant(pairs: Iterable[str]) -> dict[str, str]:
    """What stands in which field, from FIELD=VALUE.

    Raises:
        WrongUseError: a pair has no equals sign, or a field comes twice.
    """
    values: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise WrongUseError(f"“{pair}” does not read FIELD=VALUE.")
        if key.strip() in values:
            raise WrongUseError(f"{key.strip()} is given twice.")
        values[key.strip()] = value
    return values


def source_meant(session: "Session", *, how: str, sure: str, said_by: str, said_on: str) -> Source:
    """Where a typed value comes from, as far as a person said so."""
    return Source(
        speaker=_speaker(session, said_by),
        date=day_meant(said_on).isoformat() if said_on else "",
        how=_choice("How it is known", how, HOW_KNOWN),
        sure=_choice("How sure it is", sure, SURE),
    )


def _choice(what: str, typed: str, choices: Iterable[tuple[str, str]]) -> str:
    keys = {spelling.casefold(): key for key, label in choices for spelling in (key, label)}
    if typed and typed.casefold() not in keys:
        raise ValueRefusedError(what, typed, f"one of: {', '.join(dict.fromkeys(keys.values()))}")
    return keys.get(typed.casefold(), "")


def _speaker(session: "Session", typed: str) -> str:
    """The id of somebody known here, else the name as it was typed: anybody may have said something."""
    from accountplanner.usecases.naming import find_record  # noqa: PLC0415 - it loads the database

    for kind in _SPEAKERS if typed else ():
        try:
            return find_record(session, kind, typed)
        except NotFoundError:
            continue
    return typed.strip()
