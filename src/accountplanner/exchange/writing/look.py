"""Colours, widths and number formats by role, so that a sheet is read at a glance."""

import math
from dataclasses import dataclass, field
from typing import Any

from accountplanner.domain.fields import Field, FieldType
from accountplanner.exchange.grounds import CONFLICT, HEAD, OPEN, READ, SPARE
from accountplanner.exchange.writing.plan import money_format

INK = "#1F2933"
GREY = "#6B7785"
PALE = "#9AA5B1"
LINE = "#D5DBE1"
FONT = "Calibri"

_WIDTHS = {
    FieldType.LONG_TEXT: 40,
    FieldType.LIST: 26,
    FieldType.REFERENCE: 26,
    FieldType.EMAIL: 34,
    FieldType.URL: 32,
    FieldType.PHONE: 18,
    FieldType.DATE: 13,
    FieldType.MONEY: 17,
    FieldType.DECIMAL: 12,
    FieldType.INTEGER: 12,
    FieldType.YES_NO: 12,
    FieldType.CHOICE: 18,
}
_WIDE_TEXT = frozenset(
    {"name", "title", "address", "subject", "customer_name", "text", "words", "account", "contact", "offering"}
)
_RIGHT = frozenset({FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER})
_WRAPPED = frozenset({FieldType.LONG_TEXT, FieldType.LIST, FieldType.TEXT, FieldType.REFERENCE})
# A column is as wide as so many digits; of letters in words, it holds a few more.
_LETTERS_TO_DIGITS = 1.1
_ADDRESSES = frozenset({FieldType.EMAIL, FieldType.URL})
_GROUNDS = {
    "asked": OPEN,
    "spare": SPARE,
    "partner-spare": OPEN,
    "conflict": CONFLICT,
    "read": READ,
    "name": READ,
}


def column_width(known: Field) -> int:
    """The width of a column, in characters."""
    width = _WIDTHS.get(known.type, 30 if known.key in _WIDE_TEXT else 18)
    return max(width, min(len(known.label) + 4, 24))


def text_room(known: Field) -> float:
    """How many letters of a text stand in a line of the column; no end of them where a cell has one line only."""
    return column_width(known) * _LETTERS_TO_DIGITS if is_wrapped(known) else math.inf


def column_letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(form: Any) -> int:  # noqa: ANN401 - XlsxWriter has no types
    """The number by which cells name a format of their workbook."""
    return int(form._get_xf_index())  # noqa: SLF001 - the library asks only when it makes the file


def is_wrapped(known: Field) -> bool:
    """Whether a long text goes on in further lines of its cell."""
    return known.type in _WRAPPED


def number_format(known: Field, currency: str) -> str:
    """How the cells of a field are formatted; text stays text whatever it looks like."""
    match known.type:
        case FieldType.DATE:
            return "yyyy-mm-dd"
        case FieldType.MONEY:
            return money_format(currency)
        case FieldType.DECIMAL:
            return "0." + "0" * known.scale
        case FieldType.INTEGER:
            return "0"
        case _:
            return "@"


@dataclass(slots=True)
class Formats:
    """The formats of one workbook, each made once."""

    book: Any
    made: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def cell(self, known: Field, look: str, currency: str = "") -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """The format of a data cell: `asked`, `spare`, `partner-spare`, `conflict`, `plain`, `read`, or `name` for a title to be read."""
        wanted = (known.type.value, str(known.scale), look, currency)
        if wanted not in self.made:
            self.made[wanted] = self.book.add_format(_cell(known, look, currency))
        return self.made[wanted]

    def below(self, known: Field, currency: str = "") -> Any:  # noqa: ANN401
        """The format of a column below its table: the same number format, without ground and frame."""
        wanted = (known.type.value, str(known.scale), "below", currency)
        if wanted not in self.made:
            described = {"num_format": number_format(known, currency), "valign": "top", "locked": False}
            described["text_wrap"] = known.type is FieldType.LONG_TEXT
            self.made[wanted] = self.book.add_format(described)
        return self.made[wanted]

    def named(self, name: str) -> Any:  # noqa: ANN401
        """A format of guide, header, key column or receipt."""
        if (name,) not in self.made:
            self.made[(name,)] = self.book.add_format({"font_name": FONT, **_NAMED[name]})
        return self.made[(name,)]


def _cell(known: Field, look: str, currency: str) -> dict[str, object]:
    described: dict[str, object] = {
        "font_name": FONT,
        "font_size": 10,
        "font_color": GREY if look == "read" else INK,
        # What somebody wrote is read as a text, also where it stands in place of a name.
        "bold": look == "name" and known.type is not FieldType.LONG_TEXT,
        "num_format": number_format(known, currency),
        "valign": "top",
        "border": 1,
        "border_color": LINE,
        "text_wrap": is_wrapped(known),
        # One locked cell, and Excel sorts nothing on a protected sheet: checks refuse what is typed instead.
        "locked": False,
        "italic": look == "conflict",
    }
    if look in _GROUNDS:
        described["bg_color"] = _GROUNDS[look]
    if known.type in _ADDRESSES:
        # An address has no place where a line may end, and half of one is none.
        described["shrink"] = True
    if known.type in _RIGHT:
        # Without room behind it, a figure would run into the text of the next column.
        described |= {"align": "right", "indent": 1}
    elif known.type is FieldType.DATE:
        described["align"] = "left"
    return described


_NAMED: dict[str, dict[str, object]] = {
    "header": {
        "font_size": 10,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEAD,
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "border_color": HEAD,
        "num_format": "@",
    },
    "key": {
        "font_size": 7,
        "font_color": PALE,
        "num_format": "@",
        "valign": "top",
        # A key is longer than its column and must not run over into a blank neighbour.
        "align": "fill",
        "locked": False,
        "border": 1,
        "border_color": LINE,
    },
    "beside": {"locked": False},
    "title": {"font_size": 20, "bold": True, "font_color": HEAD, "valign": "vcenter"},
    "subtitle": {"font_size": 11, "font_color": GREY},
    "heading": {"font_size": 12, "bold": True, "font_color": HEAD, "valign": "bottom"},
    "number": {"font_size": 11, "bold": True, "font_color": HEAD, "align": "right", "indent": 1, "valign": "top"},
    "step": {"font_size": 11, "font_color": INK, "text_wrap": True, "valign": "top"},
    "point": {"font_size": 11, "font_color": INK, "text_wrap": True, "valign": "top"},
    "sample-open": {"font_size": 11, "font_color": INK, "bg_color": OPEN, "border": 1, "border_color": LINE},
    "sample-spare": {"font_size": 11, "font_color": INK, "bg_color": SPARE, "border": 1, "border_color": LINE},
    "sample-conflict": {
        "font_size": 11,
        "italic": True,
        "font_color": INK,
        "bg_color": CONFLICT,
        "border": 1,
        "border_color": LINE,
    },
    "sample-read": {"font_size": 11, "font_color": GREY, "bg_color": READ, "border": 1, "border_color": LINE},
    "link": {"font_size": 11, "font_color": HEAD, "underline": 1},
    "receipt": {
        "font_size": 10,
        "font_color": INK,
        "num_format": "@",
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": LINE,
    },
    "receipt-note": {"font_size": 10, "font_color": GREY, "num_format": "@"},
    "hidden": {"font_size": 8, "font_color": PALE, "num_format": "@"},
}
