"""Workbooks of a small picture, and a person to fill them in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.exchange.returning import Exported, OpenBy, Person, account_id, exported, facts_of, picture

from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.projection import project_partner, project_team

if TYPE_CHECKING:
    from pathlib import Path


_KINDS = frozenset({"account", "contact", "note", "registration"})


@pytest.fixture(scope="session")
def team_export(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    content = project_team(facts_of(WorkbookKind.TEAM), picture(), b"team")
    # Sheets of other kinds would be empty; a handful is quicker to open and to save than thirty.
    shown = tuple(each for each in content.sheets if each.layout.kind in _KINDS)
    return exported(tmp_path_factory.mktemp("team") / "team.xlsx", replace(content, sheets=shown))


@pytest.fixture(scope="session")
def partner_export(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    scope = frozenset(account_id(number) for number in range(6))
    content = project_partner(facts_of(WorkbookKind.PARTNER), picture(), b"partner", scope)
    return exported(tmp_path_factory.mktemp("partner") / "partner.xlsx", content)


@pytest.fixture
def open_by(tmp_path: Path) -> OpenBy:
    return lambda exported: Person(exported.path, tmp_path / f"returned-{exported.path.name}")
