"""What the inner packages tell reaches a German window in German: errors, steps, what was skipped, what waits."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from accountplanner.desktop.telling import sentence_of, tell, tell_all, tell_title
from accountplanner.desktop.wording import speak
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import Sentence, fixed, told, within
from accountplanner.store.places import Places
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.history import steps, undo_step
from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import apply_import, preview_import
from accountplanner.usecases.session import Session
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import Key, open_workspace


@pytest.fixture(autouse=True)
def _german() -> None:
    speak("de")
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))


def test_facts_are_written_as_the_region_does_and_sentences_in_them_are_said_too() -> None:
    size = told("it has {size:,.0f} MB, and at most {most} MB are read", size=Decimal("1234.5"), most=50)
    said = told("{name} cannot be read: {reason}.", name="“a.xlsx”", reason=size)
    assert tell(said) == "“a.xlsx” lässt sich nicht lesen: sie hat 1.234 MB, gelesen werden höchstens 50 MB."
    assert tell(told("names alike ({share:.0%})", share=0.875)) == "ähnliche Namen (88\u00a0%)"
    assert tell(told("Put off until {day}", day=date(2026, 11, 22))) == "Zurückgestellt bis zum 22.11.2026"


def test_names_of_the_catalogue_are_german_and_what_a_person_typed_is_left_alone() -> None:
    assert tell(told("New {kind}", kind=within("Contact"))) == "Neu: Ansprechpartner"
    assert tell(Problem("List", 7, "Mail", "Contact", fixed("an e-mail address")).sentence()) == (
        "List, Zeile 7, Mail: „Contact“ gefunden, erwartet: eine E-Mail-Adresse"
    )
    assert tell("There is nothing to undo.") == "There is nothing to undo."
    assert tell_all((told("The note is empty."), "", "Contact")) == "Die Notiz ist leer. Contact"


def test_in_english_names_stay_small_within_a_sentence() -> None:
    speak("en")
    assert tell(told("New {kind}", kind=within("Contact"))) == "New contact"
    assert tell(within("Contact")) == "contact"


def test_an_error_of_ours_is_german_and_any_other_is_not_explained() -> None:
    assert sentence_of(PlannerError("There is nothing to undo.")) == "Es gibt nichts rückgängig zu machen."
    assert "zip" not in sentence_of(ValueError("bad zip"))


def refusal_of(session: Session, record: str, field: str, text: str) -> str:
    with pytest.raises(PlannerError) as refused:
        set_value(session, Typed(record, field, text))
    return sentence_of(refused.value)


def test_refusals_steps_what_undo_left_alone_and_a_wrong_passphrase(session: Session) -> None:
    account, _ = create_record(session, "account", {"name": "Kronwarder"})
    assert refusal_of(session, account, "email", "kein Brief") == (
        "E-Mail: „kein Brief“ passt nicht; erwartet wird eine E-Mail-Adresse."
    )
    first = set_value(session, Typed(account, "phone", "1"))
    set_value(session, Typed(account, "phone", "2"))
    undone = undo_step(session, first.step)
    assert tell_all(undone.skipped) == "Kronwarder: Telefon blieb, wie es ist (seither geändert)"
    titles = [tell_title(step.title) for step in steps(session)]
    assert titles == [
        "Neu: Mitglied", "Neu: Account", "„Telefon“ geändert", "„Telefon“ geändert", "Rückgängig: „Telefon“ geändert",
    ]  # fmt: skip
    session.close()
    with pytest.raises(PlannerError) as refused:
        open_workspace(Places(session.store.places.folder), Key("another one"))
    assert sentence_of(refused.value) == "Passphrase und Arbeitsbereich passen nicht zusammen."


@pytest.mark.slow
def test_what_imports_refuse_and_propose(session: Session, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(PlannerError) as refused:
        preview_import(session, [broken])
    assert sentence_of(refused.value).endswith(" lässt sich nicht lesen: sie ist beschädigt oder nicht ganz kopiert.")

    create_record(session, "account", {"name": "Hafenkantine Nord", "city": "Hamburg", "country": "Germany"})
    listed = tmp_path / "kunden.csv"
    listed.write_text(
        "Customer number;Company;City;Country;E-mail\n"
        "1;Hafenkantine Nord GmbH;Hamburg;Germany;a.b\n"
        "2;Alpin Technik;Graz;Austria;mail@alpin.example\n",
        encoding="utf-8",
    )
    preview = preview_import(session, [listed], ImportOptions(kind="account"))
    assert [tell(problem.matter()) for problem in preview.plan.problems] == [
        "„a.b“ gefunden, erwartet: eine E-Mail-Adresse"
    ]
    apply_import(session, preview)
    item = next(item for item in queue(session) if item.kind == "match")
    assert isinstance(item.reason, Sentence)
    assert tell(item.title) == "„Hafenkantine Nord GmbH“ könnte „Hafenkantine Nord“ sein"
    assert "gleiche Stadt Hamburg" in tell(item.reason)
    assert tell_title(steps(session)[-1].title) == "Import von kunden.csv"
