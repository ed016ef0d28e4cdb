"""What a reader may see, decided before any workbook exists.

Pure: plain records go in, a `Content` comes out, and nothing that is not in the content can reach a
file. A partner's content is made of the records of their accounts and their own words alone, so
whatever else a picture holds, it cannot change a byte of it. References to records the reader does
not see are blank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.exchange.contract import MOST_ASKED_ROWS, SheetLayout, partner_sheets, team_sheets
from accountplanner.exchange.departments import department_sheets
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.keys import record_alias, spare_alias
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.receipt import OUTCOMES, Receipt, ReceiptLine
from accountplanner.exchange.rows_by_day import put_by_day
from accountplanner.exchange.shown import spoken_value
from accountplanner.exchange.titles import referenced_kinds, titles_by_alias


class Row(NamedTuple):
    """One row: canonical cells in the order of the columns, references as aliases.

    Only in an asked row are the open cells open.
    """

    alias: str
    cells: tuple[str, ...]
    conflicts: frozenset[str] = frozenset()
    asked: bool = True


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One sheet: its layout, its rows in order, the aliases of its empty rows."""

    layout: SheetLayout
    rows: tuple[Row, ...]
    spares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that one workbook shows.

    `titles` are shown in place of references, per kind and alias; `aliases` lead to record ids and
    stay with the export record.
    """

    facts: ExportFacts
    sheets: tuple[SheetContent, ...]
    titles: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, str]
    receipt: tuple[ReceiptLine, ...] = ()


def project_team(
    facts: ExportFacts, records: Iterable[PlainRecord], alias_secret: bytes, titles: Mapping[str, str] | None = None
) -> Content:
    """The content of a team workbook. `titles` name records outside the choice that others refer to."""
    held = {record.id: record for record in records}
    layouts = department_sheets(facts.department) if facts.department else team_sheets()
    return _Reader(facts, alias_secret, held, titles or {}).content(layouts)


def project_partner(  # noqa: PLR0913 - what a partner may see, what they are asked, what became of it
    facts: ExportFacts,
    records: Iterable[PlainRecord],
    alias_secret: bytes,
    scope: frozenset[str],
    *,
    asked: Sequence[str] = (),
    receipts: Iterable[Receipt] = (),
) -> Content:
    """The content of a partner's workbook: the accounts in `scope` and what this partner said.

    `asked` names the accounts to ask about, most wanted first; without it those with the most blank
    answers are asked. Contacts are asked about at asked accounts. `receipts` tell what became of
    earlier answers; those about records the partner does not see are dropped.
    """
    held = {record.id: record for record in records if _is_theirs(record, scope, facts.partner)}
    reader = _Reader(facts, alias_secret, held, {})
    content = reader.content(partner_sheets())
    content = replace(content, sheets=_asking(content.sheets, [reader.alias(record) for record in asked]))
    return replace(content, receipt=tuple(line for each in receipts for line in reader.receipt_lines(each, content)))


def _is_theirs(record: PlainRecord, scope: frozenset[str], partner: str) -> bool:
    match record.kind:
        case "account":
            return record.id in scope
        case "contact":
            return record.values.get("account") in scope
        case "partner_note":
            account = record.values.get("account")
            return record.values.get("partner") == partner and (not account or account in scope)
        case "registration":
            return record.values.get("partner") == partner
        case _:
            return False


class _Reader:
    """Somebody who is shown a picture: which answers are theirs, what each record is called for them."""

    def __init__(
        self, facts: ExportFacts, alias_secret: bytes, held: Mapping[str, PlainRecord], outside: Mapping[str, str]
    ) -> None:
        self._facts = facts
        self._held = held
        self._outside = outside
        self._secret = alias_secret
        self._aliases: dict[str, str] = {}

    def alias(self, record: str) -> str:
        if record not in self._aliases:
            self._aliases[record] = record_alias(self._secret, record)
        return self._aliases[record]

    def content(self, layouts: tuple[SheetLayout, ...]) -> Content:
        titles = titles_by_alias(self._held, self._outside, referenced_kinds(layouts), self.alias)
        by_kind: dict[str, list[PlainRecord]] = {}
        for record in self._held.values():
            by_kind.setdefault(record.kind, []).append(record)
        sheets = tuple(self._sheet(layout, by_kind.get(layout.kind, []), titles) for layout in layouts)
        visible = {row.alias for sheet in sheets for row in sheet.rows}.union(*titles.values())
        aliases = {alias: record for record, alias in sorted(self._aliases.items()) if alias in visible}
        return Content(self._facts, sheets, titles, aliases)

    def _sheet(
        self, layout: SheetLayout, records: list[PlainRecord], titles: Mapping[str, Mapping[str, str]]
    ) -> SheetContent:
        fields = [known_field(layout.kind, column.field) for column in layout.columns]
        shown = [field for field in fields if field is not None]
        rows = [self._row(record, shown, titles) for record in records]
        first = spoken_value
        rows.sort(key=lambda row: (first(shown[0], row.cells[0], titles).casefold(), row.alias))
        if not self._facts.partner:
            put_by_day(layout, rows)
        spares = tuple(
            spare_alias(self._facts.secret, layout.kind, number) for number in range(1, layout.spare_rows + 1)
        )
        return SheetContent(layout, tuple(rows), spares)

    def _row(self, record: PlainRecord, fields: list[Field], titles: Mapping[str, Mapping[str, str]]) -> Row:
        cells = tuple(self._cell(record, field, titles) for field in fields)
        keys = {field.key for field in fields if not field.per_speaker}
        return Row(self.alias(record.id), cells, record.conflicts & keys)

    def _cell(self, record: PlainRecord, field: Field, titles: Mapping[str, Mapping[str, str]]) -> str:
        value = self._answer(record, field) if field.per_speaker else record.values.get(field.key, "")
        if field.type is not FieldType.REFERENCE or not value:
            return value
        alias = self.alias(value)
        return alias if any(alias in titles.get(kind, {}) for kind in field.refers_to) else ""

    def _answer(self, record: PlainRecord, field: Field) -> str:
        """A partner sees their own answer only; a colleague theirs, or else the one said last."""
        answers = record.answers.get(field.key, {})
        if self._facts.partner:
            return answers.get(self._facts.partner, "")
        return answers.get(self._facts.recipient) or record.values.get(field.key, "")

    def receipt_lines(self, receipt: Receipt, content: Content) -> list[ReceiptLine]:
        """One line, or none for what the partner does not see or was never asked."""
        held = self._held.get(receipt.record)
        sheet = next((each for each in content.sheets if held and each.layout.kind == held.kind), None)
        column = sheet.layout.column(receipt.field) if sheet else None
        if held is None or sheet is None or column is None or not (column.open or column.open_on_new):
            return []
        field = known_field(held.kind, receipt.field)
        titled = sheet.layout.columns[0].field
        # What could not be taken may stand there as it was typed, and names no record.
        is_record = field is not None and field.type is FieldType.REFERENCE and kind_of(receipt.answer) in KINDS
        answer = self.alias(receipt.answer) if is_record else receipt.answer
        about = spoken_value(known_field(held.kind, titled), held.values.get(titled, ""), content.titles)
        # What names no record is said as the partner typed it.
        is_typed = field is not None and field.type is FieldType.REFERENCE and not is_record
        told = receipt.answer if is_typed else spoken_value(field, answer, content.titles)
        return [ReceiptLine(receipt.date, about, column.header, told, OUTCOMES[receipt.outcome])]


def _asking(sheets: tuple[SheetContent, ...], wanted: Sequence[str]) -> tuple[SheetContent, ...]:
    """Choose whom to ask about and put those rows first; other rows are there to be read."""
    chosen = _most_wanted(next(each for each in sheets if each.layout.kind == "account"), wanted)
    asked: list[SheetContent] = []
    for sheet in sheets:
        at = next((i for i, column in enumerate(sheet.layout.columns) if column.field == "account"), None)
        mine = {"account": chosen, "contact": _contacts_of(sheet, at, chosen)}.get(sheet.layout.kind, frozenset())
        rows = tuple(row._replace(asked=row.alias in mine) for row in sheet.rows)
        asked.append(replace(sheet, rows=tuple(sorted(rows, key=lambda row: not row.asked))))
    return tuple(asked)


def _most_wanted(accounts: SheetContent, wanted: Sequence[str]) -> frozenset[str]:
    present = {row.alias for row in accounts.rows}
    if chosen := [alias for alias in dict.fromkeys(wanted) if alias in present]:
        return frozenset(chosen[:MOST_ASKED_ROWS])
    opened = [index for index, column in enumerate(accounts.layout.columns) if column.open]
    known = sorted(accounts.rows, key=lambda row: sum(1 for index in opened if row.cells[index]))
    return frozenset(row.alias for row in known[:MOST_ASKED_ROWS])


def _contacts_of(sheet: SheetContent, at: int | None, accounts: frozenset[str]) -> frozenset[str]:
    if at is None:
        return frozenset()
    return frozenset([row.alias for row in sheet.rows if row.cells[at] in accounts][:MOST_ASKED_ROWS])
