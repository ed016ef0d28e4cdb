"""What everybody really said and had in sight, written down beside the program, for a second opinion.

The ledger hears the bodies of statements and knows who had which of them on their disk. What survives it
leaves to the naive oracle of the domain's tests, which knows no cuts, chains or envelopes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tests.domain.oracle import Oracle
from tests.domain.replica import view_of

from accountplanner.domain.batches import decode_header
from accountplanner.domain.cuts import VIRTUAL
from accountplanner.domain.pictures import fold_record
from accountplanner.domain.statements import UNSET

if TYPE_CHECKING:
    from tests.domain.replica import View, Views

    from accountplanner.domain.cuts import Cut
    from accountplanner.domain.pictures import Picture
    from accountplanner.domain.statements import Entry, Statement
    from accountplanner.store.layer import LayerStore
    from accountplanner.usecases.session import Session

InSight = frozenset[str]
Standing = dict[str, tuple[bool, bool, dict[tuple[str, str], frozenset[str]]]]
"""Per record whether it is there, whether that is disputed, and the values that stand, as they are compared."""


@dataclass
class Ledger:
    """The books of one team. `exports` are the ids their makers had in sight, `contents` those in each batch."""

    oracle: Oracle = field(default_factory=Oracle)
    contents: dict[str, InSight] = field(default_factory=dict)
    exports: dict[str, InSight] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    heard: WeakKeyDictionary[LayerStore, Cut] = field(default_factory=WeakKeyDictionary)

    def in_sight(self, session: Session) -> InSight:
        """Everything that is on a laptop's disk."""
        return frozenset().union(*(self.contents[digest] for digest, _ in _batches(session)))

    def listen(self, session: Session, look: InSight | None = None) -> None:
        """Write down what a laptop has said since; `look` is what its person had before their eyes."""
        heads = session.store.team.log.chains.heads()
        if self.heard.get(session.store.team) == heads:
            return
        self.heard[session.store.team] = heads
        held = [digest for digest, _ in _batches(session)]
        on_disk = frozenset().union(*(self.contents.get(digest, frozenset()) for digest in held))
        for digest, number in _batches(session):
            if digest in self.contents:
                continue
            entries = _entries(session.store.team, number)
            for entry in entries:
                self._say(entry, on_disk if look is None else look)
            self.contents[digest] = frozenset(entry.id for entry in entries)
            on_disk |= self.contents[digest]
            self.erased |= {name for name in _erases(session, number) if not name.startswith("digest:")}

    def _say(self, entry: Entry, in_sight: InSight) -> None:
        basis = entry.statement.basis
        if basis.startswith(VIRTUAL):
            chain, _, number = basis.rpartition(":")
            self.oracle.say((entry.id, entry.statement), frozenset(), (chain, int(number)))
        else:
            seen = self.exports[basis] if basis else in_sight
            self.oracle.say((entry.id, entry.statement), seen)

    def expected(self) -> Views:
        """What everybody must show once everything has reached everyone."""
        return self.oracle.views(self.erased)

    def kept(self) -> set[str]:
        """The ids everybody must hold in the end: all that was ever said but about the erased."""
        gone = self.oracle.gone(self.erased)
        return {name for name, said in self.oracle.said.items() if said.wording.record not in gone}


def shown_by(session: Session) -> Views:
    """What a laptop shows of every record."""
    return told({picture.record: view_of(picture) for picture in session.store.team.every_picture()})


def told(views: Views) -> Views:
    """Views of records about which something stands."""
    return {record: view for record, view in views.items() if _is_told(view)}


def _is_told(view: View) -> bool:
    return bool(view.registers)


def ids_held(session: Session) -> set[str]:
    """Every statement a laptop holds."""
    return {entry.id for _, number in _batches(session) for entry in _entries(session.store.team, number)}


def statements_held(session: Session) -> list[Statement]:
    """Every statement's body."""
    return [entry.statement for _, number in _batches(session) for entry in _entries(session.store.team, number)]


def standing(session: Session) -> Standing:
    """What stands, without who said it: two pictures that look alike are alike."""
    found: Standing = {}
    for layer, picture in _both_layers(session):
        values = {
            key: frozenset(sibling.shown.statement.compared for sibling in register.siblings)
            for key, register in picture.registers.items()
            if not key[0].startswith("_")
        }
        values = {key: said for key, said in values.items() if said and said != {UNSET}}
        if picture.exists or values:
            found[f"{layer} {picture.record}"] = picture.exists, picture.delete_conflict, values
    return found


def received_by(session: Session) -> int:
    """How many batches of others a laptop holds."""
    own = session.store.team.log.replica
    with session.store.team.database.reading() as connection:
        counted = connection.exec_driver_sql("SELECT COUNT(*) FROM batch WHERE replica != ?", (own,))
        return int(counted.scalar_one())


def _both_layers(session: Session) -> list[tuple[str, Picture]]:
    layers = (session.store.team, session.store.me)
    return [(layer.name, picture) for layer in layers for picture in _pictures(layer)]


def _pictures(layer: LayerStore) -> list[Picture]:
    """The picture of everything, folded here from all entries at once, once for all that is held."""
    held = layer.log.chains.heads(), len(layer.log.erased)
    if _pictured.get(layer, (None, []))[0] != held:
        _pictured[layer] = held, _folded(layer)
    return _pictured[layer][1]


def _folded(layer: LayerStore) -> list[Picture]:
    grouped: dict[str, list[Entry]] = {}
    for number in _numbers(layer):
        for entry in _entries(layer, number):
            grouped.setdefault(layer.fold.root(entry.statement.record), []).append(entry)
    return [fold_record(record, entries) for record, entries in sorted(grouped.items())]


def _numbers(layer: LayerStore) -> list[int]:
    with layer.database.reading() as connection:
        return [number for (number,) in connection.exec_driver_sql("SELECT number FROM batch ORDER BY number")]


def _batches(session: Session) -> list[tuple[str, int]]:
    with session.store.team.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT digest, number FROM batch ORDER BY number").all()
    return [(digest, number) for digest, number in rows]


_pictured: WeakKeyDictionary[LayerStore, tuple[tuple[Cut, int] | None, list[Picture]]] = WeakKeyDictionary()
_read: WeakKeyDictionary[LayerStore, dict[tuple[int, int], list[Entry]]] = WeakKeyDictionary()


def _entries(layer: LayerStore, batch: int) -> list[Entry]:
    """The entries of a batch; only an erasure changes what a batch says."""
    known = _read.setdefault(layer, {})
    name = batch, len(layer.log.erased)
    if name not in known:
        with layer.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT place, data FROM chunk WHERE batch = ? ORDER BY place", (batch,))
            chunks = [(place, bytes(data)) for place, data in rows]
            held = [layer.log.entries_in(connection, batch, place, data) for place, data in chunks if data]
        known[name] = [entry for entries in held for entry in entries]
    return known[name]


def _erases(session: Session, batch: int) -> tuple[str, ...]:
    with session.store.team.database.reading() as connection:
        header = connection.exec_driver_sql("SELECT header FROM batch WHERE number = ?", (batch,)).scalar_one()
    return decode_header(bytes(header)).erases
