"""Device keys, team keys, invitations: what holds, and what any change breaks."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.store.failures import WrongPassphraseError
from accountplanner.store.invitations import (
    CertificateDamagedError,
    JoinFile,
    JoinFileDamagedError,
    JoinFileNewerError,
    Membership,
    invite,
    is_vouched_for,
    join,
    membership_from_bytes,
    membership_to_bytes,
    read_join_file,
    vouched_members,
    write_join_file,
)
from accountplanner.store.signing import (
    DeviceKeys,
    PublicKeys,
    SealDamagedError,
    SealedForOthersError,
    TeamKey,
    is_signed,
    new_device_keys,
    new_team_key,
    open_for_team,
    seal_for_team,
    sealed_key_id,
    sign,
    unwrap_team_key,
    wrap_team_key,
)
from accountplanner.store.stretching import EmptyPassphraseError, Stretching

CHEAP = Stretching(64, 1, 1)
ANNA, BEN, CARA, DINA, MALLORY = (new_device_keys() for _ in range(5))


# --- signatures -----------------------------------------------------------------------------------------------------


@given(content=st.binary())
def test_a_signature_holds_for_its_content_and_its_signer_alone(content: bytes) -> None:
    signature = sign(ANNA.signing, content)
    assert is_signed(ANNA.public.signing, signature, content)
    assert not is_signed(ANNA.public.signing, signature, content + b"x")
    assert not is_signed(BEN.public.signing, signature, content)


@pytest.mark.parametrize("signature", [b"", b"x" * 63, b"x" * 64])
def test_what_is_no_signature_does_not_hold(signature: bytes) -> None:
    assert not is_signed(ANNA.public.signing, signature, b"content")
    assert not is_signed(b"no key", sign(ANNA.signing, b"content"), b"content")


def test_keys_survive_being_written_and_are_not_shown() -> None:
    assert DeviceKeys.from_bytes(ANNA.to_bytes()) == ANNA
    assert PublicKeys.from_json(ANNA.public.to_json()) == ANNA.public
    assert repr(ANNA) == "DeviceKeys()"
    assert repr(new_team_key()) == "TeamKey()"
    with pytest.raises(ValueError, match="64 bytes"):
        DeviceKeys.from_bytes(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        PublicKeys.from_json(["", ""])


# --- team keys ------------------------------------------------------------------------------------------------------


@given(content=st.binary(), about=st.binary())
def test_whoever_has_the_team_key_reads_what_was_sealed(content: bytes, about: bytes) -> None:
    key, older = new_team_key(), new_team_key()
    sealed = seal_for_team(key, content, about)
    assert open_for_team([older, key], sealed, about) == content
    assert sealed_key_id(sealed) == key.id
    assert seal_for_team(key, content, about) != sealed


def test_others_do_not() -> None:
    with pytest.raises(SealedForOthersError):
        open_for_team([new_team_key()], seal_for_team(new_team_key(), b"content"))
    with pytest.raises(SealedForOthersError):
        open_for_team([], seal_for_team(new_team_key(), b"content"))


def test_every_changed_or_missing_byte_is_noticed() -> None:
    key = new_team_key()
    sealed = seal_for_team(key, b"content", b"part 1")
    for at in range(len(sealed)):
        with pytest.raises((SealDamagedError, SealedForOthersError)):
            open_for_team([key], sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"part 1")
        with pytest.raises(SealDamagedError):
            open_for_team([key], sealed[:at], b"part 1")
    with pytest.raises(SealDamagedError):
        open_for_team([key], sealed, b"part 2")


def test_a_wrapped_team_key_is_for_one_device() -> None:
    key = new_team_key()
    wrapped = wrap_team_key(key, BEN.public)
    assert unwrap_team_key(BEN, wrapped) == key
    assert key.secret not in wrapped
    for device, changed in ((CARA, wrapped), (BEN, wrapped[:-1]), (BEN, bytes(32) + wrapped[32:]), (BEN, b"")):
        with pytest.raises(SealedForOthersError):
            unwrap_team_key(device, changed)


def test_the_id_of_a_team_key_stays_the_same() -> None:
    assert TeamKey(bytes(32)).id == TeamKey(bytes(32)).id
    assert TeamKey(bytes(32)).id != TeamKey(bytes([1]) * 32).id


# --- invitations ----------------------------------------------------------------------------------------------------


def joined(inviter: str, inviter_keys: DeviceKeys, replica: str, keys: DeviceKeys) -> Membership:
    return join(invite(inviter, inviter_keys.signing), replica, keys.public)


ROOTS = {"anna": ANNA.public}
BEN_JOINED = joined("anna", ANNA, "ben", BEN)
CARA_JOINED = joined("ben", BEN, "cara", CARA)
DINA_JOINED = joined("cara", CARA, "dina", DINA)


def test_an_invited_member_is_vouched_for() -> None:
    assert is_vouched_for(BEN_JOINED, ANNA.public.signing)
    assert not is_vouched_for(BEN_JOINED, MALLORY.public.signing)


@pytest.mark.parametrize(
    "forged",
    [
        replace(BEN_JOINED, replica="mallory"),
        replace(BEN_JOINED, keys=MALLORY.public),
        replace(BEN_JOINED, certificate=replace(BEN_JOINED.certificate, inviter="cara")),
        replace(BEN_JOINED, certificate=CARA_JOINED.certificate),
        joined("anna", MALLORY, "ben", BEN),
    ],
)
def test_a_forged_member_is_not(forged: Membership) -> None:
    assert not is_vouched_for(forged, ANNA.public.signing)
    assert vouched_members(ROOTS, [forged]) == ROOTS


def test_chains_of_invitations_hold_in_any_order() -> None:
    everybody = {"anna": ANNA.public, "ben": BEN.public, "cara": CARA.public, "dina": DINA.public}
    for order in itertools.permutations([BEN_JOINED, CARA_JOINED, DINA_JOINED]):
        assert vouched_members(ROOTS, order) == everybody
    assert vouched_members(ROOTS, [CARA_JOINED, DINA_JOINED]) == ROOTS


def test_an_invitation_used_twice_counts_for_nobody_nor_for_whom_they_invited() -> None:
    invitation = invite("anna", ANNA.signing)
    first, second = join(invitation, "ben", BEN.public), join(invitation, "mallory", MALLORY.public)
    for order in itertools.permutations([first, second, CARA_JOINED]):
        assert vouched_members(ROOTS, order) == ROOTS
    assert vouched_members(ROOTS, [first, first]) == {**ROOTS, "ben": BEN.public}


def test_a_replica_with_two_sets_of_keys_counts_for_nobody() -> None:
    again = joined("anna", ANNA, "ben", MALLORY)
    assert vouched_members(ROOTS, [BEN_JOINED, again]) == ROOTS


def test_a_forgery_does_not_push_a_member_out() -> None:
    stranger = joined("mallory", MALLORY, "ben", MALLORY)
    copied = replace(BEN_JOINED, replica="mallory", keys=MALLORY.public)
    assert vouched_members(ROOTS, [BEN_JOINED, stranger, copied]) == {**ROOTS, "ben": BEN.public}


def test_nobody_takes_the_place_of_a_root() -> None:
    assert vouched_members(ROOTS, [BEN_JOINED, joined("ben", BEN, "anna", MALLORY)])["anna"] == ANNA.public


def test_a_certificate_survives_being_written() -> None:
    assert membership_from_bytes(membership_to_bytes(BEN_JOINED)) == BEN_JOINED


@pytest.mark.parametrize("written", [b"", b"{}", b"[1,2,3,4,5]", b"null", b"\xff", b'[1,["a"],"b",["c","d"],"e"]'])
def test_what_is_no_certificate_is_refused(written: bytes) -> None:
    with pytest.raises(CertificateDamagedError):
        membership_from_bytes(written)


# --- join files -----------------------------------------------------------------------------------------------------

CONTENT = JoinFile(invite("anna", ANNA.signing), (new_team_key(), new_team_key()), {"currency": "EUR", "team": "Süd"})
WRITTEN = write_join_file(CONTENT, "by telephone", CHEAP)


def test_a_join_file_gives_all_a_member_needs() -> None:
    read = read_join_file(WRITTEN, "by telephone")
    assert read == CONTENT
    member = join(read.invitation, "ben", BEN.public)
    assert vouched_members(ROOTS, [member])["ben"] == BEN.public


def test_a_join_file_tells_nothing_without_its_passphrase() -> None:
    assert CONTENT.invitation.private not in WRITTEN
    assert b"EUR" not in WRITTEN.partition(b"\n")[2]
    with pytest.raises(WrongPassphraseError, match="does not open this join file"):
        read_join_file(WRITTEN, "by mail")
    with pytest.raises(EmptyPassphraseError):
        write_join_file(CONTENT, " ", CHEAP)


def test_a_damaged_join_file_is_refused() -> None:
    for at in range(0, len(WRITTEN), 11):
        changed = WRITTEN[:at] + bytes([WRITTEN[at] ^ 1]) + WRITTEN[at + 1 :]
        with pytest.raises((JoinFileDamagedError, JoinFileNewerError, WrongPassphraseError)):
            read_join_file(changed, "by telephone")


@pytest.mark.parametrize("written", [b"", b"\n", b"PK\x03\x04", b"{}\n", b"[]\n", b'{"kind": "x", "format": 1}\n'])
def test_what_is_no_join_file_is_refused(written: bytes) -> None:
    with pytest.raises(JoinFileDamagedError, match="ask for a new one"):
        read_join_file(written, "by telephone")


def test_a_newer_join_file_is_refused() -> None:
    newer = WRITTEN.replace(b'"format":1', b'"format":2')
    with pytest.raises(JoinFileNewerError, match="newer version"):
        read_join_file(newer, "by telephone")
