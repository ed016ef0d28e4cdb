"""Ways into a workspace, and that there are no others."""

from __future__ import annotations

import json
import logging
import stat
import unicodedata
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import keyring
import keyring.backend
import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.mishaps import needs_unix
from typing_extensions import override

from accountplanner.store import keyring_slot, keyslots
from accountplanner.store.failures import (
    DatabaseNewerError,
    DiskFullError,
    KeyslotsDamagedError,
    WrongPassphraseError,
)
from accountplanner.store.keyslots import (
    KeyslotsExistError,
    add_keyring_slot,
    change_passphrase,
    create_keyslots,
    read_keyslots,
    remove_keyring_slot,
    replace_recovery_key,
    set_passphrase,
    unlock_with_keyring,
    unlock_with_passphrase,
    unlock_with_recovery,
)
from accountplanner.store.recovery_key import RecoveryKeyMistypedError, new_recovery_secret, read_spelling, spell
from accountplanner.store.stretching import EmptyPassphraseError, Stretching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSPHRASE = "grüne Gärten"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyslots.json"


@pytest.fixture
def made(path: Path, cheap: Stretching) -> tuple[bytes, str]:
    return create_keyslots(path, PASSPHRASE, cheap)


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that may hold secrets, swallow them, change them, or break."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.mood = "well"

    @override
    def get_password(self, service: str, username: str) -> str | None:
        if self.mood == "breaks":
            raise OSError("no bus")
        return self.held.get(username)

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        if self.mood == "locked":
            raise keyring.errors.KeyringLocked
        if self.mood != "swallows":
            self.held[username] = password if self.mood == "well" else password[:-4] + "AAA="

    @override
    def delete_password(self, service: str, username: str) -> None:
        if username not in self.held:
            raise keyring.errors.PasswordDeleteError
        del self.held[username]


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


# --- passphrase -----------------------------------------------------------------------------------------------------


def test_passphrase_and_recovery_key_open_the_same_data(path: Path, made: tuple[bytes, str]) -> None:
    data_key, recovery = made
    assert len(data_key) == 32
    assert unlock_with_passphrase(path, PASSPHRASE) == data_key
    assert unlock_with_recovery(path, recovery) == data_key


def test_every_workspace_has_a_key_of_its_own(tmp_path: Path, cheap: Stretching) -> None:
    first, second = (create_keyslots(tmp_path / name, PASSPHRASE, cheap) for name in ("one.json", "two.json"))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_accents_may_be_typed_either_way(path: Path, made: tuple[bytes, str]) -> None:
    assert unlock_with_passphrase(path, unicodedata.normalize("NFD", PASSPHRASE)) == made[0]


@pytest.mark.usefixtures("made")
def test_a_wrong_passphrase_says_so_in_one_sentence(path: Path) -> None:
    with pytest.raises(WrongPassphraseError, match=r"^The passphrase does not open this workspace\.$"):
        unlock_with_passphrase(path, "grüne Garten")


def test_the_passphrase_can_be_changed_and_the_data_key_stays(
    path: Path, made: tuple[bytes, str], cheap: Stretching
) -> None:
    change_passphrase(path, PASSPHRASE, "blaue Berge", cheap)
    assert unlock_with_passphrase(path, "blaue Berge") == made[0]
    assert unlock_with_recovery(path, made[1]) == made[0]
    with pytest.raises(WrongPassphraseError):
        unlock_with_passphrase(path, PASSPHRASE)


def test_a_forgotten_passphrase_can_be_set_anew(path: Path, made: tuple[bytes, str], cheap: Stretching) -> None:
    set_passphrase(path, unlock_with_recovery(path, made[1]), "blaue Berge", cheap)
    assert unlock_with_passphrase(path, "blaue Berge") == made[0]
    with pytest.raises(WrongPassphraseError):
        set_passphrase(path, bytes(32), "anything", cheap)


@pytest.mark.usefixtures("made")
def test_changing_needs_the_old_passphrase(path: Path, cheap: Stretching) -> None:
    before = path.read_bytes()
    with pytest.raises(WrongPassphraseError):
        change_passphrase(path, "wrong", "blaue Berge", cheap)
    with pytest.raises(EmptyPassphraseError):
        change_passphrase(path, PASSPHRASE, "  ", cheap)
    assert path.read_bytes() == before


def test_an_empty_passphrase_is_refused(path: Path, cheap: Stretching) -> None:
    with pytest.raises(EmptyPassphraseError):
        create_keyslots(path, "", cheap)
    assert not path.exists()


def test_existing_keyslots_are_never_replaced(path: Path, made: tuple[bytes, str], cheap: Stretching) -> None:
    with pytest.raises(KeyslotsExistError):
        create_keyslots(path, "another", cheap)
    assert unlock_with_passphrase(path, PASSPHRASE) == made[0]


def test_the_default_costs_are_those_we_promise() -> None:
    assert Stretching() == Stretching(memory_kib=64 * 1024, iterations=3, lanes=4)


# --- recovery key ---------------------------------------------------------------------------------------------------


@given(secret=st.binary(min_size=23, max_size=23))
def test_a_recovery_key_reads_as_it_was_spelled(secret: bytes) -> None:
    spelled = spell(secret)
    assert [len(group) for group in spelled.split("-")] == [5] * 8
    assert read_spelling(spelled) == secret


@given(secret=st.binary(min_size=23, max_size=23))
def test_a_recovery_key_may_be_copied_as_people_copy(secret: bytes) -> None:
    spelled = spell(secret)
    confused = spelled.replace("0", "O").replace("1", "l")
    for typed in (spelled.lower(), spelled.replace("-", ""), f"  {spelled.replace('-', ' ')}\n", confused):
        assert read_spelling(typed) == secret


@given(secret=st.binary(min_size=23, max_size=23), data=st.data())
def test_a_wrong_letter_is_noticed(secret: bytes, data: st.DataObject) -> None:
    spelled = spell(secret)
    at = data.draw(st.sampled_from([place for place, letter in enumerate(spelled) if letter != "-"]))
    letter = data.draw(st.sampled_from([each for each in "23456789ABCDEFGHJK" if each != spelled[at]]))
    # Two bytes of check let one slip in 65,536 pass; then the slot refuses.
    with suppress(RecoveryKeyMistypedError):
        assert read_spelling(spelled[:at] + letter + spelled[at + 1 :]) != secret


@pytest.mark.parametrize("typed", ["", "ABCDE", "U" * 40, "ÄBCDE-" * 8, "0" * 39, "0" * 41])
def test_what_is_no_recovery_key_is_told_as_a_slip(path: Path, typed: str) -> None:
    with pytest.raises(RecoveryKeyMistypedError, match="eight groups"):
        unlock_with_recovery(path, typed)


@pytest.mark.usefixtures("made")
def test_the_recovery_key_of_another_workspace_does_not_open_this_one(path: Path) -> None:
    with pytest.raises(WrongPassphraseError, match="recovery key"):
        unlock_with_recovery(path, spell(new_recovery_secret()))


def test_a_new_recovery_key_replaces_the_old_one(path: Path, made: tuple[bytes, str]) -> None:
    new = replace_recovery_key(path, made[0])
    assert unlock_with_recovery(path, new) == made[0]
    with pytest.raises(WrongPassphraseError):
        unlock_with_recovery(path, made[1])


# --- keyring --------------------------------------------------------------------------------------------------------


def test_a_keyring_that_keeps_secrets_opens_the_workspace(
    path: Path, made: tuple[bytes, str], memory_keyring: MemoryKeyring
) -> None:
    assert unlock_with_keyring(path) is None
    assert add_keyring_slot(path, made[0])
    assert unlock_with_keyring(path) == made[0]
    assert read_keyslots(path).has_keyring()
    (held,) = memory_keyring.held.values()
    assert made[0].hex() not in held
    assert held not in path.read_text()


def test_adding_again_leaves_one_secret_and_removing_none(
    path: Path, made: tuple[bytes, str], memory_keyring: MemoryKeyring
) -> None:
    assert add_keyring_slot(path, made[0])
    assert add_keyring_slot(path, made[0])
    assert len(memory_keyring.held) == 1
    assert unlock_with_keyring(path) == made[0]
    remove_keyring_slot(path)
    assert memory_keyring.held == {}
    assert not read_keyslots(path).has_keyring()
    assert unlock_with_keyring(path) is None


@pytest.mark.parametrize("mood", ["swallows", "changes", "locked", "breaks"])
def test_a_keyring_that_only_pretends_is_not_relied_on(
    path: Path, made: tuple[bytes, str], memory_keyring: MemoryKeyring, mood: str
) -> None:
    memory_keyring.mood = mood
    before = path.read_bytes()
    assert not add_keyring_slot(path, made[0])
    assert path.read_bytes() == before
    assert unlock_with_passphrase(path, PASSPHRASE) == made[0]


def test_a_keyring_that_has_lost_the_secret_is_no_failure(
    path: Path, made: tuple[bytes, str], memory_keyring: MemoryKeyring
) -> None:
    assert add_keyring_slot(path, made[0])
    memory_keyring.held = dict.fromkeys(memory_keyring.held, "not base 64 at all")
    assert unlock_with_keyring(path) is None
    memory_keyring.held.clear()
    assert unlock_with_keyring(path) is None
    remove_keyring_slot(path)


def test_no_keyring_at_all_is_no_failure(path: Path, made: tuple[bytes, str]) -> None:
    assert not add_keyring_slot(path, made[0])
    assert keyring_slot.load_secret("entry") is None


def test_the_log_never_quotes_what_a_keyring_says(
    memory_keyring: MemoryKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    memory_keyring.mood = "breaks"
    with caplog.at_level(logging.INFO):
        assert keyring_slot.load_secret("entry") is None
    assert "OSError" in caplog.text
    assert "no bus" not in caplog.text


# --- the file -------------------------------------------------------------------------------------------------------


@needs_unix
@pytest.mark.usefixtures("made")
def test_only_the_owner_may_read_the_file_and_nothing_lies_beside_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == ["keyslots.json"]


def test_no_secret_stands_in_the_file(path: Path, made: tuple[bytes, str]) -> None:
    written = path.read_text()
    for secret in (PASSPHRASE, made[0].hex(), made[1], made[1].replace("-", "")):
        assert secret not in written


@pytest.mark.usefixtures("made")
def test_damage_is_told_from_a_wrong_passphrase(path: Path) -> None:
    sound = path.read_bytes()
    for at in range(0, len(sound), 7):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
        with pytest.raises((KeyslotsDamagedError, DatabaseNewerError)):
            unlock_with_passphrase(path, PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"format": "one"}'])
def test_what_are_no_keyslots_is_told_as_damage(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(KeyslotsDamagedError, match="copy from the latest backup"):
        read_keyslots(path)


def test_missing_keyslots_are_told_as_missing(path: Path) -> None:
    with pytest.raises(KeyslotsDamagedError, match="is missing; put back the copy"):
        unlock_with_passphrase(path, PASSPHRASE)


@pytest.mark.usefixtures("made")
def test_keyslots_of_a_newer_version_are_refused(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))
    with pytest.raises(DatabaseNewerError):
        unlock_with_passphrase(path, PASSPHRASE)


def test_the_slots_of_one_workspace_are_useless_in_another(
    tmp_path: Path, path: Path, made: tuple[bytes, str], cheap: Stretching
) -> None:
    other = tmp_path / "other.json"
    create_keyslots(other, "x", cheap)
    mixed = replace(read_keyslots(other), slots=read_keyslots(path).slots)
    keyslots._write(other, mixed)
    with pytest.raises(WrongPassphraseError):
        unlock_with_passphrase(other, PASSPHRASE)
    assert not read_keyslots(other).opens_same_as(read_keyslots(path))
    assert read_keyslots(path).fits(made[0])


@pytest.mark.parametrize("costs", [Stretching(2**30, 3, 4), Stretching(64, 10**9, 1), Stretching(64, 1, 64)])
def test_costs_beyond_reason_are_not_spent(costs: Stretching) -> None:
    with pytest.raises(ValueError, match="beyond reason"):
        Stretching.from_json(costs.to_json())


@needs_unix
def test_a_full_disk_leaves_the_old_passphrase(
    path: Path, made: tuple[bytes, str], run_child: Callable[..., str]
) -> None:
    said = run_child(
        """
import resource, sys
from pathlib import Path
from accountplanner.domain.errors import RefusedError
from accountplanner.store.keyslots import set_passphrase
from accountplanner.store.stretching import Stretching
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    set_passphrase(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), "new", Stretching(64, 1, 1))
except RefusedError as error:
    print(type(error).__name__)
""",
        path,
        made[0].hex(),
    )
    assert said == DiskFullError.__name__
    assert unlock_with_passphrase(path, PASSPHRASE) == made[0]
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == ["keyslots.json"]
