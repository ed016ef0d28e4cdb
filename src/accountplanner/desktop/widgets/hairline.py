"""The thin line between two parts of one surface."""

from PySide6.QtWidgets import QFrame, QWidget


class Hairline(QFrame):
    """Lies by default; a standing one parts what is beside each other."""

    def __init__(self, *, is_standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", "true")
        if is_standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
