"""Who may be somebody we know: proposed with reasons, and not by a name across a border."""

import random

import pytest

from accountplanner.exchange.match import MatchProposal, Party, domain_of, find_matches, folded_name

KNOWN = Party("account:1", "Müller Maschinenbau GmbH", "mueller-mb.de", "Germany", "Dresden", "0351 4711-100")


def match(**facts: str) -> MatchProposal | None:
    return next(iter(find_matches([Party("account:new", **{"name": "", **facts})], [KNOWN])), None)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Müller GmbH & Co. KG", "muller"),
        ("The Big Cheese S.A. de C.V.", "big cheese"),
        ("Foo S.p.A.", "foo"),
        ("Foo A/S", "foo"),
        ("Alpha Sp. z o.o.", "alpha"),
        ("Alpha Sp. z o. o.", "alpha"),
        ("Bon app'", "bon app"),
        ("Limited", "limited"),
        ("Ernst Handel", "ernst handel"),
    ],
)
def test_names_without_their_legal_form(name: str, folded: str) -> None:
    assert folded_name(name) == folded


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Acme.com/en?x", "acme.com"),
        ("ana@acme.com", "acme.com"),
        ("acme.co.uk", "acme.co.uk"),
        ("ana@gmail.com", ""),
        ("#CAJUN.HTM#", ""),
        ("", ""),
    ],
)
def test_domains(text: str, domain: str) -> None:
    assert domain_of(text) == domain


def test_the_same_name_in_the_same_country() -> None:
    found = match(name="MULLER MASCHINENBAU", country="Deutschland")
    assert found is not None
    assert found.reasons == ("same name", "same country Germany")


def test_a_slip_of_the_pen() -> None:
    assert match(name="Mueller Maschinenbau", country="DE", city="Dresden") is not None


def test_a_name_alone_in_another_country_is_no_match() -> None:
    assert match(name="Müller Maschinenbau GmbH", country="Austria") is None


@pytest.mark.parametrize(
    "facts", [{"domain": "www.mueller-mb.de"}, {"email": "info@mueller-mb.de"}, {"phone": "+49 (351) 4711100"}]
)
def test_strong_evidence_needs_no_name(facts: dict[str, str]) -> None:
    found = match(**facts)
    assert found is not None
    assert len(found.reasons) == 1


def test_a_shared_mail_service_is_no_evidence() -> None:
    one, other = Party("a", "Ana", email="ana@gmail.com"), Party("b", "Bea", email="bea@gmail.com")
    assert not find_matches([one], [other])


def test_more_evidence_scores_higher() -> None:
    little, much = (
        match(name="Müller Maschinenbau", country="Germany"),
        match(name="Müller Maschinenbau", country="Germany", phone="0351 4711-100"),
    )
    assert little is not None
    assert much is not None
    assert little.score < much.score <= 1


def test_a_record_is_not_proposed_as_its_own_match() -> None:
    assert not find_matches([KNOWN], [KNOWN])


def test_different_firms_are_not_proposed() -> None:
    assert match(name="Schulze Logistik GmbH", country="Germany", city="Dresden") is None


@pytest.mark.slow
def test_a_thousand_rows_against_a_hundred_thousand() -> None:
    pick = random.Random(7)  # noqa: S311 - made-up names
    parts = ["ka", "to", "mi", "ran", "bel", "dor", "fis", "gan", "lu", "vex", "pra", "sol", "tin", "wer", "zan"]

    def word() -> str:
        return "".join(pick.choice(parts) for _ in range(pick.randint(2, 4))).title()

    existing = [
        Party(f"account:{n}", f"{word()} {word()} GmbH", country="Germany", city=word()) for n in range(100_000)
    ]
    incoming = [
        Party(f"new:{n}", each.name.replace(" GmbH", ""), country="DE") for n, each in enumerate(existing[::100])
    ]
    best: dict[str, MatchProposal] = {}
    for proposal in find_matches(incoming, existing):
        best.setdefault(proposal.incoming, proposal)
    assert len(best) == len(incoming)
