"""Settings survive, and a damaged file costs nothing but itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from accountplanner.desktop.settings import Settings, SettingsFile
from accountplanner.desktop.theme.theme import ThemeChoice


def test_settings_come_back(tmp_path: Path) -> None:
    chosen = Settings(ThemeChoice.DARK, 150, "/home/nancy/territory", "de")
    SettingsFile(tmp_path / "config").save(chosen)
    assert SettingsFile(tmp_path / "config").load() == chosen


@pytest.mark.parametrize("text", ["", "[]", "{", '{"theme": "purple", "text_percent": "huge"}', '{"theme": []}'])
def test_what_cannot_be_read_means_the_usual(tmp_path: Path, text: str) -> None:
    (tmp_path / "desktop.json").write_text(text, encoding="utf-8")
    assert SettingsFile(tmp_path).load() == Settings()


def test_one_bad_value_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "desktop.json").write_text('{"theme": "dark", "text_percent": 7}', encoding="utf-8")
    assert SettingsFile(tmp_path).load() == Settings(theme=ThemeChoice.DARK)


def test_windows_stand_where_they_stood(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    assert settings.window("main").isEmpty()
    settings.remember_window("main", QByteArray(b"\x01\x02\xff"))
    assert SettingsFile(tmp_path).window("main") == QByteArray(b"\x01\x02\xff")
