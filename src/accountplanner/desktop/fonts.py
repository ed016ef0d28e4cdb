"""The typeface: Source Sans Pro where its package is installed, else the system's own."""

from importlib import resources
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

_PACKAGE: Final = "font_source_sans_pro"
_FIRST_FACES: Final = ("Regular", "Semibold")
_LATER_FACES: Final = ("Bold", "It")


def load_family() -> str:
    """Make the faces known to Qt that the window is written in, and return their family."""
    families = [family for face in _FIRST_FACES for family in _load_face(face)]
    return families[0] if families else QGuiApplication.font().family()


def load_other_faces() -> None:
    """Make the faces known that only pages use; the window does not wait for them."""
    for face in _LATER_FACES:
        _load_face(face)


def font_of(family: str, size_px: int, weight: int) -> QFont:
    """Return a font whose digits are equally wide, so that columns of figures line up."""
    font = QFont(family)
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _load_face(face: str) -> list[str]:
    """Register one face from memory: a frozen program may have no file to point at."""
    try:
        data = resources.files(_PACKAGE).joinpath("files", f"SourceSansPro-{face}.ttf").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return []
    number = QFontDatabase.addApplicationFontFromData(data)
    return QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
