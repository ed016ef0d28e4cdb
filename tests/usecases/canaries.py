"""Words that stand nowhere else, planted in every field that takes words, and found again in any bytes."""

from __future__ import annotations

import base64
import re
import zipfile
from typing import TYPE_CHECKING

from tests.usecases.acting import Picture, consent_for

from accountplanner.domain.catalogue import KINDS, known_field, visible_kinds
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Source
from accountplanner.usecases.editing import Typed, create_record, set_value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from accountplanner.usecases.session import Session

WORDS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST}


class Canaries:
    """Plants a word of its own in every field that takes words, and remembers which."""

    def __init__(self, session: Session, fields: dict[str, tuple[str, str, Layer]] | None = None) -> None:
        self.session = session
        self.fields = fields or {}

    def plant(self, record: str, layer: Layer | None = None, *, special: bool = True) -> None:
        for field in KINDS[kind_of(record)].fields:
            if field.type in WORDS and not field.internal and (special or field.privacy is not Privacy.SPECIAL):
                self.plant_in(record, field, layer)

    def plant_in(self, record: str, field: Field, layer: Layer | None) -> None:
        canary = f"kanarie{len(self.fields):04d}vogel"
        asked = None if layer is Layer.TEAM and field.default_layer is Layer.ME else layer
        kept = Layer.ME if field.privacy is Privacy.SPECIAL else asked or field.default_layer
        said = Source(origin=consent_for(record, field.key))
        set_value(self.session, Typed(record, field.key, canary, layer=asked, source=said))
        self.fields[canary] = (record, field.key, kept)

    def where(self, *, layer: Layer | None = None, privacy: Iterable[Privacy] = Privacy) -> set[str]:
        """The canaries of one layer, or of some classes."""
        wanted = set(privacy)
        return {
            canary
            for canary, (record, key, kept) in self.fields.items()
            if (layer is None or kept is layer) and field_of(record, key).privacy in wanted
        }


def field_of(record: str, key: str) -> Field:
    field = known_field(kind_of(record), key)
    assert field is not None
    return field


def planted(ann: Session, picture: Picture) -> Canaries:
    """A canary in every field of a record of every kind, in both layers where it may."""
    ann.store.enable_special("the person asked us to", ann.store.identity.member, "2026-11-22")
    made = Canaries(ann)
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    for record in (alpine, kari, picture.accounts["Café Nord"], picture.contacts["Siv Lund"]):
        made.plant(record, Layer.TEAM)
        made.plant(record, Layer.ME)
    for kind in visible_kinds():
        if kind not in {"account", "contact", "partner", "scope", "move"}:
            owners = {"account": alpine, "contact": kari}
            names = {field.key: owners[key] for field in KINDS[kind].owners for key in field.refers_to if key in owners}
            made.plant(create_record(ann, kind, names)[0], Layer.TEAM)
    return made


def seen(data: bytes) -> set[str]:
    """Every canary in some bytes: plain, in UTF-16, in base64 at any offset, or in hexadecimal digits."""
    found = set(re.findall(rb"kanarie\d{4}vogel", data))
    found |= {each.replace(b"\0", b"") for each in re.findall(rb"k\0a\0n\0a\0r\0i\0e\0(?:\d\0){4}v\0o\0g\0e\0l", data)}
    # Base64 at any offset: every run of its letters is decoded, for short needles turn up in encrypted bytes by chance.
    for run in re.findall(rb"[A-Za-z0-9+/]{16,}", data):
        for offset in range(4):
            part = run[offset:]
            assert b"kanarie" not in base64.b64decode(part[: len(part) // 4 * 4]), "a canary in base64"
    assert b"kanarie".hex().encode() not in data.lower(), "a canary in hexadecimal digits"
    return {each.decode() for each in found}


def inflated(file: Path) -> bytes:
    with zipfile.ZipFile(file) as parts:
        return b"\n".join(parts.read(name) + name.encode() for name in parts.namelist())
