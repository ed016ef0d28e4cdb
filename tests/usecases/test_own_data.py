"""Address books and calendars come in: people to their accounts, meetings with customers as touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import small_picture

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Layer
from accountplanner.store.queries import every_record
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.history import undo
from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import import_files, preview_import
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.reviewing import accept
from accountplanner.usecases.timeline import read_timeline
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def file(path: Path, *texts: str) -> Path:
    path.write_bytes("".join(texts).encode())
    return path


def agenda(path: Path, *events: str) -> Path:
    return file(path, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", *events, "END:VCALENDAR\r\n")


def every(session: Session, kind: str) -> list[dict[str, str]]:
    return [dict(each.values) for each in session.store.every(kind)]


def private(session: Session, kind: str) -> list[dict[str, str]]:
    with session.store.me.database.reading() as connection:
        return [dict(each.values) for each in every_record(connection, kind, session.store.me.numbers)]


EVA = card(
    "UID:eva-1",
    "FN:Eva Berg",
    "ORG:Alpine;Purchasing",
    "TITLE:Buyer",
    "EMAIL;TYPE=WORK:eva@alpine.example",
    "TEL;TYPE=CELL:+47 900 00 000",
    "BDAY:1978-06-13",
    "NOTE:Likes early calls",
)
VISIT = ("UID:m1", "DTSTART;TZID=Europe/Oslo:20261103T090000", "SUMMARY:Spring range", "LOCATION:Oslo")


def test_people_of_an_address_book_come_to_their_accounts(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    nova = card("FN:Ida Moe", "ORG:Nova Fjord", "EMAIL:ida@nova.example", "ADR;TYPE=WORK:;;Havn 1;Bodø;;8001;Norway")
    result = import_files(ann, [file(tmp_path / "people.vcf", EVA, nova)])
    people = {each["name"]: each for each in every(ann, "contact")}
    eva = people["Eva Berg"]
    assert eva["account"] == picture.accounts["Alpine"]
    assert (eva["title"], eva["mobile"]) == ("Buyer", "+47 900 00 000")
    made = next(each for each in ann.store.every("account") if each.values["name"] == "Nova Fjord")
    assert (made.values["city"], made.values["address"]) == ("Bodø", "Havn 1")
    assert people["Ida Moe"]["account"] == made.record
    assert [each["text"] for each in private(ann, "note")] == ["Likes early calls"]
    assert result.counts.records == {"account": 1, "contact": 2, "note": 1}
    assert not result.counts.needs_person


@pytest.mark.slow
def test_what_an_address_book_says_beyond_business_stays_here_unless_it_is_shared(ann: Session, tmp_path: Path) -> None:
    """Nobody wrote the notes of a private phone book for colleagues to read."""
    small_picture(ann)
    book = file(tmp_path / "people.vcf", EVA.replace("BDAY", "ADR;TYPE=HOME:;;Lia 3;Oslo;;;Norway\r\nBDAY"))
    shown = preview_import(ann, [book])
    assert [(item.state, item.after) for item in shown.items if item.label == "Note"] == [
        ("private", "Likes early calls")
    ]
    assert "stay on this computer unless you share them: 3." in " ".join(shown.plan.notices)
    import_files(ann, [book])
    before = dump(ann)
    for secret in (b"Likes early calls", b"1978-06-13", b"Lia 3"):
        assert secret not in before
    [eva] = [each for each in ann.store.every("contact") if each.values["name"] == "Eva Berg"]
    page = record_page(ann, eva.record)
    assert {key: page.line(key).layer for key in ("mackay_birth", "mackay_home_address", "title")} == {
        "mackay_birth": Layer.ME,
        "mackay_home_address": Layer.ME,
        "title": Layer.TEAM,
    }
    assert [line.text for line in read_timeline(ann, eva.values["account"]).lines if line.is_private] == [
        "Likes early calls"
    ]
    again = import_files(ann, [book])
    assert (again.counts.new, again.counts.changed, dump(ann)) == (0, 0, before)
    [changed] = [
        item
        for item in preview_import(ann, [file(tmp_path / "later.vcf", EVA.replace("1978-06-13", "1978-06-14"))]).items
        if item.state == "private"
    ]
    assert (changed.title, changed.after) == ("Eva Berg", "1978-06-14")
    assert verify(ann) == []
    import_files(ann, [book], ImportOptions(shares=True))
    assert b"Likes early calls" in dump(ann)
    undo(ann)
    undo(ann)
    assert private(ann, "note") == []


def test_the_same_address_book_again_changes_nothing_and_the_next_one_only_what_changed(
    ann: Session, tmp_path: Path
) -> None:
    small_picture(ann)
    import_files(ann, [file(tmp_path / "people.vcf", EVA)])
    before = dump(ann)
    again = import_files(ann, [tmp_path / "people.vcf"])
    assert dump(ann) == before
    assert (again.counts.new, again.counts.changed) == (0, 0)
    import_files(ann, [file(tmp_path / "later.vcf", EVA.replace("TITLE:Buyer", "TITLE:Head of buying"))])
    (eva,) = [each for each in every(ann, "contact") if each["name"] == "Eva Berg"]
    assert (eva["title"], eva["mobile"]) == ("Head of buying", "+47 900 00 000")


def test_an_address_book_is_one_step_that_can_be_undone(ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    import_files(ann, [file(tmp_path / "people.vcf", EVA)])
    undo(ann)
    assert "Eva Berg" not in {each["name"] for each in every(ann, "contact")}
    assert every(ann, "note") == private(ann, "note") == []


def test_two_laptops_make_the_same_people_of_one_address_book(laptops: Laptops, tmp_path: Path) -> None:
    ann = laptops.found()
    ben = laptops.join(ann)
    book = file(tmp_path / "people.vcf", EVA)
    import_files(ann, [book])
    import_files(ben, [book])
    for kind in ("account", "contact", "note"):
        assert {each.record for each in ann.store.every(kind)} == {each.record for each in ben.store.every(kind)}


def test_whoever_may_be_known_is_proposed_and_never_merged_alone(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    kari = picture.contacts["Kari Nordmann"]
    by_mail = card("UID:k", "FN:Kari N.", "ORG:Alpine", "EMAIL:KARI@firm.example", "TITLE:Director")
    by_name = card("UID:o", "FN:Ola Hansen", "ORG:Borealis", "TEL:+47 22 33 44 55", "NOTE:Plays chess")
    result = import_files(ann, [file(tmp_path / "people.vcf", by_mail, by_name)])
    assert (result.counts.suggestions, result.counts.new) == (2, 0)
    reasons = {item.title: item.reason for item in queue(ann)}
    assert "same e-mail kari@firm.example" in reasons["“Kari N.” may be “Kari Nordmann”"].casefold()
    assert "same name Ola Hansen at the same account" in reasons["“Ola Hansen” may be “Ola Hansen”"]
    accept(ann, ["all"])
    known = ann.store.record(kari)
    assert known is not None
    assert known.values["title"] == "Director"
    assert len(every(ann, "contact")) == 3
    [note] = [line for line in read_timeline(ann, picture.accounts["Borealis"]).lines if line.is_private]
    assert (note.text, note.about) == ("Plays chess", "Ola Hansen")
    assert every(ann, "note") == [], "what waits stays private, too"


def test_a_person_without_a_company_is_listed_and_left(ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    friend = card("FN:Old Friend", "EMAIL:friend@gmail.com")
    result = preview_import(ann, [file(tmp_path / "people.vcf", EVA, friend)])
    (problem,) = result.plan.problems
    assert (problem.row, problem.column, problem.found) == (2, "Company", "")
    assert [row[2] for table in result.plan.rejected for row in table.rows] == ["Old Friend"]
    assert result.counts.records["contact"] == 1


def test_a_card_without_a_company_comes_to_the_account_at_its_domain(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    set_value(ann, Typed(picture.accounts["Alpine"], "website", "https://www.alpine.example"))
    import_files(ann, [file(tmp_path / "people.vcf", card("FN:Eva Berg", "EMAIL:eva@alpine.example"))])
    (eva,) = [each for each in every(ann, "contact") if each["name"] == "Eva Berg"]
    assert eva["account"] == picture.accounts["Alpine"]


def test_a_meeting_with_customers_becomes_a_touch(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    with_kari = event(*VISIT, "ATTENDEE;CN=Kari:mailto:kari@firm.example", "ORGANIZER:mailto:ann@us.example")
    call = event(
        "UID:m2",
        "DTSTART:20261104T233000Z",
        "SUMMARY:Call about prices",
        "ATTENDEE:mailto:ola@firm.example",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:siv@firm.example",
    )
    result = import_files(ann, [agenda(tmp_path / "calendar.ics", with_kari, call)])
    touches = {each["subject"]: each for each in every(ann, "touch")}
    visit = touches["Spring range"]
    assert (visit["contact"], visit["account"]) == (picture.contacts["Kari Nordmann"], picture.accounts["Alpine"])
    assert (visit["happened_on"], visit["channel"], visit["direction"]) == ("2026-11-03", "visit", "both")
    assert visit["remark"] == "Oslo"
    phoned = touches["Call about prices"]
    assert (phoned["contact"], phoned["channel"]) == (picture.contacts["Ola Hansen"], "call")
    assert result.counts.records == {"touch": 2}
    before = dump(ann)
    import_files(ann, [tmp_path / "calendar.ics"])
    assert dump(ann) == before


def test_strangers_at_a_known_account_are_proposed_as_contacts(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    set_value(ann, Typed(picture.accounts["Alpine"], "website", "www.alpine.example"))
    met = event(*VISIT, "ATTENDEE:mailto:eva.berg@alpine.example", "ATTENDEE:mailto:info@alpine.example")
    result = import_files(ann, [agenda(tmp_path / "calendar.ics", met)])
    (touch,) = every(ann, "touch")
    assert touch["account"] == picture.accounts["Alpine"]
    assert "contact" not in touch
    assert result.counts.suggestions == 1
    (item,) = queue(ann)
    assert item.title == "Eva Berg <eva.berg@alpine.example> may be a new contact at Alpine"
    accept(ann, [item.id])
    assert ("Eva Berg", picture.accounts["Alpine"]) in {
        (each["name"], each["account"]) for each in every(ann, "contact")
    }


def test_one_meeting_with_two_accounts_is_a_touch_of_each(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    set_value(ann, Typed(picture.accounts["Borealis"], "website", "www.borealis.example"))
    met = event(*VISIT, "ATTENDEE:mailto:kari@firm.example", "ATTENDEE:mailto:per@borealis.example")
    import_files(ann, [agenda(tmp_path / "calendar.ics", met)])
    assert {each["account"] for each in every(ann, "touch")} == {
        picture.accounts["Alpine"],
        picture.accounts["Borealis"],
    }


def test_meetings_with_nobody_known_are_named_and_left_and_private_ones_are_only_counted(
    ann: Session, tmp_path: Path
) -> None:
    small_picture(ann)
    strangers = event("UID:s", "DTSTART:20261105T090000", "SUMMARY:Team lunch", "ATTENDEE:mailto:x@else.example")
    private = event(
        "UID:p", "DTSTART:20261105T090000", "SUMMARY:Surgeon", "CLASS:PRIVATE", "ATTENDEE:mailto:kari@firm.example"
    )
    cancelled = event(
        "UID:c", "DTSTART:20261105", "SUMMARY:Off", "STATUS:CANCELLED", "ATTENDEE:mailto:kari@firm.example"
    )
    preview = preview_import(ann, [agenda(tmp_path / "calendar.ics", strangers, private, cancelled)])
    told = "\n".join(preview.plan.notices)
    assert "1 – Team lunch (2026-11-05)" in told
    assert "Private entries, which are never taken: 1." in told
    assert "Cancelled meetings, which were left alone: 1." in told
    assert "Surgeon" not in told
    assert preview.counts.new == 0
    assert not preview.counts.needs_person


def test_an_address_book_and_a_calendar_come_in_together(ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    met = event(*VISIT, "ATTENDEE:mailto:eva@alpine.example")
    paths = [file(tmp_path / "people.vcf", EVA), agenda(tmp_path / "calendar.ics", met)]
    import_files(ann, paths, ImportOptions())
    (touch,) = every(ann, "touch")
    eva = next(each.record for each in ann.store.every("contact") if each.values["name"] == "Eva Berg")
    assert touch["contact"] == eva
    assert list(queue(ann)) == []


def test_a_file_cut_off_within_its_only_card_is_refused_in_one_sentence(ann: Session, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"“cut\.vcf” cannot be read: it holds no card that is whole\."):
        preview_import(ann, [file(tmp_path / "cut.vcf", EVA[:60])])
