"""A workbook of the shared folder that is open in another program, and a folder that goes away."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import filled, say, value
from tests.usecases.sharing import bytes_in, own

from accountplanner.exchange.folder import FolderUnreachableError
from accountplanner.exchange.writing.publishing import Patience
from accountplanner.usecases.exchange_folder import carry_out, exchange_folder, plan_exchange
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture

    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


class Excel:
    """Holds files open as Excel on Windows does: they cannot be replaced or removed, only read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held: set[str] = set()
        self.paused: list[float] = []
        import pathlib  # noqa: PLC0415 - patched here only

        replace, unlink = pathlib.Path.replace, pathlib.Path.unlink

        def replacing(path: Path, target: Path) -> Path:
            self._refuse(target.name)
            return replace(path, target)

        def removing(path: Path, *, missing_ok: bool = False) -> None:
            self._refuse(path.name)
            unlink(path, missing_ok=missing_ok)

        monkeypatch.setattr(pathlib.Path, "replace", replacing)
        monkeypatch.setattr(pathlib.Path, "unlink", removing)

    def patience(self) -> Patience:
        return Patience(pause=self.paused.append)

    def _refuse(self, name: str) -> None:
        if name in self.held:
            error = PermissionError(errno.EACCES, "The process cannot access the file")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> Excel:
    return Excel(monkeypatch)


def test_a_workbook_open_in_excel_is_tried_again_and_then_gets_another_name_which_everybody_reads(
    ann: Session, ben: Session, picture: Picture, folder: Path, excel: Excel
) -> None:
    mine = own(ann, folder)
    excel.held = {mine.name}
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")
    result = carry_out(ann, plan_exchange(ann, folder), excel.patience())
    assert 2 <= sum(excel.paused) <= 3
    assert result.edition is not None
    assert result.edition.path.name == f"{mine.stem} (2).xlsx"
    assert "nothing is lost" in result.edition.sentence()
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Said by Ann"
    say(ann, picture.accounts["Alpine"], "phone", "+47 22 33 44 55")
    carry_out(ann, plan_exchange(ann, folder), excel.patience())
    assert len(list(folder.glob("*(*).xlsx"))) == 1, "the second name is used again"
    excel.held = set()
    exchange_folder(ann, folder)
    assert list(folder.glob("*(*).xlsx")) == []
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "phone") == "+47 22 33 44 55"
    quiet = bytes_in(folder)
    for session in (ann, ben, ann):
        exchange_folder(session, folder)
    assert quiet[mine.name] == mine.read_bytes()


@pytest.mark.usefixtures("ben")
def test_a_workbook_free_again_within_seconds_keeps_its_name(
    ann: Session, picture: Picture, folder: Path, excel: Excel
) -> None:
    mine = own(ann, folder)
    excel.held = {mine.name}
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")

    def let_go(pause_s: float) -> None:
        excel.paused.append(pause_s)
        excel.held = set() if len(excel.paused) == 3 else excel.held

    result = carry_out(ann, plan_exchange(ann, folder), Patience(pause=let_go))
    assert result.edition is not None
    assert result.edition.path == mine


def test_a_second_name_somebody_typed_into_is_theirs_by_then(
    ann: Session, ben: Session, picture: Picture, folder: Path, excel: Excel
) -> None:
    mine = own(ann, folder)
    excel.held = {mine.name}
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")
    second = carry_out(ann, plan_exchange(ann, folder), excel.patience()).edition
    assert second is not None
    excel.held = set()
    filled(second.path, second.path, ("Accounts", "Borealis", "City", "Typed in the second"))
    typed = second.path.read_bytes()
    exchange_folder(ann, folder)
    assert second.path.read_bytes() == typed
    assert value(ann, picture.accounts["Borealis"], "city") == "Typed in the second"
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Borealis"], "city") == "Typed in the second"


def test_a_folder_that_is_not_there_or_goes_away_is_one_sentence(
    ann: Session, ben: Session, picture: Picture, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(FolderUnreachableError, match="no such folder"):
        exchange_folder(ann, tmp_path / "nowhere")
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    plan = plan_exchange(ann, folder)
    folder.rename(tmp_path / "elsewhere")
    result = carry_out(ann, plan)
    assert result.edition is None
    assert "cannot be reached" in result.refusal
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben", "what came in stays"
    (tmp_path / "elsewhere").rename(folder)
    assert exchange_folder(ann, folder).edition is not None
    assert verify(ann) == []
