"""Whoever only wants the window does not wait for the commands; whoever wants anything else gets the parser."""

from pathlib import Path

import pytest

from accountplanner.cli.preamble import Options, window_options


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        ([], Options()),
        (["--workspace", "desk"], Options(Path("desk"))),
        (["--workspace=desk", "--passphrase-file", "key"], Options(Path("desk"), Path("key"))),
        (["--temp-data"], Options(temp_data=True)),
    ],
)
def test_what_stands_before_no_command(arguments: list[str], meant: Options) -> None:
    assert window_options(arguments) == meant


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "account"],
        ["--help"],
        ["--workspace"],
        ["--workspace", "--temp-data"],
        ["--temp-data=yes"],
        ["--workspace", "desk", "list", "account"],
        ["--as-of", "2026-11-20"],
    ],
)
def test_everything_else_is_for_the_parser(arguments: list[str]) -> None:
    assert window_options(arguments) is None
