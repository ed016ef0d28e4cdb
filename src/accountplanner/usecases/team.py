"""Who is in the team: inviting, accepting a device nobody vouched for, retiring one."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from accountplanner.domain.errors import NotFoundError, RefusedError
from accountplanner.store.durable import write_durably
from accountplanner.store.failures import storage_failures
from accountplanner.store.identity import Identity
from accountplanner.store.invitations import membership_to_bytes, write_join_file
from accountplanner.store.signing import (
    SealedForOthersError,
    TeamKey,
    new_team_key,
    open_for_team,
    seal_for_team,
    unwrap_team_key,
    wrap_team_key,
)
from accountplanner.store.stretching import Stretching, from_text, to_text
from accountplanner.usecases.session import Session


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
        session.store.set_identity(replace(identity, team_keys=(*identity.team_keys, key)))
        return content


def _wrapped_for(identity: Identity, line: bytes) -> TeamKey | None:
    try:
        wrapped = json.loads(line).get(identity.replica)
    except (ValueError, AttributeError):
        return None
    return unwrap_team_key(identity.device, from_text(wrapped)) if wrapped else None


def members_part(identity: Identity) -> bytes:
    """What a team workbook says about the team's devices; nothing in it is secret."""
    return json.dumps(
        {
            "from": identity.replica,
            "memberships": [membership_to_bytes(each).decode() for each in identity.memberships],
            "names": dict(identity.names),
            "retired": sorted(identity.retired),
        },
        sort_keys=True,
    ).encode()


def learn_members(session: Session, part: bytes) -> str:
    """Take in what a colleague's workbook says about the team's devices; returns whose it is.

    Raises:
        RefusedError: the file was written by a device that has been retired here.
    """
    writer, written, names, retired = _read_members(part)
    identity = session.store.identity
    if writer in identity.retired:
        raise RefusedError("This file was written by a device that has been retired from the team.")
    learnt = identity.knowing(written, names)
    session.store.set_identity(replace(learnt, retired=identity.retired | (retired - {identity.replica})))
    return writer


def _read_members(part: bytes) -> tuple[str, list[bytes], dict[str, str], frozenset[str]]:
    try:
        loaded = json.loads(part)
        names = {str(replica): str(name) for replica, name in loaded["names"].items()}
        written = [str(each).encode() for each in loaded["memberships"]]
        return str(loaded["from"]), written, names, frozenset(map(str, loaded["retired"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RefusedError("What this file says about the team's devices cannot be read.") from error
