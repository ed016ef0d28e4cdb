"""The door for workbooks that come back: `read_returned`."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

from accountplanner.domain.sentences import quoted, told
from accountplanner.exchange.base import decode_base
from accountplanner.exchange.contract import GUIDE_SHEET, PROPERTY_EXPORT
from accountplanner.exchange.reading.cells import Workbook
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.reading.delimited import delimited_workbook
from accountplanner.exchange.reading.files import lists_in
from accountplanner.exchange.reading.guard import Ask, Limits, Watch, run_guarded
from accountplanner.exchange.reading.other import read_any_workbook
from accountplanner.exchange.reading.package import FileKind, stream_kind
from accountplanner.exchange.returned.again import shown_again
from accountplanner.exchange.returned.brakes import brakes
from accountplanner.exchange.returned.candidates import (
    CandidateQuestion,
    aliases_in,
    best_candidate,
    compared_sheets,
)
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.early import EarlyQuestion
from accountplanner.exchange.returned.findings import (
    EXPORT_KNOWN,
    INTACT,
    KEYS_ONLY,
    NOTHING,
    BaseAnswer,
    Returned,
)
from accountplanner.exchange.returned.mixing import hidden_elsewhere, rows_of_others
from accountplanner.exchange.returned.penned import struck_rows
from accountplanner.exchange.returned.settling import (
    changes_of,
    missing_rows,
    named_titles,
    settle,
    shown_above,
)
from accountplanner.exchange.returned.sheet_notices import workbook_notices
from accountplanner.exchange.returned.sheets import record_sheets, short_ids
from accountplanner.exchange.sync import Manifest

AskBase = Callable[[Manifest, bytes], BaseAnswer | None]
"""Asked in the parent: the manifest as found and the payload of the hidden sheet (empty if it is gone)."""

AskCandidates = Callable[[frozenset[str]], tuple[bytes, ...]]
"""Asked in the parent: the bases of all exports that hold some of these rows, the oldest first."""

_ANOTHER_EXPORT = told("its own export is not known here; it was compared with another one that shows the same")
_EXPORT_WORDS = re.compile(r"\bExport ([0-9a-z]{8})\b")


def read_returned(  # noqa: PLR0913 - a file, two questions, and how the child is watched
    content: FileContent,
    ask_base: AskBase,
    password: str | None = None,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    ask_candidates: AskCandidates | None = None,
    with_lists: bool = False,
) -> Returned:
    """Read a workbook in a guarded child and compare it there with the base that `ask_base` finds.

    A file that leads to no export of ours has tier 3 and is somebody's own table. `ask_candidates`
    answers where its export is not known: the bases of others that hold the same rows. With `with_lists`
    a workbook that is somebody's own comes back as its lists, so that it need not be read once more.

    Raises:
        FileRefusedError: it cannot be read; the sentence names the file and says why.
        PasswordNeededError: it is locked, and `password` does not open it.
        ReadingCancelledError: `cancelled` said so.
    """

    def answer(question: object) -> object:
        if isinstance(question, CandidateQuestion):
            return ask_candidates(question.aliases) if ask_candidates else ()
        manifest, payload = cast("tuple[Manifest, bytes]", question)
        return ask_base(manifest, payload)

    watch = Watch(cancelled, answer, quoted(content.name))
    task = _with_lists if with_lists else returned_of
    return run_guarded(task, content, password, limits=limits, watch=watch)


def returned_of(ask: Ask, content: FileContent, password: str | None = None) -> Returned:
    """The same without a guard: what the child does."""
    return _compared(ask, content, password)[0]


def _with_lists(ask: Ask, content: FileContent, password: str | None = None) -> Returned:
    returned, workbook = _compared(ask, content, password)
    with content.open() as file:
        is_text = stream_kind(file) is FileKind.TEXT
    if returned.tier != NOTHING or is_text:
        return returned
    return replace(returned, lists=tuple(lists_in(workbook, content.name)))


def _compared(ask: Ask, content: FileContent, password: str | None) -> tuple[Returned, Workbook]:
    with ThreadPoolExecutor(1, "question") as pool:
        question = EarlyQuestion(ask, pool)
        workbook = _read(question, content, password)
        return _found(ask, question, workbook), workbook


def _read(question: EarlyQuestion, content: FileContent, password: str | None) -> Workbook:
    with content.open() as file:
        kind = stream_kind(file)
        if kind is FileKind.TEXT:
            return delimited_workbook(content.data, content.stem)
        return read_any_workbook(file, kind, password, question.met)


def _found(ask: Ask, question: EarlyQuestion, workbook: Workbook) -> Returned:
    found = record_sheets(workbook)
    in_keys = short_ids(found)
    manifest, payload, named = question.read(workbook, in_keys[0] if in_keys else "")
    manifest = manifest or _guessed(workbook, in_keys)
    if manifest is None:
        return Returned(NOTHING, modified_by=workbook.modified_by, application=workbook.application)
    answer = cast("BaseAnswer | None", question.answer(manifest, payload or b""))
    if answer is None:
        returned = _of_unknown_export(ask, workbook, manifest)
    else:
        comparison = compared_sheets(workbook, decode_base(answer.base), found)
        tier = INTACT if payload is not None and not answer.stored else EXPORT_KNOWN
        returned = _settled(workbook, manifest, comparison, tier)
        if tier == INTACT and workbook.exact:
            returned = replace(returned, again=shown_again(comparison, answer.asked))
    mixed = hidden_elsewhere(named, in_keys[0] if in_keys else "")
    return replace(returned, held=(mixed, *returned.held)) if mixed else returned


def _of_unknown_export(ask: Ask, workbook: Workbook, manifest: Manifest) -> Returned:
    """The file waits for its export; what another export tells about it meanwhile is proposed."""
    held = told(
        "This workbook belongs to export {export}, which is not known here yet; it waits for it.",
        export=manifest.export,
    )
    waiting = Returned(KEYS_ONLY, manifest, held=(held,), waits=True, modified_by=workbook.modified_by)
    aliases = aliases_in(record_sheets(workbook))
    bases = cast("tuple[bytes, ...]", ask(CandidateQuestion(aliases))) if aliases else ()
    comparison = best_candidate(workbook, bases)
    if comparison is None:
        return waiting
    settled = _settled(workbook, manifest, comparison, KEYS_ONLY)
    doubted = tuple(replace(change, doubt=change.doubt or _ANOTHER_EXPORT) for change in settled.changes)
    # Another export has other words on its guide: what was typed there is known once the file's own export is.
    remarks = tuple(each for each in settled.remarks if not each.beside)
    return replace(
        settled,
        changes=doubted,
        remarks=remarks,
        held=(held, *settled.held),
        waits=True,
        compared_with=comparison.base.export,
    )


def _settled(workbook: Workbook, manifest: Manifest, comparison: Comparison, tier: int) -> Returned:
    settle(comparison)
    base = comparison.base
    changes = tuple(sorted(changes_of(comparison), key=lambda change: (change.kind, change.alias, change.field)))
    # Below full metadata, or where blanks may be errors, a row that is not there proves nothing.
    missing = missing_rows(comparison) if tier == INTACT and workbook.exact else []
    if rows_of_others(comparison, manifest.export):
        missing = []
    struck = struck_rows(comparison.rows.values(), base.titles)
    return Returned(
        tier,
        manifest,
        changes,
        tuple(comparison.keyless),
        (*missing, *struck),
        (*comparison.notices, *workbook_notices(workbook, base, comparison)),
        brakes(comparison, [each for each in changes if not each.struck], missing, manifest),
        tuple(comparison.lost),
        tuple(comparison.remarks),
        tuple(comparison.added),
        named=named_titles(base, changes, comparison.keyless),
        above=shown_above(base, changes),
        rows=len(comparison.rows),
        cells=comparison.cells,
        date1904=workbook.date1904,
        modified_by=workbook.modified_by,
        application=workbook.application,
    )


def _guessed(workbook: Workbook, in_keys: list[str]) -> Manifest | None:
    """The export that keys, the document properties or the guide name, in this order of trust."""
    if in_keys:
        return Manifest(in_keys[0])
    if short := workbook.custom_properties.get(PROPERTY_EXPORT, ""):
        return Manifest(short)
    guide = workbook.sheet(GUIDE_SHEET)
    texts = [value for row in (guide.rows if guide else ()) for value in row.cells.values() if isinstance(value, str)]
    return next((Manifest(match[1]) for text in texts if (match := _EXPORT_WORDS.search(text))), None)
