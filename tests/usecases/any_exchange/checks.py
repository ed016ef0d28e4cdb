"""What must hold: after a step of its own, of every file that leaves, and of everything at the end."""

from __future__ import annotations

import base64
import random
import re
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.usecases.any_exchange.ground import NAMES
from tests.usecases.any_exchange.ledger import ids_held, shown_by, statements_held, told

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.ids import kind_of, paired_id
from accountplanner.domain.merging import members_of
from accountplanner.domain.statements import EXISTS, UNSET
from accountplanner.domain.undo import undone
from accountplanner.exchange.base import base_text
from accountplanner.exchange.reading.content import take_file
from accountplanner.usecases.circles import circles_found
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.exports import stored_base
from accountplanner.usecases.history import steps
from accountplanner.usecases.import_plans import WHOLE_FILES
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.proposals import is_decided, open_suggestions
from accountplanner.usecases.reviewing import queue
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from tests.usecases.any_exchange.copies import Copy
    from tests.usecases.any_exchange.world import World

    from accountplanner.domain.statements import Statement
    from accountplanner.usecases.import_plans import ImportPlan, Suggested
    from accountplanner.usecases.session import Session
    from accountplanner.usecases.waiting import QueueItem


# --- a copy that comes back -----------------------------------------------------------------------------------------


def check_derived(world: World, session: Session, copy: Copy, plan: ImportPlan) -> None:
    """Nothing but what was meant is applied; what was meant is applied or proposed, and exactly so if it is sure."""
    said = [each for each in plan.statements if each.basis == copy.record.export_id]
    proposed = [statement for each in plan.suggestions for statement in each.statements]
    if any(each.kind == "waiting" for each in plan.suggestions):
        assert not said, "a file that waits has said something"
        return
    _check_nothing_invented(copy, said)
    erased = session.store.team.log.erased
    meant = {
        (record, key, value) for (record, key), values in copy.meant.items() for value in values if record not in erased
    }
    known = {(each.record, each.field, each.value) for each in said}
    if copy.whole:
        lost = [each for each in meant if each not in known | {(s.record, s.field, s.value) for s in proposed}]
        unsaid = [each for each in lost if not _is_told(plan, each[2])]
        assert not unsaid, f"lost: {unsaid}"
        everything = {each.value for each in (*said, *proposed)}
        unsaid_rows = [name for name in copy.new if name not in everything and not _is_told(plan, name)]
        assert not unsaid_rows, f"lost rows: {unsaid_rows}"
    if copy.sure and not plan.held:
        assert {each for each in known if each[0] in copy.record.aliases.values()} == meant, (
            "not exactly what was meant"
        )
    del world


def check_other_format(session: Session, copy: Copy, kinds: Collection[str], plan: ImportPlan) -> None:
    """Of a text, an ods or an xls nothing is applied alone, whatever it says is proposed or told, and nothing else is."""
    assert not [each for each in plan.statements if each.basis == copy.record.export_id], (
        "applied out of another format"
    )
    proposed = [statement for each in plan.suggestions for statement in each.statements]
    meant = [
        (record, key, value)
        for (record, key), values in copy.meant.items()
        for value in values
        if kind_of(record) in kinds and record not in session.store.team.log.erased
    ]
    if plan.kinds and copy.whole and not any(each.kind == "waiting" for each in plan.suggestions):
        known = {(each.record, each.field, each.value) for each in proposed}
        unsaid = [each for each in meant if each not in known and not _is_told(plan, each[2])]
        assert not unsaid, f"lost in another format: {unsaid}"
    if copy.sure:
        _check_nothing_invented(copy, [each for each in proposed if each.basis == copy.record.export_id])


def check_list(world: World, plan: ImportPlan, words: Iterable[str]) -> None:
    """What somebody wrote into a list of their own for the first time is applied, proposed or told."""
    said = [*plan.statements, *(statement for each in plan.suggestions for statement in each.statements)]
    values = {each.value for each in said}
    unsaid = [word for word in words if word in world.words and word not in values and not _is_told(plan, word)]
    assert not unsaid, f"lost in a list: {unsaid}"


def check_taken(session: Session, plan: ImportPlan) -> None:
    """What a preview announced is there: what was to be applied is said, what was proposed waits or is decided."""
    said = {(each.record, each.field, each.value) for each in statements_held(session)}
    erased = session.store.team.log.erased
    lost = [each for each in plan.statements if (each.record, each.field, each.value) not in said]
    assert not [each for each in lost if each.record not in erased], f"not applied: {lost}"
    waiting = {row.id for row in session.store.suggestions()}
    gone = [each for each in plan.suggestions if each.id not in waiting and not is_decided(session, each)]
    assert not [each for each in gone if not each.meanwhile and each.kind != "waiting"], f"not proposed: {gone}"


def _check_nothing_invented(copy: Copy, said: list[Statement]) -> None:
    old = set(copy.record.aliases.values())
    created = {each.record for each in said if each.field == EXISTS}
    for each in said:
        if each.record in old:
            assert each.value in copy.meant.get((each.record, each.field), ()), f"invented: {each}"
        elif each.field not in {EXISTS, "partner"}:
            known = {*old, *created} if each.field == "account" else set()
            assert each.value in {*copy.new, *known}, f"invented in a new row: {each}"


def _is_told(plan: ImportPlan, value: str | None) -> bool:
    """Whether a person is told of a value, as a proposal or a problem, or something came back cleared."""
    text = " ".join([*map(str, plan.suggestions), *map(str, plan.problems), *plan.notices])
    return (value or "(clear)") in text


def check_archived(session: Session, file: Path) -> None:
    """A file that was taken in is kept byte for byte, unless it holds somebody erased."""
    archive = session.store.archive
    content = take_file(file).data
    kept = archive.find(archive.content_id(content))
    assert kept is not None
    assert kept.dropped or archive.get(kept.content) == content


@contextmanager
def withdrawing(session: Session, item: QueueItem) -> Iterator[None]:
    """An answer that is taken back is gone, with nothing that stood beside it, and leaves no blank."""
    (about,) = [each for each in open_suggestions(session) if each.id.startswith(item.id)]
    before = _compared(session, about)
    mine = before.pop(next(key for key, held in before.items() if about.other in held))
    key = next(key for key in _compared(session, about) if key not in before)
    yield
    after = _compared(session, about)
    assert key not in after, f"taken back, and still there: {mine}"
    assert before.keys() <= after.keys(), f"lost beside an answer: {before.keys() - after.keys()}"
    voice = {other for other in after if other[0] == key[0]}
    assert voice - {(key[0], UNSET)} or (key[0], UNSET) in before, "an answer taken back leaves a blank"


def _compared(session: Session, about: Suggested) -> dict[tuple[str, str], set[str]]:
    """What stands in a field, by voice and value as it is compared, and who first said it."""
    registers = session.store.team.picture(about.record).registers.items()
    return {
        (voice, sibling.shown.statement.compared): {entry.first_said for entry in sibling.entries}
        for (field, voice), register in registers
        if field == about.field
        for sibling in register.siblings
    }


@contextmanager
def check_told(session: Session, copy: Copy, said: tuple[str, str]) -> Iterator[None]:
    """What fits no field is told of with the words that were found, unless the file as a whole waits or is held."""
    record, found = said
    yield
    kept = session.store.archive.find(session.store.archive.content_id(copy.path.read_bytes()))
    if kept is None or not copy.whole or record in session.store.team.log.erased:
        return
    whole = [each for each in session.store.suggestions() if each.kind in WHOLE_FILES and kept.content in each.file]
    told_of = [each for each in session.store.suggestions() if kept.content in each.file and found in each.body]
    assert whole or told_of, f"{found}: nobody is told"


# --- files that leave -----------------------------------------------------------------------------------------------


def check_partner_file(world: World, session: Session, partner: str, file: Path) -> None:
    """No private word, and no word about anything the partner may not see, in any part, plain or packed."""
    export = world.copies[-1].record
    seen = _words_in(_inflated(file)) | _words_in((base_text(stored_base(session, export.export_id) or b"")).encode())
    assert not seen & set(world.secrets), "a private word in a partner's file"
    for word in seen:
        record, key = world.words[word]
        if not record:
            continue
        field = known_field(kind_of(record), key)
        assert field is not None, f"{word}: a field this version does not know"
        assert field.partner_may_see, f"{word}: {key} is not for partners"
        if kind_of(record) == "account":
            root, roots = session.store.root(record), session.store.team.fold.roots
            members = members_of(root, roots) if root in roots else (root,)
            hidden = [each for each in members if not _may_be_shown(session, partner, each)]
            assert not hidden, f"{word}: {hidden} is not in their scope"


def _may_be_shown(session: Session, partner: str, account: str) -> bool:
    """Whether nobody disputes that a partner may see an account."""
    scope = session.store.team.picture(paired_id("scope", partner, account))
    register = scope.registers.get(("covers", ""))
    return scope.exists and register is not None and {each.value for each in register.siblings} == {"yes"}


def check_team_file(world: World, session: Session, file: Path) -> None:
    """No private word, sealed or not."""
    seen = _words_in(_inflated(file))
    batches = [chunk.data for batch in session.store.team_batches() for chunk in batch.chunks]
    seen |= _words_in(b"\n".join(batches))
    assert not seen & set(world.secrets), "a private word in a team workbook"


def _words_in(data: bytes) -> set[str]:
    found = {each.decode() for each in re.findall(rb"(?:Wort|Geheim)\d{4}", data)}
    for run in re.findall(rb"[A-Za-z0-9+/]{24,}", data):
        for offset in range(4):
            part = run[offset:]
            decoded = base64.b64decode(part[: len(part) // 4 * 4])
            found |= {each.decode() for each in re.findall(rb"(?:Wort|Geheim)\d{4}", decoded)}
    return found


def _inflated(file: Path) -> bytes:
    with zipfile.ZipFile(file) as parts:
        return b"\n".join(parts.read(name) + name.encode() for name in parts.namelist())


# --- the end --------------------------------------------------------------------------------------------------------


def check_everything(world: World, seed: int = 1) -> None:
    """Everything reaches everybody, also one who was away; then all hold what the ledger expects."""
    order = random.Random(seed)  # noqa: S311 - an order
    some = order.sample(world.books, min(3, len(world.books)))
    for session in world.laptops.values():
        _bring_each(world, session, [*world.owed, *order.sample(some, min(2, len(some)))])
    _bring_each(world, session, some)
    last = _settle(world)
    away = world.ground.laptop(NAMES[-1])
    # The last file comes among others, so that whatever came early has waited or been parked. Nothing that the others
    # have not brought, and no list, which says something anew wherever it is brought: nobody would hear of it any more.
    early = [last, *(file for file in some if file.suffix != ".csv")]
    _bring_each(world, away, order.sample(early, len(early)))
    everybody = {**world.laptops, NAMES[-1]: away}
    _check_agreement(world, everybody)
    for name, session in everybody.items():
        assert verify(session) == [], f"{name}: {verify(session)}"
        _check_queue(world, session)
    _check_nothing_moves(everybody, early, order)


def _settle(world: World) -> Path:
    """The first laptop hears the others and tells them all, until nobody has anything to say; gives its last file."""
    first, *others = world.laptops
    for _ in range(4):
        told_of = [_sent(world, name) for name in others]
        _bring_each(world, world.laptops[first], told_of)
        last = _sent(world, first)
        for name in others:
            _bring_each(world, world.laptops[name], [last])
        if len({session.shown().team for session in world.laptops.values()}) == 1:
            return last
    raise AssertionError("they never come to an end")


def _sent(world: World, name: str) -> Path:
    session = world.laptops[name]
    file = world.file(f"end-{name}")
    sight = world.ledger.in_sight(session)
    made = export_team(session, file)
    world.ledger.exports[made.export_id] = sight
    world.ledger.listen(session)
    return file


def _bring_each(world: World, session: Session, files: list[Path]) -> None:
    for file in files:
        try:
            import_files(session, [file])
        except PlannerError as refused:
            assert refused.sentence.endswith("."), refused.sentence  # noqa: PT017 - whichever it is
        world.ledger.listen(session)


def _check_agreement(world: World, everybody: dict[str, Session]) -> None:
    expected = told(world.ledger.expected())
    for name, session in everybody.items():
        shown = shown_by(session)
        assert shown.keys() == expected.keys(), f"{name} holds other records: {shown.keys() ^ expected.keys()}"
        for record, view in expected.items():
            assert shown[record] == view, f"{name} sees {record} otherwise:\n{shown[record]}\ninstead of\n{view}"
        assert ids_held(session) == world.ledger.kept(), f"{name} has lost or made up statements"
    assert len({dump(session) for session in everybody.values()}) == 1, "the dumps differ"
    assert len({tuple(circles_found(session)) for session in everybody.values()}) == 1, "the circles differ"
    for session in everybody.values():
        _check_private_values_follow(session)
    for session in everybody.values():
        for each in statements_held(session):
            if each.value in world.words:
                about, key = world.words[each.value]
                assert key == each.field, f"{each.value} was said of {key}"
                assert not about or about == each.record, f"{each.value} was said of {about}"


def _check_private_values_follow(session: Session) -> None:
    """What is private about a record stands at the one it was merged with, whoever merged or parted them."""
    for picture in session.store.me.every_picture():
        for register in picture.registers.values():
            for entry in register.survivors:
                root = session.store.root(entry.statement.record)
                assert picture.record == root, f"{picture.record} instead of {root} holds something private"


def _check_queue(world: World, session: Session) -> None:
    """What is in dispute is shown to a person, and what was decided is not asked again."""
    waiting = queue(session)
    disputed = {
        (picture.record, field)
        for picture in session.store.team.every_picture()
        for field, _ in [*picture.conflicts, *([(EXISTS, "")] if picture.delete_conflict else [])]
        if picture.exists and kind_of(picture.record) in KINDS and not KINDS[kind_of(picture.record)].internal
    }
    assert {(item.record, item.field) for item in waiting if item.kind in {"conflict", "deletion"}} == disputed
    asked = {row.id for row in session.store.suggestions() if not session.store.verdict(row.id)}
    assert not asked & _rejected(world), "rejected, and asked again"


def _rejected(world: World) -> set[str]:
    """What somebody rejected and has not taken back."""
    gone = {name: undone(steps(session)) for name, session in world.laptops.items()}
    standing = [each for each in world.rejected if each.step not in gone[each.who]]
    return {name for each in standing for name in each.ids}


def _check_nothing_moves(everybody: dict[str, Session], files: list[Path], order: random.Random) -> None:
    """Bringing things once more, in another order, and folding again changes nothing."""
    for session in everybody.values():
        before = dump(session)
        file = order.choice(files)
        try:
            assert import_files(session, [file]).step == 0, f"{file.name} did something again"
        except PlannerError as refused:
            assert refused.sentence.endswith("."), refused.sentence  # noqa: PT017 - whichever it is
        assert dump(session) == before
