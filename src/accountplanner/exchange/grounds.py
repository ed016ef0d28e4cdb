"""The colours below our cells: one that is none of these was put there by a person, who meant something by it."""

OPEN = "#FFF6D6"
SPARE = "#EEF4FA"
CONFLICT = "#FCE3CC"
READ = "#F4F5F7"
HEAD = "#24496B"
_PAPER = "#FFFFFF"
# Numbers and others turn a colour by a shade when they save.
_SHADE = 8


def is_ours(rgb: str) -> bool:
    """Whether a cell's ground, as six hexadecimal digits, is one of ours or the paper's."""
    found = _parts(rgb)
    return any(
        max(abs(one - other) for one, other in zip(found, _parts(ours[1:]), strict=True)) <= _SHADE
        for ours in (OPEN, SPARE, CONFLICT, READ, HEAD, _PAPER)
    )


def _parts(rgb: str) -> tuple[int, int, int]:
    return int(rgb[:2], 16), int(rgb[2:4], 16), int(rgb[4:], 16)
