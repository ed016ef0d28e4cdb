"""An import somebody has begun: its files and all that was answered, kept encrypted until it is carried out or given up."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from accountplanner.exchange.tables.corrections import Correction
from accountplanner.usecases.session import Session

_NAME = "import_begun"


@dataclass(frozen=True, slots=True)
class BegunImport:
    """How far somebody has come, and with which answers; passwords are not kept.

    `columns` are the fields columns are read as, by table and column; `unticked` the marks of changes left out.
    `matches` hold what was asked about each possible duplicate, and the answer.
    """

    paths: tuple[str, ...]
    step: int = 0
    currency: str = ""
    kind: str = ""
    otherwise: bool = False
    rejoin: bool = False
    shares: bool = False
    columns: tuple[tuple[str, str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()
    unticked: tuple[str, ...] = ()
    matches: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def keep_import(session: Session, begun: BegunImport) -> None:
    """Keep it in the place of the one kept before."""
    session.store.set_local(_NAME, json.dumps(asdict(begun)).encode())


def begun_import(session: Session) -> BegunImport | None:
    """The import that was begun and neither carried out nor given up."""
    found = session.store.local(_NAME)
    return _read(json.loads(found)) if found is not None else None


def forget_import(session: Session) -> None:
    """Keep nothing of it any more."""
    if session.store.local(_NAME) is not None:
        session.store.drop_locals([_NAME])


def _read(held: dict[str, Any]) -> BegunImport:
    """JSON knows lists only."""
    return BegunImport(
        **held
        | {
            "paths": tuple(held["paths"]),
            "columns": tuple(tuple(each) for each in held["columns"]),
            "corrections": tuple(Correction(**each) for each in held["corrections"]),
            "unticked": tuple(held["unticked"]),
            "matches": {name: tuple(asked) for name, asked in held["matches"].items()},
        }
    )
