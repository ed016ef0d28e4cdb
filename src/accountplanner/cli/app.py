"""The command line: every command, and what stands before them."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from accountplanner import __version__
from accountplanner.cli import (
    brief,
    erasing,
    exchange,
    exporting,
    importing,
    ladder,
    lists,
    noting,
    partners,
    receipts,
    records,
    reviewing,
    sample,
    showing,
    steps,
    team,
    today,
    tour,
    workspace,
)
from accountplanner.cli.context import Shell
from accountplanner.cli.exits import DONE, exit_code
from accountplanner.cli.help_texts import PlainCommand, PlainGroup
from accountplanner.cli.logs import start_logging
from accountplanner.cli.preamble import Options
from accountplanner.cli.printing import say
from accountplanner.cli.self_check import check_installation
from accountplanner.cli.streams import make_ready
from accountplanner.cli.wording import day_meant
from accountplanner.domain.errors import WrongUseError

_GROUPS = {"export": exporting, "review": reviewing, "partner": partners, "team": team, "ladder": ladder}

OpenDesktop = Callable[[Options], int]


def run(arguments: Sequence[str], open_desktop: OpenDesktop) -> int:
    """Do what the command line asks for and give the exit code; `open_desktop` is what happens without a command."""
    make_ready()
    main = _main(open_desktop)
    # Whoever asked for JSON gets it, also where the command never came to read its options.
    as_json = "--json" in arguments
    return exit_code(lambda: main(list(arguments), prog_name="accountplanner", standalone_mode=False), as_json=as_json)


@cache
def _main(open_desktop: OpenDesktop) -> Callable[..., int]:
    """Build the commands once for all calls in one process: that takes longer than carrying out most of them."""
    return typer.main.get_command(_app(open_desktop)).main


def _app(open_desktop: OpenDesktop) -> typer.Typer:
    app = typer.Typer(
        name="accountplanner",
        cls=PlainGroup,
        help="One customer picture for everybody who knows the customer: offline, encrypted, exchanged as workbooks.",
        epilog="Exit codes: 0 done, 1 something needs a person, 2 wrong use, 3 refused or failed. Everything here is said and "
        "written in English, whatever the system speaks.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for group in (
        workspace, records, showing, lists, importing, exchange, steps, sample, today, noting, brief, tour, erasing, receipts,
    ):  # fmt: skip
        app.add_typer(_plainly(group.commands))
    for name, named in _GROUPS.items():
        app.add_typer(_plainly(named.commands), name=name, cls=PlainGroup)
    _add_callback(app, open_desktop)
    return app


def _folder(typed: str | None) -> Path | None:
    """The folder somebody named; a variable that a script left blank names none, and is not the one it stands in."""
    if typed is not None and not typed.strip():
        raise WrongUseError("--workspace is blank; name a folder, or leave it out.")
    return None if typed is None else Path(typed)


def _plainly(commands: typer.Typer) -> typer.Typer:
    """Let every command explain itself in plain words."""
    for command in commands.registered_commands:
        command.cls = PlainCommand
    return commands


def _add_callback(app: typer.Typer, open_desktop: OpenDesktop) -> None:
    @app.callback(invoke_without_command=True)
    def start(  # noqa: PLR0913 - each is an option
        context: typer.Context,
        *,
        workspace: Annotated[
            str | None,
            typer.Option(metavar="DIR", help="The workspace's folder, else ACCOUNTPLANNER_WORKSPACE, else your own."),
        ] = None,
        passphrase_file: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE", help="File whose first line is the passphrase, else ACCOUNTPLANNER_PASSPHRASE."
            ),
        ] = None,
        as_of: Annotated[str, typer.Option(metavar="DATE", help="Today for all figures.")] = "",
        temp_data: Annotated[
            bool, typer.Option("--temp-data", help="Work on an empty workspace that vanishes afterwards.")
        ] = False,
        debug: Annotated[bool, typer.Option("--debug", help="Say on standard error what the program does.")] = False,
        log_sql: Annotated[bool, typer.Option("--log-sql", help="Say which SQL runs, without any values.")] = False,
        self_check: Annotated[
            bool, typer.Option("--self-check", help="Try everything out on temporary data, and say OK.")
        ] = False,
        version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    ) -> int:
        day = day_meant(as_of) if as_of else None
        if self_check and context.invoked_subcommand is not None:
            raise WrongUseError("--self-check stands alone.")
        shell = Shell(Options(_folder(workspace), passphrase_file, temp_data or self_check, debug, log_sql, day))
        context.obj = shell
        context.call_on_close(shell.close)
        start_logging(debug=debug, log_sql=log_sql)
        if version:
            say(f"accountplanner {__version__}")
            raise typer.Exit(DONE)
        if self_check:
            check_installation(shell.session)
        elif context.invoked_subcommand is None:
            return open_desktop(shell.options)
        return DONE
