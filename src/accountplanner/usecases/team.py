"""Who is in the team: inviting, accepting a device nobody vouched for, retiring one."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accountplanner.domain.errors import NotFoundError, RefusedError
from accountplanner.store.durable import write_durably
from accountplanner.store.failures import storage_failures
from accountplanner.store.identity import Identity
from accountplanner.store.invitations import membership_to_bytes, write_join_file
from accountplanner.store.log import UnknownSignerError
from accountplanner.store.signing import (
    PublicKeys,
    SealedForOthersError,
    TeamKey,
    canonical,
    is_signed,
    new_team_key,
    open_for_team,
    seal_for_team,
    sign,
    unwrap_team_key,
    wrap_team_key,
)
from accountplanner.store.stretching import Stretching, from_text, to_text
from accountplanner.usecases.session import Session

PART_MEMBERS = "members"
PART_SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A device of the team. `state` is this, member, waiting or retired."""

    replica: str
    name: str
    state: str


def invite(session: Session, file: Path, passphrase: str, stretching: Stretching | None = None) -> None:
    """Write a join file for one new member, sealed under a passphrase that travels another way."""
    if not passphrase:
        raise RefusedError("A join file needs a passphrase of its own.")
    content = session.store.identity.join_file(session.currency)
    with storage_failures(file):
        write_durably(file, write_join_file(content, passphrase, stretching))


def members(session: Session) -> list[MemberLine]:
    """Every device the team has heard of, this one first."""
    identity = session.store.identity
    vouched = identity.devices
    heard = {*vouched, *(membership.replica for membership in identity.memberships)}
    lines = [
        MemberLine(replica, identity.names.get(replica, "unknown"), _state(identity, replica, replica in vouched))
        for replica in sorted(heard)
    ]
    return sorted(lines, key=lambda line: (line.state != "this", line.name))


def _state(identity: Identity, replica: str, vouched: bool) -> str:  # noqa: FBT001 - a lookup made by the caller
    if replica == identity.replica:
        return "this"
    if replica in identity.retired:
        return "retired"
    return "member" if vouched else "waiting"


def accept(session: Session, replica: str) -> None:
    """Trust a device whose invitation vouches for nobody, or for more than one.

    Raises:
        NotFoundError: no file of such a device has been seen here.
    """
    identity = session.store.identity
    found = next((each for each in identity.memberships if each.replica.startswith(replica)), None)
    if found is None or not replica:
        raise NotFoundError("device", replica)
    session.store.set_identity(replace(identity, roots={**identity.roots, found.replica: found.keys}))


def retire(session: Session, replica: str) -> None:
    """Refuse a device's own files from now on and give the others a new team key.

    Raises:
        NotFoundError: the team has no such device.
        RefusedError: it is this one.
    """
    identity = session.store.identity
    found = next((name for name in identity.devices if name.startswith(replica)), None)
    if found is None or not replica:
        raise NotFoundError("device", replica)
    if found == identity.replica:
        raise RefusedError("A device cannot retire itself; do it on a colleague's.")
    keys = (*identity.team_keys, new_team_key())
    session.store.set_identity(replace(identity, retired=identity.retired | {found}, team_keys=keys))


def seal_payload(identity: Identity, content: bytes) -> bytes:
    """Encrypt what only the team may read; a rotated key travels along, wrapped for every member.

    Layout: a JSON line mapping devices to the wrapped current key (empty before any rotation), then
    the sealed content.
    """
    wrapped = {}
    if len(identity.team_keys) > 1:
        wrapped = {
            replica: to_text(wrap_team_key(identity.team_key, keys))
            for replica, keys in identity.devices.items()
            if replica not in identity.retired
        }
    return json.dumps(wrapped, sort_keys=True).encode() + b"\n" + seal_for_team(identity.team_key, content)


def open_payload(session: Session, payload: bytes) -> bytes:
    """Decrypt what `seal_payload` wrote, learning a new team key where one was wrapped for this device.

    Raises:
        SealedForOthersError: it was written for another team, or after this device was retired.
        SealDamagedError: it was changed.
    """
    line, _, sealed = payload.partition(b"\n")
    identity = session.store.identity
    try:
        return open_for_team(identity.team_keys, sealed)
    except SealedForOthersError:
        key = _wrapped_for(identity, line)
        if key is None:
            raise
        content = open_for_team([key], sealed)
        # Whether it is to seal what is written here is decided when its writer is known.
        session.store.set_identity(replace(identity, team_keys=(key, *identity.team_keys)))
        return content


def _wrapped_for(identity: Identity, line: bytes) -> TeamKey | None:
    try:
        wrapped = json.loads(line).get(identity.replica)
    except (ValueError, AttributeError):
        return None
    return unwrap_team_key(identity.device, from_text(wrapped)) if wrapped else None


def signed_parts(identity: Identity, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a team workbook with the signature of the device that writes it."""
    return {**parts, PART_SIGNATURE: sign(identity.device.signing, _signed_words(parts))}


def is_signed_by_its_writer(identity: Identity, parts: Mapping[str, bytes]) -> bool:
    """Whether the device that a team workbook names as its writer has signed all of it.

    Proves who wrote it and nothing more: a device nobody vouches for signs, too.
    """
    told = _read_members(parts[PART_MEMBERS])
    learnt = identity.knowing(told.memberships, told.names)
    claimed = [each.keys for each in learnt.memberships if each.replica == told.writer]
    vouched = learnt.devices.get(told.writer)
    signature, words = parts.get(PART_SIGNATURE, b""), _signed_words(parts)
    return any(is_signed(keys.signing, signature, words) for keys in ([vouched] if vouched else claimed))


def _signed_words(parts: Mapping[str, bytes]) -> bytes:
    digests = [
        [name, hashlib.sha256(data).hexdigest()] for name, data in sorted(parts.items()) if name != PART_SIGNATURE
    ]
    return canonical("accountplanner team workbook", 1, digests)


def members_part(identity: Identity) -> bytes:
    """What a team workbook says about the team's devices; nothing in it is secret."""
    return json.dumps(
        {
            "from": identity.replica,
            "key": identity.team_key.id,
            "memberships": [membership_to_bytes(each).decode() for each in identity.memberships],
            "trusted": {replica: keys.to_json() for replica, keys in identity.devices.items()},
            "names": dict(identity.names),
            "retired": sorted(identity.retired),
        },
        sort_keys=True,
    ).encode()


@dataclass(frozen=True, slots=True)
class _Members:
    """What a workbook says about the team: who wrote it, under which key, and whom that device knows and trusts."""

    writer: str
    key: str
    memberships: list[bytes]
    trusted: dict[str, PublicKeys]
    names: dict[str, str]
    retired: frozenset[str]


def hear_of_members(session: Session, parts: Iterable[bytes]) -> None:
    """Remember the devices that workbooks name, so that a person can accept them; nobody is trusted for it."""
    identity = session.store.identity
    for told in map(_read_members, parts):
        identity = identity.knowing(told.memberships, told.names)
    session.store.set_identity(identity)


def learn_members(session: Session, parts: Sequence[bytes]) -> None:
    """Take in what colleagues' workbooks say about the team's devices; a stranger's only names them.

    A device that is trusted once stays so, whoever uses its invitation again later; of two that turn up
    together neither is.

    Raises:
        RefusedError: a file was written by a device that has been retired here.
    """
    hear_of_members(session, parts)
    for told in map(_read_members, parts):
        identity = session.store.identity
        if told.writer in identity.retired:
            raise RefusedError("This file was written by a device that has been retired from the team.")
        if told.writer in identity.devices:
            session.store.set_identity(_taught(identity, told))


def _taught(identity: Identity, told: _Members) -> Identity:
    """What this device knows once a trusted colleague has told what they know."""
    retired = identity.retired | (told.retired - {identity.replica})
    trusted = {**told.trusted, **identity.devices}
    return replace(identity, roots=trusted, retired=retired, team_keys=_keys_after(identity, told))


def check_writer(session: Session, part: bytes) -> None:
    """Make sure that a workbook was written by a device somebody in the team vouches for.

    Raises:
        UnknownSignerError: nobody does; a person can accept it.
    """
    writer = _read_members(part).writer
    if writer not in session.store.identity.devices:
        raise UnknownSignerError(writer)


def _keys_after(identity: Identity, told: _Members) -> tuple[TeamKey, ...]:
    """The team keys once a colleague's retirements are known: what is written next must be closed to all of them.

    Two laptops may retire two devices without knowing of each other; each one's new key was handed to
    the device that the other retired, so neither will do.
    """
    theirs = told.retired - {identity.replica}
    used = [key for key in identity.team_keys if key.id == told.key]
    if theirs <= identity.retired:
        return identity.team_keys
    if used and theirs > identity.retired:
        return (*(key for key in identity.team_keys if key.id != told.key), *used)
    return (*identity.team_keys, new_team_key())


def _read_members(part: bytes) -> _Members:
    try:
        loaded = json.loads(part)
        return _Members(
            str(loaded["from"]),
            str(loaded["key"]),
            [str(each).encode() for each in loaded["memberships"]],
            {str(replica): PublicKeys.from_json(keys) for replica, keys in loaded["trusted"].items()},
            {str(replica): str(name) for replica, name in loaded["names"].items()},
            frozenset(map(str, loaded["retired"])),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RefusedError("What this file says about the team's devices cannot be read.") from error
