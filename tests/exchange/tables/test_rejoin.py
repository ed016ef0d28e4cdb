"""Torn rows: what belongs together is proposed, and called unsure where it is."""

from hypothesis import given
from hypothesis import strategies as st

from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.mapping import Rejoined
from accountplanner.exchange.tables.rejoin import Rejoiner

HEADER = ("No", "Name", "Street", "Postcode", "Phone")
GOOD = [
    (f"{number:03}", f"Firm {chr(65 + number % 26)}", f"Main St {number}", f"{10000 + number}", f"030-{number + 4711}")
    for number in range(40)
]


def rejoiner(*torn: tuple[str, ...], good: int = 40, header: tuple[str, ...] = HEADER) -> tuple[Rejoiner, list[RawRow]]:
    rows = [RawRow(number, cells) for number, cells in enumerate([*GOOD[:good], *torn], 2)]
    return Rejoiner("firms", RawTable("firms", header, tuple(rows), separator=",")), rows[good:]


def test_the_blank_after_a_comma_tells() -> None:
    mender, (row,) = rejoiner(("900", "Acme", " Ltd.", "High St 1", "12345", "030-999"))
    proposal = mender.proposal(row)
    assert proposal is not None
    assert proposal.joins == (Rejoined("Name", ("Acme", " Ltd.")),)
    assert proposal.cells == ("900", "Acme, Ltd.", "High St 1", "12345", "030-999")
    assert proposal.sure
    assert proposal.sentence() == "firms, row 42: read Name as “Acme, Ltd.”"


def test_shapes_tell_where_there_is_no_blank() -> None:
    mender, (row,) = rejoiner(("900", "Acme", "High St", "1", "12345", "030-999"))
    proposal = mender.proposal(row)
    assert proposal is not None
    assert proposal.cells[3:] == ("12345", "030-999")


def test_what_a_semicolon_tore_is_joined_by_one() -> None:
    rows = tuple(RawRow(number, cells) for number, cells in enumerate(GOOD, 2))
    mender = Rejoiner("firms", RawTable("firms", HEADER, rows, separator=";"))
    proposal = mender.proposal(RawRow(99, ("900", "Acme", " Ltd.", "High St 1", "12345", "030-999")))
    assert proposal is not None
    assert proposal.sentence() == "firms, row 99: read Name as “Acme; Ltd.”"


def test_two_tears_in_one_row() -> None:
    mender, (row,) = rejoiner(("900", "Acme", " Ltd.", "High St", " 1", "12345", "030-999"))
    proposal = mender.proposal(row)
    assert proposal is not None
    assert proposal.cells == ("900", "Acme, Ltd.", "High St, 1", "12345", "030-999")


def test_what_could_be_read_two_ways_is_unsure() -> None:
    header = ("No", "First", "Second")
    rows = [RawRow(number, (str(number), "some words", "more words")) for number in range(20)]
    mender = Rejoiner("x", RawTable("x", header, tuple(rows), separator=","))
    proposal = mender.proposal(RawRow(99, ("7", "a word", "b word", "c word")))
    assert proposal is not None
    assert not proposal.sure
    assert proposal.sentence().endswith("(unsure)")


def test_without_good_rows_nothing_is_proposed() -> None:
    mender, (row,) = rejoiner(("900", "Acme", " Ltd.", "High St 1", "12345", "030-999"), good=3)
    assert mender.proposal(row) is None


def test_a_row_in_pieces_is_left_alone() -> None:
    mender, (row,) = rejoiner(tuple("abcdefghijklmnopqrstuvwxyz"))
    assert mender.proposal(row) is None


def test_a_torn_row_that_ends_blank_is_not_taken_for_a_whole_one() -> None:
    mender, (row,) = rejoiner(("900", "Acme", "High St", " 1", "12345", ""))
    proposal = mender.proposal(row)
    assert proposal is not None
    assert proposal.cells == ("900", "Acme", "High St, 1", "12345", "")


def test_a_surplus_blank_cell_is_no_tear() -> None:
    mender, (row,) = rejoiner(("900", "Firm X", "Main St 7", "12345", "030-999", ""))
    proposal = mender.proposal(row)
    assert proposal is not None
    assert proposal.joins == ()
    assert proposal.cells == ("900", "Firm X", "Main St 7", "12345", "030-999")


def test_only_confirmed_pieces_are_joined_from_memory() -> None:
    mender, (row,) = rejoiner(("900", "Acme", " Ltd.", "High St 1", "12345", "030-999"))
    assert mender.remembered(row, ()) is None
    assert mender.remembered(row, [Rejoined("Name", ("Acme", " Inc."))]) is None
    assert mender.remembered(row, [Rejoined("Street", ("Acme", " Ltd."))]) is None
    mended = mender.remembered(row, [Rejoined("Name", ("Acme", " Ltd."))])
    assert mended == ("900", "Acme, Ltd.", "High St 1", "12345", "030-999")


def test_memory_that_fits_in_two_ways_decides_nothing() -> None:
    mender, (row,) = rejoiner(("900", "a", "b", "c", "d", "e"))
    both = [Rejoined("Name", ("a", "b")), Rejoined("Street", ("b", "c"))]
    assert mender.remembered(row, both) is None


@given(at=st.integers(1, 3), number=st.integers(0, 39), words=st.sampled_from(["Ltd.", "2nd floor", "rear"]))
def test_a_comma_anywhere_is_found_again(at: int, number: int, words: str) -> None:
    whole = list(GOOD[number])
    torn = (*whole[: at + 1], f" {words}", *whole[at + 1 :])
    mender, (row,) = rejoiner(torn)
    proposal = mender.proposal(row)
    assert proposal is not None
    assert proposal.joins == (Rejoined(HEADER[at], (whole[at], f" {words}")),)


@given(cells=st.lists(st.text(max_size=6), min_size=6, max_size=9))
def test_nothing_is_lost_or_made_up(cells: list[str]) -> None:
    mender, (row,) = rejoiner(tuple(cells))
    proposal = mender.proposal(row)
    if proposal is not None and proposal.joins:
        assert ",".join(proposal.cells) == ",".join(cells)
        assert len(proposal.cells) == len(HEADER)
