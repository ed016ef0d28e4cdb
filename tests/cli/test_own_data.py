"""Address books and calendars on the command line, and a contact's card out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")

CARD = "BEGIN:VCARD\nVERSION:4.0\nUID:1\nFN:Eve Adams\nORG:Contoso\nEMAIL:eve@contoso.example\nBDAY:--0613\nEND:VCARD\n"
MEETING = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:m\nDTSTART:20260302T090000\nSUMMARY:First visit\n"
    "ATTENDEE:mailto:eve@contoso.example\nEND:VEVENT\nEND:VCALENDAR\n"
)


def test_a_card_and_a_meeting_come_in_and_the_card_goes_out(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    (tmp_path / "people.vcf").write_text(CARD, "utf-8")
    (tmp_path / "mine.ics").write_text(MEETING, "utf-8")
    shown = done("import", tmp_path / "people.vcf", "--preview").out
    assert "personal answers of the address book stay on this computer unless you share them: 1." in shown
    told = done("import", tmp_path / "people.vcf", tmp_path / "mine.ics", "--share", "--json").json
    assert told["counts"]["records"] == {"account": 1, "contact": 1, "touch": 1}
    assert told["problems"] == []
    written = done("export", "vcard", "Contoso/Eve Adams", tmp_path / "eve.vcf")
    assert written.out == f"Wrote {tmp_path / 'eve.vcf'}: the card of Eve Adams.\n"
    assert b"BDAY" not in (tmp_path / "eve.vcf").read_bytes()
    written = call("export", "vcard", "Eve Adams", tmp_path / "eve.vcf", "--birthday")
    assert written.code == 0
    assert "holds a birthday" in written.err
    assert b"1604-06-13" in (tmp_path / "eve.vcf").read_bytes()


def test_a_card_says_what_is_left_out_because_it_is_private(done: Callable[..., Outcome], tmp_path: Path) -> None:
    (tmp_path / "people.vcf").write_text(CARD, "utf-8")
    done("import", tmp_path / "people.vcf")
    assert done("set", "contact", "Eve Adams", "mobile", "0171 555", "--private").code == 0
    plain = done("export", "vcard", "Eve Adams", tmp_path / "eve.vcf").out.splitlines()
    assert plain[1:] == ["Left out because you keep it private: “Mobile”."]
    told = done("export", "vcard", "Eve Adams", tmp_path / "eve.vcf", "--birthday", "--json").json
    assert told["left_out"] == "Left out because you keep it private: “Mobile”, “Birthday, birthplace, home town”."
    card = (tmp_path / "eve.vcf").read_text("utf-8")
    assert [secret for secret in ("BDAY", "0613", "06-13", "0171") if secret in card] == []


def test_a_card_with_another_ending_or_of_nobody_is_refused(call: Callable[..., Outcome], tmp_path: Path) -> None:
    call("add", "account", "Contoso")
    call("add", "contact", "Contoso/Eve Adams")
    refused = call("export", "vcard", "Eve Adams", tmp_path / "eve.xlsx")
    assert (refused.code, refused.err) == (2, "A card is a .vcf file; “eve.xlsx” does not end so.\n")
    assert call("export", "vcard", "Nobody", tmp_path / "nobody.vcf").code in {2, 3}
    assert list(tmp_path.glob("*.vcf")) == []


def test_a_hostile_calendar_is_refused_in_one_sentence(call: Callable[..., Outcome], tmp_path: Path) -> None:
    deep = tmp_path / "deep.ics"
    deep.write_text("BEGIN:VCALENDAR\n" * 50_000, "utf-8")
    refused = call("import", deep)
    assert refused.code == 3
    assert refused.err.strip().splitlines() == ["“deep.ics” cannot be read: its parts lie in one another too deep."]
