"""Merging records: two ids that name one customer.

Merging adds an undirected link; nothing is copied or moved. The lowest id of a set names it, the
registers of its members are united while the links last, and undo takes the link away again.
"""

from collections.abc import Iterable, Mapping

from accountplanner.domain.pictures import Picture
from accountplanner.domain.statements import SAME_AS


def pair_of(record: str, field: str) -> tuple[str, str] | None:
    """The two records a link field joins, `None` for any other field."""
    if not field.startswith(SAME_AS):
        return None
    return record, field.removeprefix(SAME_AS)


def joined_records(picture: Picture) -> set[tuple[str, str]]:
    """The pairs of records that the links in one record's own picture join.

    A merge stands while anybody says so whom no parting had heard: the value shown first must not
    decide, or a clock would decide which values survive. The picture has to be that of the record
    alone. In a merged set's picture, links of several members to one record would replace each
    other, although each is about a pair of its own.
    """
    return {
        pair
        for (field, _), register in picture.registers.items()
        if any(sibling.value == "yes" for sibling in register.siblings)
        and (pair := pair_of(picture.record, field)) is not None
    }


def roots_of(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map every merged record to the lowest id of its set; records without a link are left out."""
    root: dict[str, str] = {}

    def find(record: str) -> str:
        while root.get(record, record) != record:
            record = root[record]
        return record

    for one, other in links:
        low, high = sorted((find(one), find(other)))
        root.setdefault(low, low)
        root.setdefault(one, one)
        root.setdefault(other, other)
        root[high] = low
    return {record: find(record) for record in root}


def members_of(root: str, roots: Mapping[str, str]) -> tuple[str, ...]:
    """Every record of the set that `root` names, itself included."""
    members = [record for record, lowest in roots.items() if lowest == root]
    return tuple(sorted({root, *members}))
