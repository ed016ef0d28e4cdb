"""The Mackay answers, one field of a contact each, read from the shipped list of topics.

The labels are our own words for the 66 topics of Harvey Mackay's questionnaire. The list is
data because its privacy classes and freshness are reviewed as a table.
"""

import csv

from accountplanner.domain.fields import Field, FieldType, Nature, Privacy
from accountplanner.domain.shipped import shipped_text

_TYPES = {
    "text": FieldType.LONG_TEXT,
    "structured": FieldType.LONG_TEXT,
    "choice": FieldType.TEXT,
    "list": FieldType.LIST,
    "people": FieldType.LIST,
    "date": FieldType.DATE,
}

SECTIONS = {
    "customer": "Customer",
    "education": "Education",
    "family": "Family",
    "business": "Business background",
    "interests": "Special interests",
    "lifestyle": "Lifestyle",
    "you": "The customer and you",
}


def _field(row: dict[str, str]) -> Field:
    opinion = row["nature"] == "opinion"
    fillable = row["partner_may_fill"] == "yes" and row["privacy"] == "business"
    return Field(
        kind="contact",
        key=f"mackay_{row['key']}",
        label=row["label"],
        type=_TYPES[row["answer"]],
        privacy=Privacy(row["privacy"]),
        nature=Nature.OPINION if opinion else Nature.FACT,
        per_speaker=opinion,
        partner_may_fill=fillable,
        partner_may_see=fillable,
        fresh_months=int(row["fresh_months"] or 0),
        section=SECTIONS[row["section"]],
        number=int(row["number"]),
    )


def _read_topics() -> tuple[Field, ...]:
    rows = csv.DictReader(shipped_text("catalogues/mackay66.csv").splitlines())
    return tuple(_field(row) for row in rows)


MACKAY_FIELDS = _read_topics()
