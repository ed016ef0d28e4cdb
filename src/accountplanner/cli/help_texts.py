"""The help of a command as people read it: no type of a programming language, no mathematics."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typing_extensions import override

_TYPES = {"<int>": "NUMBER", "<int range>": "NUMBER", "<path>": "FILE"}
_TYPE = re.compile(r"<[\w \[\]]+>")
_RANGE = re.compile(r"(; )?x>=\d+|  \[x>=\d+\]")


class PlainCommand(TyperCommand):
    """A command whose arguments and options are listed in plain words."""

    @override
    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List the arguments, then the options."""
        _list_parameters(self, ctx, formatter)


class PlainGroup(TyperGroup):
    """The same for what stands before a command."""

    @override
    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List the options, then the commands."""
        _list_parameters(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def _list_parameters(command: TyperCommand | TyperGroup, context: Any, formatter: Any) -> None:  # noqa: ANN401
    for heading, kind in (("Arguments", "argument"), ("Options", "option")):
        found = [each.get_help_record(context) for each in command.get_params(context) if each.param_type_name == kind]
        if rows := [_plain(name, text, kind) for name, text in filter(None, found)]:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _plain(name: str, text: str, kind: str) -> tuple[str, str]:
    """An argument has a name already; an option's value gets one."""
    for typed in _TYPE.findall(name):
        name = name.replace(typed, "" if kind == "argument" else _TYPES.get(typed, "TEXT"))
    return name.strip(), _RANGE.sub("", text)
