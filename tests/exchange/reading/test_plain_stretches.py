"""What is taken by pattern must be what the parser would have made of it, wherever the file is cut into chunks.

The same XML in UTF-16 goes through the parser alone, so it is the oracle.
"""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.exchange.reading.crafting import MAIN

from accountplanner.exchange.reading.caps import CellCount
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.plain_stretches import PlainStretches
from accountplanner.exchange.reading.sheet_xml import SheetReader

PLAIN = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>one</t></is></c><c r="B1" s="1"><v>44000</v></c></row>',
    '<row r="2" spans="1:2" ht="27" customHeight="1"><c r="A2" t="s"><v>0</v></c><c r="C2" s="3"/></row>',
    '<row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="B3" t="str"><v>a &amp;&lt; b</v></c></row>',
    '<row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve"> &quot;x&apos;&gt;\tü\n😀 </t></is></c></row>',
    '<row r="5"><c r="A5"><v>1E3</v></c><c r="B5"></c><c r="ZZ5"><v>7</v></c><c r="D5" t="inlineStr"/></row>',
    '<row r="6"></row><row r="7"/>',
    '<row r="8"><c r="A8" t="inlineStr"><is><t>_x000D_ and _x0041_</t></is></c><c r="B8" t="s"><v>9</v></c></row>',
)
ODD = (
    '<!-- <row r="20"><c r="A20"><v>1</v></c></row> -->',
    '<!-- </row> <row r="21"><c r="A21"><v>1</v></c></row> -->',
    '<row r="22"><c r="A22" t="str"><v><![CDATA[</v></c></row><row r="23"><c r="A23"><v>5</v></c></row>]]></v></c></row>',
    '<row r="24"><c r="A24"><f>1+1</f><v>2</v></c><c r="B24"><f>1+1</f></c></row>',
    '<row r="25"><c r="A25" t="e"><v>#REF!</v></c><c r="A25"><v>2</v></c></row>',
    '<row r="26"><c r="A26" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></is></c></row>',
    "<row><c><v>1</v></c><c><v>2</v></c></row>",
    '<row r="28"><c r="B30"><v>9</v></c><c r="A28" t="str"><v>&#65;&#x42;</v></c></row>',
    '<row r="29"><row r="30"><c r="A30"><v>3</v></c></row><row r="31"><c r="A31"><v>4</v></c></row></row>',
    '<extra><row r="32"><c r="A32"><v>8</v></c></row></extra>',
    '<?odd <row r="33"><c r="A33"><v>1</v></c></row> ?>',
    '<row r="34"><c r="A34" t="str"><v>a\r\nb\rc</v></c></row>',
    '<row r="35"><c r="A35" t="str"><v>a ]]> b</v></c></row>',
    '<row r="36"><c r="A36" t="str"><v>a\ufffeb</v></c></row>',
    '<row r="37"><c r="A37" t="str"><v>a\x07b</v></c></row>',
    '<row r="38" r="39"><c r="A38"><v>1</v></c></row>',
    '<row r="40"><c r="A40" s="&quot;"><v>1</v></c></row>',
    '<row r="41"><c r="A41"><v>1</v><v>2</v></c></row> text <row r="42"><c r="A42"><v>1</v></c></row>',
    '<row r="43"><c r="A43"><v>1</v></c>',
    '</sheetData><other><row r="44"><c r="A44"><v>1</v></c></row></other><sheetData>',
    '<row r="999999"><c r="A999999"><v>1</v></c></row>',
    '<row r="0"><c r="A0"><v>1</v></c></row>',
)  # fmt: skip
fragments = st.lists(
    st.one_of(st.sampled_from(PLAIN), st.sampled_from(ODD), st.sampled_from(["\n  ", " "])), max_size=9
)


def part_of(rows: str) -> str:
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>'


def read(data: bytes, size: int) -> object:
    reader = SheetReader(["shared"], {"1": "date"}, CellCount())
    try:
        reader.read((data[start : start + size] for start in range(0, len(data), size)), "sheet1.xml")
    except FileRefusedError as refused:
        return refused.sentence
    return reader.rows, reader.merged, reader.beyond, reader.doubled


def both(rows: str, size: int) -> tuple[object, object]:
    part = part_of(rows)
    return read(part.encode(), size), read(part.encode("utf-16"), 10**6)


@pytest.mark.parametrize("rows", [*PLAIN, *ODD])
def test_each_spelling_reads_as_the_parser_reads_it(rows: str) -> None:
    by_pattern, by_parser = both(f"{PLAIN[0]}{rows}{PLAIN[2]}{PLAIN[3]}", 10**6)

    assert by_pattern == by_parser


@given(fragments, st.integers(1, 400))
@example([PLAIN[0], ODD[0], PLAIN[2], ODD[2], PLAIN[3]], 7)
def test_any_mixture_cut_anywhere_reads_as_the_parser_reads_it(rows: list[str], size: int) -> None:
    by_pattern, by_parser = both("".join(rows), size)

    assert by_pattern == by_parser


def test_an_encoding_that_is_not_utf_8_is_left_to_the_parser() -> None:
    part = part_of('<row r="1"><c r="A1" t="inlineStr"><is><t>Käse</t></is></c></row>')
    latin = part.replace('"1.0"', '"1.0" encoding="iso-8859-1"', 1).encode("latin-1")

    assert read(latin, 100) == read(part.encode(), 100)


def test_plain_elements_never_reach_the_parser() -> None:
    given: list[bytes] = []
    taken: list[str] = []
    parser = expat.ParserCreate()

    def take(text: str) -> bool:
        taken.append(text)
        return "odd" not in text

    stretches = PlainStretches(parser, "list", "item", take)
    parser.StartElementHandler = lambda name, _: stretches.opened() if name == "list" else None
    parser.EndElementHandler = lambda name: stretches.closed() if name == "item" else None
    for piece in stretches.left([b"<list><item>1</item><item>odd", b"</item><item>2</item>", b"</list>"]):
        given.append(piece)
        parser.Parse(piece)
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only

    assert taken == ["<item>1", "<item>odd", "<item>2"]
    assert b"".join(given) == b"<list><item>odd</item></list>"
