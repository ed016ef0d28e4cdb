"""One account that leaves in a workbook, one cell of it that comes back, and what the person is told about it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from tests.exchange.returning import Exported, Person, account_id, exported, facts_of

from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_team

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accountplanner.exchange.derivation import Derivation

NAME = "Borealis"
_SHEETS = {"account": "Accounts", "purchase": "Purchases", "contact": "Contacts"}


@dataclass(frozen=True)
class Came:
    """What follows from the file."""

    derived: Derivation

    @property
    def edits(self) -> list[tuple[str, str | None]]:
        return [(each.field, each.value) for each in self.derived.statements]

    def says_nothing(self) -> bool:
        """Nothing is changed, nothing is asked, nothing is told."""
        derived = self.derived
        told = (derived.suggestions, derived.problems, derived.notices, derived.held, derived.removed)
        return not derived.statements and not any(told)

    def keeps(self, base: str, found: str) -> bool:
        """The damage is told at once and stands in the queue, each with both readings; nothing can be accepted."""
        (notice,), (listed,) = self.derived.notices, self.derived.suggestions
        told = notice.sentence()
        return (
            not self.edits
            and (notice.code, listed.kind, listed.statements) == ("damage", "damage", ())
            and all(text in told for text in (f"“{base}”", f"“{found}”"))
            and (f"“{base}” stays" in listed.reason and listed.value == found)
        )

    def asks(self, *readings: str) -> bool:
        """It waits for a person, who sees each of these in the reason or as what was found."""
        (listed,) = self.derived.suggestions
        told = f"{listed.reason} {listed.value}"
        return not self.edits and listed.kind == "value" and all(reading in told for reading in readings)

    @property
    def offered(self) -> str | None:
        """What accepting the one suggestion would write."""
        (listed,) = self.derived.suggestions
        (statement,) = listed.statements
        return statement.value


class Sent:
    """A workbook with one account, purchase or contact, and one way to change a cell of it."""

    def __init__(self, folder: Path, values: dict[str, str], kind: str = "account") -> None:
        named = "order_number" if kind == "purchase" else "name"
        record = PlainRecord(kind, account_id(1).replace("account", kind), {named: NAME, **values})
        content = project_team(facts_of(WorkbookKind.TEAM), [record], b"team")
        # One sheet is quicker to write and to open than thirty.
        content = replace(content, sheets=tuple(each for each in content.sheets if each.layout.kind == kind))
        self._export: Exported = exported(folder / "sent.xlsx", content)
        self._sheet = _SHEETS[kind]
        self._target = folder / "returned.xlsx"

    @property
    def path(self) -> Path:
        return self._export.path

    def back(self, header: str, value: object, shown_as: str = "General") -> Came:
        """Type into the cell with openpyxl, under any number format."""
        person = Person(self.path, self._target)
        person.write(self._sheet, NAME, header, value)
        cell = person.sheet(self._sheet).cell(person.row(self._sheet, NAME), person.column(self._sheet, header))
        cell.number_format = shown_as
        return self.read(person.save())

    def raw(self, header: str, attributes: str, inner: str) -> Came:
        """Write the cell's XML as some other program might."""
        return self.read(self.rewritten(lambda part, text: self._replaced(part, text, header, attributes, inner)))

    def rewritten(self, change: Callable[[str, str], str]) -> Path:
        """Change the parts of the file, each given by name and text."""
        with zipfile.ZipFile(self.path) as old, zipfile.ZipFile(self._target, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode() if name.endswith(".xml") else None
                new.writestr(name, change(name, text) if text is not None else old.read(name))
        return self._target

    def read(self, path: Path, *, stored: bool = False) -> Came:
        return Came(self._export.derive(path, stored=stored))

    def _replaced(self, part: str, text: str, header: str, attributes: str, inner: str) -> str:
        # The guide comes first, the only other sheet second; keys stand in column A, the only row is the first.
        if part != "xl/worksheets/sheet2.xml":
            return text
        (sheet,) = self._export.content.sheets
        headers = [column.header for column in sheet.layout.columns]
        place = f"{get_column_letter(headers.index(header) + 2)}2"
        changed, count = re.subn(
            rf'<c r="{place}"( s="\d+")?[^>]*?(/>|>.*?</c>)',
            lambda found: f'<c r="{place}"{found[1] or ""}{attributes}>{inner}</c>',
            text,
        )
        assert count == 1, place
        return changed
