"""What the window is built around."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.actions import ActionRegistry
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from accountplanner.desktop.widgets.palette import FindRecords


@dataclass(frozen=True)
class Shell:
    """Made once by `start`.

    `pages` makes the page of an area when it is first visited. `find_records` answers the palette, `offered`
    says which commands stand first in it, with their words for what is in sight.
    """

    theme: Theme
    actions: ActionRegistry
    settings: SettingsFile
    pages: dict[str, Callable[[], QWidget]]
    find_records: "FindRecords"
    offered: Callable[[], Mapping[str, str]] = dict
