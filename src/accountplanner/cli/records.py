"""Commands about one record: making it, saying something of it, merging, deleting."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened_to_change
from accountplanner.cli.options import AsJson, How, Kind, Name, SaidBy, SaidOn, Sure, Values
from accountplanner.cli.printing import print_changes, warn
from accountplanner.cli.wording import kind_meant, source_meant, values_meant
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer, RecordKind

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

commands = typer.Typer()

_Private = Annotated[
    bool | None,
    typer.Option("--private/--shared", help="Keep it on this computer, or tell the team; else as the field is meant."),
]


@commands.command("set")
def set_field(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    kind: Kind,
    name: Name,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field of the catalogue, by id or label.")],
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="Canonical text, as on a screen.")] = None,
    *,
    clear: Annotated[bool, typer.Option("--clear", help="Take the value away.")] = False,
    how: How = "",
    sure: Sure = "",
    said_by: SaidBy = "",
    said_on: SaidOn = "",
    private: _Private = None,
    consent: Annotated[str, typer.Option("--consent", help="How the person agreed, for a sensitive answer.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say one value, as typed on a screen."""
    from accountplanner.usecases.editing import Typed, set_value
    from accountplanner.usecases.naming import find_record
    from accountplanner.usecases.special_answers import set_special

    if clear == (value is not None):
        raise WrongUseError("Give either a value or --clear.")
    session = opened_to_change(context)
    record = find_record(session, kind_meant(kind).key, name)
    source = source_meant(session, how=how, sure=sure, said_by=said_by, said_on=said_on)
    typed = Typed(record, field, value or "", clear=clear, layer=_layer(private), source=source)
    changes = set_special(session, typed, consent) if consent else set_value(session, typed)
    print_changes(changes, as_json=as_json, record=record)


@commands.command()
def add(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    kind: Kind,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called, or Account/Name.")],
    values: Values = None,
    *,
    how: How = "",
    sure: Sure = "",
    said_by: SaidBy = "",
    said_on: SaidOn = "",
    private: _Private = None,
    as_json: AsJson = False,
) -> None:
    """Make a record."""
    from accountplanner.usecases.editing import create_record

    session = opened_to_change(context)
    meant = kind_meant(kind)
    said = _titled(session, meant, name, values_meant(values or ()))
    source = source_meant(session, how=how, sure=sure, said_by=said_by, said_on=said_on)
    _warn_of_namesakes(session, meant, said[meant.title_key])
    record, changes = create_record(session, meant.key, said, source, layer=_layer(private) or Layer.TEAM)
    print_changes(changes, as_json=as_json, made=record)


@commands.command()
def delete(context: typer.Context, kind: Kind, name: Name, *, as_json: AsJson = False) -> None:
    """Delete a record and what belongs to it. Undo brings it back."""
    from accountplanner.usecases.editing import delete_record
    from accountplanner.usecases.naming import find_record

    session = opened_to_change(context)
    record = find_record(session, kind_meant(kind).key, name)
    print_changes(delete_record(session, record), as_json=as_json, record=record)


@commands.command()
def merge(
    context: typer.Context,
    kind: Kind,
    one: Name,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other name or id of the same.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say that two records are one. Undo parts them again."""
    from accountplanner.usecases.merging import merge_records
    from accountplanner.usecases.naming import find_record

    session = opened_to_change(context)
    meant = kind_meant(kind).key
    first, second = (find_record(session, meant, name) for name in (one, other))
    print_changes(merge_records(session, first, second), as_json=as_json, record=min(first, second))


def _layer(private: bool | None) -> Layer | None:  # noqa: FBT001 - an option as it comes
    if private is None:
        return None
    return Layer.ME if private else Layer.TEAM


def _titled(session: "Session", kind: RecordKind, name: str, values: dict[str, str]) -> dict[str, str]:
    """Complete the values with the name, and with the account where the name reads Account/Name."""
    from accountplanner.domain.catalogue import field_named
    from accountplanner.usecases.naming import find_record

    said = {field_named(kind.key, key).key: value for key, value in values.items()}
    owner = next((field.key for field in kind.owners if "account" in field.refers_to), "")
    account, slash, rest = name.rpartition("/")
    if owner and slash and owner not in said:
        said[owner], name = find_record(session, "account", account), rest
    if kind.title_key in said:
        raise WrongUseError(f"{kind.title_key} is given twice: it is the name.")
    if not name.strip():
        raise WrongUseError(f"The name is missing ({kind.label.lower()}).")
    return {kind.title_key: name, **said}


def _warn_of_namesakes(session: "Session", kind: RecordKind, name: str) -> None:
    from accountplanner.domain.errors import AmbiguousNameError, NotFoundError
    from accountplanner.usecases.naming import find_record

    try:
        known = [find_record(session, kind.key, name)]
    except AmbiguousNameError as several:
        known = list(several.ids)
    except NotFoundError:
        return
    warn(f"“{name}” was here already ({kind.label.lower()}): {', '.join(known)}")
