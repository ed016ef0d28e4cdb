"""What is done with the records chosen in a list: changed together, copied, visited on one trip."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_many import BulkEditDialog, copy_table
from accountplanner.desktop.records.list_plan import ListPlan
from accountplanner.desktop.records.list_shapes import ListShapes
from accountplanner.desktop.records.trip import open_trip_of_rows
from accountplanner.domain.briefs import KINDS as BRIEFED


class ChosenRecords(QObject):
    """Does it with whatever is chosen at that moment; with nothing chosen nothing happens, save that a trip says so."""

    def __init__(self, desk: Desk, plan: ListPlan, shapes: ListShapes, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._plan = plan
        self._shapes = shapes
        self._over = over

    def ask_for_change(self) -> None:
        """Ask what to change in them."""
        if numbers := self._numbers():
            BulkEditDialog(self._desk, self._plan.kind, numbers, self._over.window()).open()

    def copy(self) -> None:
        """Put them onto the clipboard, with the columns of the table."""
        if numbers := self._numbers():
            copy_table(self._desk, self._plan.kind, numbers, self._shapes.columns)

    def show_trip(self) -> None:
        """Show their briefs as one trip pack."""
        numbers = self._numbers() if self._plan.kind in BRIEFED else []
        open_trip_of_rows(self._desk, numbers, self._over.window())

    def _numbers(self) -> list[int]:
        return [int(each) for each in self._shapes.view.selected_ids()]
