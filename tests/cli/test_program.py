"""The program as it is started: quick help, exit codes, one sentence, and no secret in anything it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accountplanner import __version__
from accountplanner.__main__ import main
from accountplanner.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    from accountplanner.cli.preamble import Options

HEAVY = ("pandas", "sqlmodel", "sqlalchemy", "PySide6", "xlsxwriter", "openpyxl", "cryptography", "rich")


def test_help_loads_nothing_heavy() -> None:
    program = f"""
import sys
from accountplanner.cli.app import run
assert run(["--help"], print) == 0
print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert "Exit codes: 0 done" in done.stdout
    assert done.stderr.strip() == ""


def test_every_command_explains_itself_in_words_of_people(call: Callable[..., Outcome]) -> None:
    for command in _every_command(call):
        outcome = call(*command, "--help")
        assert outcome.code == 0
        assert outcome.out.startswith(f"Usage: accountplanner {' '.join(command)}".rstrip())
        # Neither types of a programming language, nor a range as mathematics writes it, nor half a sentence.
        assert not re.search(r"<\w|x>=|\.\.\.$", outcome.out.partition("\n")[2], re.MULTILINE), outcome.out


def _every_command(call: Callable[..., Outcome], *above: str) -> list[tuple[str, ...]]:
    listed = call(*above, "--help").out.partition("Commands:\n")[2].partition("\n\n")[0]
    names = [(*above, line.split()[0]) for line in listed.splitlines()]
    return [above, *(each for name in names for each in _every_command(call, *name))]


def test_the_version_is_told(call: Callable[..., Outcome]) -> None:
    assert call("--version").out == f"accountplanner {__version__}\n"


def test_without_a_command_the_desktop_opens_with_what_stood_before_it(tmp_path: Path) -> None:
    opened: list[Options] = []

    def open_desktop(options: Options) -> int:
        opened.append(options)
        return 0

    assert run(["--workspace", str(tmp_path), "--as-of", "2026-11-22"], open_desktop) == 0
    assert str(opened[0].workspace) == str(tmp_path)
    assert str(opened[0].as_of) == "2026-11-22"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nonsense",), "No such command 'nonsense'."),
        (("set", "account"), "Missing argument 'NAME'."),
        (("--as-of", "yesterday", "dump"), "Date: “yesterday” does not fit; expected a date such as 2026-11-22."),
        (("undo", "0"), "Invalid value for 'N': give a whole number, 1 or more."),
        (("undo", "often"), "Invalid value for 'N': give a whole number."),
        (("--workspace", "", "dump"), "--workspace is blank; name a folder, or leave it out."),
        (("partner", "add", " "), "The name is missing (channel partner)."),
        (("export", "team", "team.pdf"), "The file has to end in .xlsx; “team.pdf” does not."),
        (("brief", "Anna", "--out", "a.doc"), "The file has to end in .pdf; “a.doc” does not."),
        (
            ("import", "a.csv", "--currency", "EURO"),
            "Currency: “EURO” does not fit; expected three letters such as EUR.",
        ),
    ],
)
def test_wrong_use_is_2_with_one_sentence(
    call: Callable[..., Outcome], arguments: tuple[str, ...], sentence: str
) -> None:
    outcome = call(*arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"{sentence}\n")


def test_whoever_asks_for_json_gets_a_refusal_as_json_too(call: Callable[..., Outcome], workspace: Path) -> None:
    assert workspace.is_dir()
    for arguments, code in ((("show", "account", "Nobody"), 2), (("import", "none.csv"), 3), (("undo", "0"), 2)):
        outcome = call(*arguments, "--json")
        assert (outcome.code, outcome.err) == (code, f"{outcome.json['error']}\n")
        assert outcome.json["exit_code"] == code


@pytest.mark.slow
def test_no_workspace_is_3_with_one_sentence(spawn: Callable[..., Outcome], tmp_path: Path) -> None:
    outcome = spawn("--workspace", tmp_path / "none", "dump")
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1
    assert "make one with: accountplanner init" in outcome.err


def test_a_wrong_passphrase_is_3_and_is_not_repeated(spawn: Callable[..., Outcome], workspace: Path) -> None:
    assert workspace.is_dir()
    outcome = spawn("dump", ACCOUNTPLANNER_PASSPHRASE="canary-passphrase")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == "The passphrase does not open this workspace.\n"


@pytest.mark.slow
def test_nobody_at_a_terminal_is_told_how_to_give_the_passphrase(
    spawn: Callable[..., Outcome], workspace: Path
) -> None:
    assert workspace.is_dir()
    outcome = spawn("dump", ACCOUNTPLANNER_PASSPHRASE="")
    assert outcome.code == 3
    assert "--passphrase-file" in outcome.err
    assert outcome.err.count("\n") == 1


def test_what_is_logged_holds_no_value_and_no_passphrase(
    spawn: Callable[..., Outcome], workspace: Path, tmp_path: Path
) -> None:
    assert workspace.is_dir()
    outcome = spawn("--debug", "--log-sql", "add", "account", "Canary Ltd", "key_problems=canary words")
    assert outcome.code == 0
    assert "INSERT INTO" in outcome.err
    assert "anary" not in outcome.err
    assert "river" not in outcome.err + outcome.out
    assert not any(b"Canary" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_our_own_mistakes_end_in_a_sentence_without_values(
    call: Callable[..., Outcome], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workspace.is_dir()

    def failing(_session: object) -> bytes:
        raise ValueError("canary")

    monkeypatch.setattr("accountplanner.usecases.dumping.dump", failing)
    outcome = call("dump")
    assert outcome.code == 3
    assert outcome.err.startswith("Something went wrong that the program did not expect (ValueError in test_program.py")
    assert "canary" not in outcome.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["dump", "--help"])
def test_a_reader_that_has_had_enough_is_no_failure(workspace: Path, command: str) -> None:
    assert workspace.is_dir()
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "accountplanner", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(300) == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a shell there closes nothing")
def test_streams_that_are_closed_or_full_change_no_exit_code(workspace: Path) -> None:
    assert workspace.is_dir()
    program = f"'{sys.executable}' -P -m accountplanner"

    def ended(command: str) -> int:
        return subprocess.run(["/bin/sh", "-c", f"{program} {command}"], check=False, timeout=300).returncode

    assert ended("add account 'Said in silence' >&- 2>&- <&-") == 0
    assert ended("show account Nobody >&- 2>&-") == 2
    assert ended("show account 'Said in silence' >&-") == 0
    if Path("/dev/full").exists():
        assert ended("show account Nobody 2>/dev/full") == 2


def test_a_list_can_be_read_on_a_narrow_terminal(
    call: Callable[..., Outcome], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workspace.is_dir()
    made = call("add", "account", "Café Nord & Töchter", "city=Bergen", "--json").json["record"]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for columns in ("20", "60", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        printed = call("list", "account").out
        assert "Café Nord & Töchter" in printed
        assert "Bergen" in printed
        assert made in printed
        assert "Conflicts" not in printed, "a column with nothing in it takes the room of others"


def test_temporary_data_leaves_nothing_behind(
    call: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    assert call("--temp-data", "add", "account", "Somebody").code == 0
    assert list(place.iterdir()) == []


def test_stopped_while_the_commands_are_loaded_it_says_no_more_than_that(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("accountplanner.__main__.window_options", stopped)
    assert main() == 3
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is one")
def test_without_a_display_the_desktop_says_so(spawn: Callable[..., Outcome]) -> None:
    outcome = spawn(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("There is no display here")
    assert outcome.err.count("\n") == 1


def test_without_qt_the_desktop_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "accountplanner.desktop.start", None)
    monkeypatch.setattr("sys.argv", ["accountplanner"])
    assert main() == 3
    assert capsys.readouterr().err.startswith("The desktop cannot open, because a part of it does not load:")
