"""The base is asked for as soon as the hidden sheet is read, and what the whole workbook says counts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from accountplanner.exchange.reading.cells import Sheet, SheetRow, Workbook
from accountplanner.exchange.returned.early import EarlyQuestion
from accountplanner.exchange.sync import Manifest, sync_rows, with_chunks

PAYLOAD = b"sealed" * 9_000
OURS = with_chunks(Manifest("k7f3q2ab", "export:k7f3q2ab", "team"), PAYLOAD)


def hidden_sheet(manifest: Manifest = OURS) -> Sheet:
    rows = [SheetRow(place, dict(enumerate(row, 1))) for place, row in enumerate(sync_rows(manifest, PAYLOAD), 1)]
    return Sheet("_sync", hidden=True, rows=rows)


class Parent:
    """Remembers what it was asked, and answers with a number."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def __call__(self, question: object) -> object:
        self.asked.append(question)
        return len(self.asked)


def answered(sheets: tuple[Sheet, ...], parent: Parent, export: str = OURS.export) -> object:
    with ThreadPoolExecutor(1) as pool:
        question = EarlyQuestion(parent, pool)
        for sheet in sorted(sheets, key=lambda sheet: not sheet.hidden):
            question.met(sheet)
        manifest, payload, _ = question.read(Workbook(sheets), export)
        assert manifest is not None
        return question.answer(manifest, payload or b"")


def test_the_hidden_sheet_is_enough_to_ask_once() -> None:
    parent, notes = Parent(), Sheet("Notes", rows=[SheetRow(1, {1: "a", 2: "b", 3: "c"})])
    assert answered((notes, hidden_sheet()), parent) == 1
    assert parent.asked == [(OURS, PAYLOAD)]


def test_of_two_hidden_sheets_the_one_of_the_rows_own_export_counts() -> None:
    theirs = replace(OURS, export="theirs00", export_id="export:theirs00")
    both = (hidden_sheet(), replace(hidden_sheet(theirs), hidden=False))
    parent = Parent()
    assert answered(both, parent, theirs.export) == 2
    assert parent.asked == [(OURS, PAYLOAD), (theirs, PAYLOAD)]
    parent = Parent()
    assert answered(both, parent) == 1
    assert parent.asked == [(OURS, PAYLOAD)]


def test_without_a_whole_payload_it_is_asked_when_all_is_read() -> None:
    torn = hidden_sheet()
    parent = Parent()
    assert answered((replace(torn, rows=torn.rows[:-1]),), parent) == 1
    assert parent.asked == [(OURS, b"")]
