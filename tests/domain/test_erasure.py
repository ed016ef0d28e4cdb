"""Which chunks go with an erased person, and by what a later row is recognised."""

from __future__ import annotations

from accountplanner.domain.erasure import DIGEST, must_strip, person_digests, phone_digits, reach_of
from accountplanner.domain.statements import Statement, state

ANNA = "contact:1"
TIE = state("tie:1", "contact", ANNA)


def test_a_chunk_goes_if_it_is_about_the_person_or_places_a_record_under_them() -> None:
    assert must_strip(ANNA, [], {ANNA})
    assert must_strip("tie:1", [TIE], {ANNA})
    assert not must_strip("tie:1", [TIE], set())
    assert not must_strip("tie:1", [state("tie:1", "how", "at school")], {ANNA})


def test_mentioning_a_person_is_not_belonging_to_them() -> None:
    assert not must_strip("contact:2", [state("contact:2", "reports_to", ANNA)], {ANNA})
    assert not must_strip("note:1", [state("note:1", "text", ANNA)], {ANNA})
    assert not must_strip("tie:1", [Statement("tie:1", "of_a_newer_version", ANNA)], {ANNA})


def test_the_reach_follows_belongings_of_belongings_in_any_order() -> None:
    chunks = [
        ("move:1", [state("move:1", "evidence", "she said so")]),
        ("move:1", [state("move:1", "of_position", "position:1")]),
        ("position:1", [state("position:1", "holder", ANNA)]),
        ("note:1", [state("note:1", "account", "account:1")]),
    ]
    for order in (chunks, chunks[::-1]):
        assert reach_of({ANNA}, order) == {ANNA, "position:1", "move:1"}
    assert reach_of(set(), chunks) == set()


def test_a_person_is_recognised_by_mail_phone_or_name_with_account_in_other_spellings() -> None:
    def digests(**given: object) -> set[str]:
        return person_digests(b"s", **{"name": "", "account": "", "emails": [], "phones": [], **given})  # type: ignore[arg-type]

    whole = digests(name="José", account="account:1", emails=["A@b.de"], phones=["(030) 12 34 56"])
    assert len(whole) == 3
    assert all(each.startswith(DIGEST) for each in whole)
    assert digests(emails=[" a@B.DE "]) < whole
    assert digests(phones=["030/123456"]) < whole
    assert digests(name="JOSE", account="account:1") < whole
    assert not digests(name="José", account="account:2") & whole
    assert digests(name="José") == digests(phones=["12 34"]) == set()


def test_digests_without_the_secret_are_of_no_use() -> None:
    one, other = (
        person_digests(secret, name="", account="", emails=["a@b.de"], phones=[]) for secret in (b"one", b"other")
    )
    assert not one & other
    assert phone_digits("+49 (30) 1") == "49301"
