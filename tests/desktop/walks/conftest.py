"""One workspace with something of everything for all walks of a run, and the program opened on copies of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop.walks.pseudo import PSEUDO, speak_pseudo
from tools.stage import USUAL_SIZE, Stage, fill_with_everything, make_workspace
from typing_extensions import override


@dataclass(frozen=True)
class Look:
    """How the program is looked at."""

    scheme: str = "light"
    size: tuple[int, int] = USUAL_SIZE
    text_percent: int = 100
    language: str = "en"

    @override
    def __str__(self) -> str:
        return f"{self.language}-{self.text_percent}-{self.size[0]}-{self.scheme}"


Open = Callable[..., AbstractContextManager[Stage]]


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("walks") / "workspace", fill_with_everything)


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, everything: Path, tmp_path: Path) -> Open:
    """Open the program in a look; what it fails at fails the test."""
    assert qapp is not None
    assert qtbot is not None

    @contextmanager
    def running(look: Look | None = None, workspace: Path = everything) -> Iterator[Stage]:
        wanted = look or Look()
        shutil.copytree(workspace, tmp_path / "workspace")
        stage = Stage(tmp_path, tmp_path / "workspace")
        failures: list[BaseException] = []
        for runner in (stage.program.desk.runners.reading, stage.program.desk.runners.writing):
            runner.job_failed.connect(failures.append)
        try:
            stage.open(wanted.scheme, wanted.size, wanted.text_percent)
            if wanted.language == PSEUDO:
                speak_pseudo()
                stage.window.reword()
                stage.quiet()
            elif wanted.language != "en":
                stage.speak(wanted.language)
            yield stage
        finally:
            stage.clear()
            stage.speak("en")
            stage.close()
        assert [failure for failure in failures if not hasattr(failure, "sentence")] == []

    return running
