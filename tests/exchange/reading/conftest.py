"""The bench on which workbooks are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exchange.reading.crafting import Craft, default_parts, sheet, write_parts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def craft(tmp_path: Path) -> Craft:
    """Write a workbook from its usual parts with `changed` ones; `None` leaves a part out."""

    def make(rows: str = "", changed: dict[str, str | bytes | None] | None = None, name: str = "made.xlsx") -> Path:
        parts = {**default_parts(), "xl/worksheets/sheet1.xml": sheet(rows), **(changed or {})}
        return write_parts(tmp_path / name, parts)

    return make
