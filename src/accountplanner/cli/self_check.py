"""`--self-check`: does this installation work, from the database to a workbook and back?

Run on every built program before it ships, so it goes through whatever a build can leave out: the
database's encryption, the shipped catalogues, the child process that reads files.
"""

# ruff: noqa: PLC0415 - the help must not wait for the database; it loads when the check runs

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from accountplanner.cli.printing import say
from accountplanner.domain.errors import RefusedError

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session


def check_installation(session: "Session") -> None:
    """Make records, send them out, take them back, verify; the session is one that will be thrown away.

    Raises:
        RefusedError: one of them did not end as it must.
    """
    from accountplanner.usecases.dumping import dump
    from accountplanner.usecases.workspaces import verify

    _make_records(session)
    before = dump(session)
    _there_and_back(session)
    if findings := verify(session):
        raise RefusedError(f"The check failed: the workspace is not sound ({findings[0]}).")
    if dump(session) != before:
        raise RefusedError("The check failed: an untouched workbook changed something.")
    say("OK")


def _make_records(session: "Session") -> None:
    from accountplanner.usecases.editing import create_record

    account, _ = create_record(session, "account", {"name": "Grüne Straße Ltd", "postal_code": "01067", "city": "Łódź"})
    create_record(session, "contact", {"name": "Zoë Ångström", "account": account, "phone": "+49 (0)351 12"})


def _there_and_back(session: "Session") -> None:
    from accountplanner.usecases.exporting import export_team
    from accountplanner.usecases.importing import import_files

    with tempfile.TemporaryDirectory(prefix="accountplanner-") as folder:
        book = export_team(session, Path(folder) / "check.xlsx").path
        counts = import_files(session, [book]).counts
    if counts.needs_person or counts.new or counts.changed:
        raise RefusedError("The check failed: an untouched workbook came back with changes.")
