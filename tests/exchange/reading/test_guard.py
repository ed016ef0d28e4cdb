"""Whatever a reading does, the program lives and says one sentence."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from accountplanner.domain.errors import NotFoundError
from accountplanner.exchange.reading.errors import FileRefusedError, PasswordNeededError, ReadingCancelledError
from accountplanner.exchange.reading.guard import Ask, Limits, Watch, run_guarded

_HANGS_S = 120
# The child finds tasks by module and name; it must be able to import this one from its file.
pytestmark = pytest.mark.usefixtures("importable")


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(os.path.dirname(__file__))  # noqa: PTH120


def test_a_result_comes_back() -> None:
    assert run_guarded(divmod, 17, 5) == (3, 2)


def test_a_large_result_comes_back() -> None:
    assert len(run_guarded(bytes, 20_000_000)) == 20_000_000


def test_an_abort_is_a_refused_file() -> None:
    with pytest.raises(FileRefusedError, match=r"“a\.xlsx” cannot be read: it is damaged or made to use too much"):
        run_guarded(os.abort, watch=Watch(subject="“a.xlsx”"))


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_kill_from_outside_is_a_refused_file() -> None:
    with pytest.raises(FileRefusedError):
        run_guarded(signal.raise_signal, signal.SIGTERM)


def test_an_exit_is_a_refused_file() -> None:
    with pytest.raises(FileRefusedError):
        run_guarded(os._exit, 0)


def test_a_hang_ends_at_the_wall_limit() -> None:
    begun = time.monotonic()
    with pytest.raises(FileRefusedError, match="too long"):
        run_guarded(waiting, limits=Limits(wall_s=0.5))
    assert time.monotonic() - begun < _HANGS_S / 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_endless_work_ends_at_the_processor_limit() -> None:
    with pytest.raises(FileRefusedError):
        run_guarded(sum, range(10**12), limits=Limits(cpu_s=1))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is kept on Linux only")
def test_too_much_memory_is_a_refused_file() -> None:
    with pytest.raises(FileRefusedError, match="memory"):
        run_guarded(bytes, 2 * 2**30, limits=Limits(memory_mb=512))


def test_a_person_can_cancel() -> None:
    with pytest.raises(ReadingCancelledError):
        run_guarded(waiting, watch=Watch(cancelled=lambda: True))


def test_a_bug_is_logged_and_refused(announce_warning: Callable[[str], None]) -> None:
    announce_warning("invalid literal for int()")
    with pytest.raises(FileRefusedError, match="does not understand"):
        run_guarded(int, "no number")


def test_a_task_can_ask_the_parent_a_question() -> None:
    answered = run_guarded(asking, "a sealed base", watch=Watch(answer=lambda question: str(question).upper()))
    assert answered == "the parent said A SEALED BASE"


def asking(ask: Ask, question: str) -> str:
    return f"the parent said {ask(question)}"


def test_refusals_keep_their_kind_and_name_the_file() -> None:
    with pytest.raises(PasswordNeededError, match=r"“b\.xlsx” cannot be read: it is locked"):
        run_guarded(refusing, watch=Watch(subject="“b.xlsx”"))


def waiting() -> None:
    threading.Event().wait(_HANGS_S)


def refusing() -> None:
    raise PasswordNeededError("it is locked")


def test_other_failures_of_ours_come_through() -> None:
    with pytest.raises(NotFoundError, match="no account called “Acme”") as caught:
        run_guarded(misused)
    assert (caught.value.kind, caught.value.name) == ("account", "Acme")


def misused() -> None:
    raise NotFoundError("account", "Acme")


def test_the_child_loads_neither_tables_of_the_database_nor_windows_nor_pandas() -> None:
    loaded = run_guarded(loaded_modules)
    assert not loaded & {"sqlmodel", "sqlalchemy", "pandas", "numpy", "PySide6", "cryptography", "openpyxl", "pydantic"}


def loaded_modules() -> set[str]:
    import accountplanner.exchange.reading.files  # noqa: F401, PLC0415 - what a reading loads

    return set(sys.modules)
