"""What a report shows: plain tables of business data, and what they mean. History: 1 (2026-11) first version."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from accountplanner.domain.fields import Field, FieldType, Privacy
from accountplanner.exchange.shown import Shown, shown_value

ABOUT_SHEET = "About this report"


@dataclass(frozen=True)
class ReportSheet:
    """One table. `rows` hold canonical values in the order of the fields; names stand for other records."""

    name: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def cells(self) -> list[tuple[Shown, ...]]:
        """The rows as they stand in the file."""
        return [
            tuple(shown_value(field, value) for field, value in zip(self.fields, row, strict=True)) for row in self.rows
        ]

    @property
    def header(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(field.label for field in self.fields)


@dataclass(frozen=True)
class Report:
    """A whole report. `notes` say how it was found and what it is not; `made_on` is an ISO date."""

    title: str
    sheets: tuple[ReportSheet, ...]
    notes: tuple[str, ...]
    made_on: str
    made_by: str = ""
    currency: str = "EUR"

    @property
    def subtitle(self) -> str:
        """From whom and of which day."""
        return " · ".join(part for part in (f"From {self.made_by}" if self.made_by else "", self.made_on) if part)

    @property
    def sheet_names(self) -> list[str]:
        """All sheets in their order."""
        return [ABOUT_SHEET, *(sheet.name for sheet in self.sheets)]

    def texts(self) -> Iterator[tuple[str, list[tuple[Shown, ...]]]]:
        """Per sheet, all rows as they must stand in the file; the first sheet is laid out by the drawing."""
        for sheet in self.sheets:
            yield sheet.name, [sheet.header, *sheet.cells]


def named(label: str) -> Field:
    """A column that names a record, or says something in words."""
    return Field(kind="", key="name", label=label, type=FieldType.TEXT)


def restricted_columns(report: Report) -> list[tuple[str, str]]:
    """Sheet and header of every column that is no business data; there must be none."""
    return [
        (sheet.name, field.label)
        for sheet in report.sheets
        for field in sheet.fields
        if field.privacy is not Privacy.BUSINESS
    ]
