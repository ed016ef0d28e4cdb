"""Names looked up one by one and all at once: the answers are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accountplanner.domain.catalogue import record_kind
from accountplanner.exchange.tables.finding import Asking
from accountplanner.usecases import known_names
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.known_names import KnownNames
from accountplanner.usecases.name_index import NameIndex

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

NAMES = ("Müller & Söhne", "Muller & Sohne", "MÜLLER & SÖHNE", "Alpine", "alpine", "Ærø", "x" * 250, "x" * 200 + "y")


@pytest.fixture
def peopled(ann: Session) -> Session:
    for number, name in enumerate(NAMES):
        account, _ = create_record(ann, "account", {"name": name, "number": f"K{number // 2}"})
        create_record(ann, "contact", {"name": name, "account": account, "email": f"p{number // 3}@firm.example"})
    return ann


def test_an_index_answers_as_the_store_does(peopled: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    store = peopled.store
    asked = (*NAMES, "muller & sohne", " Alpine ", "nobody", "")
    index = NameIndex(record_kind("account"), store.every("account"), ("number",))
    for text in asked:
        assert index.titled(text) == store.records_titled("account", text), text
        assert sorted(index.where("number", text)) == sorted(store.records_where("account", "number", text))
    one_by_one = KnownNames(peopled)
    every = (*asked, "K0", "K1", "K9", "p0@firm.example", "P0@FIRM.EXAMPLE", "p9@firm.example")
    answers = {text: one_by_one.find(Asking(("account", "contact"), text)) for text in every}
    monkeypatch.setattr(known_names, "_FEW", 0)
    at_once = KnownNames(peopled)
    assert {text: at_once.find(Asking(("account", "contact"), text)) for text in every} == answers
    assert at_once._indexes.keys() == {"account", "contact"}
    assert one_by_one._indexes == {}
    assert len(answers["K0"]) == 2
    assert len(answers["p0@firm.example"]) == 3
