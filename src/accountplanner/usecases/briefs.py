"""The visit brief: what somebody wants to know of an account or a contact before the next door, on one page."""

from collections.abc import Iterator, Sequence

from accountplanner.domain.briefs import (
    KINDS,
    WHEN_TICKED,
    About,
    Brief,
    BriefLine,
    Knowledge,
    Part,
    Question,
    Said,
    Standing,
)
from accountplanner.domain.errors import AmbiguousNameError, NotFoundError, WrongUseError
from accountplanner.domain.fields import Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.ladder import LADDER, RUNGS
from accountplanner.insight.briefing import Candidate, by_month, question_worth_asking, questions_worth_asking
from accountplanner.usecases import brief_parts as parts
from accountplanner.usecases.account_pages import LadderPlace, ladder_of
from accountplanner.usecases.brief_ground import Ground, answer_lines
from accountplanner.usecases.ladder import held_rung
from accountplanner.usecases.naming import find_record
from accountplanner.usecases.pages import FieldLine, RecordPage, record_page
from accountplanner.usecases.session import Session
from accountplanner.usecases.standing import account_knowledge, known_on

_TWINS = {
    "key_problems": "mackay_key_problems",
    "mackay_key_problems": "mackay_key_problems",
    "priorities": "mackay_management_priorities",
    "mackay_management_priorities": "mackay_management_priorities",
}
"""Questions of an account that a person there answers, too; once one of them has, others matter more."""


def read_brief(session: Session, record: str, ticked: frozenset[Privacy] = frozenset()) -> Brief:
    """Read the brief of an account or a contact; `ticked` are the classes wanted this time beside the usual ones.

    Raises:
        NotFoundError: there is no such record any more.
        WrongUseError: a class that no brief shows, or a record of another kind.
    """
    if not ticked <= WHEN_TICKED:
        raise WrongUseError("A brief shows household and inferable answers when asked, and special ones never.")
    if kind_of(record) not in KINDS:
        raise WrongUseError("There are briefs of accounts and contacts.")
    page = record_page(session, record)
    account = page.record if page.kind.key == "account" else _account_of(page)
    ground = Ground(session, page, account, ticked)
    place = _place(ground)
    return Brief(
        page.record,
        page.kind.key,
        page.title,
        _subtitle(ground),
        ground.today.isoformat(),
        session.store.identity.name,
        _standing(ground, place),
        _knowledge(ground),
        tuple(_how_they_are(ground)),
        _question(ground),
        tuple(_lines(ground, place)),
        by_month(ground.touch_days, ground.today),
    )


def briefed_record(session: Session, name: str) -> str:
    """The account or contact a person means, by id, name, `Account/Contact` or customer number.

    Raises:
        NotFoundError: nothing is called so.
        AmbiguousNameError: several are, an account and a contact of one name included.
    """
    found: list[str] = []
    near: list[str] = []
    for kind in KINDS:
        try:
            found.append(find_record(session, kind, name))
        except NotFoundError as missing:
            near += missing.near
    if not found:
        raise NotFoundError("account or contact", name, tuple(near))
    if len(found) > 1:
        raise AmbiguousNameError("account or contact", name, tuple(found))
    return found[0]


def _account_of(page: RecordPage) -> str:
    line = page.line("account")
    return line.values[0].value if line.values else ""


def _subtitle(ground: Ground) -> tuple[str, ...]:
    account = ground.account_page
    place = ", ".join(part for part in (account.text("city"), account.text("country")) if part) if account else ""
    own = (
        (ground.page.text("title"), ground.page.text("account")) if ground.contact else (ground.page.text("industry"),)
    )
    return tuple(part for part in (*own, place) if part)


def _lines(ground: Ground, place: LadderPlace | None) -> Iterator[BriefLine]:
    yield from parts.last_talk(ground)
    yield from parts.promises(ground)
    yield from parts.disputes(ground)
    yield from parts.cares(ground)
    yield from _rung_lines(ground, place)
    yield from parts.cautions(ground)
    yield from parts.people(ground)
    yield from parts.regulars(ground)
    yield from parts.dates(ground)
    yield from parts.small_talk(ground)


def _place(ground: Ground) -> LadderPlace | None:
    page = ground.account_page
    return ladder_of(ground.session, page.record, page.title) if page is not None else None


def _standing(ground: Ground, place: LadderPlace | None) -> Standing:
    own = held_rung(ground.session, ground.contact) if ground.contact else ""
    if own:
        return Standing(ground.page.title, own, next=_above(own))
    if place is None:
        return Standing()
    proposal = place.proposal
    rung = proposal.held or proposal.proposal.rung
    return Standing(proposal.name, rung, proposed=not proposal.held, next=_above(rung))


def _above(rung: str) -> str:
    step = RUNGS[rung].step if rung in RUNGS else 0
    return LADDER[step].key if step < len(LADDER) else ""


def _rung_lines(ground: Ground, place: LadderPlace | None) -> Iterator[BriefLine]:
    """What would prove the next rung, why they stand where they stand, and what makes that doubtful."""
    standing = _standing(ground, place)
    if standing.next:
        evidence = RUNGS[standing.next].evidence_to_enter
        yield BriefLine(Part.NEXT_RUNG, About.EVIDENCE, evidence, label=RUNGS[standing.next].name)
    if place is None:
        return
    if place.proposal.proposal.doubtful:
        yield BriefLine(Part.NEXT_RUNG, About.DOUBT, place.proposal.proposal.doubtful)
    if place.moves and place.moves[0].to_rung == standing.rung:
        move = place.moves[0]
        label = RUNGS[move.to_rung].name if move.to_rung in RUNGS else ""
        yield BriefLine(Part.NEXT_RUNG, About.MOVED, move.evidence, label=label, day=move.moved_on)
    elif standing.proposed:
        said = Said(on=ground.today.isoformat())
        yield BriefLine(Part.NEXT_RUNG, About.MOVED, place.proposal.proposal.evidence, said=said)


def _knowledge(ground: Ground) -> Knowledge:
    """How many answers are fresh, counted as the page's own figure counts them."""
    page = ground.page
    parts = [known_on(page)] if ground.contact else account_knowledge(ground.session, page).parts
    fresh, faded, askable = (
        sum(column) for column in zip(*((p.fresh, p.faded, p.askable) for p in parts), strict=True)
    )
    return Knowledge(fresh, faded, askable)


def _how_they_are(ground: Ground) -> list[BriefLine]:
    own = answer_lines(ground.page, ("support",), Part.CARES, ground) if ground.contact else []
    account = ground.account_page
    found = own + (answer_lines(account, ("satisfaction",), Part.CARES, ground) if account is not None else [])
    return sorted(found, key=lambda line: line.said.on, reverse=True)


def questions_for(session: Session, record: str, most: int = 3) -> tuple[Question, ...]:
    """The questions worth asking an account or a contact next, the best first.

    Raises:
        NotFoundError: there is no such record any more.
    """
    page = record_page(session, record)
    account = page.record if page.kind.key == "account" else _account_of(page)
    ground = Ground(session, page, account, frozenset())
    return tuple(questions_worth_asking(_candidates(ground), ground.today, most=most))


def _question(ground: Ground) -> Question | None:
    return question_worth_asking(_candidates(ground), ground.today)


def _candidates(ground: Ground) -> list[Candidate]:
    candidates = list(_dispute_asked(ground))
    pages: Sequence[RecordPage] = [ground.page] if ground.contact else [ground.page, *ground.key_people]
    for page in pages:
        name = page.title if page.kind.key == "contact" and not ground.contact else ""
        candidates += [_candidate(line, name) for line in page.lines if line.mine or not line.field.per_speaker]
    if ground.account and not ground.contact:
        candidates += _asked_of_account(ground)
        candidates = [each for each in candidates if each.answered_on or not _is_known_of_somebody(each.key, ground)]
    return candidates


def _is_known_of_somebody(key: str, ground: Ground) -> bool:
    """Whether a person there has answered what the account as a whole has not."""
    twin = _TWINS.get(key, "")
    return any(line.field.key == twin and line.values for page in ground.key_people for line in page.lines)


def _candidate(line: FieldLine, name: str) -> Candidate:
    value = line.values[0] if line.values else None
    return Candidate(
        line.field.key,
        line.field.label,
        line.field.privacy,
        value.date if value else "",
        line.field.fresh_months,
        line.has_conflict,
        name,
        value.text if value else "",
    )


def _dispute_asked(ground: Ground) -> Iterator[Candidate]:
    for line in list(parts.disputes(ground))[:1]:
        yield Candidate("dispute", "", text=line.text, answered_on=line.day)


def _asked_of_account(ground: Ground) -> Iterator[Candidate]:
    if ground.contacts and not any(each.values.get("buying_role") == "decides" for each in ground.contacts):
        yield Candidate("who_decides", "")
    if not ground.held("need"):
        yield Candidate("need", "")
