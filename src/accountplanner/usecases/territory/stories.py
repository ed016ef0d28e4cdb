"""The told accounts: records written down one by one because they mean something together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accountplanner.domain.statements import Source
from accountplanner.usecases.territory.plans import quarter_of
from accountplanner.usecases.territory.positions import LADDER_NAME, main_position
from accountplanner.usecases.territory.profiles import Profile
from accountplanner.usecases.territory.scene import Scene, Value, Writer

_OF_EVERYBODY = {"colleague", "competitor", "offering", "partner"}


def write_story(scene: Scene, profile: Profile, writer: Writer) -> None:
    """Say what makes a told account worth a look."""
    if profile.story is None:
        return
    told = _Told(scene, profile)
    for number, each in enumerate(profile.story["records"]):
        record = told.record(each["kind"], str(each.get("key", f"n{number}")))
        values = {key: told.value(each["kind"], text) for key, text in each["values"].items()}
        if each["kind"] == "position":
            values["ladder"] = LADDER_NAME
        writer.make(record, told.source(each), values)
    for each in profile.story["says"]:
        writer.say(told.record("account", ""), each["field"], told.value("account", each["value"]), told.source(each))


class _Told:
    """Reads the marks that stand in a story for days, amounts and records."""

    def __init__(self, scene: Scene, profile: Profile) -> None:
        self._scene = scene
        self._profile = profile

    def source(self, each: Mapping[str, Any]) -> Source:
        return self._scene.source(each["by"], -each["day"], each.get("how", "seen"), each.get("sure", "sure"))

    def record(self, kind: str, key: str) -> str:
        if kind in _OF_EVERYBODY:
            return self._scene.id(kind, key)
        if kind in {"account", "contact"}:
            return self._scene.id(kind, self._profile.index, *([key] if key else []))
        if (kind, key) == ("position", "all"):
            return main_position(self._scene.id("account", self._profile.index))
        return self._scene.id(kind, self._profile.index, "story", key)

    def value(self, kind: str, text: str) -> Value:
        mark, _, rest = text.partition(":")
        if mark == "ref":
            of, _, key = rest.partition(":")
            return self.record(of, key)
        if mark == "money":
            return self._scene.money(rest)
        if mark in {"day", "quarter"}:
            return self._day(mark, int(rest))
        return self._scene.author.name if (kind, text) == ("note", "me") else text

    def _day(self, mark: str, offset: int) -> date | str:
        day = self._scene.day(offset)
        return quarter_of(day) if mark == "quarter" else day
