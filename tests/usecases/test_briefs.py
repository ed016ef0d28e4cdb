"""What a person gets before the next door: read from everything every department knows, with its sources."""

import re
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.usecases.acting import consent_for

from accountplanner.documents.brief_words import BriefWords
from accountplanner.documents.wording import PlainEnglish
from accountplanner.domain.briefs import About, Brief, Part, Reason
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.errors import AmbiguousNameError, NotFoundError, WrongUseError
from accountplanner.domain.fields import FieldType, Layer, Privacy
from accountplanner.domain.statements import Source
from accountplanner.usecases.brief_documents import write_briefs
from accountplanner.usecases.briefs import briefed_record, read_brief
from accountplanner.usecases.editing import Typed, create_record, delete_record, set_value
from accountplanner.usecases.noting import write_note
from accountplanner.usecases.session import Session

TODAY = date(2026, 11, 22)
_CANARY = "Qanary"


def make(session: Session, kind: str, **values: str) -> str:
    return create_record(session, kind, values)[0]


def days(number: int) -> str:
    return (TODAY + timedelta(number)).isoformat()


@pytest.fixture
def me(ann: Session) -> str:
    return make(ann, "colleague", name="Ann", email="ann@example.org", department="sales")


@pytest.fixture
def contoso(ann: Session, me: str) -> str:
    account = make(ann, "account", name="Contoso", city="Graz", country="Austria", owner=me)
    make(ann, "contact", name="Eva Berg", account=account, title="Buyer", buying_role="decides")
    return account


def person(session: Session, name: str = "Eva Berg") -> str:
    return session.store.records_titled("contact", name)[0]


def said_of(brief: Brief, part: Part) -> str:
    """A part as it is read: labels, words and sources."""
    words = BriefWords(PlainEnglish(), TODAY)
    entries = [words.entry(line) for line in brief.part(part)]
    return "\n".join(f"{each.label} | {each.text} | {each.source}" for each in entries)


def test_the_last_talk_is_told_with_who_when_and_what(ann: Session, contoso: str, me: str) -> None:
    eva = person(ann)
    talk = {"account": contoso, "contact": eva, "colleague": me, "direction": "both"}
    make(ann, "touch", **talk, subject="Walk through the hall", channel="visit", happened_on=days(-9),
         remark="Floor is wet after lunch")  # fmt: skip
    make(ann, "touch", **talk, subject="Planned visit", channel="visit", happened_on=days(4))
    make(ann, "touch", **talk | {"direction": "ours"}, subject="Newsletter", channel="send", happened_on=days(-1))
    make(ann, "note", account=contoso, text="Wants one invoice", author="Ann", written_on=days(-3))
    brief = read_brief(ann, contoso)
    told = said_of(brief, Part.LAST_TALK)
    assert "Visit · Eva Berg · 13 Nov | Walk through the hall. Floor is wet after lunch | with Ann" in told
    assert "Wants one invoice | Ann, 19 Nov" in told
    assert "Newsletter" not in told
    assert "26 Nov | Planned visit · Eva Berg" in said_of(brief, Part.DATES)


def test_promises_stand_on_both_sides_the_late_ones_first(ann: Session, contoso: str, me: str) -> None:
    promise = {"account": contoso, "contact": person(ann), "promise": "yes"}
    make(ann, "action", **promise, title="Send the samples", due_on=days(5), colleague=me)
    make(ann, "action", **promise, title="Price list", due_on=days(-3), colleague=me)
    make(ann, "action", **promise, title="Name a date", due_on=days(2), promised_by="them")
    make(ann, "action", **promise, title="Kept already", done_on=days(-1))
    make(ann, "action", account=contoso, title="Nobody outside knows", due_on=days(1))
    brief = read_brief(ann, contoso)
    assert [line.text for line in brief.part(Part.OUR_PROMISES)] == ["Price list", "Send the samples"]
    assert "3 days late · Eva Berg | Price list | Ann, 22 Nov" in said_of(brief, Part.OUR_PROMISES)
    assert [line.text for line in brief.part(Part.THEIR_PROMISES)] == ["Name a date"]


def test_everybody_else_in_touch_is_counted_partners_and_marketing_too(ann: Session, contoso: str, me: str) -> None:
    piotr = make(ann, "colleague", name="Piotr", department="service")
    nord = make(ann, "partner", name="Nordhandel")
    for number in range(3):
        make(ann, "touch", subject="Service", account=contoso, colleague=piotr, department="service",
             channel="service", happened_on=days(-10 * number - 1))  # fmt: skip
    make(ann, "touch", subject="Talk", account=contoso, partner=nord, channel="call", happened_on=days(-40))
    make(ann, "touch", subject="Send", account=contoso, department="marketing", channel="send", happened_on=days(-5))
    make(ann, "touch", subject="Mine", account=contoso, colleague=me, channel="visit", happened_on=days(-2))
    brief = read_brief(ann, contoso)
    assert (sum(brief.touches), len(brief.touches)) == (6, 12), "with one's own"
    told = said_of(brief, Part.IN_TOUCH)
    assert told.splitlines() == [
        " | Piotr · Service | 3 times within a year, last Service 21 Nov",
        " | Marketing | once within a year, last Marketing send 17 Nov",
        " | Nordhandel | once within a year, last Call 13 Oct",
    ]


def test_an_open_dispute_stands_there_and_is_the_question(ann: Session, contoso: str) -> None:
    make(
        ann, "case", title="Billed twice", account=contoso, dispute="yes", opened_on=days(-6), account_of_it="Freight."
    )
    make(ann, "case", title="Settled", account=contoso, dispute="yes", opened_on=days(-60), closed_on=days(-2))
    brief = read_brief(ann, contoso)
    assert "open since 16 Nov | Billed twice. Freight." in said_of(brief, Part.DISPUTES)
    assert "Settled" not in said_of(brief, Part.DISPUTES)
    assert brief.question is not None
    assert brief.question.reason is Reason.DISPUTE


def test_needs_and_answers_say_whose_they_are_and_when(ann: Session, contoso: str) -> None:
    eva = person(ann)
    make(ann, "need", words="Trays that do not bend", account=contoso, contact=eva, said_on=days(-20))
    make(ann, "need", words="Long met", account=contoso, state="met")
    heard = Source(speaker="Piotr", date="2026-01-05", how="told")
    set_value(ann, Typed(contoso, "key_problems", "Night shifts", source=heard))
    told = said_of(read_brief(ann, contoso), Part.CARES)
    assert "“Trays that do not bend” | Eva Berg, 2 Nov" in told
    assert "Key problems as they see them | Night shifts | Piotr, 5 Jan · fading" in told
    assert "Long met" not in told


def test_opinions_stand_beside_each_other_with_their_names(ann: Session, contoso: str) -> None:
    set_value(ann, Typed(contoso, "satisfaction", "satisfied"))
    brief = read_brief(ann, contoso)
    words = BriefWords(PlainEnglish(), TODAY)
    assert [f"{line.text}: {words.source(line)}" for line in brief.how_they_are] == [
        "Satisfied: opinion of Ann, 22 Nov"
    ]


def test_the_next_rung_is_told_with_what_would_prove_it(ann: Session, contoso: str) -> None:
    make(ann, "purchase", account=contoso, order_number="1", ordered_on=days(-100), amount="10 EUR")
    brief = read_brief(ann, contoso)
    assert (brief.standing.rung, brief.standing.proposed, brief.standing.next) == ("customer", True, "client")
    assert "What would prove Client | A second order, or a term contract in force" in said_of(brief, Part.NEXT_RUNG)


@pytest.mark.usefixtures("contoso")
def test_the_question_is_what_is_missing_most_until_it_is_answered(ann: Session) -> None:
    eva = person(ann)
    first = read_brief(ann, eva).question
    assert first is not None
    set_value(ann, Typed(eva, first.key, "Answered today"))
    second = read_brief(ann, eva).question
    assert second is not None
    assert second.key != first.key


def test_a_contact_of_no_account_has_a_brief_too(ann: Session) -> None:
    lone = make(ann, "contact", name="Lone Wolf")
    brief = read_brief(ann, lone)
    assert (brief.title, brief.part(Part.DISPUTES)) == ("Lone Wolf", ())


def test_who_is_new_and_who_has_gone_is_told(ann: Session, contoso: str) -> None:
    for name, since in (("Old Hand", "2024-01-02"), ("New Face", days(-10))):
        create_record(ann, "contact", {"name": name, "account": contoso}, Source(speaker="Ann", date=since))
    create_record(
        ann, "contact", {"name": "Gone Away", "account": contoso, "state": "moved"}, Source("Ann", "2024-01-02")
    )
    told = said_of(read_brief(ann, contoso), Part.PEOPLE)
    assert "New, first heard of 12 Nov | New Face" in told
    assert "No longer there | Gone Away | Moved on" in told
    assert "heard of" not in "\n".join(line for line in told.splitlines() if "Old Hand" in line)


def _forbidden(session: Session, contact: str) -> dict[Privacy, list[str]]:
    """Put a canary of its own into every answer that a brief shows only when ticked, or never."""
    session.store.enable_special("For the test", "Ann", "2026-11-22")
    planted: dict[Privacy, list[str]] = {}
    for field in KINDS["contact"].fields:
        if (
            field.privacy in (Privacy.HOUSEHOLD, Privacy.INFERABLE, Privacy.SPECIAL)
            and field.type is not FieldType.DATE
        ):
            word = f"{_CANARY}{len(planted.setdefault(field.privacy, []))}{field.privacy.value.capitalize()}"
            set_value(session, Typed(contact, field.key, word, source=Source(origin=consent_for(contact, field.key))))
            planted[field.privacy].append(word)
    return planted


def _all_bytes(path: Path) -> bytes:
    """A PDF as it lies there, and again with every stream inflated."""
    data = path.read_bytes()
    inflated = []
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            inflated.append(zlib.decompressobj().decompress(found[1]))
        except zlib.error:
            continue
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return b"\n".join((data, *inflated, text.encode(), text.replace("\n", "").encode()))


@pytest.mark.parametrize("whose", ["contact", "account"])
@pytest.mark.parametrize(
    "ticked", [frozenset(), {Privacy.HOUSEHOLD}, {Privacy.INFERABLE}, {Privacy.HOUSEHOLD, Privacy.INFERABLE}]
)
def test_what_was_not_ticked_is_nowhere_on_paper_and_special_answers_never_are(
    ann: Session, contoso: str, tmp_path: Path, whose: str, ticked: frozenset[Privacy]
) -> None:
    eva = person(ann)
    planted = _forbidden(ann, eva)
    assert {privacy: len(words) > 3 for privacy, words in planted.items()} == dict.fromkeys(planted, True)
    brief = read_brief(ann, eva if whose == "contact" else contoso, frozenset(ticked))
    written = write_briefs(ann, [brief], tmp_path / "brief.pdf")
    everything = _all_bytes(written.path) + repr(brief).encode()
    for privacy, canaries in planted.items():
        found = [word for word in canaries if word.encode() in everything]
        assert bool(found) is (privacy in ticked), (privacy, found)
    assert "There is something not to bring up with Eva Berg." in said_of(brief, Part.CAUTIONS)
    for field in KINDS["contact"].fields:
        if field.privacy is Privacy.SPECIAL:
            assert field.label.encode() not in everything


def test_where_special_answers_are_off_the_brief_knows_of_none(ann: Session, contoso: str) -> None:
    assert read_brief(ann, contoso).part(Part.CAUTIONS) == ()


def test_special_answers_cannot_be_ticked(ann: Session, contoso: str) -> None:
    with pytest.raises(WrongUseError, match="never"):
        read_brief(ann, contoso, frozenset({Privacy.SPECIAL}))


def test_a_file_with_personal_answers_is_told_about_and_one_without_is_not(
    ann: Session, contoso: str, tmp_path: Path
) -> None:
    plain = write_briefs(ann, [read_brief(ann, contoso)], tmp_path / "plain.pdf")
    assert (plain.warning, plain.personal) == ("", 0)
    set_value(ann, Typed(person(ann), "mackay_hobbies", "Pottery"))
    brief = read_brief(ann, contoso)
    warned = write_briefs(ann, [brief], tmp_path / "warned.pdf")
    assert "personal answers" in warned.warning
    assert b"Pottery" in _all_bytes(warned.path)
    locked = write_briefs(ann, [brief], tmp_path / "locked.pdf", password="between us")
    assert (locked.warning, locked.locked) == ("", True)
    assert b"Pottery" not in locked.path.read_bytes()


def test_a_private_note_is_marked_as_this_computers_own(ann: Session, contoso: str) -> None:
    secret = {"title": "Only I know of it", "account": contoso, "promise": "yes"}
    create_record(ann, "action", secret, layer=Layer.ME)
    assert "only on this computer" in said_of(read_brief(ann, contoso), Part.OUR_PROMISES)
    write_note(ann, "Between us", contoso, private=True)
    write_note(ann, "For everybody", contoso)
    brief = read_brief(ann, contoso)
    told = said_of(brief, Part.LAST_TALK)
    assert "Between us | Ann, 22 Nov · only on this computer" in told
    assert " | For everybody | Ann, 22 Nov" in told.split("\n")
    assert brief.personal == 2, "its file is told about"


@pytest.mark.slow
def test_whatever_else_is_private_is_marked_so_on_the_page_and_on_the_page_in_front(
    ann: Session, contoso: str, tmp_path: Path
) -> None:
    for kind, values in {
        "touch": {"happened_on": days(-1), "channel": "call", "direction": "both", "remark": "Thinks of leaving"},
        "need": {"words": "A quieter fan"},
        "feedback": {"score": "2", "words": "Nobody calls back", "said_on": days(-1)},
        "action": {"title": "Ask the brother", "promise": "yes", "due_on": days(1)},
        "case": {"title": "Cracked lids", "dispute": "yes", "opened_on": days(-9)},
        "contact": {"name": "Old Hand", "state": "retired"},
        "opportunity": {"title": "A larger oven", "expected_on": days(9)},
    }.items():
        create_record(ann, kind, {"account": contoso, **values}, layer=Layer.ME)
    make(ann, "need", account=contoso, words="More colours")
    brief = read_brief(ann, contoso)
    told = {part: said_of(brief, part).split("\n") for part in Part}
    own = [
        next(line for line in told[part] if words in line)
        for part, words in (
            (Part.LAST_TALK, "Thinks of leaving"),
            (Part.DATES, "A larger oven"),
            (Part.CARES, "A quieter fan"),
            (Part.CAUTIONS, "Nobody calls back"),
            (Part.OUR_PROMISES, "Ask the brother"),
            (Part.DISPUTES, "Cracked lids"),
            (Part.PEOPLE, "Old Hand"),
        )
    ]
    assert [line for line in own if "only on this computer" not in line] == []
    assert [
        line for lines in told.values() for line in lines if "only on this computer" in line and line not in own
    ] == []
    assert brief.personal == len(own)
    written = write_briefs(ann, [brief, read_brief(ann, make(ann, "account", name="Fabrikam"))], tmp_path / "trip.pdf")
    front = PdfReader(written.path).pages[0].extract_text()
    assert "only on this computer" in " ".join(front.split())
    assert "for your eyes only" in " ".join(front.split())
    assert written.warning


def test_a_trip_pack_has_a_page_in_front(ann: Session, contoso: str, tmp_path: Path) -> None:
    other = make(ann, "account", name="Fabrikam")
    briefs = [read_brief(ann, record) for record in (contoso, other)]
    written = write_briefs(ann, briefs, tmp_path / "trip.pdf")
    pages = PdfReader(written.path).pages
    assert (len(pages), written.pages) == (3, 3)
    front = pages[0].extract_text()
    assert "2 visits" in front
    assert "Contoso:" not in front, "whose rung it is, is said once"
    assert ["Contoso" in page.extract_text() for page in pages] == [True, True, False]


def test_the_same_brief_is_the_same_file_and_tells_nothing_of_the_computer(
    ann: Session, contoso: str, tmp_path: Path
) -> None:
    brief = read_brief(ann, contoso)
    first, second = (write_briefs(ann, [brief], tmp_path / f"{name}.pdf").path.read_bytes() for name in "ab")
    assert first == second
    assert str(tmp_path).encode() not in first


def test_names_are_found_as_people_say_them(ann: Session, contoso: str) -> None:
    assert briefed_record(ann, "contoso") == contoso
    assert briefed_record(ann, "Contoso/Eva Berg") == person(ann)
    make(ann, "contact", name="Contoso")
    with pytest.raises(AmbiguousNameError):
        briefed_record(ann, "Contoso")
    with pytest.raises(NotFoundError, match="no account or contact called “Nobody”"):
        briefed_record(ann, "Nobody")


def test_a_record_that_has_gone_has_no_brief(ann: Session, contoso: str) -> None:
    delete_record(ann, contoso)
    with pytest.raises(NotFoundError):
        read_brief(ann, contoso)


def test_a_brief_changes_nothing(ann: Session, contoso: str) -> None:
    before = ann.store.last_team_batch()
    read_brief(ann, contoso)
    assert ann.store.last_team_batch() == before


def test_birthdays_ahead_are_told_and_anniversaries_only_when_ticked(ann: Session, contoso: str) -> None:
    eva = person(ann)
    set_value(ann, Typed(eva, "mackay_birth", "4 December 1970, Graz"))
    set_value(ann, Typed(eva, "mackay_anniversary", "2001-12-06"))
    assert said_of(read_brief(ann, contoso), Part.DATES) == "4 Dec | Birthday of Eva Berg | Ann, 22 Nov"
    ticked = read_brief(ann, contoso, frozenset({Privacy.HOUSEHOLD}))
    assert [line.about for line in ticked.part(Part.DATES)] == [About.BIRTHDAY, About.ANNIVERSARY]


def test_northwind_has_briefs_worth_reading(ann: Session, northwind: Callable[[str], list[Path]]) -> None:
    from accountplanner.usecases.importing import import_files  # noqa: PLC0415

    import_files(ann, northwind("clean"))
    brief = read_brief(ann, briefed_record(ann, "Ernst Handel"))
    assert brief.standing.rung == "client"
    assert brief.question is not None
    assert [line.name for line in brief.part(Part.PEOPLE)] == ["Roland Mendel"]
