# ruff: noqa: INP001 - a tool stands alone and is no package
"""Import every file under a folder into a throw-away workspace, and say what became of each.

python tools/check_corpus.py DIR [--limit-seconds N]
python tools/check_corpus.py DIR --damage 1000 [--seed S] [--keep FOLDER]
python tools/check_corpus.py DIR --giants

With `--damage` that many broken copies follow: of the files, and of workbooks that this very workspace has sent out.
`--keep` keeps those that did what no file may do. With `--giants` the largest files follow that the limits allow.

One line a file: what came of it, seconds, the most memory a process took over it, its name, and the sentence a person
would see. The workspace holds a sample territory beforehand; after each import nothing that had a value may be blank and
no record may be gone. The exit code is 0 unless a file crashed the program, cleared a field or deleted a record. An import
that passes the limit is ended where it stands and counts as refused, once its workspace was opened again and verified. A
process of its own imports, so that one lost to a file costs that file only.
"""

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from corpus_damage import damaged, renamed
from corpus_giants import giants
from corpus_importer import Importer, NoWorkspaceError
from corpus_outcomes import Outcome, Verdict

DEFAULT_LIMIT_S: Final = 240.0
FAULTS: Final = (Verdict.CRASHED, Verdict.CLEARED, Verdict.DELETED)


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
        return sum(self.verdicts[each] for each in FAULTS)

    def lines(self) -> Iterator[str]:
        """The closing lines."""
        yield ", ".join(f"{self.verdicts[each]:,} {each}" for each in Verdict if self.verdicts[each] or each in FAULTS)
        if self.slowest is not None and self.largest is not None:
            yield f"slowest: {self.slowest.seconds:.1f} s, {shown(self.slowest.path)}"
            yield f"most memory: {self.largest.peak_mb} MB, {shown(self.largest.path)}"


@dataclass(frozen=True)
class Damage:
    """How many broken copies to try, which ones, and where to keep those that did harm; and whether to try giants."""

    copies: int = 0
    giants: bool = False
    seed: int = 1
    keep: Path | None = None


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


def check(folder: Path, limit_s: float, damage: Damage) -> Tally:
    """Import everything and print a line for each."""
    tally = Tally()
    with TemporaryDirectory(prefix="corpus-") as desk, Importer(Path(desk), limit_s) as importer:
        for path in files_under(folder):
            _tell(tally, importer.bring(path), shown(path.relative_to(folder)))
        for path in damaged_copies(damage, importer.own_workbooks(), list(files_under(folder)), Path(desk)):
            outcome = importer.bring(path)
            _tell(tally, outcome, shown(Path(path.name)))
            if damage.keep is not None and outcome.verdict in FAULTS:
                shutil.copy(path, damage.keep)
            path.unlink()
        for path in giants(Path(desk)) if damage.giants else ():
            _tell(tally, importer.bring(path), path.name)
            path.unlink()
    return tally


def damaged_copies(damage: Damage, own: Sequence[Path], found: Sequence[Path], desk: Path) -> Iterator[Path]:
    """Write one broken copy after the other, every second one of a workbook of our own."""
    chance = Random(damage.seed)  # noqa: S311 - it shall come out alike each time
    for number in range(damage.copies):
        source = chance.choice(own if number % 2 or not found else found)
        copy = desk / f"{source.stem[:100]} damaged {number}{renamed(source.suffix, chance)}"
        try:
            copy.write_bytes(damaged(source.read_bytes() if source.is_file() else b"", chance))
        except OSError:
            continue
        yield copy


def _tell(tally: Tally, outcome: Outcome, name: str) -> None:
    tally.take(outcome)
    line = f"{outcome.verdict:8} {outcome.seconds:7.2f} s {outcome.peak_mb:5} MB  {name}"
    _print(f"{line}: {_on_one_line(outcome.sentence)}" if outcome.sentence else line)


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
    parser.add_argument("--damage", type=int, default=0, metavar="N", help="try N broken copies besides")
    parser.add_argument("--giants", action="store_true", help="try the largest files that are allowed besides")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which broken copies")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to keep broken copies that did harm")
    wanted = parser.parse_args(arguments)
    if not wanted.folder.is_dir():
        parser.error(f"{shown(wanted.folder)} is no folder")
    if wanted.keep is not None:
        wanted.keep.mkdir(parents=True, exist_ok=True)
    try:
        damage = Damage(wanted.damage, wanted.giants, wanted.seed, wanted.keep)
        tally = check(wanted.folder, wanted.limit_seconds, damage)
    except NoWorkspaceError:
        sys.stderr.write("No throw-away workspace could be made; nothing was checked.\n")
        return 2
    for line in tally.lines():
        _print(line)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
