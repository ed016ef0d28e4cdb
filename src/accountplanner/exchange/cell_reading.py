"""From a cell that shows something new to what a person meant by it, or to why nobody can say.

Damage that spreadsheet programs are known to do (`damage`) is recognised and is never an edit; what
can be read in two ways (`spellings`) is left to a person, with both readings. Canonical rules are
those of the domain; a blank cell states nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from accountplanner.domain.canonical import canonical_value, comparison_value, parse_date
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.sentences import fixed, told
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.contract import CLEAR_MARK, LONGEST_CELL
from accountplanner.exchange.damage import (
    CUT_AT,
    day_of_serial,
    lost_digits,
    was_cut,
    was_made_a_date,
    was_respelled,
    was_rounded,
    was_shifted,
    was_turned,
    width,
)
from accountplanner.exchange.reading.cells import CellValue, Moment, Number, cell_text, plain_number
from accountplanner.exchange.shown import currency_of
from accountplanner.exchange.spellings import date_readings, number_readings, numbers_behind, without_currency
from accountplanner.exchange.stand_ins import StandIn, stand_in

_MADE_A_DATE = told("a spreadsheet program made a date of it")
# What is typed without a year becomes a day of the current one.
_TYPED_SINCE = 2000


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

    def read(self, field: Field, base: str, found: CellValue, *, untyped: bool = False) -> Understood:
        """Say what the cell means; `base` is the canonical value it was exported with.

        `untyped` says that the file cannot tell a text from a number, so that damage looks like typing.
        """
        text = cell_text(found).strip()
        compared = comparison_text(text).casefold()
        if not compared:
            return Understood(Meaning.BLANK)
        if compared == CLEAR_MARK:
            return Understood(Meaning.CLEAR)
        # An amount typed over another one is meant in the currency its cell shows.
        reader = replace(self, currency=currency_of(field, base, self.currency))
        understood = _without_stand_ins(field, base, text, reader.read_filled(field, base, found, text))
        if untyped and isinstance(found, str) and understood.meaning is Meaning.EDIT:
            understood = reader.reread(field, base, text, understood)
        return Understood(Meaning.BLANK) if _says_the_base(field, base, understood) else understood

    def read_filled(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        """The same for a cell that is neither blank nor the clear mark."""
        match field.type:
            case FieldType.DATE:
                return self._date(field, base, found, text)
            case FieldType.MONEY | FieldType.DECIMAL | FieldType.INTEGER:
                return self._number(field, base, found, text)
            case FieldType.REFERENCE:
                return self._reference(field, text)
            case FieldType.YES_NO:
                return self._typed(field, text)
            case _:
                return self._text(field, base, found, text)

    def reread(self, field: Field, base: str, text: str, understood: Understood) -> Understood:
        """Look once more at what came as a text from a file in which everything is one."""
        if field.type in _WRITTEN_AS_TYPED and was_respelled(base, text):
            return Understood(Meaning.DAMAGE, text, told("a spreadsheet program made a number or a date of it"))
        return understood

    def _typed(self, field: Field, text: str) -> Understood:
        try:
            return Understood(Meaning.EDIT, canonical_value(field, text, self.currency))
        except ValueRefusedError as error:
            return Understood(Meaning.REFUSED, text, fixed(error.expected))

    def _doubted(self, field: Field, text: str, words: str) -> Understood:
        understood = self._typed(field, text)
        return Understood(Meaning.DOUBT, understood.value, words) if understood.meaning is Meaning.EDIT else understood

    def _text(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        if not isinstance(found, str):
            return self._converted(field, base, found, text)
        if was_cut(base, text):
            return Understood(Meaning.DAMAGE, text[:80], told("the text was cut off at the limit of a cell"))
        if was_rounded(base, text):
            return Understood(Meaning.DAMAGE, text, told("a spreadsheet program rounded it"))
        if width(text) >= CUT_AT and width(base) <= LONGEST_CELL:
            return self._doubted(field, text, told("it fills the cell to its limit, so its end may be cut off"))
        return self._typed(field, text)

    def _converted(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        """A text that a spreadsheet program took for something else."""
        if isinstance(found, Number):
            if lost_digits(base, found.text):
                return Understood(
                    Meaning.DAMAGE, text, told("a spreadsheet program made a number of it and lost digits")
                )
            return self._doubted(field, text, told("it came back as a number, so zeros in front may be lost"))
        if isinstance(found, Moment):
            if base and was_made_a_date(base, text):
                return Understood(Meaning.DAMAGE, text, _MADE_A_DATE)
            words = told(
                "it came back as the date {text}; a spreadsheet program makes one of texts such as {example}",
                text=text,
                example=_typed_as(text),
            )
            return self._doubted(field, text, words)
        return self._doubted(field, text, told("it came back as TRUE or FALSE instead of text"))

    def _number(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        if isinstance(found, Number):
            return self._typed(field, plain_number(found.text))
        if isinstance(found, Moment):
            return self._number_of_date(field, base, found)
        amount, currency = without_currency(text)
        readings = [f"{reading:f} {currency}".strip() for reading in number_readings(amount)]
        if len(readings) < 2:
            return self._typed(field, readings[0] if readings else text)
        understood = [self._typed(field, reading) for reading in readings]
        fitting = [each for each in understood if each.meaning is Meaning.EDIT] or understood
        words = told("it is {one} in one country and {other} in another", one=readings[0], other=readings[1])
        return self._doubted(field, fitting[0].value, words)

    def _number_of_date(self, field: Field, base: str, found: Moment) -> Understood:
        """A number such as 22.5 that was taken for the 22nd of May, or one that is only shown as a date."""
        day, numbers = parse_date(found.iso), numbers_behind(found)
        if not numbers or (day is not None and day.year >= _TYPED_SINCE):
            return self._number_taken_for(field, base, found.iso, day)
        number = f"{numbers[-1]:f}"
        return self._doubted(
            field,
            number,
            told("the cell shows the date or time {shown} for the number {number}", shown=found.iso, number=number),
        )

    def _number_taken_for(self, field: Field, base: str, shown: str, day: date | None) -> Understood:
        if day is None:
            return Understood(Meaning.REFUSED, shown, told("a number"))
        readings = [self._typed(field, f"{day.day}.{day.month}"), self._typed(field, f"{day.month}.{day.day}")]
        if base and any(reading.value == base for reading in readings if reading.meaning is Meaning.EDIT):
            return Understood(Meaning.DAMAGE, shown, _MADE_A_DATE)
        words = told(
            "a spreadsheet program made the date {shown} of what was typed, such as {day}.{month}",
            shown=shown,
            day=day.day,
            month=day.month,
        )
        return self._doubted(field, f"{day.day}.{day.month}", words)

    def _date(self, field: Field, base: str, found: CellValue, text: str) -> Understood:
        before = parse_date(base)
        if isinstance(found, Number):
            return self._date_of_number(field, before, found, text)
        days = date_readings(text)
        if not days and isinstance(found, Moment):
            days = date_readings(text.partition("T")[0])
            if days:
                return self._doubted(
                    field, days[0].isoformat(), told("a time of day stands with it: {text}", text=text)
                )
        if not days:
            return self._typed(field, text)
        if len(days) > 1:
            return self._doubted(
                field, days[0].isoformat(), told("it may be {one} or {other}", one=days[0], other=days[1])
            )
        return self._day(field, before, days[0])

    def _day(self, field: Field, before: date | None, day: date) -> Understood:
        if was_shifted(before, day):
            return Understood(Meaning.DAMAGE, day.isoformat(), told("the date was shifted by four years and a day"))
        if was_turned(before, day):
            return self._doubted(field, day.isoformat(), told("day and month of {day} have changed places", day=before))
        if self.date1904:
            words = told("the workbook counts its days from 1904 now, which shifts dates")
            return self._doubted(field, day.isoformat(), words)
        return self._typed(field, day.isoformat())

    def _date_of_number(self, field: Field, before: date | None, found: Number, text: str) -> Understood:
        day = day_of_serial(found.text)
        if day is None:
            return self._typed(field, text)
        if was_shifted(before, parse_date(day)):
            return Understood(Meaning.DAMAGE, text, told("the date was shifted by four years and a day"))
        return Understood(
            Meaning.DOUBT,
            day,
            told("it came back as the number {text}, which is {day} in most programs", text=text, day=day),
        )

    def _reference(self, field: Field, text: str) -> Understood:
        alias = self.resolve(field, text)
        if alias is None:
            return Understood(Meaning.REFUSED, text, told("a title that this workbook shows for exactly one record"))
        return Understood(Meaning.EDIT, alias)


_WRITTEN_AS_TYPED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PHONE, FieldType.LIST})
_WORDED = _WRITTEN_AS_TYPED | {FieldType.EMAIL, FieldType.URL}


def _without_stand_ins(field: Field, base: str, text: str, understood: Understood) -> Understood:
    """What was understood, unless the cell only says that there is no answer: nothing may be overwritten with that."""
    said = stand_in(text) if field.type in _WORDED and understood.meaning is Meaning.EDIT else None
    match said:
        case StandIn.CLEAR if base:
            return Understood(Meaning.CLEAR, words=told("it asks in words to clear the value; accepted, it is cleared"))
        case StandIn.AS_ELSEWHERE:
            return Understood(Meaning.REFUSED, text, told("the answer itself, not where it stands"))
        case None:
            return understood
        case _:
            return Understood(Meaning.DOUBT, understood.value, told("it reads as if there were no answer"))


def _says_the_base(field: Field, base: str, understood: Understood) -> bool:
    """Whether nothing new was said after all, only in words that the comparison does not know."""
    if understood.meaning not in {Meaning.EDIT, Meaning.DOUBT} or not understood.value:
        return False
    return comparison_value(field, understood.value) == comparison_value(field, base)


def _typed_as(moment: str) -> str:
    """What may have been typed where a date or time came back."""
    day = parse_date(moment)
    if day is None:
        return "“7:30”"
    return told("{one} or {other}", one=f"“{day.day}-{day.month}”", other=f"“{day.day}/{day.month}”")
