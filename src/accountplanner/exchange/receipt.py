"""Receipts: what became of each answer a partner gave, in words they can read."""

from dataclasses import dataclass
from typing import NamedTuple

OUTCOMES = {
    "taken": "Taken over, thank you",
    "known": "Already known",
    "open": "Being looked at",
    "talk": "Needs a word with you",
    "declined": "Not taken over",
    "credited": "Registered to you",
}
RECEIPT_HEADERS = ("Date", "About", "Question", "Your answer", "What became of it")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One earlier answer: the record and field it was about, its canonical value, a key of `OUTCOMES`."""

    record: str
    field: str
    answer: str
    outcome: str
    date: str


class ReceiptLine(NamedTuple):
    """The same as five texts, in the order of `RECEIPT_HEADERS`."""

    date: str
    about: str
    question: str
    answer: str
    outcome: str
