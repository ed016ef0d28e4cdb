"""The typeface: Source Sans Pro where its package is installed, else the system's own."""

from importlib import resources
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

_PACKAGE: Final = "font_source_sans_pro"
_FACES: Final = ("Regular", "Semibold", "Bold", "It")


def load_family() -> str:
    """Make the shipped faces known to Qt and return the family to write in."""
    families = [family for face in _FACES for family in _load_face(face)]
    return families[0] if families else QGuiApplication.font().family()


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
