# ruff: noqa: INP001 - a tool stands alone and is no package
"""Import every file under a folder into a throw-away workspace, and say what became of each.

python tools/check_corpus.py DIR [--limit-seconds N]

One line a file: what came of it, seconds, the most memory its reading took, its name, and the sentence a person would
see. The workspace holds a sample territory beforehand; after each import nothing that had a value may be blank and no
record may be gone. The exit code is 0 unless a file crashed the program, took longer than the limit, cleared a field
or deleted a record. A process of its own imports, so that one lost to a file costs that file only.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from corpus_importer import Importer, Outcome, Verdict

DEFAULT_LIMIT_S: Final = 120.0
_FAULTS: Final = (Verdict.CRASHED, Verdict.HUNG, Verdict.CLEARED, Verdict.DELETED)


@dataclass
class Tally:
    """What has come of the files so far."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    slowest: Outcome | None = None
    largest: Outcome | None = None

    def take(self, outcome: Outcome) -> None:
        """Count one file."""
        self.verdicts[outcome.verdict] += 1
        if self.slowest is None or outcome.seconds > self.slowest.seconds:
            self.slowest = outcome
        if self.largest is None or outcome.peak_mb > self.largest.peak_mb:
            self.largest = outcome

    @property
    def faults(self) -> int:
        """How many files did what none may do."""
        return sum(self.verdicts[each] for each in _FAULTS)

    def lines(self) -> Iterator[str]:
        """The closing lines."""
        yield ", ".join(f"{self.verdicts[each]:,} {each}" for each in Verdict if self.verdicts[each] or each in _FAULTS)
        if self.slowest is not None and self.largest is not None:
            yield f"slowest: {self.slowest.seconds:.1f} s, {shown(self.slowest.path)}"
            yield f"most memory: {self.largest.peak_mb} MB, {shown(self.largest.path)}"


def files_under(folder: Path) -> Iterator[Path]:
    """Every name that is no folder, in order; links to folders are not followed, so that none leads in a circle."""
    for place, folders, names in os.walk(folder, onerror=_tell_unreadable):
        folders.sort()
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from (Path(place) / name for name in sorted([*names, *linked]))


def shown(path: Path) -> str:
    """A path as one printable line, whatever bytes or line ends its name holds."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in text)


def check(folder: Path, limit_s: float) -> Tally:
    """Import everything and print a line for each."""
    tally = Tally()
    with TemporaryDirectory(prefix="corpus-") as desk, Importer(Path(desk), limit_s) as importer:
        for path in files_under(folder):
            outcome = importer.bring(path)
            tally.take(outcome)
            line = f"{outcome.verdict:8} {outcome.seconds:7.2f} s {outcome.peak_mb:5} MB  {_name(path, folder)}"
            _print(f"{line}: {_on_one_line(outcome.sentence)}" if outcome.sentence else line)
    return tally


def _name(path: Path, folder: Path) -> str:
    return shown(path.relative_to(folder))


def _tell_unreadable(error: OSError) -> None:
    _print(f"refused  the folder {shown(Path(str(error.filename)))} cannot be listed: {error.strerror}")


def _on_one_line(sentence: str) -> str:
    return " ".join(sentence.split())


def _print(line: str) -> None:
    # A terminal that lacks a character must not end the check.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Check a folder and say whether every file was treated as it must be."""
    parser = argparse.ArgumentParser(description="Import every file under a folder into a throw-away workspace.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--limit-seconds", type=float, default=DEFAULT_LIMIT_S, metavar="N")
    wanted = parser.parse_args(arguments)
    if not wanted.folder.is_dir():
        parser.error(f"{shown(wanted.folder)} is no folder")
    tally = check(wanted.folder, wanted.limit_seconds)
    for line in tally.lines():
        _print(line)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
