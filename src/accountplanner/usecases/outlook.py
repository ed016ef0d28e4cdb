"""What derived statements would do to the picture: the lines of a preview, without writing anything.

Only the registers the statements speak in are folded, once as they stand and once with the
statements added; a returned workbook touches few cells of many records.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.cuts import VIRTUAL, Chains, Cut
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.domain.pictures import replacing
from accountplanner.domain.registers import Register, fold_register
from accountplanner.domain.statements import EXISTS, Entry, Statement
from accountplanner.usecases.import_plans import ImportPlan, PreviewItem
from accountplanner.usecases.pages import shown_text

_NOTHING = Register(())
_Key = tuple[str, str, str]


class TeamView(Protocol):
    """What an outlook reads: the team layer, from outside or within a transaction."""

    @property
    def chains(self) -> Chains:
        """The held batches."""

    def known_marks(self, marks: Iterable[str]) -> set[str]:
        """Which keyed ids are held already."""

    def spoken_of(self, records: Iterable[str]) -> set[str]:
        """Those records about which something was said before."""

    def field_entries(self, wanted: Mapping[str, set[str]]) -> dict[str, list[Entry]]:
        """The entries of some fields of some records, links of merged ones included."""


class Outlook:
    """The future of some statements."""

    def __init__(self, view: TeamView, statements: Sequence[Statement], bases: Iterable[tuple[str, Cut]]) -> None:
        # What nobody has spoken of has no marks; of a list of a million new cells each would be looked for.
        spoken = view.spoken_of({statement.record for statement in statements})
        known = view.known_marks(each.mark for each in statements if each.mark and each.record in spoken)
        self.fresh = [statement for statement in statements if statement.mark not in known]
        self.known = len(statements) - len(self.fresh)
        self._cuts = {name: view.chains.local(cut) for name, cut in bases}
        self._held = spoken & {statement.record for statement in self.fresh}
        self._before: dict[_Key, Register] = {}
        self._after: dict[_Key, Register] = {}
        self._fold(view)

    def _fold(self, view: TeamView) -> None:
        wanted: dict[str, set[str]] = {record: {EXISTS} for record in self._held}
        said: dict[str, list[Statement]] = {}
        for statement in self.fresh:
            if statement.record in self._held:
                wanted[statement.record].add(statement.field)
                said.setdefault(statement.record, []).append(statement)
        for record, entries in view.field_entries(wanted).items():
            self._fold_record(record, entries, [self._entry(statement) for statement in said.get(record, [])])

    def _fold_record(self, record: str, entries: list[Entry], coming: list[Entry]) -> None:
        replaces = replacing([*entries, *coming])
        grouped: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            grouped.setdefault((entry.statement.field, entry.statement.voice), []).append(entry)
        added: dict[tuple[str, str], list[Entry]] = {}
        for entry in coming:
            added.setdefault((entry.statement.field, entry.statement.voice), []).append(entry)
        for key in grouped.keys() | added.keys():
            held = grouped.get(key, [])
            before = self._before[record, *key] = fold_register(held, replaces)
            self._after[record, *key] = fold_register([*held, *added[key]], replaces) if key in added else before

    def _entry(self, statement: Statement) -> Entry:
        basis = statement.basis
        cut: Mapping[str, int] = self._cuts.get(basis, {})
        envelopes = (("coming", 1),)
        if basis.startswith(VIRTUAL):
            chain, _, number = basis.rpartition(":")
            cut, envelopes = {chain: int(number) - 1}, ((chain, int(number)),)
        return Entry(statement.mark, statement, envelopes, cut)

    def items(self, titles: Mapping[str, str], elsewhere: Collection[str] = ()) -> list[PreviewItem]:
        """A line for each statement about a record that is here already, and one for each new record.

        `elsewhere` are records that are here in the other layer.
        """
        titles = self._new_titles() | dict(titles)
        here = self._held.union(elsewhere)
        lines = [self._item(each, titles) if each.record in here else _new_line(each, titles) for each in self.fresh]
        return [line for line in lines if line is not None]

    @property
    def named(self) -> set[str]:
        """The records whose titles the lines need: those that would change, and those a reference leads to."""
        leading = [each for each in self.fresh if _leads(each)]
        stood = (self._before.get(_key(each), _NOTHING).value for each in leading)
        return self._held.union(filter(None, stood), filter(None, (each.value for each in leading)))

    def new_records(self) -> list[str]:
        """The records people see that would come into being."""
        return [
            statement.record
            for statement in self.fresh
            if statement.field == EXISTS
            and statement.record not in self._held
            and (kind := KINDS.get(kind_of(statement.record))) is not None
            and not kind.internal
        ]

    def _new_titles(self) -> dict[str, str]:
        named = ((each, KINDS.get(kind_of(each.record))) for each in self.fresh)
        return {each.record: each.value for each, kind in named if each.value and kind and each.field == kind.title_key}

    def _item(self, statement: Statement, titles: Mapping[str, str]) -> PreviewItem | None:
        before, after = self._before.get(_key(statement), _NOTHING), self._after.get(_key(statement), _NOTHING)
        if statement.field == EXISTS and before.value == statement.value:
            return None
        field = known_field(kind_of(statement.record), statement.field)
        old, new = before.value or "", statement.value or ""
        if _leads(statement):
            old, new = titles.get(old, old), titles.get(new, new)
        elif field is not None:
            old, new = shown_text(field, old), shown_text(field, new)
        return PreviewItem(
            self._state(statement, before, after),
            statement.record,
            titles.get(statement.record, ""),
            statement.field,
            field.label if field else statement.field,
            old,
            new,
            statement.mark,
        )

    def _state(self, statement: Statement, before: Register, after: Register) -> str:
        if after.has_conflict or self._after.get((statement.record, EXISTS, ""), _NOTHING).value == "no":
            return "conflict"
        same = any(sibling.shown.statement.compared == statement.compared for sibling in before.siblings)
        return "known" if same else "changed"


class ImportOutlook:
    """The future of an import in both layers: what goes to the team, and what stays on this computer."""

    def __init__(self, team: TeamView, me: TeamView, plan: ImportPlan) -> None:
        own = [each for each in plan.statements if each.mark in plan.private] if plan.private else []
        shared = [each for each in plan.statements if each.mark not in plan.private] if own else plan.statements
        self.team = Outlook(team, shared, plan.bases)
        self.me = Outlook(me, own, ())
        self._here = team.spoken_of({each.record for each in self.me.fresh})

    @property
    def named(self) -> set[str]:
        """The records whose titles the lines need."""
        return self.team.named | self.me.named | self._here

    @property
    def known(self) -> int:
        """How many statements are held already."""
        return self.team.known + self.me.known

    def new_records(self) -> list[str]:
        """The records people see that would come into being."""
        return [*self.team.new_records(), *self.me.new_records()]

    def items(self, titles: Mapping[str, str]) -> list[PreviewItem]:
        """The lines of the preview; those that stay here say so."""
        own = self.me.items(titles, self._here)
        return [*self.team.items(titles), *(replace(each, state="private") for each in own if each.state != "known")]

    def private_said(self, unticked: Collection[str]) -> list[Statement]:
        """What is said on this computer alone, without what a person left out: no colleague could bring that back."""
        new = set(self.me.new_records())
        left = {each.record for each in self.me.fresh if each.mark in unticked and each.record in new}
        return [each for each in self.me.fresh if each.mark not in unticked and each.record not in left]

    def private_changes(self, items: Iterable[PreviewItem]) -> int:
        """How many of the lines say something private about a record that is here already."""
        return sum(each.state == "private" and each.record in self._here for each in items)


def _key(statement: Statement) -> _Key:
    return statement.record, statement.field, statement.voice


def _leads(statement: Statement) -> bool:
    field = known_field(kind_of(statement.record), statement.field)
    return field is not None and field.type is FieldType.REFERENCE


def _new_line(statement: Statement, titles: Mapping[str, str]) -> PreviewItem | None:
    kind = KINDS.get(kind_of(statement.record))
    if kind is None or statement.field != kind.title_key:
        return None
    value = statement.value or ""
    shown = titles.get(value, value) if _leads(statement) else value
    return PreviewItem("new", statement.record, shown, "", kind.label, "", shown, statement.mark)
