"""The brief from the command line: read there, as JSON, or as a PDF to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome


@pytest.fixture
def contoso(workspace: Path, done: Callable[..., Outcome]) -> None:
    assert workspace.exists()
    done("add", "account", "Contoso", "city=Graz")
    done("add", "contact", "Contoso/Eva Berg", "title=Buyer")
    done("set", "contact", "Eva Berg", "hobbies", "Pottery")
    done("set", "contact", "Eva Berg", "children", "Two, in Linz")


@pytest.mark.usefixtures("contoso")
def test_a_brief_is_read_on_the_terminal(done: Callable[..., Outcome]) -> None:
    out = done("brief", "Contoso").out
    for expected in ("Contoso · Graz", "One question worth asking:", "Beside business", "Pottery"):
        assert expected in out
    assert "Linz" not in out
    assert "Two, in Linz" in done("brief", "Eva Berg", "--with", "household").out


@pytest.mark.usefixtures("contoso")
def test_a_brief_is_written_as_one_page_and_its_personal_answers_are_told(
    call: Callable[..., Outcome], tmp_path: Path
) -> None:
    file = tmp_path / "brief.pdf"
    outcome = call("brief", "Contoso/Eva Berg", "--out", file)
    assert "one page" in outcome.out
    assert "holds personal answers" in outcome.err
    (page,) = PdfReader(file).pages
    assert "Eva Berg" in page.extract_text()


@pytest.mark.usefixtures("contoso")
def test_a_brief_is_in_english_as_everything_here_whatever_the_system_speaks(
    call: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, language in (("LC_ALL", "de_DE.UTF-8"), ("LANGUAGE", "de"), ("ACCOUNTPLANNER_LANGUAGE", "de")):
        monkeypatch.setenv(variable, language)
    assert "Where they stand:" in call("brief", "Contoso").out
    call("brief", "Contoso", "--out", tmp_path / "brief.pdf")
    (page,) = PdfReader(tmp_path / "brief.pdf").pages
    assert "One question worth asking" in page.extract_text()
    assert call("nonsense").err == "No such command 'nonsense'.\n"


@pytest.mark.usefixtures("contoso")
def test_several_make_a_trip_pack(done: Callable[..., Outcome], call: Callable[..., Outcome], tmp_path: Path) -> None:
    done("add", "account", "Fabrikam")
    file = tmp_path / "trip.pdf"
    report = call("brief", "Contoso", "Fabrikam", "Contoso", "--out", file, "--json").json
    assert [each["title"] for each in report["briefs"]] == ["Contoso", "Fabrikam"]
    assert report["file"]["pages"] == len(PdfReader(file).pages) == 3


@pytest.mark.usefixtures("contoso")
def test_what_no_brief_shows_is_refused_in_a_sentence(call: Callable[..., Outcome]) -> None:
    outcome = call("brief", "Contoso", "--with", "special")
    assert (outcome.code, outcome.out) == (2, "")
    assert "household or inferable" in outcome.err
    unknown = call("brief", "Nobody")
    assert (unknown.code, "no account or contact" in unknown.err) == (2, True)
