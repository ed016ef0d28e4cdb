"""What the import has done on the worker that writes: reading files, and writing what was confirmed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from accountplanner.desktop.dialogs.import_words import outcome
from accountplanner.desktop.jobs import Progress
from accountplanner.domain.changes import Changes
from accountplanner.usecases.begun_imports import forget_import
from accountplanner.usecases.import_plans import ImportOptions, ImportPreview, ImportResult
from accountplanner.usecases.importing import apply_import, preview_import
from accountplanner.usecases.session import Session

Applied = tuple[ImportResult, Changes]


def read_files(session: Session, progress: Progress, paths: Sequence[Path], options: ImportOptions) -> ImportPreview:
    """Say what files would do, with how they are to be read."""
    progress.report(0, 0)
    return preview_import(session, paths, options)


def carry_out(
    session: Session,
    progress: Progress,
    preview: ImportPreview,
    unticked: frozenset[str],
    decisions: Mapping[str, bool],
) -> Applied:
    """Write what was confirmed; nothing of the import is kept for later any more."""
    progress.report(0, 0)
    result = apply_import(session, preview, unticked, decisions)
    # Here and not in the window, which may be locked by now.
    forget_import(session)
    return result, Changes(result.records, result.step, outcome(result))
