"""How dates, money and numbers are written for a person, and read back from what they type."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import QDate, QLocale

from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.calendar import MONTH_NAMES, month_named, next_anniversary
from accountplanner.domain.money import minor_digits

_CURRENCY_FIRST: Final = re.compile(r"^(?P<code>[A-Za-z]{3})\s*(?P<number>.+)$")
_CURRENCY_LAST: Final = re.compile(r"^(?P<number>.+?)\s*(?P<code>[A-Za-z]{3})$")
_MONTH_NAMED: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\.?\s+(?P<month>{'|'.join(MONTH_NAMES)})\.?\s+(?P<year>\d{{4}})", re.IGNORECASE
)
_YEAR: Final = re.compile(r"[^dM]*y+[^dM]*")
_SIGNS: Final = {"€": "EUR", "£": "GBP"}
"""Signs that mean one currency; dollars are of many countries."""
# Regions write special spaces between thousands and, in Sweden for one, a true minus sign.
_TO_PLAIN: Final = str.maketrans({**dict.fromkeys("\u00a0\u202f\u2009\u2007", " "), "\N{MINUS SIGN}": "-"})

# The month by name cannot be mistaken for the day; where everybody writes numbers in one order, numbers are shorter.
_USUAL_PATTERNS: Final = ("d MMM yyyy", "d MMM")
_DAY_PATTERNS: Final = {QLocale.Language.German: ("dd.MM.yyyy", "dd.MM.")}


class Formats:
    """Writes values as the person's region does. The figures themselves are made elsewhere."""

    def __init__(self, locale: QLocale | None = None) -> None:
        self._fixed = locale
        self._today: Callable[[], date] | None = None

    def count_from(self, today: Callable[[], date]) -> None:
        """Count days such as tomorrow from the day this tells; before that they are not read."""
        self._today = today

    @property
    def _locale(self) -> QLocale:
        """The region given, or that of the language spoken now, which a person may change at any time."""
        return self._fixed or QLocale()

    def number(self, value: int | Decimal, decimals: int | None = None) -> str:
        """Write a number with the region's separators; a decimal keeps its own places."""
        if isinstance(value, int) and decimals is None:
            return self._locale.toString(value)
        exact = Decimal(value)
        places = decimals if decimals is not None else max(0, -int(exact.as_tuple().exponent))
        return self._with_places(exact, places)

    def percent(self, share: Decimal | float, decimals: int = 0) -> str:
        """Write a share (0.08) as percent."""
        return f"{self._locale.toString(float(share) * 100, 'f', decimals)}\u00a0%"

    def money(self, minor_units: int, currency: str) -> str:
        """Write an amount with its currency code."""
        digits = minor_digits(currency)
        amount = Decimal(minor_units).scaleb(-digits)
        return f"{self._with_places(amount, digits)}\u00a0{currency}"

    def spoken_date(self, day: date) -> str:
        """Write a date in full with its day of the week, for somebody who said friday."""
        return f"{self._locale.dayName(day.isoweekday())}, {self.full_date(day)}"

    def full_date(self, day: date) -> str:
        """Write a date in full, as in `12 Nov 2026` or `12.11.2026`."""
        return self._locale.toString(_qdate(day), self._patterns()[0])

    def short_date(self, day: date, today: date) -> str:
        """Write a date without its year while that is this year's."""
        return self._locale.toString(_qdate(day), self._patterns()[day.year == today.year])

    def moment(self, when: datetime) -> str:
        """Write a point in time, in the time of this computer."""
        local = when.astimezone()
        return f"{self.full_date(local.date())}, {local:%H:%M}"

    def time(self, when: datetime) -> str:
        """Write the hour of a point in time, where its day stands already."""
        return f"{when.astimezone():%H:%M}"

    def days_ago(self, day: date, today: date) -> str:
        """Say how long ago a day was; far days are named by their date."""
        days = (today - day).days
        if days < 0:
            return self.days_ahead(day, today)
        if days < 2:
            return say("yesterday") if days else say("today")
        if days < 14:
            return say_count("{count} day ago", "{count} days ago", days)
        if days < 60:
            return say_count("{count} week ago", "{count} weeks ago", days // 7)
        return self.short_date(day, today)

    def days_ahead(self, day: date, today: date) -> str:
        """Say when a day will be, or how late it is."""
        days = (day - today).days
        if days < 0:
            return say_count("{count} day late", "{count} days late", -days)
        if days < 2:
            return say("tomorrow") if days else say("today")
        return self.short_date(day, today)

    def read_date(self, typed: str) -> date | None:
        """Read a date as the region or ISO writes it, or in words as in notes; nothing is guessed from other text."""
        text = typed.strip()
        for found in (QDate.fromString(text, "yyyy-MM-dd"), *self._regional_dates(text)):
            if found.isValid():
                return date(found.year(), found.month(), found.day())
        today = self._today() if self._today is not None else None
        return (self._without_year(text, today) or _in_words(text, today)) if today is not None else None

    def read_number(self, typed: str) -> Decimal | None:
        """Read a number in the region's writing, or plainly with a point."""
        text = typed.strip().translate(_TO_PLAIN)
        point = self._locale.decimalPoint()
        group = self._locale.groupSeparator().translate(_TO_PLAIN)
        plain = text if _is_plain(text, point) else text.replace(group, "").replace(point, ".")
        try:
            number = Decimal(plain.replace(" ", ""))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None

    def read_money(self, typed: str, currency: str) -> tuple[int, str] | None:
        """Read an amount with or without a currency code; finer than minor units is refused."""
        text = typed.strip()
        for sign, code in _SIGNS.items():
            text = text.replace(sign, f" {code} ").strip()
        named = _CURRENCY_LAST.match(text) or _CURRENCY_FIRST.match(text)
        code = named["code"].upper() if named else currency
        number = self.read_number(named["number"] if named else text)
        if number is None or not code:
            return None
        minor = number.scaleb(minor_digits(code))
        return (int(minor), code) if minor == minor.to_integral_value() else None

    def _patterns(self) -> tuple[str, str]:
        """How a day is written with its year and without."""
        return _DAY_PATTERNS.get(self._locale.language(), _USUAL_PATTERNS)

    def _with_places(self, exact: Decimal, places: int) -> str:
        """Write a decimal without passing through a float, which would round large amounts."""
        whole, _, fraction = f"{abs(exact):.{places}f}".partition(".")
        written = self._locale.toString(int(whole))
        sign = self._locale.negativeSign() if exact < 0 else ""
        return sign + (f"{written}{self._locale.decimalPoint()}{fraction}" if fraction else written)

    def _regional_dates(self, text: str) -> list[QDate]:
        short = self._locale.dateFormat(QLocale.FormatType.ShortFormat).replace("yyyy", "yy")
        # People leave out zeros in front; and with dots the day stands first wherever they are.
        days = (short, short.replace("dd", "d").replace("MM", "M"), "d.M.yy")
        patterns = [each for day in days for each in (day, day.replace("yy", "yyyy"))]
        # Qt reads a two-digit year as of 1900; the base year makes it this century's.
        found = [self._locale.toDate(text, pattern, 2000) for pattern in (*patterns, "d MMM yyyy", "d MMMM yyyy")]
        return [*found, _with_month_named(text)]

    def _without_year(self, text: str, today: date) -> date | None:
        """A day and a month in the region's order: the next such day."""
        short = _YEAR.sub("", self._locale.dateFormat(QLocale.FormatType.ShortFormat))
        # In a leap year, so that the 29th of February is a day.
        found = self._locale.toDate(f"{text} 2024", f"{short.replace('dd', 'd').replace('MM', 'M')} yyyy")
        return next_anniversary(found.month(), found.day(), today) if found.isValid() else None


def _in_words(text: str, today: date) -> date | None:
    # What days are called in words is a good many patterns; the window stands before anybody types one.
    from accountplanner.domain.day_words import day_at  # noqa: PLC0415

    found = day_at(text, 0, today, is_asked=True)
    return found.day if found is not None and found.end == len(text) else None


def _with_month_named(text: str) -> QDate:
    """A day such as 3. April 2026, in English or German; invalid where it is none."""
    found = _MONTH_NAMED.fullmatch(text)
    return QDate(int(found["year"]), month_named(found["month"]), int(found["day"])) if found else QDate()


def _is_plain(text: str, point: str) -> bool:
    """Whether this is 1234.5 as a program writes it, where the region's point is another."""
    return point != "." and re.fullmatch(r"[+-]?\d+\.\d{1,2}", text) is not None


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
