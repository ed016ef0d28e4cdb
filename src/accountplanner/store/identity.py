"""Who this workspace is in its team, and whom the team knows: kept in the encrypted `local` table."""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from accountplanner.domain.ids import random_id
from accountplanner.store.invitations import (
    Invitation,
    JoinFile,
    Membership,
    invite,
    join,
    membership_from_bytes,
    membership_to_bytes,
    vouched_members,
)
from accountplanner.store.own_batches import Signer
from accountplanner.store.signing import DeviceKeys, PublicKeys, TeamKey, is_signed, new_device_keys, new_team_key, sign
from accountplanner.store.stretching import from_text, to_text

_NAME = "identity"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person on one computer.

    `replica` names this workspace's log, `member` the person behind it (several replicas may be
    one member). `roots` are devices trusted by themselves: the founder's, those a person accepted,
    and those whose word was taken once. `team_secret` derives record ids and digests and never
    rotates; of `team_keys` the last one seals, older ones open older files.
    """

    replica: str
    name: str
    email: str
    member: str
    device: DeviceKeys = field(repr=False)
    team_secret: bytes = field(repr=False)
    team_keys: tuple[TeamKey, ...] = field(repr=False)
    roots: Mapping[str, PublicKeys]
    memberships: tuple[Membership, ...]
    names: Mapping[str, str]
    retired: frozenset[str] = frozenset()

    @property
    def team_key(self) -> TeamKey:
        """The key that seals what is written now."""
        return self.team_keys[-1]

    @property
    def devices(self) -> dict[str, PublicKeys]:
        """Every device somebody known to the team vouches for, retired ones included."""
        return vouched_members(self.roots, self.memberships)

    def invitation(self) -> Invitation:
        """Make a one-use invitation in this device's name."""
        return invite(self.replica, self.device.signing)

    def join_file(self, currency: str) -> JoinFile:
        """All that somebody needs to become a member."""
        settings = {
            "currency": currency,
            "team_secret": to_text(self.team_secret),
            "roots": json.dumps({name: keys.to_json() for name, keys in self.roots.items()}),
            "memberships": json.dumps([membership_to_bytes(each).decode() for each in self.memberships]),
            "names": json.dumps(dict(self.names)),
            "retired": json.dumps(sorted(self.retired)),
        }
        return JoinFile(self.invitation(), self.team_keys, settings)

    def knowing(self, memberships: Iterable[bytes], names: Mapping[str, str]) -> "Identity":
        """Learn of devices that a colleague's file names."""
        found = {membership_to_bytes(each): each for each in self.memberships}
        for written in memberships:
            found.setdefault(written, membership_from_bytes(written))
        return replace(self, memberships=tuple(found.values()), names={**names, **self.names})


def signer_of(identity: Callable[[], Identity]) -> Signer:
    """Sign as this device; accept what any device the team knows has signed."""
    known: dict[tuple[int, int, int], dict[str, PublicKeys]] = {}

    def verify(replica: str, digest: bytes, signature: bytes) -> bool:
        now = identity()
        state = (len(now.roots), len(now.memberships), id(now))
        devices = known.get(state)
        if devices is None:
            known.clear()
            devices = known[state] = now.devices
        keys = devices.get(replica)
        return keys is not None and is_signed(keys.signing, signature, digest)

    return Signer(identity().replica, lambda digest: sign(identity().device.signing, digest), verify)


def found_team(name: str, email: str) -> Identity:
    """The identity of a team's first workspace."""
    device, replica = new_device_keys(), random_id("replica").partition(":")[2]
    return Identity(
        replica=replica,
        name=name,
        email=email,
        member=random_id("member"),
        device=device,
        team_secret=secrets.token_bytes(32),
        team_keys=(new_team_key(),),
        roots={replica: device.public},
        memberships=(),
        names={replica: name},
    )


def join_team(name: str, email: str, file: JoinFile) -> Identity:
    """The identity of a workspace that uses an invitation."""
    device, replica = new_device_keys(), random_id("replica").partition(":")[2]
    settings = file.settings
    roots = {known: PublicKeys.from_json(keys) for known, keys in json.loads(settings["roots"]).items()}
    held = [membership_from_bytes(written.encode()) for written in json.loads(settings["memberships"])]
    return Identity(
        replica=replica,
        name=name,
        email=email,
        member=random_id("member"),
        device=device,
        team_secret=from_text(settings["team_secret"]),
        team_keys=file.team_keys,
        roots=roots,
        memberships=(*held, join(file.invitation, replica, device.public)),
        names={**json.loads(settings["names"]), replica: name},
        retired=frozenset(json.loads(settings["retired"])),
    )


def moved(identity: Identity) -> Identity:
    """The identity of a restored or copied workspace: a replica of its own, vouched for by the old one."""
    device, replica = new_device_keys(), random_id("replica").partition(":")[2]
    member = join(identity.invitation(), replica, device.public)
    return replace(
        identity,
        replica=replica,
        device=device,
        memberships=(*identity.memberships, member),
        names={**identity.names, replica: identity.name},
    )


def save_identity(connection: Connection, identity: Identity) -> None:
    """Keep the identity in the encrypted database."""
    written = {
        "replica": identity.replica,
        "name": identity.name,
        "email": identity.email,
        "member": identity.member,
        "device": to_text(identity.device.to_bytes()),
        "team_secret": to_text(identity.team_secret),
        "team_keys": [to_text(key.secret) for key in identity.team_keys],
        "roots": {name: keys.to_json() for name, keys in identity.roots.items()},
        "memberships": [membership_to_bytes(each).decode() for each in identity.memberships],
        "names": dict(identity.names),
        "retired": sorted(identity.retired),
    }
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (_NAME, json.dumps(written).encode())
    )


def load_identity(connection: Connection) -> Identity:
    """Read the identity back."""
    row = connection.exec_driver_sql("SELECT value FROM local WHERE name = ?", (_NAME,)).one()
    loaded = json.loads(bytes(row[0]))
    return Identity(
        replica=loaded["replica"],
        name=loaded["name"],
        email=loaded["email"],
        member=loaded["member"],
        device=DeviceKeys.from_bytes(from_text(loaded["device"])),
        team_secret=from_text(loaded["team_secret"]),
        team_keys=tuple(TeamKey(from_text(key)) for key in loaded["team_keys"]),
        roots={name: PublicKeys.from_json(keys) for name, keys in loaded["roots"].items()},
        memberships=tuple(membership_from_bytes(each.encode()) for each in loaded["memberships"]),
        names=loaded["names"],
        retired=frozenset(loaded["retired"]),
    )
