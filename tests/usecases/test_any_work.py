"""Three laptops and people with spreadsheets do whatever they like; afterwards everybody holds one picture."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, filled, level, say, sent, small_picture

from accountplanner.domain.errors import PlannerError
from accountplanner.domain.fields import Layer
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.importing import apply_import, preview_import
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.reviewing import accept, queue, reject, resolve
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

_WORDS = ("Oslo", "Moss", "Hamar", "Bodø", "(clear)")


class Work:
    """What anybody may do next; refusals are part of it."""

    def __init__(self, laptops: list[Session], picture: Picture, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same work for the same seed
        self.laptops = laptops
        self.picture = picture
        self.folder = folder
        self.books: list[Path] = []
        self.done: list[str] = []

    def go_on(self) -> None:
        action = self.dice.choices(list(_ACTIONS), weights=[weight for weight, _ in _ACTIONS.values()])[0]
        session = self.dice.choice(self.laptops)
        self.done.append(f"{session.store.identity.name}: {action}")
        try:
            _ACTIONS[action][1](self, session)
        except PlannerError as refused:
            assert refused.sentence.endswith("."), refused.sentence  # noqa: PT017 - whichever it is
            self.done[-1] += " (refused)"

    def account(self) -> str:
        return self.dice.choice(list(self.picture.accounts.values()))

    def type(self, session: Session) -> None:
        say(session, self.account(), self.dice.choice(["city", "industry"]), self.dice.choice(_WORDS[:4]))

    def type_privately(self, session: Session) -> None:
        say(session, self.account(), "city", self.dice.choice(_WORDS[:4]), layer=Layer.ME)

    def judge(self, session: Session) -> None:
        say(session, self.account(), "satisfaction", self.dice.choice(["very", "neutral", "unhappy"]))

    def make(self, session: Session) -> None:
        create_record(session, "contact", {"name": f"New {len(self.done)}", "account": self.account()})

    def delete(self, session: Session) -> None:
        delete_record(session, self.account())

    def merge(self, session: Session) -> None:
        merge_records(session, self.account(), self.account())

    def undo(self, session: Session) -> None:
        undo(session)

    def redo(self, session: Session) -> None:
        redo(session)

    def send(self, session: Session) -> None:
        self.books.append(sent(session, self.folder / f"book-{len(self.done)}.xlsx"))

    def ask_partner(self, session: Session) -> None:
        file = self.folder / f"partner-{len(self.done)}.xlsx"
        self.books.append(export_partner(session, self.picture.partner, file).path)

    def fill(self, _: Session) -> None:
        source = self.dice.choice(self.books) if self.books else None
        if source is None:
            return
        name = self.dice.choice(["Alpine", "Borealis"])
        header = self.dice.choice(["Phone", "Website", "How satisfied are they with us"])
        text = self.dice.choice(["+47 1", "+47 2", "(clear)"]) if header == "Phone" else "www.a.example"
        text = self.dice.choice(["Very satisfied", "Unhappy"]) if header.startswith("How") else text
        target = self.folder / f"filled-{len(self.done)}.xlsx"
        self.books.append(filled(source, target, ("Accounts", name, header, text)))

    def bring(self, session: Session) -> None:
        for file in self.dice.sample(self.books, min(len(self.books), self.dice.randint(1, 2))):
            bring(session, file)

    def bring_and_untick(self, session: Session) -> None:
        if self.books:
            preview = preview_import(session, [self.dice.choice(self.books)])
            apply_import(session, preview, [item.mark for item in preview.items[::2] if item.mark])

    def decide(self, session: Session) -> None:
        for item in queue(session)[:1]:
            if item.kind in {"conflict", "deletion"}:
                resolve(session, item.id, self.dice.randint(1, 2))
            else:
                self.dice.choice([accept, reject])(session, [item.id])

    def erase(self, session: Session) -> None:
        erase(session, self.dice.choice(list(self.picture.contacts.values())))


_ACTIONS: dict[str, tuple[int, Callable[[Work, Session], None]]] = {
    "type": (6, Work.type),
    "type privately": (2, Work.type_privately),
    "judge": (2, Work.judge),
    "make": (2, Work.make),
    "delete": (1, Work.delete),
    "merge": (1, Work.merge),
    "undo": (4, Work.undo),
    "redo": (2, Work.redo),
    "send": (4, Work.send),
    "ask partner": (1, Work.ask_partner),
    "fill": (4, Work.fill),
    "bring": (8, Work.bring),
    "bring and untick": (2, Work.bring_and_untick),
    "decide": (4, Work.decide),
    "erase": (1, Work.erase),
}


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_everybody_ends_at_one_picture(
    laptops: Laptops, ann: Session, tmp_path: Path, seed: int
) -> None:
    picture = small_picture(ann)
    sessions = [ann, laptops.join(ann), laptops.join(ann, "Cleo")]
    for each in sessions[1:]:
        say(each, each.store.identity.member, "name", each.store.identity.name)
    level(tmp_path, *sessions)
    work = Work(sessions, picture, tmp_path, seed)
    for _ in range(45):
        work.go_on()
    level(tmp_path, *sessions)
    for file in work.books:
        for each in sessions:
            bring(each, file)
    level(tmp_path, *sessions)
    assert agree(*sessions), work.done
    for each in sessions:
        assert verify(each) == [], work.done
        before = dump(each)
        for file in work.books:
            assert bring(each, file).step == 0, work.done
        assert dump(each) == before
        each.store.team.refold_everything()
        assert dump(each) == before
