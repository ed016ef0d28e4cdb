"""Taking answers back: what would stand in a register had they never been given.

To leave out the answers alone is not enough. An undo states a whole register again: what it stated beside the answer had
then seen, and would hide, what only the answer had hidden; and what it took back had hidden that, too.
"""

from collections.abc import Collection, Sequence

from accountplanner.domain.registers import Register, Replaces, fold_register
from accountplanner.domain.statements import Entry, united


def standing_without(entries: Sequence[Entry], answers: Collection[str], replaces: Replaces) -> Register:
    """Fold one register as if some answers, by the ids they were first said under, had never been given.

    What stands beside them stays. Of the rest only that counts which was said without knowledge of an answer: what
    knew one and stands no longer had taken its place and was taken back, or had stated it again.
    """
    held = united(entries)
    given = [entry for entry in held if entry.first_said in answers]
    beside = [entry for entry in fold_register(held, replaces).survivors if entry.first_said not in answers]
    names = {entry.id for entry in [*given, *beside]}
    unaware = [entry for entry in held if entry.id not in names and not any(replaces(entry, one) for one in given)]
    return fold_register([*unaware, *beside], _as_first_said(held, given, replaces))


def _as_first_said(held: Sequence[Entry], given: Sequence[Entry], replaces: Replaces) -> Replaces:
    """What was stated again together with an answer replaces only what it had replaced when it was said first."""
    places = {place for entry in given for place in entry.envelopes}
    named = {entry.id: entry for entry in held}
    first = {
        entry.id: named.get(entry.statement.restates, entry)
        for entry in held
        if entry.statement.restates and not places.isdisjoint(entry.envelopes)
    }
    return lambda later, earlier: replaces(first.get(later.id, later), earlier)
