"""A brief is one page, always, and what stands on it is what a person reads."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.errors import WrongPasswordError

from accountplanner.documents.brief_layout import lay_out
from accountplanner.documents.brief_words import BriefWords
from accountplanner.documents.pdf import locked, pdf_of, unwritable, width_of
from accountplanner.documents.sheet import HEIGHT, MARGIN, PAPER, WIDTH, Arc, Block, Ink, Sheet, Trace, Words
from accountplanner.documents.trip_layout import lay_out_trip
from accountplanner.documents.wording import PlainEnglish
from accountplanner.domain.briefs import (
    About,
    Brief,
    BriefLine,
    Knowledge,
    Part,
    Question,
    Reason,
    Said,
    Standing,
)
from accountplanner.domain.fields import Privacy

TODAY = date(2026, 11, 20)
WORDS = BriefWords(PlainEnglish(), TODAY)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(date.isoformat) | st.just("")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=400) | st.just("W" * 900)
ABOUT = {
    Part.LAST_TALK: (About.TOUCH, About.NOTE),
    Part.OUR_PROMISES: (About.PROMISE,),
    Part.THEIR_PROMISES: (About.PROMISE,),
    Part.DISPUTES: (About.DISPUTE,),
    Part.CARES: (About.NEED, About.ANSWER),
    Part.NEXT_RUNG: (About.EVIDENCE, About.DOUBT, About.MOVED),
    Part.CAUTIONS: (About.CAUTION, About.PEACE, About.COMPLAINT, About.ANSWER),
    Part.PEOPLE: (About.NEWCOMER, About.LEFT, About.KEY_PERSON),
    Part.IN_TOUCH: (About.REGULAR,),
    Part.DATES: (About.BIRTHDAY, About.VISIT, About.CONTRACT, About.EXPECTED),
    Part.SMALL_TALK: (About.ANSWER,),
}


@st.composite
def lines(draw: st.DrawFn) -> BriefLine:
    part = draw(st.sampled_from(list(Part)))
    said = st.builds(Said, TEXTS, DAYS, opinion=st.booleans(), stale=st.booleans(), private=st.booleans())
    about = draw(st.sampled_from(ABOUT[part]))
    series = tuple(range(12)) if about is About.REGULAR else ()
    return BriefLine(part, about, draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(DAYS), 3, draw(said), series=series)


BRIEFS = st.builds(
    Brief,
    st.just("account:1"),
    st.just("account"),
    TEXTS,
    st.lists(TEXTS, max_size=4).map(tuple),
    st.just(TODAY.isoformat()),
    TEXTS,
    st.builds(Standing, TEXTS, st.sampled_from(("", "client", "partner")), st.booleans(), st.just("supporter")),
    st.just(Knowledge(12, 3, 60)),
    st.lists(lines(), max_size=5).map(tuple),
    st.none() | st.builds(Question, st.just("need"), TEXTS, st.sampled_from(list(Reason)), TEXTS, TEXTS, DAYS),
    st.lists(lines(), max_size=150).map(tuple),
)


def crowded() -> Brief:
    """An account with more of everything than a page has room for."""
    long = "They said at some length what they think of this, twice, and then once more for the minutes. " * 4
    many = tuple(
        BriefLine(part, about, long, "Anna Berg", "", "2026-11-10", 2, Said("Nancy", "2026-11-10"))
        for part, abouts in ABOUT.items()
        for about in abouts
        for _ in range(40)
    )
    question = Question("need", "", Reason.MISSING)
    standing = Standing("Contoso", "client", next="supporter")
    return Brief(
        "account:1", "account", "Contoso", ("Hotels",), "2026-11-20", "Nancy", standing, Knowledge(1, 0, 9), (),
        question, many, tuple(range(12)),
    )  # fmt: skip


def edges(sheet: Sheet) -> list[tuple[float, float]]:
    """How far right and down everything on a sheet reaches."""
    found = []
    for shape in sheet.shapes:
        if isinstance(shape, Words):
            found.append((shape.x + width_of(shape.text, shape.style.face, shape.style.size), shape.y))
        elif isinstance(shape, Block):
            found.append((shape.x + shape.width, shape.y + shape.height))
        elif isinstance(shape, Trace):
            found += shape.points
        else:
            assert isinstance(shape, Arc)
            found.append((shape.x + shape.radius, shape.y + shape.radius))
    return found


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


@pytest.mark.slow
@settings(max_examples=25)
@given(BRIEFS)
def test_whatever_is_known_it_is_one_page(brief: Brief) -> None:
    sheet = lay_out(brief, WORDS, width_of)
    assert all(right <= WIDTH - MARGIN + 0.5 and bottom <= HEIGHT - 20 for right, bottom in edges(sheet))
    body = [shape.y for shape in sheet.shapes if isinstance(shape, Words)][:-1]
    assert max(body) < HEIGHT - MARGIN, "nothing runs into the foot of the page"


@pytest.mark.slow
def test_a_crowded_page_says_how_much_more_there_is_and_drops_no_part() -> None:
    sheet = lay_out(crowded(), WORDS, width_of)
    text = sheet.text()
    assert [part for part in Part if WORDS.heading(part) not in text] == []
    assert text.count("and ") >= 5
    shown = text.count("more")
    assert shown >= 5
    data = pdf_of([sheet], "Contoso")
    assert len(PdfReader(BytesIO(data)).pages) == 1


def test_the_paper_says_the_same_as_the_shapes_in_any_script_the_typeface_has() -> None:
    brief = Brief(
        "account:1", "account", "Stołówki Zielony Młyn & Söhne", ("Ærø",), "2026-11-20", "Zoë Ødegård",
        Standing("Młyn", "prospect", next="customer"), Knowledge(4, 1, 27),
        (BriefLine(Part.CAUTIONS, About.ANSWER, "Very satisfied", said=Said("Grażyna Klimek", "2025-03-06", opinion=True, stale=True)),),
        Question("need", "", Reason.MISSING),
        (BriefLine(Part.CARES, About.NEED, "Trays that don’t bend – „nie gną się“", said=Said("Grażyna", "2026-10-27")),),
        (0, 0, 1, 0, 0, 0, 4, 0, 0, 2, 0, 3),
    )  # fmt: skip
    sheet = lay_out(brief, WORDS, width_of)
    text = text_of(pdf_of([sheet], brief.title))
    assert "Młyn: Prospect, rung 1 of 6" in text, "a division of theirs, say"
    for expected in (
        "10 touches in twelve months",
        "Stołówki Zielony Młyn & Söhne",
        "Trays that don’t bend – „nie gną się“",
        "Grażyna, 27 Oct",
    ):
        assert expected in text
    assert "opinion of Grażyna Klimek, 6 Mar 2025 · fading" in " ".join(text.split()), "how old it is, is not cut off"
    assert unwritable([sheet]) == ""


@pytest.mark.slow
def test_a_character_no_typeface_has_is_told_instead_of_lost_in_silence() -> None:
    sheet = Sheet("x")
    lay = lay_out(crowded(), WORDS, width_of)
    words = next(shape for shape in lay.shapes if isinstance(shape, Words))
    sheet.shapes.append(Words(0, 0, "a\U000f0000b", words.style))
    assert unwritable([sheet]) == "\U000f0000"


def test_opinions_and_fading_answers_are_named_so() -> None:
    said = Said("Piotr", "2025-03-02", opinion=True, stale=True, private=True)
    entry = WORDS.entry(BriefLine(Part.CARES, About.ANSWER, "Cautious", label="Main worry", said=said))
    assert entry.source == "opinion of Piotr, 2 Mar 2025 · fading · only on this computer"


def test_a_late_promise_is_marked_in_words_and_by_a_bar() -> None:
    line = BriefLine(Part.OUR_PROMISES, About.PROMISE, "Send the list", "Anna", day="2026-11-18")
    entry = WORDS.entry(line)
    assert (entry.label, entry.alert) == ("2 days late · Anna", True)


def test_colours_of_paper_stay_apart_without_colours() -> None:
    greys = {ink: sum(weight * int(PAPER[ink][at : at + 2], 16) for weight, at in ((0.3, 1), (0.59, 3), (0.11, 5)))
             for ink in Ink}  # fmt: skip
    assert greys[Ink.TEXT] < greys[Ink.MUTED] < 110, "words are dark"
    assert greys[Ink.ACCENT] < 110
    assert greys[Ink.ALERT] < 110
    assert greys[Ink.ACCENT] + 40 < greys[Ink.BAR] < greys[Ink.RULE] < greys[Ink.TINT]


def test_a_trip_begins_with_where_it_goes_and_what_was_promised() -> None:
    ours = BriefLine(Part.OUR_PROMISES, About.PROMISE, "Send the list", "Anna", day="2026-11-18")
    theirs = BriefLine(Part.THEIR_PROMISES, About.PROMISE, "Name a date", "Ben", day="2026-12-01")
    dispute = BriefLine(Part.DISPUTES, About.DISPUTE, "Invoiced twice", day="2026-11-17")
    first, second = (
        Brief(title, "account", title, (city,), "2026-11-20", "Nancy", Standing(title, "client"), Knowledge(), (), None, held)
        for title, city, held in (("Contoso", "Graz", (ours, dispute)), ("Fabrikam", "Linz", (theirs,)))
    )  # fmt: skip
    text = lay_out_trip([first, second], WORDS, width_of).text()
    for expected in ("2 visits", "Contoso", "1 open dispute · Graz", "Fabrikam", "Send the list", "Name a date"):
        assert expected in text
    assert text.index("Send the list") < text.index("They promised") < text.index("Name a date")


def test_a_trip_of_forty_visits_still_begins_with_one_page() -> None:
    sheet = lay_out_trip([crowded()] * 40, WORDS, width_of)
    assert all(right <= WIDTH - MARGIN + 0.5 and bottom <= HEIGHT - 20 for right, bottom in edges(sheet))
    assert "more" in sheet.text()


@pytest.mark.slow
def test_with_a_password_the_file_opens_with_it_alone() -> None:
    plain = pdf_of([lay_out(crowded(), WORDS, width_of)], "Contoso")
    data = locked(plain, "for your eyes")
    assert b"Contoso" not in data
    assert PdfReader(BytesIO(data)).is_encrypted
    opened = PdfReader(BytesIO(data), password="for your eyes")
    assert "Contoso" in opened.pages[0].extract_text()
    with pytest.raises(WrongPasswordError):
        PdfReader(BytesIO(data), password="guessed").pages[0].extract_text()


def test_personal_answers_are_counted_for_the_warning() -> None:
    hobby = BriefLine(Part.SMALL_TALK, About.ANSWER, "Pottery", privacy=Privacy.PERSONAL)
    brief = Brief(
        "contact:1", "contact", "Anna", (), "2026-11-20", "Nancy", Standing(), Knowledge(), (), None, (hobby,)
    )
    assert brief.personal == 1
    assert "for your eyes only" in lay_out(brief, WORDS, width_of).text()
