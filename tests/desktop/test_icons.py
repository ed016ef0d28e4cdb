"""Every icon the program names is drawn, and drawn by us."""

import re

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from accountplanner.desktop.actions import COMMANDS
from accountplanner.desktop.icons import Icons
from accountplanner.desktop.rail_entries import AREAS
from accountplanner.domain.shipped import shipped_file

NAMES = sorted(path.name.removesuffix(".svg") for path in shipped_file("icons").iterdir())


def test_commands_and_areas_name_icons_that_exist() -> None:
    assert {command.icon for command in COMMANDS} <= set(NAMES)
    assert {area.icon for area in AREAS} <= set(NAMES)


def test_icons_keep_to_one_style() -> None:
    wanted = ('viewBox="0 0 24 24"', 'stroke-width="1.75"', 'stroke="currentColor"')
    for name in NAMES:
        text = shipped_file(f"icons/{name}.svg").read_text(encoding="utf-8")
        assert [words for words in wanted if words not in text] == [], name
        assert not re.search(r"#[0-9a-fA-F]{3,6}|rgb\(", text), name


def test_icons_show_something_in_the_colour_asked_for(qtbot: QtBot) -> None:
    assert qtbot is not None
    icons = Icons()
    for name in NAMES:
        image = icons.pixmap(name, "#123456", 24, 2.0).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
        assert image.width() == 48, name
        pixels = bytes(image.constBits())
        inked = [pixels[at : at + 3] for at in range(0, len(pixels), 4) if pixels[at + 3] == 255]
        assert len(inked) > 10, name
        assert set(inked) == {bytes.fromhex("123456")}, name


def test_an_icon_is_drawn_once(qtbot: QtBot) -> None:
    assert qtbot is not None
    icons = Icons()
    assert icons.pixmap("add", "#000000", 18, 1.0).cacheKey() == icons.pixmap("add", "#000000", 18, 1.0).cacheKey()
