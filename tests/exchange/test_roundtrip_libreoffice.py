"""A real spreadsheet program as the partner: opened, saved, and nothing may look like an edit."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.exchange.returning import Exported, OpenBy

Resave = Callable[[Path, str], Path]

pytestmark = pytest.mark.slow


@pytest.fixture
def resaved(tmp_path: Path) -> Resave:
    """Lets LibreOffice open a workbook and save it, under a profile of its own."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is part of the full tests"

    def save(path: Path, ending: str) -> Path:
        folder = tmp_path / "resaved"
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                folder,
                path,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return folder / f"{path.stem}.{ending}"

    return save


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("name", ["team_export", "partner_export"])
def test_a_save_by_libreoffice_changes_nothing(
    name: str, ending: str, resaved: Resave, request: pytest.FixtureRequest
) -> None:
    export: Exported = request.getfixturevalue(name)
    returned = export.read(resaved(export.path, ending))
    assert (returned.tier, returned.changes, returned.keyless, returned.missing) == (0, (), (), ())
    assert returned.held == ()


def test_an_answer_survives_libreoffice(partner_export: Exported, open_by: OpenBy, resaved: Resave) -> None:
    person = open_by(partner_export)
    person.write("Accounts", "Borealis", "Phone", "00 47 123")
    derived = partner_export.derive(resaved(person.save(), "xlsx"))
    assert [(each.field, each.value) for each in derived.statements] == [("phone", "00 47 123")]
