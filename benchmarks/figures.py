"""The figures this program promises, each with what it is measured against and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One promise.

    `subject` and `peer` name functions of modules beside this one. With a peer the limit is the ratio
    of the two, pair by pair; without one it is the subject's own value in `unit`.
    """

    name: str
    what: str
    subject: str
    world: str
    limit: float
    peer: str = ""
    unit: str = "s"


FIGURES = (
    Figure(
        "import-preview",
        "returned workbook, 1 % of its cells edited, preview ready",
        "subjects.preview_returned",
        "rows",
        0.50,
        "peers.read_excel",
    ),
    Figure(
        "import-unchanged",
        "the same workbook saved by another program without an edit, preview ready",
        "subjects.preview_unchanged",
        "rows",
        0.50,
        "peers.read_excel",
    ),
    Figure(
        "import-applied",
        "the same, applied and durable, backup included",
        "subjects.apply_returned",
        "rows",
        0.70,
        "peers.read_excel_to_sql",
    ),
    Figure(
        "import-first",
        "first import of an unseen team workbook of that size",
        "subjects.apply_unseen",
        "rows",
        0.90,
        "peers.read_excel_to_sql",
    ),
    Figure(
        "export",
        "export of the same, read back and checked",
        "subjects.export_team_workbook",
        "rows",
        2.0,
        "peers.write_same_cells",
    ),
    Figure("exchange-idle", "exchange with nothing new, ten colleagues", "subjects.exchange_idle", "shared", 2.0),
    Figure("verify", "verify, about 400,000 statements", "subjects.verify_all", "rows", 10.0),
    Figure(
        "search",
        "search as you type, 100,000 contacts, 95th percentile",
        "subjects.search_typed",
        "many",
        16.0,
        unit="ms",
    ),
    Figure(
        "list",
        "sort or filter the list, first page, 95th percentile",
        "subjects.sort_and_filter",
        "many",
        50.0,
        unit="ms",
    ),
    Figure(
        "list-any",
        "the same by fields without an index, made ready when pointed at, 95th percentile",
        "subjects.sort_and_filter_by_any",
        "many",
        50.0,
        unit="ms",
    ),
    Figure("window", "window on screen", "windows.our_window", "many", 2.0, "windows.bare_window"),
    Figure(
        "usable",
        "accounts on screen with 10,000 of them",
        "windows.our_window_usable",
        "many",
        2.0,
        "windows.bare_window_and_models",
    ),
    Figure(
        "today",
        "Today on screen with 10,000 accounts",
        "windows.our_window_today",
        "many",
        2.0,
        "windows.bare_window_and_models",
    ),
    Figure(
        "page-change", "the longest change to another page", "windows.longest_page_change", "many", 100.0, unit="ms"
    ),
    Figure(
        "page-stall",
        "event loop stalled while pages are visited and records opened",
        "windows.longest_page_stall",
        "many",
        100.0,
        unit="ms",
    ),
    Figure(
        "keystrokes",
        "keystrokes after Ctrl+K to any of 110,000 records, median",
        "subjects.keystrokes_to_anybody",
        "many",
        6.0,
        unit="keys",
    ),
    Figure("palette", "an answer of the palette, 95th percentile", "subjects.palette_typed", "many", 16.0, unit="ms"),
    Figure(
        "stall",
        "event loop stalled during a backup, an import or an export",
        "windows.longest_stall",
        "rows",
        100.0,
        unit="ms",
    ),
    Figure(
        "note-saved",
        "a note saved, whatever it says, 100,000 contacts, 95th percentile",
        "notes.note_saved",
        "many",
        50.0,
        unit="ms",
    ),
    Figure("memory", "memory with 10,000 accounts open", "windows.memory_open", "many", 300.0, unit="MB"),
    Figure(
        "brief",
        "visit brief on screen, 10,000 accounts, 95th percentile",
        "briefs.brief_shown",
        "many",
        300.0,
        unit="ms",
    ),
    Figure(
        "growth",
        "growth of writing from 1,000 to 100,000 rows",
        "subjects.growth_of_writing",
        "none",
        1.1,
        unit="exponent",
    ),
)


def figures_named(names: list[str]) -> list[Figure]:
    """The figures with these names, all of them for none; an unknown name ends the program with a sentence."""
    known = {figure.name: figure for figure in FIGURES}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"There is no figure called {unknown[0]!r}; there are: {', '.join(known)}")
    return [known[name] for name in names] or list(FIGURES)
