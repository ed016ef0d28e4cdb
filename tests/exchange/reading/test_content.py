"""A file is taken once and whole, or refused before anybody waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.mishaps import LAY_POWERS_DOWN

from accountplanner.exchange.reading.content import take_file
from accountplanner.exchange.reading.errors import FileRefusedError

Look = Callable[[int], os.stat_result]
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="cannot be read: it is a folder"):
        take_file(tmp_path)


@needs_unix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    with pytest.raises(FileRefusedError, match=r"“list\.csv” cannot be read: it is a pipe or a device"):
        take_file(tmp_path / "list.csv")


@needs_unix
def test_a_device_is_not_read_for_ever() -> None:
    with pytest.raises(FileRefusedError, match="a pipe or a device"):
        take_file(Path("/dev/zero"))


@needs_unix
def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "list.csv").symlink_to(tmp_path / "list.csv")
    with pytest.raises(FileRefusedError, match="the system says"):
        take_file(tmp_path / "list.csv")


@needs_unix
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name\nAlpine\n", encoding="utf-8")
    path.chmod(0)
    # Root may read everything, so whoever reads here is no root.
    asked = f"{LAY_POWERS_DOWN}\n{_TELL}"
    told = subprocess.run(
        [sys.executable, "-c", asked, str(tmp_path), path.name], capture_output=True, encoding="utf-8", check=True
    )
    assert told.stdout.strip() == "“list.csv” cannot be read: the system says: Permission denied."


_TELL = """
import sys
from pathlib import Path
from accountplanner.exchange.reading.content import take_file
from accountplanner.exchange.reading.errors import FileRefusedError
try:
    take_file(Path(sys.argv[2]))
except FileRefusedError as refused:
    sys.stdout.reconfigure(encoding="utf-8")
    print(refused.sentence)
"""


@pytest.mark.parametrize("more", ["", "Borealis\n"])
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, opening: Callable[[Callable[[], None]], Look]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name\nAlpine\n", encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))

    def save_again() -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(more)
        os.utime(path, ns=(10**18 + 1000, 10**18 + 1000))

    monkeypatch.setattr("os.fstat", opening(save_again))
    with pytest.raises(FileRefusedError, match="being written at this moment; try again"):
        take_file(path)


@pytest.fixture
def opening() -> Callable[[Callable[[], None]], Look]:
    """Let something happen right after the file has been looked at for the first time."""
    plain = os.fstat

    def made(happens: Callable[[], None]) -> Look:
        looks: list[int] = []

        def look(descriptor: int) -> os.stat_result:
            found = plain(descriptor)
            looks.append(descriptor)
            if len(looks) == 1:
                happens()
            return found

        return look

    return made


@needs_unix
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xfccher.csv"))
    path.write_text("Name\nAlpine\n", encoding="utf-8")
    taken = take_file(path)
    assert taken.name == "b\ufffdcher.csv"
    assert taken.name.encode()
