"""Records as the store hands them to a workbook: plain values, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_NO_ANSWERS: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class PlainRecord:
    """One record of the team layer as it stands: canonical values, references as record ids.

    `values` holds one value a field, the one that is shown. `answers` holds each voice's answer in
    fields with one voice per speaker. `conflicts` names the fields whose shown value is in conflict.
    """

    kind: str
    id: str
    values: Mapping[str, str]
    conflicts: frozenset[str] = frozenset()
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NO_ANSWERS)
