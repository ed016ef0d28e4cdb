"""Erasing a person: gone from every table here and at colleagues', and nothing that comes later brings them back."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import (
    Picture,
    agree,
    bring,
    column_of,
    filled,
    level,
    reworked,
    say,
    sent,
    value,
)

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import state
from accountplanner.domain.undo import next_to_undo
from accountplanner.exchange.tables.corrections import Correction
from accountplanner.usecases.begun_imports import BegunImport, begun_import, keep_import
from accountplanner.usecases.browsing import find
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.history import steps, undo
from accountplanner.usecases.kept_answers import keep_answers, kept_answers
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.reviewing import Decision
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import back_up, verify

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")

_TRACES = ("zyxmaria", "zyxspouse", "zyxhobby", "zyxtie", "zyxold")


@pytest.fixture
def maria(ann: Session, picture: Picture) -> str:
    """A contact with answers in both layers, a tie, and a name she no longer uses."""
    alpine = picture.accounts["Alpine"]
    told = {"name": "Zyxold Maiden", "account": alpine, "email": "zyxmaria@firm.example", "phone": "+47 911 22 333"}
    record, _ = create_record(ann, "contact", told)
    say(ann, record, "name", "Zyxmaria Berg")
    say(ann, record, "mackay_home_address", "zyxhobby")
    say(ann, record, "mackay_spouse", "zyxspouse")
    say(ann, record, "mackay_spouse", "zyxspouse", layer=Layer.TEAM)
    tie, _ = create_record(ann, "tie", {"contact": record})
    say(ann, tie, "how", "zyxtie")
    return record


def _traces(session: Session) -> set[str]:
    """What is left of her in any table of any database, however it is kept: search index and archive included."""
    found = set()
    for name, database in session.store.databases.items():
        with database.raw() as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for table in tables:
                for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():  # noqa: S608 - names of its own
                    text = _plain(row).casefold()
                    found |= {f"{trace} in {table} ({name})" for trace in _TRACES if trace in text}
    return found


def _plain(row: tuple[object, ...]) -> str:
    cells = [each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in row]
    return "\n".join(cells) + "".join(_inflated(each) for each in row if isinstance(each, bytes | str))


def _inflated(data: bytes | str) -> str:
    """What stands in a deflated or a base64 value, and in one that is both."""
    import base64  # noqa: PLC0415
    import binascii  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    for start in (0, 1):
        raw = data[start:] if isinstance(data, bytes) else b""
        if isinstance(data, str):
            try:
                raw = base64.b64decode(data, validate=True)
            except (binascii.Error, ValueError):
                continue
        try:
            inner = zlib.decompress(raw)
            return inner.decode("utf-8", "replace") + _inflated(inner)
        except zlib.error:
            continue
    return ""


def test_only_workbooks_in_which_the_person_stood_are_named(ann: Session, picture: Picture, tmp_path: Path) -> None:
    def leaves(partner: str, name: str) -> None:
        exported = export_partner(ann, partner, tmp_path / f"{name}.xlsx")
        say(ann, exported.export_id, "title", name)

    # "Li" is no part of "Ola Lind", but a note may name her at another firm.
    say(ann, picture.contacts["Ola Hansen"], "name", "Ola Lind")
    far, _ = add_partner(ann, "Far away")
    set_scope(ann, far, [picture.accounts["Borealis"]], covers=True)
    leaves(picture.partner, "too early")
    lee, _ = create_record(ann, "contact", {"name": "Li", "account": picture.accounts["Alpine"]})
    leaves(picture.partner, "her own row")
    leaves(far, "another's accounts")
    told = {"partner": far, "text": "Li knows the buyer there", "account": picture.accounts["Borealis"]}
    create_record(ann, "partner_note", told)
    leaves(far, "words that name her")
    assert {each.title for each in erase(ann, lee).sent} == {"her own row", "words that name her"}
    assert {each.made_on for each in erase(ann, picture.contacts["Siv Lund"]).sent} == set()


def test_a_workbook_of_a_newer_program_may_name_anybody_and_keeps_nobody_from_being_erased(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    exported = export_partner(ann, picture.partner, tmp_path / "partner.xlsx")
    (base,) = ann.store.every("export_base")
    later = json.loads(zlib.decompress(base64.b64decode(base.values["base"]))) | {"format": 99}
    kept = base64.b64encode(zlib.compress(json.dumps(later).encode())).decode()
    with ann.transaction("what a newer program keeps") as writing:
        writing.say(Layer.TEAM, [state(base.record, "base", kept)])
        # It may say the day in some other way, too.
        writing.say(Layer.TEAM, [state(exported.export_id, "made_on", None)])
    (sent_with_them,) = erase(ann, picture.contacts["Siv Lund"]).sent
    assert (sent_with_them.title[:7], sent_with_them.made_on) == ("Partner", "")


def test_nothing_of_the_person_is_left_in_any_table_search_dump_or_backup(
    ann: Session, picture: Picture, maria: str, tmp_path: Path
) -> None:
    sent(ann, tmp_path / "team.xlsx")
    export_partner(ann, picture.partner, tmp_path / "partner.xlsx")
    back_up(ann)
    assert {trace.partition(" ")[0] for trace in _traces(ann)} == set(_TRACES)
    done = erase(ann, maria)
    assert _traces(ann) == set()
    assert find(ann, "Zyxmaria") == find(ann, "zyxhobby") == []
    assert not any(trace in dump(ann).decode().casefold() for trace in _TRACES)
    assert verify(ann) == []
    assert len(ann.store.backups.all()) == 1
    assert {each.title for each in done.sent} == {"Team workbook team.xlsx", "Partner workbook for Exotic Liquids"}
    while next_to_undo(steps(ann)) is not None:
        undo(ann)
    assert _traces(ann) == set()


@pytest.mark.slow
def test_a_colleagues_laptop_forgets_as_well(
    laptops: Laptops, ann: Session, picture: Picture, maria: str, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    book = sent(ann, tmp_path / "book.xlsx")
    bring(ben, book)
    asked = export_partner(ben, picture.partner, tmp_path / "partner.xlsx").path
    list_file = tmp_path / "people.csv"
    list_file.write_text("Contact name,E-mail,Company\nSomebody Else,else@firm.example,Elsewhere\n")
    bring(ben, list_file)
    say(ben, maria, "mackay_children", "zyxspouse's child", layer=Layer.ME)
    back_up(ben)
    assert _traces(ben)
    erase(ann, maria)
    bring(ben, sent(ann, tmp_path / "after.xlsx"))
    assert _traces(ben) == set()
    assert len([each for each in ben.store.backups.all() if each.reason == "erasure"]) == len(ben.store.backups.all())
    kept = [each.name for each in ben.store.archive.files() if not each.dropped]
    assert "people.csv" in kept, "a file that does not name her stays"
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert verify(ann) == verify(ben) == []
    answered = filled(asked, tmp_path / "answered.xlsx", ("Accounts", "Alpine", "Website", "www.alpine.example"))
    bring(ben, answered)
    assert value(ben, picture.accounts["Alpine"], "website") == "www.alpine.example"
    assert _traces(ben) == set()


@pytest.mark.slow
def test_words_that_arrive_later_do_not_bring_the_person_back(
    laptops: Laptops, ann: Session, maria: str, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    book = sent(ann, tmp_path / "book.xlsx")
    bring(ben, book)
    copy = filled(book, tmp_path / "copy.xlsx", ("Contacts", "Zyxmaria Berg", "Job title", "Zyxhobby buyer"))
    erase(ann, maria)
    say(ben, maria, "title", "Zyxhobby seller")
    create_record(ben, "tie", {"contact": maria, "how": "zyxtie again"})
    late = sent(ben, tmp_path / "late.xlsx")
    for file in (late, copy, book):
        bring(ann, file)
        assert ann.store.counts()["contact"] == 3
        assert _traces(ann) == set(), file.name
    level(tmp_path, ann, ben)
    assert _traces(ben) == set()
    assert agree(ann, ben)
    assert verify(ann) == verify(ben) == []


def test_a_row_with_their_address_is_held_back_and_told(ann: Session, maria: str, tmp_path: Path) -> None:
    erase(ann, maria)
    file = tmp_path / "people.csv"
    file.write_text(
        "Contact name,E-mail,Company\nM. Berg,ZYXMARIA@firm.example,Elsewhere\nNew Person,new@firm.example,Elsewhere\n"
    )
    result = bring(ann, file)
    assert result.counts.problems == 1
    assert not any("ZYXMARIA" in str(each.values).upper() for each in ann.store.every("contact"))
    assert {each.values["name"] for each in ann.store.every("contact")} >= {"New Person"}


def test_suggestions_about_the_person_go_as_well(ann: Session, maria: str, tmp_path: Path) -> None:
    book = sent(ann, tmp_path / "book.xlsx")

    def type_below(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Contacts"]
        last = sheet.max_row + 1
        for header, text in (("Name", "Zyxmaria Berg"), ("E-mail", "zyxmaria@firm.example"), ("Account", "Alpine")):
            sheet.cell(last, column_of(sheet, header)).value = text
        sheet.cell(last + 1, column_of(sheet, "Name")).value = "Somebody Else"

    bring(ann, reworked(book, tmp_path / "copy.xlsx", type_below))
    waiting = queue(ann)
    assert len(waiting) == 2
    keep_answers(ann, {item.id: Decision(item.id, "type", text=item.title) for item in waiting}, waiting)
    keep_import(ann, BegunImport(("people.csv",), corrections=(Correction("people", 2, "Name", "?", "Zyxmaria Berg"),)))
    erase(ann, maria)
    assert begun_import(ann) is None, "what was put right in an import somebody has begun may name the person"
    assert [item.kind for item in queue(ann)] == ["row"]
    assert [each.text for each in kept_answers(ann, queue(ann)).values()] == ["New contact: Somebody Else"]
    assert _traces(ann) == set()


def test_merged_parts_go_together(ann: Session, picture: Picture, maria: str) -> None:
    twin, _ = create_record(ann, "contact", {"name": "Zyxmaria B.", "account": picture.accounts["Alpine"]})
    merge_records(ann, maria, twin)
    erase(ann, twin)
    assert _traces(ann) == set()
    assert ann.store.counts()["contact"] == 3
    assert verify(ann) == []


def test_only_people_are_erased_and_mentions_are_named(ann: Session, picture: Picture, maria: str) -> None:
    with pytest.raises(WrongUseError, match="Only a contact"):
        erase(ann, picture.accounts["Alpine"])
    note, _ = create_record(
        ann, "note", {"text": "Met Zyxmaria Berg at the fair", "account": picture.accounts["Alpine"]}
    )
    assert erase(ann, maria).mentions == (note,)
