# ruff: noqa: S101, SLF001 - a tool may look inside
"""The import, step by step."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget
from tools.scenes.scene import Scene
from tools.stage import Stage, story_account

from accountplanner.desktop.dialogs.import_wizard import ImportWizard
from accountplanner.usecases.begun_imports import begun_import

_DATA: Final = Path(__file__).resolve().parents[2] / "tests" / "data"
_UNKNOWN_LIST: Final = (
    "Kundennr;Firma;Ansprechpartner;Ort;PLZ;Land;Telefon;Umsatz 2025;Merkmal\n"
    "10017;Ernst Handel;Roland Mendel;Graz;8010;Austria;7675-3425;124.300,00;A\n"
    "10018;Bon app';Laurence Lebihan;Marseille;13008;France;91.24.45.40;87.120,50;B\n"
    "10019;Around the Horn;Thomas Hardy;London;WA1 1DP;UK;(171) 555-7788;64.002,00;B\n"
)


def _wizard(stage: Stage, *files: Path) -> ImportWizard:
    wizard = stage.exchange().import_files(files)
    assert wizard is not None
    if files:
        stage.wait_for(lambda: wizard._at > 0)
    stage.quiet()
    return wizard


def _import_file(stage: Stage) -> QWidget:
    return _wizard(stage)


def _import_map(stage: Stage) -> QWidget:
    own = Path(tempfile.mkdtemp(dir=stage.folder)) / "kunden.csv"
    own.write_text(_UNKNOWN_LIST, encoding="utf-8")
    return _wizard(stage, own)


def _import_cards(stage: Stage) -> QWidget:
    """Somebody's own address book, whose notes and birthdays stay on this computer."""
    book = Path(tempfile.mkdtemp(dir=stage.folder)) / "people.vcf"
    cards = (("Ida Moe", "Likes early calls, never on Fridays"), ("Ola Vik", "Plays chess with the owner"))
    book.write_text(
        "".join(
            f"BEGIN:VCARD\nVERSION:3.0\nUID:{name}\nFN:{name}\nORG:Nova Fjord\nBDAY:1978-06-13\nNOTE:{note}\nEND:VCARD\n"
            for name, note in cards
        ),
        encoding="utf-8",
    )
    return _wizard(stage, book)


def _import_at(step: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        wizard = _wizard(stage, _DATA / "northwind-wild" / "customers.csv")
        while wizard._at < step:
            before = wizard._at
            wizard.accept_requested.emit()
            stage.wait_for(lambda at=before: wizard._at != at)  # type: ignore[misc]
            stage.quiet()
        return wizard

    return show


def _import_matches(stage: Stage) -> QWidget:
    """A list with a row that may be the account of the story."""
    own = Path(tempfile.mkdtemp(dir=stage.folder)) / "kunden.csv"
    held = stage.session.store.record(story_account(stage.session))
    assert held is not None
    values = held.values
    row = (
        "9001",
        values["name"],
        "Lübeck",
        values.get("country", ""),
        values.get("phone", ""),
        values.get("website", ""),
    )
    own.write_text(f"Kundennr;Firma;Ort;Land;Telefon;Website\n{';'.join(row)}\n9002;Neuer Kunde KG;Graz;Austria;;\n")
    wizard = _wizard(stage, own)
    while wizard._at < 3:
        before = wizard._at
        wizard.accept_requested.emit()
        stage.wait_for(lambda at=before: wizard._at != at)  # type: ignore[misc]
        stage.quiet()
    assert wizard.confirm.matches.cards()
    return wizard


def _import_changes(stage: Stage) -> QWidget:
    wizard = _import_matches(stage)
    assert isinstance(wizard, ImportWizard)
    wizard.confirm.tabs.choose("changes")
    stage.quiet()
    return wizard


def _import_taken_up(stage: Stage) -> QWidget:
    """An import that a lock came between, as it goes on."""
    wizard = _import_matches(stage)
    assert isinstance(wizard, ImportWizard)
    wizard.confirm.matches.cards()[0].answer(1)
    stage.quiet()
    begun = begun_import(stage.session)
    assert begun is not None
    QDialog.done(wizard, 0)
    stage.exchange().take_up(begun)
    again = stage.opened(ImportWizard)
    stage.wait_for(lambda: again._at == begun.step)
    stage.quiet()
    return again


IMPORTS: Final = (
    Scene("import-file", _import_file, (ImportWizard,)),
    Scene("import-map", _import_map),
    Scene("import-fix", _import_at(2)),
    Scene("import-confirm", _import_at(3)),
    Scene("import-matches", _import_matches),
    Scene("import-changes", _import_changes),
    Scene("import-cards", _import_cards),
    Scene("import-taken-up", _import_taken_up),
)
