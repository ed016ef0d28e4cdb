"""Somebody's own lists: which mapping reads them, what they newly say, whom they may be."""

from collections.abc import Iterable, Iterator, Sequence

from accountplanner.domain.erasure import person_digests
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import keyed_digest
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import fixed, joined, quoted, told
from accountplanner.domain.statements import EXISTS, Source, Statement, state
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.reports.content import ABOUT_SHEET
from accountplanner.exchange.tables.corrections import corrected
from accountplanner.exchange.tables.derivation import RowRecord, TableDerivation, rejected_rows
from accountplanner.exchange.tables.derive import derive_records
from accountplanner.exchange.tables.mapping import TableMapping
from accountplanner.exchange.tables.rejoin import Rejoining
from accountplanner.exchange.tables.stripped import is_stripped
from accountplanner.exchange.tables.told_apart import told_apart
from accountplanner.usecases.billed_orders import billed_orders
from accountplanner.usecases.import_plans import ImportOptions, ImportPlan, Suggested
from accountplanner.usecases.known_names import KnownNames
from accountplanner.usecases.list_mappings import mapping_for, remembering
from accountplanner.usecases.party_matches import held_with, match_suggestions, party_matches
from accountplanner.usecases.people_matches import people_matches
from accountplanner.usecases.session import Session
from accountplanner.usecases.sources import source_chain
from accountplanner.usecases.stripped_rows import proposed_rows, with_owners

_MOST_NAMED = 100
_MOST_VALUES = 2_500_000


def plan_tables(session: Session, tables: Sequence[RawTable], options: ImportOptions, name: str) -> ImportPlan:
    """Plan the import of one source's tables. Nothing is written."""
    plan = ImportPlan()
    if any(table.name == ABOUT_SHEET for table in tables):
        sentence = told(
            "“{name}” is a report of this program: it is there to be read, and nothing was taken from it.", name=name
        )
        plan.held.append(sentence)
        return plan
    tables, finder = told_apart(tables), KnownNames(session)
    mapping = mapping_for(session, tables, options, name, plan, finder)
    # Afterwards: what is put right in a cell must not change how the list is read.
    tables = corrected(tables, options.corrections)
    plan.mapping, derivation = _derived(session, tables, mapping, options, finder)
    _tell(plan, plan.mapping, tables, derivation)
    stripped = [table.name for table in tables if is_stripped(table)]
    plan.notices += [
        told("“{name}” is a sheet of one of our workbooks that has lost its keys; its rows are proposed.", name=name)
        for name in stripped
    ]
    layers = (Layer.TEAM,) if options.shares else (Layer.TEAM, Layer.ME)
    _plan_records(session, plan.mapping, derivation, plan, finder, stripped, layers)
    return plan


def _derived(
    session: Session, tables: Sequence[RawTable], mapping: TableMapping, options: ImportOptions, finder: KnownNames
) -> tuple[TableMapping, TableDerivation]:
    """The records in the tables, and the mapping that made them: it knows what was put together on the way."""
    mapping = mapping.in_currency(options.currency or mapping.currency or session.currency)
    secret, known = session.store.identity.team_secret, _KnownRecords(session)
    derivation = derive_records(tables, mapping, secret, known=known, finder=finder)
    if options.rejoin and derivation.rejoinings:
        mapping = remembering(mapping, derivation.rejoinings)
        derivation = derive_records(tables, mapping, secret, derivation.rejoinings, known=known, finder=finder)
    return mapping, derivation


def _tell(plan: ImportPlan, mapping: TableMapping, tables: Sequence[RawTable], derivation: TableDerivation) -> None:
    """Say what became of the tables as such: what was refused, torn, left alone, or not recognised."""
    plan.problems += derivation.problems
    plan.rejected += rejected_rows(derivation)
    plan.rejoinings, plan.rejoined = derivation.rejoinings, derivation.rejoined
    plan.notices += _notices(tables, derivation)
    plan.notices += _left_alone((each.table, each.unmapped) for each in plan.proposals)
    plan.held += [waiting.sentence() for waiting in derivation.waiting]
    read = any(mapping.spec(label).records for label, _ in derivation.tables)
    if not (read or derivation.problems or derivation.waiting):
        sentence = told(
            "Nothing in {names} was recognised as a list of ours; name a mapping, or choose the columns.",
            names=joined((quoted(table.name) for table in tables), ", "),
        )
        plan.held.append(sentence)


def _check_size(derivation: TableDerivation, name: str) -> None:
    """Refuse what would take more memory than a small laptop has: every value stands there several times over."""
    said = sum(len(record.values) for record in derivation.records)
    if said > _MOST_VALUES:
        raise RefusedError(
            told(
                "“{name}” holds {count:,} values, and at most {most:,} are taken in at one time; nothing was changed. "
                "Split it into several files and bring them one after the other.",
                name=name,
                count=said,
                most=_MOST_VALUES,
            )
        )


def _notices(tables: Sequence[RawTable], derivation: TableDerivation) -> list[str]:
    notices = [
        told("{table}: {matter}", table=table.name, matter=fixed(note)) for table in tables for note in table.notes
    ]
    notices += [
        told("The table “{name}” was not recognised and left alone.", name=name) for name in derivation.unrecognised
    ]
    return notices + _left_alone(derivation.unmapped)


def _left_alone(unmapped: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    return [
        told("{label}: these columns were left alone: {columns}.", label=label, columns=_first(columns))
        for label, columns in unmapped
        if columns
    ]


def _first(columns: Sequence[str]) -> str:
    return ", ".join([*columns[:_MOST_NAMED], *(["…"] if len(columns) > _MOST_NAMED else [])])


class _KnownRecords:
    """Lets references into tables that are not here be checked against the workspace."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._answers: dict[str, bool] = {}

    def __contains__(self, record: object) -> bool:
        name = str(record)
        if name not in self._answers:
            self._answers[name] = self._session.store.is_known(name)
        return self._answers[name]


def _plan_records(  # noqa: PLR0913, PLR0917 - what was found in tables, and what is known
    session: Session,
    mapping: TableMapping,
    derivation: TableDerivation,
    plan: ImportPlan,
    finder: KnownNames,
    stripped: Sequence[str] = (),
    layers: Sequence[Layer] = (Layer.TEAM, Layer.ME),
) -> None:
    _check_size(derivation, mapping.title or mapping.name)
    records = [record for record in derivation.records if not _is_erased(session, record, plan)]
    fresh = _fresh(session, records)
    billed, problems, refused = billed_orders(session, [record for record in records if record.record in fresh])
    plan.problems += problems
    records = [record for record in records if record.record not in refused]
    newcomers = [record for record in records if record.record in fresh]
    waiting = [*party_matches(session, newcomers), *people_matches(finder, newcomers), *billed]
    held = held_with(records, {match.incoming for match in waiting})
    proposed = {each.record for each in records if each.sheet in stripped and each.record not in held}
    owners = with_owners(records, proposed, fresh)
    by_owner: dict[str, list[Statement]] = {}
    by_row: dict[str, list[Statement]] = {}
    for record, statements in _news_of(session, mapping, records, layers):
        if record.record in held:
            by_owner.setdefault(held[record.record], []).extend(statements)
        elif record.record in owners and statements:
            by_row.setdefault(owners[record.record], []).extend(statements)
        else:
            plan.statements += statements
    plan.suggestions += match_suggestions(session, waiting, by_owner)
    plan.suggestions += proposed_rows(session, by_row, fresh)
    if plan.rejoinings and not plan.rejoined:
        plan.suggestions.append(_rejoin_suggestion(session, mapping, plan.rejoinings))


def _news_of(
    session: Session, mapping: TableMapping, records: Iterable[RowRecord], layers: Sequence[Layer]
) -> Iterator[tuple[RowRecord, list[Statement]]]:
    """Each row beside what it says that its source's last file did not."""
    for source, group in _by_source(records).items():
        chain = source_chain(session, source)
        said = _said_before(session, chain, [record.record for record in group], layers)
        place = chain, 1 + max(session.store.layer(layer).source_sequence(chain) for layer in Layer)
        for record in group:
            yield record, _news(session, mapping, record, said.get(record.record, {}), place)


def _said_before(
    session: Session, chain: str, records: Sequence[str], layers: Sequence[Layer]
) -> dict[str, dict[str, str]]:
    """What the source's files said last in some layers, by record."""
    said: dict[str, dict[str, str]] = {}
    for layer in layers:
        for record, values in session.store.layer(layer).said_by_source(chain, records).items():
            said[record] = {**values, **said[record]} if record in said else values
    return said


def _by_source(records: Iterable[RowRecord]) -> dict[str, list[RowRecord]]:
    grouped: dict[str, list[RowRecord]] = {}
    for record in records:
        grouped.setdefault(record.source, []).append(record)
    return grouped


def _fresh(session: Session, records: Sequence[RowRecord]) -> set[str]:
    known = session.store.known_records([record.record for record in records])
    return {record.record for record in records} - known


def _news(
    session: Session, mapping: TableMapping, record: RowRecord, said: dict[str, str], place: tuple[str, int]
) -> list[Statement]:
    """What this row says that the source's last file did not."""
    news = {} if said else {EXISTS: "yes"}
    news |= {key: value for key, value in record.values.items() if not _is_same(session, said.get(key, ""), value)}
    source = Source(how="list", origin=f"table:{mapping.name}")
    chain, number = place
    secret, basis = session.store.identity.team_secret, f"{chain}:{number}"
    marks = {key: keyed_digest(secret, chain, str(number), record.record, key, news[key]).hex() for key in news}
    return [state(record.record, key, news[key], source, mark=marks[key], basis=basis) for key in news]


def _is_same(session: Session, said: str, value: str) -> bool:
    """Whether the list says it as before; what has been merged since is still the same."""
    return said == value or (":" in said and ":" in value and session.store.root(said) == session.store.root(value))


def _rejoin_suggestion(session: Session, mapping: TableMapping, rejoinings: Sequence[Rejoining]) -> Suggested:
    secret = session.store.identity.team_secret
    sure = sum(each.sure for each in rejoinings)
    first = rejoinings[0].sentence()
    return Suggested(
        keyed_digest(secret, "rejoin", mapping.name, *(each.sentence() for each in rejoinings)).hex()[:32],
        "rejoin",
        told(
            "{count} torn rows of {list} can be put together again",
            count=len(rejoinings),
            list=mapping.title or mapping.name,
        ),
        told("All of them surely. For example {example}.", example=first)
        if sure == len(rejoinings)
        else told(
            "{sure} of them surely, {unsure} perhaps. For example {example}.",
            sure=sure,
            unsure=len(rejoinings) - sure,
            example=first,
        ),
        value=mapping.name,
    )


def _is_erased(session: Session, record: RowRecord, plan: ImportPlan) -> bool:
    """Whether a row would bring an erased person back; such rows are held and told."""
    erased = session.store.team.log.erased
    if not erased or record.kind != "contact":
        return record.record in erased
    values = record.values
    digests = person_digests(
        session.store.identity.team_secret,
        name=values.get("name", ""),
        account=session.store.root(values.get("account", "")),
        emails=[values.get("email", "")],
        phones=[values.get("phone", ""), values.get("mobile", "")],
    )
    if record.record in erased or digests & erased:
        plan.problems.append(
            Problem(
                record.sheet,
                record.row,
                "",
                told("a person who has been erased"),
                told("nobody who asked to be forgotten"),
            )
        )
        return True
    return False
