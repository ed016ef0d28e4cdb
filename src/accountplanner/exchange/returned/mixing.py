"""Sheets of two workbooks in one file: seen by which exports its row keys and its hidden sheets name."""

from collections.abc import Collection

from accountplanner.domain.sentences import Sentence, told
from accountplanner.exchange.returned.comparing import Comparison

_FEW = 3
_MOST_SHARE = 0.1


def hidden_elsewhere(named: Collection[str], in_keys: str) -> Sentence | None:
    """Say that a hidden sheet belongs to another export than most rows do, if one does."""
    others = sorted(set(named) - {in_keys}) if in_keys else []
    if not others:
        return None
    return told(
        "It holds the hidden sheet of export {other}, but its rows belong to export {export}: it looks as if sheets of "
        "two workbooks had been put together. Taken in, its rows are compared with what export {export} showed; bring "
        "the other workbook by itself.",
        other=others[0],
        export=in_keys,
    )


def rows_of_others(comparison: Comparison, export: str) -> str:
    """Say that a good part of the rows belongs to other exports than the file does; blank for a row or two."""
    strangers = {short: count for short, count in comparison.exports.items() if short != export}
    count, rows = sum(strangers.values()), comparison.exports.total()
    if count <= _FEW or count <= rows * _MOST_SHARE:
        return ""
    return told(
        "{count} of {rows} rows belong to export {other} instead of {export}: it looks as if sheets of two workbooks "
        "had been put together. Taken in, only the rows of export {export} count, and the others are proposed one by "
        "one; bring the other workbook by itself.",
        count=count,
        rows=rows,
        other=max(sorted(strangers), key=lambda short: strangers[short]),
        export=export,
    )
