"""A trip pack: the briefs of several records in one, from the list they were chosen in or from the visits ahead."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.wording import say
from accountplanner.usecases.listing import records_behind

_MOST_VISITS: Final = 30


def open_trip(desk: Desk, records: Sequence[str], parent: QWidget) -> None:
    """Show the trip pack of some accounts or people, in this order; a single one has a brief and no page in front."""
    if not records:
        desk.tell(say("A trip pack joins the briefs of several: select accounts or people, or go to Today."))
    elif len(records) > _MOST_VISITS:
        desk.tell(say("A trip pack joins at most {most} visits; select fewer.", most=_MOST_VISITS))
    else:
        from accountplanner.desktop.dialogs.brief_dialog import BriefDialog  # noqa: PLC0415 - when it is wanted

        BriefDialog(desk, records, "", parent).open()


def open_trip_of_rows(desk: Desk, numbers: Sequence[int], parent: QWidget) -> None:
    """The same for rows of a list, from top to bottom."""
    trip = _Trip(desk, parent)
    desk.read(partial(records_behind, numbers=tuple(numbers[: _MOST_VISITS + 1])), trip.open)


class _Trip:
    """Waits for the records behind rows."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent

    def open(self, records: Sequence[str]) -> None:
        open_trip(self._desk, records, self._parent)
