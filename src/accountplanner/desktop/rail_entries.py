"""The areas as the rail names them: word, icon, key, and the command that goes there."""

from collections.abc import Collection
from types import MappingProxyType
from typing import Final

from accountplanner.desktop.widgets.rail import RailEntry
from accountplanner.desktop.wording import say_keys, say_marked, to_say

AREAS: Final = (
    RailEntry("today", to_say("Today"), "today", "Ctrl+1"),
    RailEntry("accounts", to_say("Accounts"), "accounts", "Ctrl+2"),
    RailEntry("people", to_say("People"), "people", "Ctrl+3"),
    RailEntry("ladder", to_say("Ladder"), "ladder", "Ctrl+4"),
    RailEntry("partners", to_say("Partners"), "partners", "Ctrl+5"),
    RailEntry("exchange", to_say("Exchange"), "exchange", "Ctrl+6"),
    RailEntry("reviews", to_say("Reviews"), "reviews", "Ctrl+7"),
    RailEntry("understanding", to_say("Understanding"), "understanding", "Ctrl+8"),
    RailEntry("history", to_say("History"), "history", "Ctrl+H"),
    RailEntry("help", to_say("Help"), "help", "F1"),
    RailEntry("settings", to_say("Settings"), "settings", "Ctrl+,"),
)
"""All areas the program may have; only those with a page are shown."""

FOOTER: Final = frozenset({"history", "help", "settings"})
_COMMANDS: Final = MappingProxyType({"settings": "settings", "history": "history", "help": "help_pages"})


def worded(areas: Collection[str]) -> list[RailEntry]:
    """The entries of these areas in the language spoken now."""
    return [
        RailEntry(area.id, say_marked(area.text), area.icon, say_keys(area.shortcut))
        for area in AREAS
        if area.id in areas
    ]


def first_of(areas: Collection[str]) -> str:
    """The area a day starts with."""
    return next(area.id for area in AREAS if area.id in areas)


def command_to(area: str) -> str:
    """The id of the command that goes to an area."""
    return _COMMANDS.get(area, f"go_{area}")
