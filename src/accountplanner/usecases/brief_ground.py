"""What a visit brief is made from: everything that belongs to one account, read once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from accountplanner.domain.briefs import ALWAYS_SHOWN, About, BriefLine, Part, Said
from accountplanner.domain.calendar import read_day
from accountplanner.domain.fields import Layer, Nature, Privacy
from accountplanner.insight.briefing import Regular, in_touch
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.brief_touches import contacted
from accountplanner.usecases.myself import colleague_of
from accountplanner.usecases.pages import FieldLine, RecordPage, record_page, speaker_name
from accountplanner.usecases.session import Session
from accountplanner.usecases.standing import together

_KEY_PEOPLE = 3
_PEOPLE_LOOKED_AT = 80
"""Who is new stands in the statements, not in the caches: of very large accounts not everybody is looked at."""
_ROLE_WEIGHT = {"decides": 6, "approves": 4, "opens_doors": 3, "evaluates": 3, "uses": 1}
_MANAGEMENT_WEIGHT = 4
"""Who matters most: by their part in buying, or by standing where that is not known, and by how often one has met."""


@dataclass
class Ground:
    """One account's records, and the contact a brief is about, if it is about one."""

    session: Session
    page: RecordPage
    account: str
    ticked: frozenset[Privacy]
    _own: dict[str, set[str]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day the brief is for."""
        return self.session.clock.today()

    @property
    def contact(self) -> str:
        """The contact the brief is about, empty for a brief about an account."""
        return self.page.record if self.page.kind.key == "contact" else ""

    @property
    def allowed(self) -> frozenset[Privacy]:
        """The classes shown this time."""
        return ALWAYS_SHOWN | self.ticked

    @cached_property
    def me(self) -> str:
        """The colleague who reads the brief."""
        return colleague_of(self.session)

    @cached_property
    def account_page(self) -> RecordPage | None:
        """The page of the account; a contact may have none."""
        if not self.contact:
            return self.page
        return record_page(self.session, self.account) if self.account else None

    def held(self, kind: str) -> list[CachedRecord]:
        """The account's records of a kind, of both layers, the shared values before private ones."""
        root, key = (self.account, "account") if self.account else (self.contact, "contact")
        shared, own = (self.session.store.records_with(kind, key, root, layer) for layer in (Layer.TEAM, Layer.ME))
        known = {each.record: each.values.keys() for each in shared}
        self._own |= {each.record: set(each.values) - known.get(each.record, set()) for each in own}
        return together([*shared, *own])

    def stays_here(self, record: CachedRecord, *keys: str) -> bool:
        """Whether any of these values of a record was kept from the team."""
        return not self._own.get(record.record, set()).isdisjoint(keys)

    @cached_property
    def contacts(self) -> list[CachedRecord]:
        """Everybody at the account."""
        return self.held("contact") if self.account else []

    @cached_property
    def touches(self) -> list[CachedRecord]:
        """What anybody did with the account, the newest first."""
        found = [each for each in self.held("touch") if read_day(each.values.get("happened_on", ""))]
        return sorted(found, key=lambda each: (each.values["happened_on"], each.record), reverse=True)

    @cached_property
    def regulars(self) -> list[Regular]:
        """Who else is in touch, with the contact if the brief is about one."""
        return in_touch(contacted(self.session, self._own_touches, without=self.me), self.today)

    @property
    def touch_days(self) -> list[date]:
        """The days on which anybody was or will be in touch, with the contact if the brief is about one."""
        return [date.fromisoformat(each.values["happened_on"]) for each in self._own_touches]

    @property
    def _own_touches(self) -> list[CachedRecord]:
        return [each for each in self.touches if not self.contact or each.values.get("contact") == self.contact]

    @cached_property
    def key_people(self) -> list[RecordPage]:
        """Those whose answers a brief shows: the contact, or whoever at the account counts most."""
        if self.contact:
            return [self.page]
        met = [each.values.get("contact", "") for each in self.touches[:200]]
        active = [each for each in self.contacts if each.values.get("state", "active") in {"active", "unknown"}]
        ranked = sorted(active, key=lambda each: (-_weight(each) - met.count(each.record), each.record))
        return [record_page(self.session, each.record) for each in ranked[:_KEY_PEOPLE]]

    @cached_property
    def first_heard(self) -> dict[str, date]:
        """When anybody at the account was first heard of."""
        wanted = [each.record for each in self.contacts[-_PEOPLE_LOOKED_AT:]]
        return {record: day for record, said in sources(self.session, wanted).items() if (day := read_day(said.on))}

    def title(self, record: str) -> str:
        """What a record is called."""
        return self.session.store.titles([record]).get(record, "") if record else ""


def sources(session: Session, records: Iterable[str]) -> dict[str, Said]:
    """Who first spoke of each record, and on which day."""
    found: dict[str, Said] = {}
    wanted = list(records)
    for layer in (Layer.TEAM, Layer.ME):
        for record, entries in session.store.layer(layer).entries(wanted).items():
            bodies = [entry.statement for entry in entries if entry.statement.date]
            if bodies and record not in found:
                first = min(bodies, key=lambda body: (body.date, body.field))
                by = speaker_name(session, first.speaker)
                found[record] = Said(by, first.date, first.how)
    return found


def answer_lines(page: RecordPage, keys: Iterable[str], part: Part, ground: Ground, name: str = "") -> list[BriefLine]:
    """What is known of some fields, in the order of the keys; what may not be shown this time is left out."""
    lines = [line for key in keys for line in page.lines if line.field.key == key and line.values]
    return [_answer(line, part, name) for line in lines if line.field.privacy in ground.allowed]


def _answer(line: FieldLine, part: Part, name: str) -> BriefLine:
    value = line.values[0]
    said = Said(
        value.speaker,
        value.date,
        value.how,
        opinion=line.field.nature is Nature.OPINION,
        stale=value.fading,
        private=line.layer is Layer.ME,
        disputed=line.has_conflict,
    )
    return BriefLine(
        part, About.ANSWER, value.text, name, line.field.label, value.date, said=said, privacy=line.field.privacy
    )


def _weight(contact: CachedRecord) -> int:
    role = contact.values.get("buying_role", "")
    if not role and contact.values.get("department") == "management":
        return _MANAGEMENT_WEIGHT
    return _ROLE_WEIGHT.get(role, 0)
