"""One's own workspace from a person's view: name, keys, and what opens it afterwards."""

from pathlib import Path

import pytest

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.own_workspace import (
    name_oneself,
    new_passphrase,
    new_recovery_key,
    open_by_keyring,
    own_workspace,
)
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import (
    Created,
    Key,
    NewWorkspace,
    WrongPassphraseError,
    create_workspace,
    open_workspace,
)

CHEAP = Stretching(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "workspace")


@pytest.fixture
def created(places: Places) -> Created:
    return create_workspace(NewWorkspace(places, "Nancy Davolio", "", "old words", stretching=CHEAP))


def _reopened(places: Places, key: Key) -> Session:
    return open_workspace(places, key)


def test_a_new_name_is_what_colleagues_hear_from_now_on(created: Created, places: Places) -> None:
    session = created.session
    before, _ = create_record(session, "account", {"name": "Before AG"})
    name_oneself(session, " Nancy Fuller ", "nancy@northwind.example")
    after, _ = create_record(session, "account", {"name": "After AG"})
    spoke = [
        entry.statement.speaker
        for each in (before, after)
        for entry in session.store.entries(each)[Layer.TEAM]
        if entry.statement.field == "name"
    ]
    member = session.store.team.picture(session.store.identity.member)
    assert spoke == ["Nancy Davolio", "Nancy Fuller"]
    assert (member.value("name"), member.value("email")) == ("Nancy Fuller", "nancy@northwind.example")
    session.close()
    session = _reopened(places, Key("old words"))
    assert own_workspace(session).name == "Nancy Fuller"
    session.close()


@pytest.mark.parametrize(("name", "email"), [("  ", ""), ("Nancy", "no address"), ("Nancy", "@")])
def test_nobody_without_a_name_and_no_address_that_is_none(created: Created, name: str, email: str) -> None:
    with pytest.raises(WrongUseError):
        name_oneself(created.session, name, email)
    assert own_workspace(created.session).name == "Nancy Davolio"
    created.session.close()


def test_the_passphrase_changes_for_who_knows_the_old_one(created: Created, places: Places) -> None:
    with pytest.raises(WrongPassphraseError):
        new_passphrase(created.session, "another", "new words", CHEAP)
    new_passphrase(created.session, "old words", "new words", CHEAP)
    created.session.close()
    with pytest.raises(WrongPassphraseError):
        _reopened(places, Key("old words"))
    _reopened(places, Key("new words")).close()


def test_a_new_recovery_key_makes_the_former_one_useless(created: Created, places: Places) -> None:
    fresh = new_recovery_key(created.session)
    created.session.close()
    with pytest.raises(WrongPassphraseError):
        _reopened(places, Key(recovery=created.recovery_key))
    _reopened(places, Key(recovery=fresh)).close()


def test_the_keyring_opens_it_only_where_there_is_one_and_only_while_wanted(
    created: Created, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not open_by_keyring(created.session, wanted=True), "the null keyring keeps nothing"
    kept: dict[str, str] = {}
    monkeypatch.setattr("keyring.set_password", lambda _service, entry, secret: kept.update({entry: secret}))
    monkeypatch.setattr("keyring.get_password", lambda _service, entry: kept.get(entry))
    monkeypatch.setattr("keyring.delete_password", lambda _service, entry: kept.pop(entry))
    assert open_by_keyring(created.session, wanted=True)
    assert own_workspace(created.session).opens_by_keyring
    created.session.close()
    session = _reopened(places, Key())
    assert not open_by_keyring(session, wanted=False)
    assert kept == {}
    session.close()
    with pytest.raises(WrongPassphraseError):
        _reopened(places, Key())
