"""Which number formats show a date, a time or a duration (ECMA-376 part 1, 18.8.30 and .31)."""

import re

# 27 to 36, 50 to 58 and 71 to 81 are the dates of East Asian and Thai editions.
_BUILT_IN = {
    **dict.fromkeys([*range(14, 18), 22, *range(27, 37), *range(50, 59), *range(71, 82)], "date"),
    **dict.fromkeys([18, 19, 20, 21, 45, 47], "time"),
    46: "duration",
}
_LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")


def date_kind(number: int, code: str | None = None) -> str:
    """Say what a format shows: `date`, `time`, `duration`, or blank for a plain number.

    `code` is the workbook's own definition of the format, which goes before the built-in one.
    """
    return _BUILT_IN.get(number, "") if code is None else _kind_of_code(code)


def _kind_of_code(code: str) -> str:
    shown = _LITERALS.sub("", code).partition(";")[0]
    if _ELAPSED.search(shown):
        return "duration"
    shown = _BRACKETS.sub("", shown).lower().replace("general", "")
    if re.search(r"[yd]", shown) or (re.search(r"m", shown) and not re.search(r"[hs]", shown)):
        return "date"
    return "time" if re.search(r"[hs]", shown) else ""
