"""How commands speak: tables and colour on a terminal, plain text into a pipe, JSON where asked for.

Values come from other people's workbooks, so they are never read as markup, and control characters
never reach a terminal.
"""

# ruff: noqa: PLC0415 - rich loads only where a table or a bar is really drawn

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import typer

from accountplanner.cli.streams import listen_no_more
from accountplanner.domain.changes import Changes

if TYPE_CHECKING:
    from rich.table import Table

_INVISIBLE = dict.fromkeys((*range(32), *range(127, 160)), " ")

_READABLE = 12
"""So many characters of a column have to be in sight for a table to be read."""

_NEVER_CUT = frozenset({"Id", "Device", "Folder"})
"""Columns that are copied into the next command; half an id is none."""


def say(text: str = "") -> None:
    """Print a line for a person."""
    _write(_plain(text) + "\n")


def warn(sentence: str) -> None:
    """Say something beside the result, on standard error; where nobody can hear it, the exit code still tells."""
    try:
        sys.stderr.write(_plain(sentence) + "\n")
        sys.stderr.flush()
    except OSError:
        listen_no_more(sys.stderr)


def print_bytes(content: bytes) -> None:
    """Print exactly these bytes, whatever the terminal's encoding or line ends."""
    sys.stdout.flush()
    with _broken_pipe():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def print_json(content: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print a report for another program."""
    print_bytes((json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a list: a table on a terminal, lines with tabs into a pipe."""
    cells = [[_plain(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _draw_table(columns, cells)
    else:
        _write("".join("\t".join(line) + "\n" for line in (columns, *cells)))


def print_changes(changes: Changes, *, as_json: bool, made: str = "", **facts: object) -> None:
    """Say what a use case did; `made` is the record it made, `facts` are more to tell another program."""
    if as_json:
        facts |= {"record": made} if made else {}
        told = {"changed": sorted(changes.records), "step": changes.step, "title": changes.title}
        print_json({**facts, **told, "skipped": list(changes.skipped)})
        return
    title = f"{changes.title}: {made}" if made else f"{changes.title}."
    say(title if changes.step else "Nothing to change.")
    for sentence in changes.skipped:
        warn(sentence)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far long work has come, on a terminal only; gives what takes (done, of how many)."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _draw_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False, markup=False)
    filled = [at for at in range(len(columns)) if not rows or any(row[at].strip() for row in rows)]
    columns, rows = [columns[at] for at in filled], [[row[at] for at in filled] for row in rows]
    widest = [max((len(row[at]) for row in (columns, *rows)), default=0) for at in range(len(columns))]
    needed = [
        width if column in _NEVER_CUT else min(width, _READABLE) for column, width in zip(columns, widest, strict=True)
    ]
    with _broken_pipe():
        if rows and sum(needed) + 2 * len(needed) > console.width:
            _write("".join(_block(columns, row, console.width) for row in rows))
        else:
            console.print(_table(columns, rows, widest))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], widest: Sequence[int]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column, width in zip(columns, widest, strict=True):
        table.add_column(column, min_width=width if column in _NEVER_CUT else None, no_wrap=column in _NEVER_CUT)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _block(columns: Sequence[str], row: Sequence[str], width: int) -> str:
    """A row where columns beside each other would have no room: its name, the rest below, and what is copied alone."""
    cells = [(column, cell) for column, cell in zip(columns, row, strict=True) if cell.strip()]
    copied = [f"  {cell}" for column, cell in cells if column in _NEVER_CUT]
    told = [(column, cell) for column, cell in cells if column not in _NEVER_CUT]
    rest = " · ".join(f"{column}: {cell}" for column, cell in told[1:])
    below = wrap(rest, max(width, _READABLE), initial_indent="  ", subsequent_indent="  ")
    return "".join(f"{line}\n" for line in (*(cell for _, cell in told[:1]), *below, *copied))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", " / ").translate(_INVISIBLE)


def _write(text: str) -> None:
    with _broken_pipe():
        sys.stdout.write(text)


@contextmanager
def _broken_pipe() -> Iterator[None]:
    """End quietly when whoever read our output has had enough, as in `… | head`."""
    try:
        yield
    except BrokenPipeError:
        listen_no_more(sys.stdout)
        raise typer.Exit(0) from None
