"""The world of one example, and what every act of a person goes through; the rules stand on it.

What is acted lies in `saying`, `deciding`, `answering`, `sending`, `bringing` and `accidents`; `machine` puts them together.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from tests.usecases.any_exchange.ground import NAMES, Ground
from tests.usecases.any_exchange.ledger import InSight, Ledger, Standing, received_by, standing

from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.history import steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.usecases.any_exchange.copies import Copy

    from accountplanner.usecases.session import Session, Shown

numbers = st.integers(0, 3)
accounts = st.sampled_from(("Alpine", "Borealis", "Café Nord"))
people = st.sampled_from(("Kari Nordmann", "Ola Hansen", "Siv Lund"))
cities = st.sampled_from(("Moss", "Hamar", "own word"))
pages = st.sampled_from(("city", "city", "phone", "industry"))
seeds = st.integers(0, 2**16)
picks = st.integers(0, 23)


@dataclass
class Look:
    """A form somebody has open."""

    shown: Shown
    in_sight: InSight


@dataclass(frozen=True)
class Rejection:
    """Suggestions somebody rejected, in which step at which laptop."""

    who: str
    step: int
    ids: frozenset[str]


@dataclass
class World:
    """Everything that goes on in one example."""

    ground: Ground
    folder: Path
    laptops: dict[str, Session]
    ledger: Ledger = field(default_factory=Ledger)
    books: list[Path] = field(default_factory=list)
    owed: list[Path] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    looks: dict[str, list[Look]] = field(default_factory=dict)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    before: dict[str, tuple[int, bool, Standing]] = field(default_factory=dict)
    partners: list[str] = field(default_factory=list)
    lists: int = 0
    fresh: int = 0
    story: list[str] = field(default_factory=list)

    def word(self, record: str, key: str) -> str:
        """A word nobody has ever used, and what it was said of."""
        word = f"Wort{len(self.words):04d}"
        self.words[word] = record, key
        return word

    def secret(self) -> str:
        """A word that may not leave."""
        self.secrets.append(f"Geheim{len(self.secrets):04d}")
        return self.secrets[-1]

    def file(self, what: str) -> Path:
        self.fresh += 1
        return self.folder / f"{self.fresh:03d}-{what}.xlsx"


class Acting(RuleBasedStateMachine):
    """How the laptops of an example begin, and how anything is done at one of them."""

    ground: ClassVar[Ground]
    world: World
    is_sound = False

    @initialize(members=st.integers(2, 3), seed=seeds)
    def start(self, members: int, seed: int) -> None:
        folder = self.ground.begin(seed)
        self.world = World(self.ground, folder, {name: self.ground.laptop(name) for name in NAMES[:members]})
        self.world.partners.append(self.ground.picture.partner)
        for name, session in self.world.laptops.items():
            self.world.ledger.listen(session)
            self.world.looks[name] = []

    def who(self, number: int) -> str:
        names = list(self.world.laptops)
        return names[number % len(names)]

    def session(self, number: int) -> Session:
        return self.world.laptops[self.who(number)]

    def account(self, name: str) -> str:
        return self.ground.picture.accounts[name]

    def contact(self, name: str) -> str:
        return self.ground.picture.contacts[name]

    @contextmanager
    def act(self, number: int, what: str, look: InSight | None = None) -> Iterator[Session]:
        """Do something at a laptop: a refusal is one sentence and changes nothing; what was said is written down."""
        name, session = self.who(number), self.session(number)
        self.is_sound, world = False, self.world
        world.story.append(f"{name} {what}")
        latest, pictured, known = len(steps(session)), standing(session), session.shown()
        held = received_by(session)
        try:
            yield session
        except PlannerError as refused:
            assert re.fullmatch(r"[^\n]+\.", refused.sentence), refused.sentence  # noqa: PT017 - whichever it is
            assert session.shown() == known, "a refusal changed something"
            world.story[-1] += f" (refused: {refused.sentence})"
        received = received_by(session) != held
        world.ledger.listen(session, look)
        if len(steps(session)) != latest:
            world.before[name] = latest, received, pictured
        elif received:
            # What others said is no step of this laptop; the step before it is no longer the last thing that happened.
            world.before.pop(name, None)

    def word_or(self, drawn: str, record: str, key: str) -> str:
        return self.world.word(record, key) if drawn == "own word" else drawn
