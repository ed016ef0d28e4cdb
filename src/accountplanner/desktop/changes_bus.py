"""The one place where what a use case changed is announced to every page."""

from PySide6.QtCore import QObject, Signal


class ChangesBus(QObject):
    """Carries `domain.changes.Changes` from whoever called a use case to whoever shows rows.

    Each page decides by the kinds and ids in it whether it has to read again.
    """

    announced = Signal(object)
