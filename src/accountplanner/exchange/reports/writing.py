"""Writes a report: drawn, read back, accounted for text by text, then published."""

from dataclasses import replace
from pathlib import Path

from accountplanner.domain.fields import FieldType
from accountplanner.domain.sentences import told
from accountplanner.exchange.reports.content import Report, restricted_columns
from accountplanner.exchange.reports.drawing import draw_report, print_header
from accountplanner.exchange.shown import currency_of
from accountplanner.exchange.writing.comparing import compare
from accountplanner.exchange.writing.leaks import LeakError, account_for
from accountplanner.exchange.writing.plan import money_format
from accountplanner.exchange.writing.publishing import publish
from accountplanner.exchange.writing.specimen import Specimen, specimen_of


def write_report(target: Path, report: Report) -> Path:
    """Write a report and return where it was put.

    Raises:
        LeakError: something in it is no business data, or not accounted for.
        RefusedError: it cannot be written as planned, or not to this place.
    """
    for sheet, header in restricted_columns(report):
        raise LeakError(sheet, told("the column “{column}”", column=header))
    data = draw_report(report)
    compare(data, report)
    account_for(data, _specimen(report), _planned(report))
    return publish(target, data)


def _specimen(report: Report) -> Specimen:
    """The same report without a single record: its rows are blank."""
    blank = tuple(replace(sheet, rows=(("",) * len(sheet.fields),)) for sheet in report.sheets)
    return specimen_of(draw_report(replace(report, sheets=blank, made_by="", made_on="2000-01-01")))


def _planned(report: Report) -> set[str]:
    """Every text the report accounts for."""
    texts = {str(cell) for _, rows in report.texts() for row in rows for cell in row if isinstance(cell, str)}
    texts |= {report.title, report.subtitle, *report.notes, *report.sheet_names}
    texts |= {print_header(name, report) for name in report.sheet_names}
    texts |= {money_format(currency) for currency in _currencies(report)}
    texts.add(f"{report.made_on}T00:00:00Z")
    return texts


def _currencies(report: Report) -> set[str]:
    return {report.currency} | {
        currency_of(field, row[at], report.currency)
        for sheet in report.sheets
        for at, field in enumerate(sheet.fields)
        if field.type is FieldType.MONEY
        for row in sheet.rows
    }
