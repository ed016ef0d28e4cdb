"""From a cell that shows something new to what a person meant by it, or to why nobody can say.

Damage that spreadsheet programs are known to do (leading zeros lost, the sixteenth digit lost, dates
made of text, dates shifted by 1,462 days, texts cut at a limit) is recognised and is never an edit.
Canonical rules are those of the domain; a blank cell states nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from accountplanner.domain.canonical import canonical_value, parse_date
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.contract import CLEAR_MARK, LONGEST_CELL
from accountplanner.exchange.reading.cells import CellValue, Moment, Number, cell_text, plain_number
from accountplanner.exchange.shown import currency_of

_SHIFT_1904 = timedelta(days=1462)
_CUT_AT = 32_700
_OLD_LIMITS = frozenset({255, 256})
_MOST_DIGITS = 15
_EPOCH = date(1899, 12, 30)
_SERIALS = range(61, 2_958_466)


class Meaning(StrEnum):
    """What may be done with a cell."""

    EDIT = "edit"
    CLEAR = "clear"
    DOUBT = "doubt"
    DAMAGE = "damage"
    REFUSED = "refused"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Understood:
    """A reading: the canonical value, and for doubt, damage and refusal the words that explain it."""

    meaning: Meaning
    value: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """How cells of one returned workbook are read.

    `resolve` leads from a title to an alias, `None` where it leads to no record or to several.
    """

    currency: str
    resolve: Callable[[Field, str], str | None]
    date1904: bool = False

    def read(self, field: Field, base: str, found: CellValue) -> Understood:
        """Say what the cell means; `base` is the canonical value it was exported with."""
        text = cell_text(found).strip()
        compared = comparison_text(text).casefold()
        if not compared:
            return Understood(Meaning.BLANK)
        if compared == CLEAR_MARK:
            return Understood(Meaning.CLEAR)
        # An amount typed over another one is meant in the currency its cell shows.
        currency = currency_of(field, base, self.currency)
        return replace(self, currency=currency).read_filled(field, base, found, text)

    def read_filled(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        """The same for a cell that is neither blank nor the clear mark."""
        match field.type:
            case FieldType.DATE:
                return self._date(field, base, found, text)
            case FieldType.MONEY | FieldType.DECIMAL | FieldType.INTEGER:
                return self._number(field, found, text)
            case FieldType.REFERENCE:
                return self._reference(field, text)
            case FieldType.YES_NO:
                return self._typed(field, text)
            case _:
                return self._text(field, base, found, text)

    def _typed(self, field: Field, text: str) -> Understood:
        try:
            return Understood(Meaning.EDIT, canonical_value(field, text, self.currency))
        except ValueRefusedError as error:
            return Understood(Meaning.REFUSED, text, error.expected)

    def _doubted(self, field: Field, text: str, words: str) -> Understood:
        understood = self._typed(field, text)
        return Understood(Meaning.DOUBT, understood.value, words) if understood.meaning is Meaning.EDIT else understood

    def _text(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        if not isinstance(found, str):
            return self._converted(field, base, found, text)
        if _width(base) > LONGEST_CELL:
            return self._typed(field, text)
        if _was_cut(base, text):
            return Understood(Meaning.DAMAGE, text[:80], "the text was cut off at the limit of a cell")
        if _width(text) >= _CUT_AT:
            return self._doubted(field, text, "it fills the cell to its limit, so its end may be cut off")
        return self._typed(field, text)

    def _converted(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        """A text that a spreadsheet program took for something else."""
        if isinstance(found, Number):
            if _lost_digits(base, found.text):
                return Understood(Meaning.DAMAGE, text, "a spreadsheet program made a number of it and lost digits")
            return self._doubted(field, text, "it came back as a number, so zeros in front may be lost")
        if isinstance(found, Moment):
            if base and _could_be_date(base, text):
                return Understood(Meaning.DAMAGE, text, "a spreadsheet program made a date of it")
            return self._doubted(field, text, "a spreadsheet program may have made a date of what was typed")
        return self._doubted(field, text, "it came back as TRUE or FALSE instead of text")

    def _number(self, field: Field, found: CellValue, text: str) -> Understood:
        if isinstance(found, Moment):
            return Understood(Meaning.DOUBT, "", f"a spreadsheet program made the date {text} of what was typed")
        return self._typed(field, plain_number(found.text) if isinstance(found, Number) else text)

    def _date(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        if isinstance(found, Number):
            day = _of_serial(found.text)
            if day is None:
                return self._typed(field, text)
            return Understood(Meaning.DOUBT, day, f"it came back as the number {text}, which is {day} in most programs")
        if not isinstance(found, Moment):
            return self._typed(field, text)
        before, after = parse_date(base), parse_date(text)
        if before and after and abs(after - before) == _SHIFT_1904:
            return Understood(Meaning.DAMAGE, text, "the date was shifted by four years and a day")
        if self.date1904:
            return self._doubted(field, text, "the workbook counts its days from 1904 now, which shifts dates")
        return self._typed(field, text)

    def _reference(self, field: Field, text: str) -> Understood:
        alias = self.resolve(field, text)
        if alias is None:
            return Understood(Meaning.REFUSED, text, "a title that this workbook shows for exactly one record")
        return Understood(Meaning.EDIT, alias)


def _lost_digits(base: str, number: str) -> bool:
    """Whether the number is the base without its leading zeros, plus sign or sixteenth digit."""
    wanted = "".join(letter for letter in base if letter.isdigit())
    got = "".join(letter for letter in plain_number(number) if letter.isdigit())
    if not wanted or not got:
        return False
    if wanted.lstrip("0") == got.lstrip("0"):
        return True
    kept = _MOST_DIGITS - 1
    return len(wanted) > _MOST_DIGITS and len(wanted) == len(got) and wanted[:kept] == got[:kept]


def _could_be_date(base: str, moment: str) -> bool:
    """Whether some number in the base stands in the date too, as in `1-2`, `3/4` or `MAR1`."""
    numbers = {part.lstrip("0") for part in moment[:10].split("-")}
    digits = "".join(letter if letter.isdigit() else " " for letter in base).split()
    return any(part.lstrip("0") in numbers for part in digits)


def _was_cut(base: str, text: str) -> bool:
    at_limit = _width(text) in _OLD_LIMITS or _width(text) >= _CUT_AT
    return at_limit and len(text) < len(base) and base.startswith(text)


def _width(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _of_serial(number: str) -> str | None:
    plain = plain_number(number)
    if not plain.isdigit() or int(plain) not in _SERIALS:
        return None
    return (_EPOCH + timedelta(days=int(plain))).isoformat()
