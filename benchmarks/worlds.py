"""The data the figures are measured on, made once per run and then only read or copied."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accountplanner.domain.fields import Layer
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.sample_territory import LeanShape, SampleAuthor, sample_statements
from accountplanner.usecases.team import invite
from accountplanner.usecases.workspaces import Key, NewWorkspace, create_workspace, open_workspace, workspace_places

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from accountplanner.usecases.session import Session

PASSPHRASE = "measured, not guarded"  # noqa: S105 - guards invented customers for some minutes
TODAY = date(2026, 11, 20)
SIZE = "size.json"
MADE = "made"
"""The file that says a world is whole."""

_CHEAP = Stretching(memory_kib=64, iterations=1, lanes=1)
_GROUPS_A_BATCH = 500
_EDITED_KIND = "Contacts"
_UNEDITED_COLUMNS = 15
"""The first columns of the sheet hold keys, references and choices; edits go to the texts after them."""


@dataclass(frozen=True)
class Size:
    """How large a world is."""

    accounts: int
    contacts: int
    answers: int


COLLEAGUES = 10
SIZES = {"rows": Size(1_000, 10, 33), "many": Size(10_000, 10, 4), "shared": Size(1_000, 10, 33)}
TINY = {"rows": Size(12, 5, 33), "many": Size(20, 5, 4), "shared": Size(12, 5, 33)}


def make_world(folder: Path) -> None:
    """Make the world that `size.json` asks for.

    `rows` also gets its workbooks and an empty colleague, `shared` a folder whose workbooks have all been read.
    """
    size = Size(**json.loads((folder / SIZE).read_text()))
    name = folder.name
    session = create(folder / "mine", "Robin Vale")
    fill(session, size)
    if name == "rows":
        export_team(session, folder / "team.xlsx")
        invite(session, folder / "join", PASSPHRASE, _CHEAP)
        create(folder / "colleague", "Kim Arden", folder / "join").close()
    if name == "shared":
        _share(session, folder / "share")
    session.close()
    if name == "rows":
        (folder / "edits.json").write_text(json.dumps(_edit(folder)))
    (folder / MADE).touch()


def create(folder: Path, name: str, join_file: Path | None = None) -> Session:
    """Make a workspace whose passphrase costs nothing to stretch: unwrapping the key is not measured."""
    wish = NewWorkspace(
        workspace_places(folder),
        name,
        f"{name.partition(' ')[0].lower()}@measured.example",
        PASSPHRASE,
        join_file=join_file,
        join_passphrase=PASSPHRASE,
        stretching=_CHEAP,
    )
    return create_workspace(wish).session


def reopen(folder: Path) -> Session:
    """Open a workspace made here."""
    return open_workspace(workspace_places(folder), Key(PASSPHRASE))


def fill(session: Session, size: Size) -> None:
    """Write a lean territory, a batch for every few hundred accounts."""
    me = SampleAuthor(session.store.identity.name, session.store.voice)
    shape = LeanShape(size.contacts, size.answers)
    groups = list(sample_statements(size.accounts, 1, TODAY, me, lean=shape))
    for start in range(0, len(groups), _GROUPS_A_BATCH):
        with session.transaction("Measured territory") as writing:
            writing.say(Layer.TEAM, [each for group in groups[start : start + _GROUPS_A_BATCH] for each in group])


def _share(session: Session, share: Path) -> None:
    """Fill a folder with as many workbooks of full size as there are colleagues, and read them all."""
    share.mkdir()
    made = export_team(session, share / "Colleague 1.xlsx").path
    for number in range(2, COLLEAGUES + 1):
        copy = shutil.copy(made, share / f"Colleague {number}.xlsx")
        with zipfile.ZipFile(copy, "a") as archive:
            # Other bytes, as every colleague's are.
            archive.comment = str(number).encode()
    exchange_folder(session, share)


def _edit(folder: Path) -> int:
    """Save the workbook with another spreadsheet program, then change one in a hundred of the contacts' cells."""
    import openpyxl  # noqa: PLC0415 - only who makes this world waits for it

    book = openpyxl.load_workbook(folder / "team.xlsx")
    book.save(folder / "resaved.xlsx")
    edits = _edit_sheet(book[_EDITED_KIND])
    book.save(folder / "returned.xlsx")
    book.close()
    return edits


def _edit_sheet(sheet: Worksheet) -> int:
    filled = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    texts = [cell for cell in filled if cell.column > _UNEDITED_COLUMNS and isinstance(cell.value, str)]
    edited = texts[:: max(1, len(texts) * 100 // len(filled))][: len(filled) // 100]
    for cell in edited:
        cell.value = f"{cell.value}, as I heard"
    return len(edited)
