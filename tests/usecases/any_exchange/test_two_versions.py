"""Two versions of the program in one team: a real older one, which has never heard of a field and a kind, in between."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import agree, bring, filled, say, sent, small_picture, value, values
from tests.usecases.conftest import PASSPHRASE

from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.workspaces import Key, open_workspace, verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

_OLDER = """
import sys
from dataclasses import replace
from accountplanner.domain import catalogue

account = catalogue.KINDS["account"]
catalogue.KINDS["account"] = replace(account, fields=tuple(f for f in account.fields if f.key != "tags"))
del catalogue._FIELDS["account", "tags"]
for field in catalogue.KINDS.pop("moment").fields:
    del catalogue._FIELDS["moment", field.key]

from accountplanner.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
"""


def _older_program(session: Session, *words: str) -> str:
    """Do something with the older program on this (closed) workspace; its guarded children are as old."""
    program = session.store.places.folder.with_name("older.py")
    program.write_text(_OLDER)
    environment = {**os.environ, "ACCOUNTPLANNER_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, str(program), "--workspace", str(session.store.places.folder), *words]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode in {0, 1}, ended.stderr
    return ended.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_an_older_program_in_between_loses_nothing_and_shows_it_once_it_is_renewed(
    laptops: Laptops, ann: Session, tmp_path: Path
) -> None:
    alpine = small_picture(ann).accounts["Alpine"]
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    say(ann, alpine, "tags", "Fish")
    moment, _ = create_record(ann, "moment", {"title": "Colder lorries", "account": alpine})
    ben.close()
    from_ann = sent(ann, tmp_path / "from-ann.xlsx")
    edited = filled(from_ann, tmp_path / "edited.xlsx", ("Accounts", "Alpine", "City", "Moss"),
                    ("Accounts", "Borealis", "Tags", "Wine"))  # fmt: skip
    _older_program(ben, "import", str(from_ann))
    _older_program(ben, "import", str(edited))
    assert "Fish" not in _older_program(ben, "show", "account", "Alpine")
    _older_program(ben, "set", "account", "Alpine", "phone", "+47 7")
    forwarded = tmp_path / "forwarded.xlsx"
    _older_program(ben, "export", "team", str(forwarded))
    assert "differs" not in _older_program(ben, "verify")
    bring(cleo, forwarded)
    assert value(cleo, alpine, "tags") == "Fish"
    assert value(cleo, moment, "title") == "Colder lorries"
    assert (value(cleo, alpine, "city"), value(cleo, alpine, "phone")) == ("Moss", "+47 7")
    bring(cleo, edited)
    renewed = laptops.keep(open_workspace(ben.store.places, Key(PASSPHRASE)))
    assert value(renewed, alpine, "tags") == "Fish"
    assert renewed.store.record(moment) is not None
    bring(renewed, edited)
    for turn in range(2):
        files = [sent(each, tmp_path / f"end-{turn}-{number}.xlsx") for number, each in enumerate((ann, renewed, cleo))]
        for each in (ann, renewed, cleo):
            bring(each, *files)
    assert agree(ann, renewed, cleo)
    borealis = ann.store.records_titled("account", "Borealis")[0]
    assert values(ann, borealis, "tags") == {"Wine"}
    assert [verify(each) for each in (ann, renewed, cleo)] == [[], [], []]
    assert b"Colder lorries" in dump(renewed)
