"""How somebody becomes a member: an invitation, used once, and the chain of signatures that vouches for it.

The inviter makes a key pair for one invitation and signs its public half. The join file carries the private half. The
joiner signs the new replica's id and public keys with it and throws it away. Whoever trusts the inviter can then trust
the joiner, without a server and in whatever order files arrive. A key that two replicas used vouches for neither.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag

from accountplanner.domain.errors import RefusedError
from accountplanner.store.failures import WrongPassphraseError
from accountplanner.store.signing import PublicKeys, TeamKey, canonical, is_signed, public_half, sign
from accountplanner.store.stretching import (
    NONCE_BYTES,
    Stretching,
    from_text,
    refuse_empty,
    seal,
    to_text,
    unseal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FORMAT = 1
_KIND = "accountplanner join file"
_SALT_BYTES = 16
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class JoinFileDamagedError(RefusedError):
    """The file is no join file, or not whole."""

    def __init__(self) -> None:
        super().__init__("This is not a join file, or it is damaged; ask for a new one.")


class JoinFileNewerError(RefusedError):
    """A later version of the program wrote it."""

    def __init__(self) -> None:
        super().__init__("This join file was written by a newer version of Account Planner; install that version.")


class CertificateDamagedError(RefusedError):
    """A certificate of membership does not read as one."""

    def __init__(self) -> None:
        super().__init__("A certificate of membership in this file cannot be read.")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A member's word that whoever holds the invitation's private key may join."""

    inviter: str
    invitation: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a join file hands over: the certificate and the private key it speaks of."""

    certificate: Certificate
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """A new replica and its keys, signed with the invitation's key; repeated in the member's files."""

    certificate: Certificate
    replica: str
    keys: PublicKeys
    signature: bytes


@dataclass(frozen=True, slots=True)
class JoinFile:
    """All that a new member needs; `settings` are the team's own, as text."""

    invitation: Invitation
    team_keys: tuple[TeamKey, ...]
    settings: Mapping[str, str]


def invite(inviter: str, signing_key: bytes) -> Invitation:
    """Make an invitation in the name of a replica."""
    private = secrets.token_bytes(32)
    public = public_half(private)
    signature = sign(signing_key, _invitation_words(inviter, public))
    return Invitation(Certificate(inviter, public, signature), private)


def join(invitation: Invitation, replica: str, keys: PublicKeys) -> Membership:
    """Use an invitation for a new replica; the private key should be forgotten afterwards."""
    words = _membership_words(invitation.certificate, replica, keys)
    return Membership(invitation.certificate, replica, keys, sign(invitation.private, words))


def is_vouched_for(membership: Membership, inviter_signing_key: bytes) -> bool:
    """Say whether both signatures hold: the inviter's under the invitation, the invitation's under the member."""
    certificate = membership.certificate
    invited = _invitation_words(certificate.inviter, certificate.invitation)
    joined = _membership_words(certificate, membership.replica, membership.keys)
    return is_signed(inviter_signing_key, certificate.signature, invited) and is_signed(
        certificate.invitation, membership.signature, joined
    )


def vouched_members(roots: Mapping[str, PublicKeys], memberships: Iterable[Membership]) -> dict[str, PublicKeys]:
    """Find everybody whom a chain of invitations connects with the roots, the roots included.

    The result depends on the sets alone, not on the order of arrival. An invitation used for two replicas, or a replica
    joined with two sets of keys, counts for nobody: a person decides about those. A root stays one, and an invitation
    that a root has used counts for nobody else.
    """
    reachable = _reachable(roots, set(memberships))
    others = {each for each in reachable - _contradicting(reachable) if each.replica not in roots}
    agreed = _reachable(roots, others)
    return dict(roots) | {each.replica: each.keys for each in agreed}


def _reachable(roots: Mapping[str, PublicKeys], memberships: set[Membership]) -> set[Membership]:
    """Follow the signatures from the roots; of contradicting memberships all are followed."""
    signers = {replica: {keys.signing} for replica, keys in roots.items()}
    reached: set[Membership] = set()
    while found := {each for each in memberships - reached if _is_vouched_by(each, signers)}:
        reached |= found
        for each in found:
            signers.setdefault(each.replica, set()).add(each.keys.signing)
    return reached


def _is_vouched_by(membership: Membership, signers: Mapping[str, set[bytes]]) -> bool:
    return any(is_vouched_for(membership, key) for key in signers.get(membership.certificate.inviter, ()))


def _contradicting(memberships: set[Membership]) -> set[Membership]:
    """Find those that share an invitation, or a replica, with another; forged ones have been left behind before."""
    uses: dict[bytes | str, set[tuple[str, PublicKeys]]] = {}
    for each in memberships:
        for shared in (each.certificate.invitation, each.replica):
            uses.setdefault(shared, set()).add((each.replica, each.keys))
    return {each for each in memberships if len(uses[each.certificate.invitation]) > 1 or len(uses[each.replica]) > 1}


def _invitation_words(inviter: str, public: bytes) -> bytes:
    return canonical("accountplanner invitation", _FORMAT, inviter, to_text(public))


def _membership_words(certificate: Certificate, replica: str, keys: PublicKeys) -> bytes:
    return canonical("accountplanner membership", _FORMAT, _certificate_out(certificate), replica, keys.to_json())


def membership_to_bytes(membership: Membership) -> bytes:
    """Write a certificate of membership for a file; nothing in it is secret."""
    return canonical(
        _FORMAT,
        _certificate_out(membership.certificate),
        membership.replica,
        membership.keys.to_json(),
        to_text(membership.signature),
    )


def membership_from_bytes(written: bytes) -> Membership:
    """Read a certificate of membership; reading it proves nothing yet.

    Raises:
        CertificateDamagedError: it is something else.
    """
    try:
        _, certificate, replica, keys, signature = json.loads(written)
        return Membership(_certificate_in(certificate), str(replica), PublicKeys.from_json(keys), from_text(signature))
    except _UNREADABLE as error:
        raise CertificateDamagedError from error


def write_join_file(content: JoinFile, passphrase: str, costs: Stretching | None = None) -> bytes:
    """Seal everything a new member needs under a passphrase that travels another way.

    Layout: a line of JSON with the version, the costs and the nonce; then the encrypted content.
    """
    costs = costs or Stretching()
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    head = {
        "kind": _KIND,
        "format": _FORMAT,
        "costs": costs.to_json(),
        "salt": to_text(salt),
        "nonce": to_text(nonce),
    }
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    return line + seal(costs.key(refuse_empty(passphrase), salt), nonce, _join_out(content), line)


def read_join_file(written: bytes, passphrase: str) -> JoinFile:
    """Open a join file.

    Raises:
        JoinFileDamagedError: it is something else, or not whole.
        JoinFileNewerError: a later version wrote it.
        WrongPassphraseError: it has another passphrase, or was changed.
    """
    end = written.find(b"\n") + 1
    try:
        head = json.loads(written[:end])
        if head["kind"] == _KIND and head["format"] > _FORMAT:
            raise JoinFileNewerError
        costs, salt, nonce = Stretching.from_json(head["costs"]), from_text(head["salt"]), from_text(head["nonce"])
        return _join_in(unseal(costs.key(passphrase, salt), nonce, written[end:], written[:end]))
    except InvalidTag as error:
        raise WrongPassphraseError("passphrase", "join file") from error
    except _UNREADABLE as error:
        raise JoinFileDamagedError from error


def _join_out(content: JoinFile) -> bytes:
    return json.dumps(
        {
            "certificate": _certificate_out(content.invitation.certificate),
            "private": to_text(content.invitation.private),
            "team_keys": [to_text(key.secret) for key in content.team_keys],
            "settings": dict(content.settings),
        }
    ).encode()


def _join_in(written: bytes) -> JoinFile:
    loaded: dict[str, Any] = json.loads(written)
    invitation = Invitation(_certificate_in(loaded["certificate"]), from_text(loaded["private"]))
    keys = tuple(TeamKey(from_text(key)) for key in loaded["team_keys"])
    return JoinFile(invitation, keys, {str(name): str(value) for name, value in loaded["settings"].items()})


def _certificate_out(certificate: Certificate) -> list[str]:
    return [certificate.inviter, to_text(certificate.invitation), to_text(certificate.signature)]


def _certificate_in(loaded: list[str]) -> Certificate:
    inviter, invitation, signature = loaded
    return Certificate(str(inviter), from_text(invitation), from_text(signature))
