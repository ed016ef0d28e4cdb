"""Which mapping reads somebody's list: a remembered one, one that ships, one in a file, or what is proposed."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Field
from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.finding import Asking, Finder
from accountplanner.exchange.tables.headers import propose_mapping
from accountplanner.exchange.tables.list_kinds import LISTED_KINDS
from accountplanner.exchange.tables.mapping import TableMapping
from accountplanner.exchange.tables.mapping_text import read_mapping, shipped_mappings, write_mapping
from accountplanner.exchange.tables.rejoin import Rejoining
from accountplanner.exchange.tables.settling import settled_mapping
from accountplanner.store.failures import storage_failures
from accountplanner.usecases.import_plans import ImportOptions, ImportPlan
from accountplanner.usecases.session import Session

_SAVED = "mapping:"


def save_mapping(session: Session, mapping: TableMapping) -> None:
    """Remember a mapping, with the rejoinings accepted, for the source's next file."""
    session.store.set_local(_SAVED + mapping.name, write_mapping(mapping).encode())


def saved_mappings(session: Session) -> dict[str, TableMapping]:
    """Every mapping by name: those that come with the program, and over them those remembered here."""
    found = shipped_mappings()
    for name, text in session.store.locals(_SAVED).items():
        found[name.removeprefix(_SAVED)] = read_mapping(text.decode())
    return found


def mapping_for(  # noqa: PLR0913, PLR0917 - where it may come from
    session: Session, tables: Sequence[RawTable], options: ImportOptions, name: str, plan: ImportPlan, finder: Finder
) -> TableMapping:
    """The mapping that reads these tables; where none fits, one is proposed, and the plan says so.

    Raises:
        WrongUseError: the mapping or the kind asked for does not exist.
    """
    if options.settled is not None:
        return options.settled
    saved = saved_mappings(session)
    if options.mapping:
        return _named(saved, options.mapping)
    # What was remembered here comes last and goes before what the program brings: a person chose it.
    best = max(reversed(saved.values()), key=lambda mapping: len(mapping.assigned(tables)), default=None)
    if best is not None and not (options.otherwise or options.kind) and len(best.assigned(tables)) == len(tables):
        plan.recognised = tuple(best.assigned(tables))
        return best
    if options.kind and options.kind not in LISTED_KINDS:
        raise WrongUseError(
            told("“{kind}” comes by no list; there are: {names}.", kind=options.kind, names=", ".join(LISTED_KINDS))
        )
    plan.proposals = tuple(propose_mapping(tables, lambda field, values: _leads(finder, field, values), options.kind))
    return settled_mapping(plan.proposals, name, options.currency or session.currency)


def _leads(finder: Finder, field: Field, values: Iterable[str]) -> bool:
    """Whether any of these names is known."""
    return any(finder.find(Asking(field.refers_to, value)) for value in values)


def _named(saved: dict[str, TableMapping], wanted: str) -> TableMapping:
    if wanted in saved:
        return saved[wanted]
    path = Path(wanted)
    if not path.is_file():
        raise WrongUseError(
            told(
                "There is no mapping “{name}”; there are: {names}, or name a file.",
                name=wanted,
                names=", ".join(sorted(saved)),
            )
        )
    with storage_failures(path):
        return read_mapping(path.read_text(encoding="utf-8"))


def remembering(mapping: TableMapping, rejoinings: Iterable[Rejoining]) -> TableMapping:
    """The same mapping, knowing which torn rows a person put together."""
    for each in rejoinings:
        mapping = mapping.remembering(each.label, each.joins)
    return mapping
