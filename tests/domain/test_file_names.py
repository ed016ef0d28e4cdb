"""Names of files made from names of people and firms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.file_names import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Simons bistro", "Simons bistro.pdf"),
        ("Meyer & Söhne", "Meyer & Söhne.pdf"),
        ("A/S: Nord*\\Süd?", "A-S- Nord-Süd.pdf"),
        ('<b>"Best" | Buy</b>', "b-Best- - Buy-b.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("aux", "_aux.pdf"),
        ("COM1.trade", "_COM1.trade.pdf"),
        ("Console Ltd.", "Console Ltd.pdf"),
        ("two\nlines\tand\u202ea turn", "two lines and a turn.pdf"),
        ("???", "Account Planner.pdf"),
        ("", "Account Planner.pdf"),
        ("x" * 300, f"{'x' * 116}.pdf"),
        ("株" * 300, f"{'株' * 38}.pdf"),
        ("Mu\u0308ller", "Müller.pdf"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, ".pdf") == name


@given(st.text())
def test_whatever_a_firm_is_called_its_file_can_be_written(title: str) -> None:
    name = file_name(title, ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name.encode()) <= 120
    assert not set(name) & set('\\/:*?"<>|\n\r\t\0')
    assert name[0] not in " ."
    assert name.removesuffix(".xlsx")[-1] not in " ."
    assert file_name(name.removesuffix(".xlsx"), ".xlsx") == name, "a name that fits stays as it is"
