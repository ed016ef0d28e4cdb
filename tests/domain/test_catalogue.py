"""The catalogue declares every field once, and the Mackay answers as their list has them."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from accountplanner.domain.catalogue import (
    KINDS,
    all_fields,
    child_references,
    field_named,
    known_field,
    record_kind,
    visible_kinds,
)
from accountplanner.domain.errors import UnknownFieldError, WrongUseError
from accountplanner.domain.fields import Field, FieldType, Layer, Nature, Privacy
from accountplanner.domain.shipped import shipped_text
from accountplanner.domain.statements import is_internal

FIELDS = list(all_fields())
TOPICS = list(csv.DictReader(shipped_text("catalogues/mackay66.csv").splitlines()))


def test_every_field_has_an_id_of_its_own() -> None:
    declared = [field.id for kind in KINDS.values() for field in kind.fields]
    assert [name for name, count in Counter(declared).items() if count > 1] == []
    assert len(declared) == len(FIELDS)


def test_every_kind_of_the_glossary_is_there_and_names_itself_by_a_field_of_its_own() -> None:
    glossary = (
        "account division contact colleague seat tie link position move touch note partner partner_note registration "
        "offering purchase opportunity competitor wallet signal definition feedback case need moment plan objective "
        "strategy action risk review"
    )
    assert set(glossary.split()) <= set(visible_kinds())
    for kind in KINDS.values():
        assert kind.field(kind.title_key) is not None, kind.key


def _is_sound(field: Field) -> bool:
    return (
        known_field(field.kind, field.key) is field
        and not is_internal(field.key)
        and field.label.strip() == field.label != ""
        and set(field.refers_to) <= KINDS.keys()
        and bool(field.refers_to) == (field.type is FieldType.REFERENCE)
        and bool(field.choices) == (field.type is FieldType.CHOICE)
        and (not field.owner or bool(field.refers_to))
        and (field.partner_may_see or not field.partner_may_fill)
        and (field.privacy is Privacy.BUSINESS or not field.partner_may_see)
        and field.per_speaker == (field.nature is Nature.OPINION)
        and (field.highest is None or (field.lowest is not None and field.lowest < field.highest))
    )


def test_every_field_is_declared_soundly() -> None:
    assert [field.id for field in FIELDS if not _is_sound(field)] == []


def test_no_word_means_two_choices_of_one_field() -> None:
    for field in FIELDS:
        words = [word for key, label in field.choices for word in {key.casefold(), label.casefold()}]
        assert len(words) == len(set(words)), field.id


def test_no_two_fields_of_a_kind_share_a_label() -> None:
    labels = Counter((field.kind, field.label.casefold()) for field in FIELDS)
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_mackay_number_stands_once_with_the_class_of_the_list() -> None:
    mackay = {field.number: field for field in FIELDS if field.number}
    assert sorted(field.number for field in FIELDS if field.number) == list(range(1, 67))
    assert [int(topic["number"]) for topic in TOPICS] == list(range(1, 67))
    for topic in TOPICS:
        field = mackay[int(topic["number"])]
        assert field.id == f"contact.mackay_{topic['key']}"
        assert (field.label, field.privacy, field.nature) == (topic["label"], topic["privacy"], topic["nature"])
        assert field.fresh_months == int(topic["fresh_months"] or 0)
        assert field.partner_may_fill == (topic["partner_may_fill"] == "yes")


def test_special_household_and_inferable_answers_stay_on_the_laptop_unless_shared() -> None:
    private = {Privacy.SPECIAL, Privacy.HOUSEHOLD, Privacy.INFERABLE}
    assert {field.privacy for field in FIELDS if field.default_layer is Layer.ME} == private
    assert {field.privacy for field in FIELDS if field.default_layer is Layer.TEAM}.isdisjoint(private)


def test_the_six_special_topics_are_the_ones_the_law_names() -> None:
    special = {field.number for field in FIELDS if field.privacy is Privacy.SPECIAL}
    assert special == {6, 35, 37, 38, 40}


@pytest.mark.parametrize("name", ["mackay_hobbies", "contact.mackay_hobbies", "hobbies", "HOBBIES, pastimes, reading"])
def test_a_person_may_name_a_field_in_several_ways(name: str) -> None:
    assert field_named("contact", name).id == "contact.mackay_hobbies"


def test_what_is_not_there_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnknownFieldError, match="There is no field “shoe size” among those of contacts"):
        field_named("contact", "shoe size")
    with pytest.raises(WrongUseError, match="“customer” is no record kind; there are: account"):
        record_kind("customer")
    with pytest.raises(UnknownFieldError):
        field_named("account", "")


def test_what_belongs_to_a_contact_goes_with_it() -> None:
    assert {f"{field.kind}.{field.key}" for field in child_references("contact")} == {
        "note.contact",
        "tie.contact",
        "link.contact",
        "link.other",
        "position.holder",
    }
