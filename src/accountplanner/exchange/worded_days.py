"""A day written with the name of its month, in the languages our partners write to us in."""

import re
import unicodedata
from datetime import date

_MONTHS = (
    "january januar jan janner jaenner janvier gennaio enero januari",
    "february februar feb febr fevrier febbraio febrero februari",
    "march marz maerz mar mrz mars marzo maart marts",
    "april apr avril aprile abril",
    "may mai maggio mayo mei maj",
    "june juni jun juin giugno junio",
    "july juli jul juillet luglio julio",
    "august aug aout agosto augustus augusti",
    "september sept sep septembre settembre septiembre",
    "october oktober oct okt octobre ottobre octubre",
    "november nov novembre noviembre",
    "december dezember dec dez decembre dicembre diciembre",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAME = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º)?[ -]*(?:of |de |d')?({_NAME})\.?,?[ -]*(?:de )?([0-9]{{4}})"
)
_NAME_FIRST = re.compile(rf"({_NAME})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})")


def worded_day(text: str) -> date | None:
    """The day a text such as “22. November 2026” names, and nothing for any other text."""
    parted = unicodedata.normalize("NFD", text.strip().lower())
    plain = "".join(each for each in parted if not unicodedata.combining(each))
    if match := _DAY_FIRST.fullmatch(plain):
        day, name, year = match.groups()
    elif match := _NAME_FIRST.fullmatch(plain):
        name, day, year = match.groups()
    else:
        return None
    try:
        return date(int(year), _NUMBER_OF[name], int(day))
    except ValueError:
        return None
