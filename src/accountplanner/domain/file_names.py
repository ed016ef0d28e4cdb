"""What a file is called that is named after a person or a firm: a name that Windows, macOS and Linux all take."""

import re
import unicodedata
from typing import Final

_UNFIT: Final = re.compile(r'[\\/:*?"<>|]+')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Windows takes these for devices, whatever ending follows."""

_MOST_BYTES: Final = 120
"""Some encrypted folders take names of 140 bytes at most; a number for a second copy must still fit."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def file_name(title: str, ending: str, otherwise: str = "Account Planner") -> str:
    """A title as the name of a file, cut where it is too long; `ending` begins with its dot.

    `otherwise` is the name of what has no letter that could stand in one.
    """
    seen = "".join(
        " " if unicodedata.category(each) in _UNSEEN else each for each in unicodedata.normalize("NFC", title)
    )
    name = " ".join(_UNFIT.sub("-", seen).split()).strip(" .-")
    name = f"_{name}" if _DEVICES.match(name) else name
    return f"{_cut(name, _MOST_BYTES - len(ending.encode())) or otherwise}{ending}"


def _cut(name: str, most: int) -> str:
    """No more than so many bytes, without half a letter; Windows drops dots and spaces at the end."""
    return name.encode()[:most].decode(errors="ignore").rstrip(" .-")
