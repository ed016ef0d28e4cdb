"""A folder that colleagues share: everybody writes one workbook and reads all others', only what changed."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.store.mishaps import spoil
from tests.usecases.acting import agree, bring, filled, reworked, say, sent, small_picture, value, values

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.folder import FolderUnreachableError, edition_name
from accountplanner.exchange.writing.publishing import Patience
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exchange_folder import carry_out, exchange_folder, plan_exchange
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.folder_memory import keep_folder_password
from accountplanner.usecases.history import undo
from accountplanner.usecases.team import retire
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.exchange_folder import FolderResult
    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Team share"
    made.mkdir()
    return made


@pytest.fixture
def ben(laptops: Laptops, ann: Session, picture: Picture, folder: Path) -> Session:
    """Ben, after both have exchanged once and have nothing more to tell."""
    assert picture.accounts
    ben = laptops.join(ann)
    for each in (ann, ben, ann):
        exchange_folder(each, folder)
    return ben


def own(session: Session, folder: Path) -> Path:
    """The workbook a laptop writes."""
    identity = session.store.identity
    return folder / edition_name(identity.name, identity.replica)


def states(result: FolderResult) -> dict[str, str]:
    """What became of each file, by name."""
    return {file.name: file.state for file in result.plan.files}


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- everybody writes one, reads all ------------------------------------------------------------------------------


def test_two_laptops_meet_in_a_folder_and_then_it_is_quiet(ann: Session, ben: Session, folder: Path) -> None:
    assert agree(ann, ben)
    assert sorted(path.name for path in folder.iterdir()) == sorted(own(each, folder).name for each in (ann, ben))
    before = bytes_in(folder)
    for session in (ann, ben, ann, ben):
        result = exchange_folder(session, folder)
        assert result.edition is None
        assert result.imported is None
    assert bytes_in(folder) == before, "nothing is written while there is nothing to tell"


@pytest.mark.slow
def test_a_change_reaches_the_others_as_one_file_each(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    carla = laptops.join(ann, "Carla")
    exchange_folder(carla, folder)
    say(ben, picture.accounts["Borealis"], "city", "Said by Ben")
    assert exchange_folder(ben, folder).edition is not None
    for session in (ann, carla):
        result = exchange_folder(session, folder)
        assert value(session, picture.accounts["Borealis"], "city") == "Said by Ben"
        assert result.changes.records
    for session in (ann, ben, carla, ann, ben, carla):
        exchange_folder(session, folder)
    before = bytes_in(folder)
    for session in (ann, ben, carla):
        assert exchange_folder(session, folder).edition is None
    assert bytes_in(folder) == before
    assert agree(ann, ben, carla)


def test_a_preview_tells_what_comes_and_goes_and_writes_nothing(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.accounts["Borealis"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    before, lying = dump(ann), bytes_in(folder)
    plan = plan_exchange(ann, folder)
    assert plan.counts.changed == 1
    assert plan.touched == ("Borealis",)
    assert plan.outgoing.reason == "news"
    assert [(file.who, file.state) for file in plan.of("new")] == [("Ben", "new")]
    assert (dump(ann), bytes_in(folder)) == (before, lying)
    carry_out(ann, plan)
    assert value(ann, picture.accounts["Borealis"], "city") == "Said by Ben"


def test_known_files_are_known_by_their_bytes_and_not_opened_again(
    ann: Session, ben: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "accountplanner.usecases.folder_reading.plan_returned", lambda _, content, *__: opened.append(content.name)
    )
    own(ben, folder).touch()
    shutil.copy(own(ben, folder), folder / "Ben (1).xlsx")
    result = exchange_folder(ann, folder)
    assert opened == []
    assert states(result)["Ben (1).xlsx"] == "known"


@pytest.mark.slow
def test_batches_that_are_held_are_not_decoded_again(
    ann: Session, ben: Session, picture: Picture, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        say(ann, picture.accounts["Alpine"], "city", f"City {number}")
    exchange_folder(ann, folder)
    exchange_folder(ben, folder)
    say(ann, picture.accounts["Alpine"], "city", "The last one")
    exchange_folder(ann, folder)
    taken: list[int] = []
    monkeypatch.setattr(type(ben.store.team.log), "vet", lambda _log, batches: taken.append(len(batches)))
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "The last one"
    assert taken[0] < 64, "the full part was not opened"
    assert verify(ben) == []


@pytest.mark.slow
def test_many_batches_in_parts_reach_somebody_new(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    for number in range(70):
        say((ann, ben)[number % 2], picture.accounts["Alpine"], "city", f"City {number}")
        if number % 20 == 0:
            exchange_folder(ann, folder)
            exchange_folder(ben, folder)
    for session in (ann, ben, ann):
        exchange_folder(session, folder)
    carla = laptops.join(ann, "Carla")
    result = exchange_folder(carla, folder)
    assert result.counts.parked == 0
    for session in (ann, ben):
        exchange_folder(session, folder)
    assert agree(ann, ben, carla)


# --- what people and programs do in a folder ----------------------------------------------------------------------


def test_what_somebody_types_into_my_workbook_is_read_before_it_is_written_again(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    mine = own(ann, folder)
    filled(mine, mine, ("Accounts", "Alpine", "City", "Typed by Carla"))
    result = exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Typed by Carla"
    assert result.edition is not None
    assert result.edition.path == mine
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Typed by Carla"
    undone = undo(ann)
    assert picture.accounts["Alpine"] in undone.records
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"


@pytest.mark.slow
def test_what_is_typed_while_the_preview_stands_is_never_written_over(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ann, picture.accounts["Borealis"], "city", "Said by Ann")
    plan = plan_exchange(ann, folder)
    mine = own(ann, folder)
    filled(mine, mine, ("Accounts", "Alpine", "City", "Typed meanwhile"))
    typed = mine.read_bytes()
    result = carry_out(ann, plan)
    assert mine.read_bytes() == typed
    assert result.edition is not None
    assert result.edition.is_second
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Typed meanwhile"
    assert value(ben, picture.accounts["Borealis"], "city") == "Said by Ann"
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Typed meanwhile"
    assert [path.name for path in folder.iterdir() if "(2)" in path.name] == []


@pytest.mark.parametrize(
    "called",
    [
        "{stem}-LAPTOP7.xlsx",
        pytest.param("{stem} (Ben's conflicted copy 2026-11-22).xlsx", marks=pytest.mark.slow),
        pytest.param("{stem}.sync-conflict-20261122-7ABC.xlsx", marks=pytest.mark.slow),
        pytest.param("{stem} (1).xlsx", marks=pytest.mark.slow),
    ],
)
def test_a_conflict_copy_is_content_and_never_written_to(
    ann: Session, ben: Session, picture: Picture, folder: Path, called: str
) -> None:
    mine = own(ann, folder)
    copy = folder / called.format(stem=mine.stem)
    filled(mine, copy, ("Accounts", "Alpine", "City", "Typed in the copy"))
    lying = copy.read_bytes()
    for session in (ann, ben):
        exchange_folder(session, folder)
        assert value(session, picture.accounts["Alpine"], "city") == "Typed in the copy"
    assert copy.read_bytes() == lying


def test_what_programs_leave_there_is_not_looked_at(ann: Session, ben: Session, folder: Path) -> None:
    for name in ("~$Ben.xlsx", ".~lock.Ben.xlsx#", "Ben.xlsx.tmp", ".syncthing.Ben.xlsx.tmp", "~temp.xlsx", "a.pdf"):
        (folder / name).write_bytes(b"whatever")
    (folder / "folder.xlsx").mkdir()
    assert set(states(exchange_folder(ann, folder))) == {own(each, folder).name for each in (ann, ben)}


def test_a_file_that_has_not_wholly_arrived_waits_and_is_read_when_it_has(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    file = own(ben, folder)
    whole = file.read_bytes()
    for arrived in (b"", bytes(len(whole)), whole[:100], whole[: len(whole) // 2], whole[:-1]):
        file.write_bytes(arrived)
        result = exchange_folder(ann, folder)
        (waiting,) = result.plan.of("waits")
        assert waiting.who == "Ben"
        assert "tried again next time" in waiting.sentence
        assert not result.needs_person
        assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"
    file.write_bytes(whole)
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben"


def test_other_workbooks_are_named_and_left_alone(ann: Session, ben: Session, picture: Picture, folder: Path) -> None:
    export_partner(ann, picture.partner, folder / "Exotic Liquids.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["Name", "City"])  # type: ignore[union-attr]
    book.save(folder / "My list.xlsx")
    for _ in range(2):
        result = exchange_folder(ben, folder)
        assert {file.name for file in result.plan.of("other")} == {"Exotic Liquids.xlsx", "My list.xlsx"}
        assert all("import it by hand" in file.sentence for file in result.plan.of("other"))
        assert result.imported is None or not result.imported.records
        assert not result.needs_person


@pytest.mark.slow
def test_one_bad_file_stops_no_other(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    eve = laptops.found("Eve")
    small_picture(eve)
    sent(eve, folder / "Another team.xlsx")
    shutil.copy(own(ben, folder), folder / "Broken.xlsx")
    spoil(folder / "Broken.xlsx", 2000)
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    result = exchange_folder(ann, folder)
    assert {file.name for file in result.plan.of("refused")} == {"Another team.xlsx", "Broken.xlsx"}
    assert all(file.sentence.endswith(".") for file in result.plan.of("refused"))
    assert result.needs_person
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben"
    assert verify(ann) == []


@pytest.mark.slow
def test_a_stripped_copy_is_compared_with_what_its_writer_kept(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    """Saved by a program that drops hidden sheets: only who wrote the edition knows what it showed."""
    copy = folder / "From the web.xlsx"

    def strip(book: openpyxl.Workbook) -> None:
        del book["_sync"]
        sheet = book["Accounts"]
        row = next(row for row in sheet.iter_rows() if row[1].value == "Alpine")
        row[next(cell.column for cell in sheet[1] if cell.value == "City") - 1].value = "Typed on the web"

    reworked(own(ann, folder), copy, strip)
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Typed on the web"
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Typed on the web"


# --- a workbook that is open elsewhere ----------------------------------------------------------------------------


class Excel:
    """Holds files open as Excel on Windows does: they cannot be replaced or removed, only read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held: set[str] = set()
        self.paused: list[float] = []
        import pathlib  # noqa: PLC0415 - patched here only

        replace, unlink = pathlib.Path.replace, pathlib.Path.unlink

        def replacing(path: Path, target: Path) -> Path:
            self._refuse(target.name)
            return replace(path, target)

        def removing(path: Path, *, missing_ok: bool = False) -> None:
            self._refuse(path.name)
            unlink(path, missing_ok=missing_ok)

        monkeypatch.setattr(pathlib.Path, "replace", replacing)
        monkeypatch.setattr(pathlib.Path, "unlink", removing)

    def patience(self) -> Patience:
        return Patience(pause=self.paused.append)

    def _refuse(self, name: str) -> None:
        if name in self.held:
            error = PermissionError(errno.EACCES, "The process cannot access the file")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> Excel:
    return Excel(monkeypatch)


def test_a_workbook_open_in_excel_is_tried_again_and_then_gets_another_name_which_everybody_reads(
    ann: Session, ben: Session, picture: Picture, folder: Path, excel: Excel
) -> None:
    mine = own(ann, folder)
    excel.held = {mine.name}
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")
    result = carry_out(ann, plan_exchange(ann, folder), excel.patience())
    assert 2 <= sum(excel.paused) <= 3
    assert result.edition is not None
    assert result.edition.path.name == f"{mine.stem} (2).xlsx"
    assert "nothing is lost" in result.edition.sentence()
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Said by Ann"
    say(ann, picture.accounts["Alpine"], "phone", "+47 22 33 44 55")
    carry_out(ann, plan_exchange(ann, folder), excel.patience())
    assert len(list(folder.glob("*(*).xlsx"))) == 1, "the second name is used again"
    excel.held = set()
    exchange_folder(ann, folder)
    assert list(folder.glob("*(*).xlsx")) == []
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "phone") == "+47 22 33 44 55"
    quiet = bytes_in(folder)
    for session in (ann, ben, ann):
        exchange_folder(session, folder)
    assert quiet[mine.name] == mine.read_bytes()


@pytest.mark.slow
@pytest.mark.usefixtures("ben")
def test_a_workbook_free_again_within_seconds_keeps_its_name(
    ann: Session, picture: Picture, folder: Path, excel: Excel
) -> None:
    mine = own(ann, folder)
    excel.held = {mine.name}
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")

    def let_go(pause_s: float) -> None:
        excel.paused.append(pause_s)
        excel.held = set() if len(excel.paused) == 3 else excel.held

    result = carry_out(ann, plan_exchange(ann, folder), Patience(pause=let_go))
    assert result.edition is not None
    assert result.edition.path == mine


@pytest.mark.slow
def test_a_second_name_somebody_typed_into_is_theirs_by_then(
    ann: Session, ben: Session, picture: Picture, folder: Path, excel: Excel
) -> None:
    mine = own(ann, folder)
    excel.held = {mine.name}
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")
    second = carry_out(ann, plan_exchange(ann, folder), excel.patience()).edition
    assert second is not None
    excel.held = set()
    filled(second.path, second.path, ("Accounts", "Borealis", "City", "Typed in the second"))
    typed = second.path.read_bytes()
    exchange_folder(ann, folder)
    assert second.path.read_bytes() == typed
    assert value(ann, picture.accounts["Borealis"], "city") == "Typed in the second"
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Borealis"], "city") == "Typed in the second"


def test_a_folder_that_is_not_there_or_goes_away_is_one_sentence(
    ann: Session, ben: Session, picture: Picture, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(FolderUnreachableError, match="no such folder"):
        exchange_folder(ann, tmp_path / "nowhere")
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    plan = plan_exchange(ann, folder)
    folder.rename(tmp_path / "elsewhere")
    result = carry_out(ann, plan)
    assert result.edition is None
    assert "cannot be reached" in result.refusal
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben", "what came in stays"
    (tmp_path / "elsewhere").rename(folder)
    assert exchange_folder(ann, folder).edition is not None
    assert verify(ann) == []


# --- conflicts, erasure, retirement --------------------------------------------------------------------------------


def test_two_answers_meet_as_a_conflict_that_needs_a_person(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ann, folder)
    result = exchange_folder(ben, folder)
    assert result.counts.conflicts == 1
    assert result.needs_person
    exchange_folder(ann, folder)
    assert values(ann, picture.accounts["Alpine"], "city") == {"Said by Ann", "Said by Ben"}
    assert agree(ann, ben)
    assert not exchange_folder(ann, folder).needs_person, "told once"


@pytest.mark.slow
def test_after_an_erasure_every_edition_is_written_without_the_person(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.contacts["Kari Nordmann"], "title", "Head of purchasing")
    for session in (ben, ann):
        exchange_folder(session, folder)
    assert _names(own(ann, folder), "Kari Nordmann")
    erase(ann, picture.contacts["Kari Nordmann"])
    assert exchange_folder(ann, folder).edition is not None
    assert not _names(own(ann, folder), "Kari Nordmann")
    assert exchange_folder(ben, folder).edition is not None
    assert not _names(own(ben, folder), "Kari Nordmann")
    for session in (ann, ben):
        exchange_folder(session, folder)
        assert "Kari" not in dump(session).decode()
        assert not session.store.search("Kari Nordmann")


def _names(file: Path, text: str) -> bool:
    book = openpyxl.load_workbook(file)
    found = any(text in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    book.close()
    return found


@pytest.mark.slow
def test_a_retired_device_is_not_heard_and_the_others_learn_of_it(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    carla = laptops.join(ann, "Carla")
    for session in (carla, ann, ben):
        exchange_folder(session, folder)
    retire(ann, ben.store.identity.replica)
    assert exchange_folder(ann, folder).edition is not None
    exchange_folder(carla, folder)
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    sent(ben, own(ben, folder))
    result = exchange_folder(carla, folder)
    assert [file.who for file in result.plan.of("refused")] == ["Ben"]
    assert value(carla, picture.accounts["Alpine"], "city") == "Oslo"


@pytest.mark.slow
def test_a_restored_laptop_writes_a_file_of_its_own(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    laptops.close()
    copy = laptops.open(ben, "Copy of Ben")
    say(copy, picture.accounts["Alpine"], "city", "Said by the copy")
    result = exchange_folder(copy, folder)
    assert result.edition is not None
    assert result.edition.path != own(ben, folder)
    again = laptops.open(ann, "Ann again")
    exchange_folder(again, folder)
    assert value(again, picture.accounts["Alpine"], "city") == "Said by the copy"


def test_names_are_safe_everywhere_and_differ_for_namesakes() -> None:
    assert edition_name("Ann Lee", "a1b2c3d4") == "Ann Lee - team workbook a1b2c3.xlsx"
    assert edition_name("Zoë “Z” <Ødegård>: /etc", "a1b2c3") == "Zoë Z Ødegård etc - team workbook a1b2c3.xlsx"
    assert edition_name("😀 ...", "a1b2c3") == "Colleague - team workbook a1b2c3.xlsx"
    assert len(edition_name("x" * 300, "a1b2c3")) < 100
    assert edition_name("Ann Lee", "a1b2c3") != edition_name("Ann Lee", "z9y8x7")


@pytest.mark.slow
def test_stopping_leaves_everything_as_it_was(ann: Session, ben: Session, picture: Picture, folder: Path) -> None:
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    before = dump(ann)

    class StoppedError(Exception):
        pass

    def stop(done: int, _total: int, _name: str) -> None:
        if done == 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        exchange_folder(ann, folder, report=stop)
    assert dump(ann) == before
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben"


@pytest.mark.slow
def test_a_file_brought_by_mail_and_found_in_the_folder_is_no_trouble(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    bring(ann, own(ben, folder))
    exchange_folder(ann, folder)
    exchange_folder(ben, folder)
    assert agree(ann, ben)
    with pytest.raises(RefusedError):
        bring(ann, folder / "not there.xlsx")


# --- under a password -----------------------------------------------------------------------------------------------

WORD = "between the two of us"


def test_a_password_given_once_locks_every_edition_and_opens_every_colleagues(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    assert exchange_folder(ann, folder).edition is None, "there is nothing to tell"
    result = exchange_folder(ann, folder, WORD)
    assert result.edition is not None
    assert "another password" in result.plan.outgoing.sentence()
    assert result.edition.warning == "", "a locked file needs no word of caution"
    assert own(ann, folder).read_bytes()[:4] == b"\xd0\xcf\x11\xe0", "encrypted as Excel does it"
    say(ann, picture.accounts["Alpine"], "city", "Hamar")
    exchange_folder(ann, folder)
    (refused,) = exchange_folder(ben, folder).plan.of("refused")
    assert "password" in refused.sentence
    assert value(ben, picture.accounts["Alpine"], "city") == "Oslo"
    exchange_folder(ben, folder, WORD)
    assert value(ben, picture.accounts["Alpine"], "city") == "Hamar"
    assert own(ben, folder).read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    agree(ann, ben)


def test_the_remembered_password_is_nowhere_in_plain_and_can_be_taken_back(
    ann: Session, picture: Picture, folder: Path
) -> None:
    say(ann, picture.accounts["Alpine"], "city", "Hamar")
    exchange_folder(ann, folder, WORD)
    files = (path for path in ann.store.places.folder.rglob("*") if path.is_file())
    assert not any(WORD.encode() in path.read_bytes() for path in (*files, *folder.iterdir()))
    assert WORD.encode() not in dump(ann)
    keep_folder_password(ann, folder, "")
    assert exchange_folder(ann, folder).edition is not None
    assert own(ann, folder).read_bytes()[:2] == b"PK"
    assert exchange_folder(ann, folder).edition is None
