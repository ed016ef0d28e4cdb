"""Where the files are that come with the program: icons, catalogues, templates, samples."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[3] / "resources"


def shipped_file(name: str) -> Traversable:
    """Return the shipped file or folder with this name, such as `icons/add.svg`.

    An installed program carries them inside the package; a checkout keeps them in its
    top folder, so that people who draw and translate need not look into the source.
    """
    inside = resources.files("accountplanner").joinpath("resources")
    root: Traversable = inside if inside.is_dir() else _CHECKOUT
    return root.joinpath(*name.split("/"))


def shipped_text(name: str) -> str:
    """Read a shipped text file (UTF-8)."""
    return shipped_file(name).read_text(encoding="utf-8")
