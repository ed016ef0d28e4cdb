"""How much of a workbook is taken: absolute caps, for what a file claims about its own size is ignored."""

from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.errors import FileRefusedError

MOST_ROWS = 200_000
MOST_COLUMNS = 512
MOST_CELLS = 5_000_000


class CellCount:
    """Filled cells so far, over all sheets of a workbook."""

    def __init__(self) -> None:
        self.cells = 0

    def add(self, cells: int) -> None:
        """Count a row's cells.

        Raises:
            FileRefusedError: the workbook holds too many.
        """
        self.cells += cells
        if self.cells > MOST_CELLS:
            raise FileRefusedError(told("it holds more than {most:,} cells", most=MOST_CELLS))
