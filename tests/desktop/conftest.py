"""What desktop tests share: a theme, figures as in Britain, and a finished table of widgets."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme, ThemeChoice


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, ThemeChoice.LIGHT)
    yield theme
    theme.deleteLater()


@pytest.fixture
def formats() -> Formats:
    return Formats(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
