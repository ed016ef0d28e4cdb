"""Pictures: everything that is known about one record, folded from its statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accountplanner.domain.registers import Register, Replaces, fold_register
from accountplanner.domain.statements import EXISTS, SAME_AS, Entry, is_internal

RegisterKey = tuple[str, str]
"""Field and voice."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The fold of one record, or of several that were merged into one.

    `delete_conflict` is set where somebody deleted the record and somebody else, who had not seen
    that, said something about it: the record stays visible until a person decides.
    """

    record: str
    registers: Mapping[RegisterKey, Register]
    exists: bool
    delete_conflict: bool

    def value(self, field: str, voice: str = "") -> str | None:
        """The value shown in a field."""
        register = self.registers.get((field, voice))
        return register.value if register else None

    def voices(self, field: str) -> dict[str, Register]:
        """Every voice's register of a field."""
        return {voice: register for (key, voice), register in self.registers.items() if key == field}

    def shown_values(self) -> dict[str, str]:
        """One value a field: of several voices the one said last."""
        latest: dict[str, Entry] = {}
        for (field, _), register in self.registers.items():
            entry = register.shown
            if entry is None or entry.statement.value is None or is_internal(field):
                continue
            held = latest.get(field)
            if held is None or (held.statement.date, held.id) < (entry.statement.date, entry.id):
                latest[field] = entry
        return {field: entry.statement.value or "" for field, entry in latest.items()}

    @property
    def conflicts(self) -> tuple[RegisterKey, ...]:
        """Registers in which different values survive; links between records do not count.

        Nor does a record that one took away by deleting it and another by undoing its creation.
        """
        return tuple(
            sorted(
                key
                for key, register in self.registers.items()
                if register.has_conflict and not _is_link(key[0]) and (key[0] != EXISTS or self.delete_conflict)
            )
        )


def fold_record(record: str, entries: Iterable[Entry]) -> Picture:
    """Fold all entries about a record; entries of merged records are folded as one."""
    held = list(entries)
    grouped: dict[RegisterKey, list[Entry]] = {}
    for entry in held:
        grouped.setdefault((entry.statement.field, entry.statement.voice), []).append(entry)
    replaces = replacing(held)
    return _picture(record, {key: fold_register(group, replaces) for key, group in grouped.items()})


def replacing(entries: Sequence[Entry]) -> Replaces:
    """How entries of a record, or of a merged set, replace one another.

    Within one record it is enough to have seen. Across two records of a merged set the writer must
    also have known that they are one: somebody who typed the phone of the one without knowing so has
    not corrected the phone of the other, and both stand side by side until a person decides.
    """
    if len({entry.statement.record for entry in entries}) < 2:
        return Entry.has_seen
    links = [entry for entry in entries if _is_link(entry.statement.field) and entry.statement.value == "yes"]

    def replaces(later: Entry, earlier: Entry) -> bool:
        return later.has_seen(earlier) and _known_as_one(later, earlier.statement.record, links)

    return replaces


def _known_as_one(writer: Entry, record: str, links: Sequence[Entry]) -> bool:
    """Whether the links a writer had seen lead from the record they spoke of to another."""
    reached, grown = {writer.statement.record}, True
    while grown and record not in reached:
        grown = False
        for link in links:
            pair = {link.statement.record, link.statement.field.removeprefix(SAME_AS)}
            if pair & reached and not pair <= reached and writer.has_seen(link):
                reached |= pair
                grown = True
    return record in reached


def _picture(record: str, registers: dict[RegisterKey, Register]) -> Picture:
    existence = registers.get((EXISTS, ""))
    if existence is None or not existence.siblings:
        return Picture(record, registers, exists=_says_anything(registers), delete_conflict=False)
    # Never the value shown first: clocks choose that one, and must not choose what is there.
    said = {sibling.value for sibling in existence.siblings}
    if "yes" in said:
        return Picture(record, registers, exists=True, delete_conflict=len(said) > 1)
    disputed = _stated_beside(existence, registers)
    return Picture(record, registers, exists=disputed, delete_conflict=disputed)


def _says_anything(registers: Mapping[RegisterKey, Register]) -> bool:
    return any(
        sibling.value is not None
        for (field, _), register in registers.items()
        if not is_internal(field)
        for sibling in register.siblings
    )


def _stated_beside(existence: Register, registers: Mapping[RegisterKey, Register]) -> bool:
    """Whether a surviving value was said by somebody unheard by those who took the record away.

    Undoing the creation takes it away as deleting does.
    """
    return any(
        not any(removal.has_seen(entry) for removal in existence.survivors)
        for (field, _), register in registers.items()
        if not is_internal(field)
        for entry in register.survivors
        if entry.statement.value is not None
    )


def _is_link(field: str) -> bool:
    return field.startswith(SAME_AS)
