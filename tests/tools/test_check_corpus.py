"""The corpus tool: a line for every file, whatever it is, and an exit code that can be relied on."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

TOOLS = Path(__file__).resolve().parents[2] / "tools"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and names of bytes as Unix has them")


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """The tool's own modules by name, found as the tool finds them."""
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module


def checked(folder: Path, *options: str) -> tuple[int, list[str]]:
    command = [sys.executable, str(TOOLS / "check_corpus.py"), str(folder), *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def customers(path: Path, *names: str) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, ["Customer number", "Company name", "City"])
        for row, name in enumerate(names, 1):
            sheet.write_row(row, 0, [f"K{row:03}", name, "Oslo"])
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder as people's folders are."""
    folder = tmp_path / "corpus"
    (folder / "deep" / "er").mkdir(parents=True)
    customers(folder / "deep" / "er" / "customers.xlsx", "Alpine", "Borealis")
    (folder / "deep" / "back").symlink_to(folder)
    (folder / "page.xlsx").write_text("<html><body><table>", encoding="utf-8")
    (folder / "placeholder.xlsx").write_bytes(b"")
    (folder / "~$customers.xlsx").write_bytes(b"Ann" * 55)
    (folder / "circle.csv").symlink_to(folder / "circle.csv")
    os.mkfifo(folder / "pipe.csv")
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xfccher\n.csv")).write_bytes(b"Name\0\n")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return folder


@pytest.mark.slow
def test_every_file_gets_its_line_and_the_check_ends_well(corpus: Path) -> None:
    code, lines = checked(corpus)
    assert code == 0
    told = {line.split("MB  ")[1].partition(": ")[0]: line for line in lines if "MB  " in line}
    assert set(told) == {
        "all.zip",
        "b\\xfccher\\x0a.csv",
        "circle.csv",
        "deep/back",
        "deep/er/customers.xlsx",
        "page.xlsx",
        "pipe.csv",
        "placeholder.xlsx",
        "~$customers.xlsx",
    }
    assert told["deep/er/customers.xlsx"].startswith("imported")
    assert "2 new" in told["deep/er/customers.xlsx"]
    assert all(line.startswith("refused") for name, line in told.items() if "customers.xlsx" not in name or "~" in name)
    assert "a pipe or a device" in told["pipe.csv"]
    assert "it is a folder" in told["deep/back"]
    assert "web page" in told["page.xlsx"]
    assert "1 imported, 8 refused, 0 crashed, 0 cleared, 0 deleted" in lines


@pytest.mark.slow
def test_broken_copies_of_what_the_workspace_itself_sent_do_no_harm(corpus: Path) -> None:
    code, lines = checked(corpus, "--damage", "20", "--seed", "5")
    assert code == 0
    assert sum(" damaged " in line.partition(": ")[0] for line in lines) == 20
    assert lines[-3].endswith("0 crashed, 0 cleared, 0 deleted")


@pytest.mark.slow
def test_an_import_past_the_limit_is_stopped_and_refused_and_the_next_goes_on_in_a_sound_workspace(
    corpus: Path,
) -> None:
    code, lines = checked(corpus / "deep", "--limit-seconds", "0.001")
    assert code == 0
    stopped = [line for line in lines if "longer than 0.001 seconds, so its import was stopped" in line]
    assert len(stopped) == 2
    assert all(line.startswith("refused") and "the workspace is sound" in line for line in stopped)
    assert "0 crashed, 0 cleared, 0 deleted" in lines[-3]


@pytest.mark.slow
def test_a_workspace_that_does_not_stand_being_stopped_is_a_fault(
    tool: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = customers(tmp_path / "customers.xlsx", "Alpine")
    with tool("corpus_importer").Importer(tmp_path, 60) as importer:
        assert importer.bring(path).verdict == "imported"
        monkeypatch.setattr(importer, "_limit_s", 0.0)
        before = tool("corpus_process").picture_file(tmp_path / "template")
        before.write_text('{"account:gone": {"name": "Gone"}}', encoding="utf-8")
        assert importer.bring(path).verdict == "deleted"
        (tmp_path / "workspace-1" / "team.db").write_bytes(b"spoilt" * 4096)
        assert importer.bring(path).verdict == "crashed"


@pytest.mark.slow
def test_a_lost_importing_process_costs_one_file(tool: Callable[[str], ModuleType], tmp_path: Path) -> None:
    path = customers(tmp_path / "customers.xlsx", "Alpine")
    with tool("corpus_importer").Importer(tmp_path, 60) as importer:
        assert importer.bring(path).verdict == "imported"
        os.kill(importer._process.pid, signal.SIGKILL)
        lost = importer.bring(path)
        assert (lost.verdict, lost.sentence) == ("crashed", "The importing process ended with exit code -9.")
        assert importer.bring(path).verdict == "imported"


def judged(
    tool: Callable[[str], ModuleType], before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> str:
    outcomes = tool("corpus_outcomes")
    outcome = outcomes.Outcome(Path("a.csv"), outcomes.Verdict.IMPORTED)
    return str(tool("corpus_process").judged(outcome, before, after).verdict)


def test_a_value_that_became_blank_is_seen(tool: Callable[[str], ModuleType]) -> None:
    before = {"account:a": {"name": "Alpine", "city": "Oslo"}}
    assert judged(tool, before, {"account:a": {"name": "Alpine"}}) == "cleared"


def test_a_record_that_is_gone_is_seen(tool: Callable[[str], ModuleType]) -> None:
    before = {"account:a": {"name": "Alpine"}, "account:b": {"name": "Borealis"}}
    assert judged(tool, before, {"account:a": {"name": "Alpine"}}) == "deleted"


def test_a_changed_value_and_a_new_record_are_no_fault(tool: Callable[[str], ModuleType]) -> None:
    after = {"account:a": {"name": "Alpine AS"}, "account:b": {"name": "Borealis"}}
    assert judged(tool, {"account:a": {"name": "Alpine"}}, after) == "imported"


def test_broken_copies_are_broken_and_come_out_alike(tool: Callable[[str], ModuleType], tmp_path: Path) -> None:
    damaged = tool("corpus_damage").damaged
    whole = customers(tmp_path / "customers.xlsx", "Alpine", "Borealis").read_bytes()
    copies = [damaged(whole, Random(seed)) for seed in range(40)]  # noqa: S311
    assert copies == [damaged(whole, Random(seed)) for seed in range(40)]  # noqa: S311
    assert sum(copy != whole for copy in copies) >= 38


@pytest.mark.slow
def test_giants_are_tried_one_after_the_other_and_leave_nothing_behind(
    tool: Callable[[str], ModuleType],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    giants, checking = tool("corpus_giants"), tool("check_corpus")
    assert len(giants.GIANTS) > 15
    few = {
        "few customers.xlsx": lambda path: giants._customers(path, 30, wide=3),
        "repeated cells.ods": giants.GIANTS["repeated cells.ods"],
    }
    monkeypatch.setattr(giants, "GIANTS", few)
    (tmp_path / "corpus").mkdir()
    tally = checking.check(tmp_path / "corpus", 120.0, checking.Damage(giants=True))
    customers_line, repeated_line = capsys.readouterr().out.splitlines()
    assert "30 new" in customers_line
    assert repeated_line.startswith(("waits", "refused"))
    assert tally.faults == 0
    assert list((tmp_path / "corpus").iterdir()) == []
