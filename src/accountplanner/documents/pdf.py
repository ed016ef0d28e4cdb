"""Sheets written as PDF: the only place that knows the PDF library."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from accountplanner.documents.sheet import HEIGHT, PAPER, WIDTH, Arc, Block, Face, Ink, Shape, Sheet, Trace, Words
from accountplanner.domain.text import without_turns

if TYPE_CHECKING:
    from reportlab.lib.colors import Color

_PACKAGE: Final = "font_source_sans_pro"
_BUILT_IN: Final = {
    Face.REGULAR: "Helvetica",
    Face.SEMIBOLD: "Helvetica-Bold",
    Face.BOLD: "Helvetica-Bold",
    Face.ITALIC: "Helvetica-Oblique",
}
# Systems keep these; which has a character is asked when one is needed.
_OTHERS: Final = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "arialuni.ttf",
    "Arial Unicode.ttf",
    "segoeui.ttf",
    "DroidSansFallbackFull.ttf",
    "wqy-microhei.ttc",
    "msyh.ttc",
)


def pdf_of(sheets: Sequence[Sheet], title: str) -> bytes:
    """The sheets as one PDF, a page each. It tells nothing of who wrote it on which computer, nor when."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("Account Planner")
    canvas.setProducer("Account Planner")
    for sheet in sheets:
        canvas.bookmarkPage(sheet.title)
        for shape in sheet.shapes:
            _draw(canvas, shape)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def locked(data: bytes, password: str) -> bytes:
    """The same PDF, encrypted with a password by AES-256 as PDF 2.0 has it."""
    # The library that draws knows no cipher of today; this one is loaded only for those who want a password.
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def width_of(text: str, face: Face, size: float) -> float:
    """How wide words are on paper."""
    return float(sum(pdfmetrics.stringWidth(run, font, size) for run, font in _runs(text, face)))


def unwritable(sheets: Iterable[Sheet]) -> str:
    """The characters that no typeface of this computer has; they are empty boxes in the PDF."""
    texts = without_turns("".join(shape.text for sheet in sheets for shape in sheet.shapes if isinstance(shape, Words)))
    return "".join(
        sorted({each for each in texts if not each.isspace() and not _others_with(each) and not _has_any(each)})
    )


def _draw(canvas: Canvas, shape: Shape) -> None:
    if isinstance(shape, Words):
        _write(canvas, shape)
    elif isinstance(shape, Block):
        canvas.setFillColor(_colour(shape.ink))
        radius = min(shape.radius, shape.width / 2, shape.height / 2)
        canvas.roundRect(shape.x, HEIGHT - shape.y - shape.height, shape.width, shape.height, radius, stroke=0, fill=1)
    elif isinstance(shape, Trace):
        _trace(canvas, shape)
    else:
        _set_stroke(canvas, shape)
        box = (shape.x - shape.radius, HEIGHT - shape.y - shape.radius)
        other = (shape.x + shape.radius, HEIGHT - shape.y + shape.radius)
        canvas.arc(*box, *other, startAng=90, extent=-shape.degrees)


def _trace(canvas: Canvas, trace: Trace) -> None:
    _set_stroke(canvas, trace)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for number, (x, y) in enumerate(trace.points):
        (path.lineTo if number else path.moveTo)(x, HEIGHT - y)
    canvas.drawPath(path, stroke=1, fill=0)


def _set_stroke(canvas: Canvas, shape: Arc | Trace) -> None:
    canvas.setStrokeColor(_colour(shape.ink))
    canvas.setLineWidth(shape.stroke)
    canvas.setLineCap(1)


def _write(canvas: Canvas, words: Words) -> None:
    canvas.setFillColor(_colour(words.style.ink))
    x = words.x
    for run, font in _runs(words.text, words.style.face):
        canvas.setFont(font, words.style.size)
        canvas.drawString(x, HEIGHT - words.y, run)
        x += pdfmetrics.stringWidth(run, font, words.style.size)


def _runs(text: str, face: Face) -> list[tuple[str, str]]:
    """Pieces of a text, each with a font that has its characters."""
    own = _font(face)
    runs: list[tuple[str, str]] = []
    # This library writes letters in the order in which they stand, and marks of direction as empty boxes.
    for character in without_turns(text):
        font = own if _has(own, character) else _others_with(character) or own
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + character, font)
        else:
            runs.append((character, font))
    return runs


@cache
def _colour(ink: Ink) -> "Color":
    return HexColor(PAPER[ink])


@cache
def _font(face: Face) -> str:
    """The name of a face of the program's typeface, of a built-in one where its package is not installed."""
    name = f"Planner-{face}"
    try:
        data = resources.files(_PACKAGE).joinpath("files", f"SourceSansPro-{face}.ttf").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return _BUILT_IN[face]
    pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
    return name


@cache
def _other(file: str) -> str:
    """A typeface of the system as the PDF library knows it, empty where there is none."""
    name = f"System-{file}"
    try:
        pdfmetrics.registerFont(TTFont(name, file))
    except TTFError:
        return ""
    return name


@cache
def _others_with(character: str) -> str:
    """The first typeface of the system with a character."""
    return next((name for file in _OTHERS if (name := _other(file)) and _has(name, character)), "")


def _has(font: str, character: str) -> bool:
    glyphs = getattr(pdfmetrics.getFont(font).face, "charToGlyph", None)
    return ord(character) in glyphs if glyphs is not None else ord(character) < 256


def _has_any(character: str) -> bool:
    return _has(_font(Face.REGULAR), character)
