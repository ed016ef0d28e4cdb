"""Everything everyone did with an account, in one thread: every department's touches, cases, notes, orders, imports.

The whole thread is held as light rows only, however long it is; the words of a page are read when somebody looks.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from accountplanner.domain.catalogue import field_named, known_field
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.ladder import RUNGS
from accountplanner.domain.money import Money
from accountplanner.domain.sentences import fixed, joined
from accountplanner.domain.statements import Entry, is_internal
from accountplanner.store.queries import CachedRecord
from accountplanner.store.timelines import Happened, happened, order_lines, records_of
from accountplanner.usecases.pages import children, shown_text, speaker_name
from accountplanner.usecases.session import Session

TOPICS: Final = (
    "visit", "call", "mail", "send", "event", "service", "touch", "case", "dispute", "feedback", "note",
    "partner_note", "signal", "need", "purchase", "move", "review", "import",
)  # fmt: skip
"""What a timeline can be narrowed to, in the order in which it is offered: touches by their channel, then the rest."""
_FROM_OUTSIDE: Final = ("table:", "workbook:")


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened. `topic` is one of `TOPICS`.

    `title` and `text` are people's own words, `who` did it or said it, `about` is whom it concerns.
    `amounts` are canonical money; `count` is the lines of an order, the values an import changed, a
    score. `is_open` marks a dispute that stands, `is_proven` a ladder move with proof; `rungs` are
    the move's names. An import has no record.
    """

    record: str
    topic: str
    day: str
    title: str = ""
    text: str = ""
    who: str = ""
    about: str = ""
    state: str = ""
    amounts: tuple[str, ...] = ()
    count: int = 0
    is_proven: bool = True
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some lines, newest first, how many there are in all, and how many of each topic before narrowing."""

    lines: tuple[TimelineLine, ...] = ()
    total: int = 0
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    topic: str
    happened: Happened
    layer: Layer = Layer.TEAM
    said: tuple[Entry, ...] = ()


def read_timeline(
    session: Session, account: str, topics: Collection[str] = (), *, most: int = 60, offset: int = 0
) -> TimelinePage:
    """Some lines of an account's thread, the newest first; without topics all of them."""
    rows = _rows(session, account)
    counted = Counter(row.topic for row in rows)
    wanted = [row for row in rows if not topics or row.topic in topics]
    shown = wanted[offset : offset + most]
    counts = tuple((topic, counted[topic]) for topic in TOPICS if counted[topic])
    return TimelinePage(tuple(_lines(session, account, shown)), len(wanted), counts)


def _rows(session: Session, account: str) -> list[_Row]:
    contacts = list(dict.fromkeys(child.record for child in children(session, "contact", "account", account)))
    rows: list[_Row] = []
    for layer in (Layer.TEAM, Layer.ME):
        found = happened(session.store.layer(layer), account, contacts)
        rows += [_Row(_topic(each), each, layer) for each in found]
    rows += _imports(session, account)
    return sorted(rows, key=lambda row: (row.happened.day, row.happened.kind, row.happened.number), reverse=True)


def _topic(each: Happened) -> str:
    if each.kind == "touch":
        return each.detail if each.detail in TOPICS else "touch"
    return "dispute" if each.kind == "case" and each.detail == "yes" else each.kind


def _imports(session: Session, account: str) -> list[_Row]:
    """What files from outside said of the account itself, by file and day."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entries in session.store.entries(account).values():
        for entry in entries:
            if entry.statement.origin.startswith(_FROM_OUTSIDE) and not is_internal(entry.statement.field):
                groups.setdefault((entry.saved_at[:10], entry.statement.origin), []).append(entry)
    return [
        _Row(
            "import", Happened(day, "import", min(entry.arrived for entry in said), origin, len(said)), said=tuple(said)
        )
        for (day, origin), said in groups.items()
    ]


def _lines(session: Session, account: str, rows: Sequence[_Row]) -> list[TimelineLine]:
    held = _read(session, rows)
    names = session.store.titles(
        {value for record in held.values() for key in _NAMED if (value := record.values.get(key))}
    )
    orders, writers = _orders(session, account, rows), _writers(session, held)
    lines = []
    for row in rows:
        record = held.get((row.layer, row.happened.kind, row.happened.number))
        if row.topic == "import":
            lines.append(_import_line(session, row))
        elif record is not None:
            made = _MAKERS.get(row.happened.kind, _plain)(_Told(record, row, names, orders, writers))
            lines.append(made)
    return lines


_NAMED: Final = ("contact", "colleague", "partner", "offering")


def _read(session: Session, rows: Sequence[_Row]) -> dict[tuple[Layer, str, int], CachedRecord]:
    wanted: dict[tuple[Layer, str], list[int]] = {}
    for row in rows:
        if row.topic != "import":
            wanted.setdefault((row.layer, row.happened.kind), []).append(row.happened.number)
    return {
        (layer, kind, record.number): record
        for (layer, kind), numbers in wanted.items()
        for record in records_of(session.store.layer(layer), kind, numbers)
    }


def _writers(session: Session, held: Mapping[tuple[Layer, str, int], CachedRecord]) -> dict[str, str]:
    """Who said the notes that name no author."""
    found: dict[str, str] = {}
    for layer in (Layer.TEAM, Layer.ME):
        bare = [
            each.record
            for (stands_in, kind, _), each in held.items()
            if stands_in is layer and kind == "note" and not each.values.get("author")
        ]
        for record, entries in session.store.layer(layer).entries(bare).items() if bare else ():
            said = [entry.statement.speaker for entry in entries if entry.statement.field == "text"]
            found[record] = speaker_name(session, said[0]) if said else ""
    return found


def _orders(session: Session, account: str, rows: Sequence[_Row]) -> dict[tuple[str, str], list[CachedRecord]]:
    """The lines of the orders in sight, by number and day."""
    found: dict[tuple[str, str], list[CachedRecord]] = {}
    for layer in (Layer.TEAM, Layer.ME):
        numbers = [row.happened.detail for row in rows if row.topic == "purchase" and row.layer is layer]
        for line in order_lines(session.store.layer(layer), account, [each for each in numbers if each]):
            key = (line.values.get("order_number", ""), line.values.get("ordered_on", ""))
            found.setdefault(key, []).append(line)
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """A record with the names of what it refers to."""

    record: CachedRecord
    row: _Row
    names: Mapping[str, str]
    orders: Mapping[tuple[str, str], Sequence[CachedRecord]]
    writers: Mapping[str, str]

    def value(self, key: str) -> str:
        return self.record.values.get(key, "")

    def name(self, key: str) -> str:
        return self.names.get(self.value(key), "")

    def line(self, title: str = "", text: str = "", *, who: str = "", state: str = "", count: int = 0) -> TimelineLine:
        """A line with what every kind has."""
        row = self.row
        return TimelineLine(
            self.record.record, row.topic, row.happened.day, title, text, who, self.name("contact"), state,
            count=count, is_private=row.layer is Layer.ME,
        )  # fmt: skip


def _touch(told: _Told) -> TimelineLine:
    who = told.name("colleague") or told.name("partner")
    return told.line(told.value("subject"), told.value("remark") or told.value("material"), who=who)


def _case(told: _Told) -> TimelineLine:
    state = shown_text(field_named("case", "state"), told.value("state"))
    return told.line(
        told.value("title"), told.value("account_of_it"), state=fixed("Closed") if told.value("closed_on") else state
    )


def _feedback(told: _Told) -> TimelineLine:
    score = told.value("score")
    return told.line("", told.value("words"), state=told.value("action"), count=int(score) if score.isdigit() else -1)


def _note(told: _Told) -> TimelineLine:
    return told.line(
        "",
        told.value("text"),
        who=told.value("author") or told.name("partner") or told.writers.get(told.record.record, ""),
    )


def _signal(told: _Told) -> TimelineLine:
    verdict = shown_text(field_named("signal", "verdict"), told.value("verdict"))
    return told.line(told.value("title"), told.value("reason"), state=verdict)


def _move(told: _Told) -> TimelineLine:
    rungs = [RUNGS[key].name if key in RUNGS else key for key in (told.value("from_rung"), told.value("to_rung"))]
    row = told.row
    return TimelineLine(
        told.record.record, row.topic, row.happened.day, rungs[1], told.value("evidence"), state=rungs[0],
        is_proven=told.value("proven") != "no",
    )  # fmt: skip


def _purchase(told: _Told) -> TimelineLine:
    number, day = told.value("order_number"), told.value("ordered_on")
    lines = told.orders.get((number, day), [told.record]) if number else [told.record]
    row = told.row
    return TimelineLine(
        told.record.record, row.topic, row.happened.day, number, told.name("offering") if len(lines) == 1 else "",
        amounts=_sums(lines), count=len(lines), is_private=row.layer is Layer.ME,
    )  # fmt: skip


def _sums(lines: Iterable[CachedRecord]) -> tuple[str, ...]:
    sums: dict[str, int] = {}
    for line in lines:
        if line.values.get("amount"):
            money = Money.parse(line.values["amount"])
            sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return tuple(Money(minor, currency).canonical() for currency, minor in sums.items())


def _review(told: _Told) -> TimelineLine:
    return told.line(told.value("quarter"), told.value("decisions") or told.value("next_steps"))


def _plain(told: _Told) -> TimelineLine:
    return told.line("", told.value("words") or told.value("text"))


_MAKERS: Final[Mapping[str, Callable[[_Told], TimelineLine]]] = {
    "touch": _touch,
    "case": _case,
    "feedback": _feedback,
    "note": _note,
    "partner_note": _note,
    "signal": _signal,
    "move": _move,
    "purchase": _purchase,
    "review": _review,
}


def _import_line(session: Session, row: _Row) -> TimelineLine:
    """What a file said of the account: from whom, and which fields."""
    fields = (known_field(kind_of(entry.statement.record), entry.statement.field) for entry in row.said)
    labels = [fixed(label) for label in dict.fromkeys(field.label for field in fields if field is not None)]
    first = row.said[0].statement
    source = first.origin.partition(":")[2] if first.origin.startswith("table:") else ""
    speaker = session.store.titles([first.speaker]).get(first.speaker, first.speaker)
    return TimelineLine("", "import", row.happened.day, source, joined(labels, ", "), speaker, count=len(labels))
