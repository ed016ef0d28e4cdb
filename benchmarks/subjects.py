"""What this program does, measured. Each function takes the folder of its world and gives one number."""

from __future__ import annotations

import json
import math
import random
import re
import shutil
import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks.worlds import COLLEAGUES, SIZE, Size, create, fill, reopen

from accountplanner.usecases.browsing import (
    Condition,
    ListQuery,
    Operator,
    account_rows,
    contact_rows,
    find,
    first_numbers,
    list_numbers,
    prepare_column,
)
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.finding import find_anything, prepare_finding
from accountplanner.usecases.importing import import_files, preview_import
from accountplanner.usecases.listing import column_fields
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from accountplanner.usecases.session import Session

T = TypeVar("T")
_PAGE = 60
_KEYS_LOST = 10
_SMALL, _LARGE = 1_000, 100_000


def preview_returned(world: Path) -> float:
    """Seconds until the preview of a returned workbook stands."""
    with _opened(world / "mine") as session:
        started = time.perf_counter()
        preview = preview_import(session, [world / "returned.xlsx"])
        taken = time.perf_counter() - started
    _expect_edits(world, preview.counts.changed)
    return taken


def preview_unchanged(world: Path) -> float:
    """Seconds until the preview says that nothing was changed in a workbook another program has saved."""
    with _opened(world / "mine") as session:
        started = time.perf_counter()
        preview = preview_import(session, [world / "resaved.xlsx"])
        taken = time.perf_counter() - started
    _expect("edits", preview.counts.changed, 0)
    return taken


def apply_returned(world: Path) -> float:
    """Seconds until the edits of a returned workbook are durable."""
    with _copied(world / "mine") as copy, _opened(copy) as session:
        started = time.perf_counter()
        result = import_files(session, [world / "returned.xlsx"])
        taken = time.perf_counter() - started
    _expect_edits(world, result.counts.changed)
    return taken


def apply_unseen(world: Path) -> float:
    """Seconds until a colleague who knew nothing has taken in everything."""
    with _copied(world / "colleague") as copy, _opened(copy) as session:
        started = time.perf_counter()
        result = import_files(session, [world / "team.xlsx"])
        taken = time.perf_counter() - started
    size = json.loads((world / SIZE).read_text())
    _expect("contacts", result.counts.records.get("contact", 0), size["accounts"] * size["contacts"])
    return taken


def export_team_workbook(world: Path) -> float:
    """Seconds until a team workbook is written, read back, compared and published."""
    with _copied(world / "mine") as copy, _opened(copy) as session:
        started = time.perf_counter()
        export_team(session, copy.parent / "exported.xlsx")
        return time.perf_counter() - started


def exchange_idle(world: Path) -> float:
    """Seconds until it is certain that none of ten colleagues' workbooks holds anything new."""
    with _opened(world / "mine") as session:
        started = time.perf_counter()
        result = exchange_folder(session, world / "share")
        taken = time.perf_counter() - started
    _expect("known workbooks", len(result.plan.of("known")), COLLEAGUES)
    _expect("workbooks written", int(result.edition is not None), 0)
    return taken


def verify_all(world: Path) -> float:
    """Seconds to refold and compare everything and to check every signature."""
    with _opened(world / "mine") as session:
        started = time.perf_counter()
        findings = verify(session)
        taken = time.perf_counter() - started
    _expect("findings", len(findings), 0)
    return taken


def search_typed(world: Path) -> float:
    """Milliseconds a keystroke, 95th percentile, over words typed letter by letter."""
    with _opened(world / "mine") as session:
        words = _words(session)
        typed = [word[:length] for word in words for length in range(2, len(word) + 1)]
        return _percentile_ms(lambda text: find(session, text), typed)


def palette_typed(world: Path) -> float:
    """Milliseconds an answer of the palette takes, 95th percentile, over the same words and people's initials."""
    with _opened(world / "mine") as session:
        prepare_finding(session)
        typed = [word[:length] for word in _words(session) for length in range(2, len(word) + 1)]
        typed += [letters[:length] for letters, _ in _people(session) for length in range(2, 6)]
        return _percentile_ms(lambda text: find_anything(session, text), typed)


def keystrokes_to_anybody(world: Path) -> float:
    """How many keys a person presses, as a median: first letters until the record is in sight, then its digit."""
    with _opened(world / "mine") as session:
        prepare_finding(session)
        return statistics.median(_keys(session, letters, record) for letters, record in _people(session))


def _keys(session: Session, letters: str, record: str) -> int:
    for length in range(1, len(letters) + 1):
        found = [each.opens for each in find_anything(session, letters[:length])]
        if record in found:
            return length + 1
    # Several of these very letters: the person goes on by pages.
    return len(letters) + _KEYS_LOST


def _people(session: Session) -> list[tuple[str, str]]:
    """Some of all accounts and people, each with the first letters of their words and of their account's."""
    chosen = random.Random(7)  # noqa: S311 - the same ones each time
    contacts, accounts = (list_numbers(session, ListQuery(kind)) for kind in ("contact", "account"))
    people = contact_rows(session, chosen.sample(contacts, min(180, len(contacts))))
    firms = account_rows(session, chosen.sample(accounts, min(20, len(accounts))))
    named = [(f"{row.name} {row.account_name}", row.record) for row in people]
    named += [(row.name, row.record) for row in firms]
    return [("".join(word[0] for word in re.findall(r"\w+", name)), record) for name, record in named]


def sort_and_filter(world: Path) -> float:
    """Milliseconds until the first page of another order or another choice stands, 95th percentile."""
    with _opened(world / "mine") as session:
        return _percentile_ms(lambda query: _first_page(session, query), _queries() * 3)


def sort_and_filter_by_any(world: Path) -> float:
    """Milliseconds until the first page by any field stands, 95th percentile, each field made ready beforehand."""
    with _opened(world / "mine") as session:
        taken = []
        for field in column_fields("contact"):
            prepare_column(session, "contact", field.key, texts=True)
            taken += _each_ms(lambda query: _first_page(session, query), _queries_by(field.key))
        return _percentile(taken)


def _queries_by(key: str) -> list[ListQuery]:
    conditions = [Condition(key, operator, "a") for operator in (Operator.KNOWN, Operator.UNKNOWN, Operator.CONTAINS)]
    sorts = [ListQuery("contact", sort=key, descending=down) for down in (False, True)]
    return [*sorts, *(ListQuery("contact", conditions=(condition,)) for condition in conditions)]


def growth_of_writing(world: Path) -> float:
    """The exponent by which writing and folding grows with the number of rows."""
    small, large = (_SMALL, _LARGE) if world.name != "tiny" else (20, 200)
    first, second = _seconds_to_write(small), _seconds_to_write(large)
    return math.log(second / first) / math.log(large / small)


def _seconds_to_write(rows: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        session = create(Path(folder) / "grown", "Robin Vale")
        started = time.perf_counter()
        fill(session, Size(rows // 10, 9, 4))
        taken = time.perf_counter() - started
        session.close()
    return taken


def _words(session: Session) -> list[str]:
    """Words people would look for, from all over the list."""
    numbers = list_numbers(session, ListQuery("contact"))
    rows = contact_rows(session, numbers[:: max(1, len(numbers) // 20)][:20])
    names = [word for row in rows for word in row.name.split(" ")[:2]]
    return [*names, "detergent", "fibre tray", "purchasing manager", "nobody of that name"]


def _queries() -> list[ListQuery]:
    orders = [
        ListQuery("contact", sort=key, descending=down) for key in ("name", "title", "email") for down in (False, True)
    ]
    choices = [ListQuery("contact", filters=(("buying_role", role),), sort="name") for role in ("decides", "uses")]
    typed = [ListQuery("contact", text=text) for text in ("nau", "head cook", "hamburg")]
    accounts = [ListQuery("account", sort=key) for key in ("name", "tier", "orders", "last_touch", "contacts")]
    return [*orders, *choices, *typed, *accounts, ListQuery("account", filters=(("tier", "a"),), sort="city")]


def _first_page(session: Session, query: ListQuery) -> int:
    numbers = first_numbers(session, query, _PAGE)
    rows = (account_rows if query.kind == "account" else contact_rows)(session, numbers)
    return len(rows)


def _percentile_ms(ask: Callable[[T], object], questions: Sequence[T]) -> float:
    return _percentile(_each_ms(ask, questions))


def _percentile(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _each_ms(ask: Callable[[T], object], questions: Sequence[T]) -> list[float]:
    taken = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


@contextmanager
def _opened(folder: Path) -> Iterator[Session]:
    session = reopen(folder)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    """A copy that may be written to, beside the original so that the disk is the same."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        yield Path(shutil.copytree(folder, Path(scratch) / folder.name))


def _expect_edits(world: Path, changed: int) -> None:
    _expect("edits", changed, json.loads((world / "edits.json").read_text()))


def _expect(what: str, found: int, expected: int) -> None:
    """A wrong answer has no speed."""
    if found != expected:
        raise SystemExit(f"{found} {what} instead of {expected}: the figure would mean nothing")
