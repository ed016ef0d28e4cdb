"""The hidden part of one of our workbooks, opened while a guarded child reads what people see of it."""

from dataclasses import dataclass, field

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.sentences import told
from accountplanner.exchange.base import vouched_base
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.returned.findings import BaseAnswer
from accountplanner.exchange.sync import Manifest, unpack_payload
from accountplanner.store.parts import TAIL, unknown_in
from accountplanner.store.signing import SealDamagedError
from accountplanner.usecases.exports import known_export, stored_base
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import asked_cells
from accountplanner.usecases.team import PART_MEMBERS, is_signed_by_its_writer, open_payload

PART_RECORD = "export"
PART_BASE = "base"
PART_BATCHES = TAIL
_PARTS = frozenset({PART_RECORD, PART_BASE, PART_BATCHES, PART_MEMBERS})
_CHANGED = told(
    "Its hidden part was changed after it was exported, so nothing of that was taken; its cells are compared with what "
    "this workspace knows of the export."
)
_NOT_SIGNED = told(
    "Its hidden part is not signed by the device it names as its writer, so nothing of that was taken; its cells are "
    "compared with what this workspace knows of the export."
)


@dataclass(slots=True)
class OpenedWorkbook:
    """What the parent learns while the guarded child reads: the sealed parts and the export record."""

    session: Session
    record: ExportRecord | None = None
    batches: list[SealedBatch] = field(default_factory=list)
    members: bytes = b""
    doubts: list[str] = field(default_factory=list)

    def base_for(self, manifest: Manifest, payload: bytes) -> BaseAnswer | None:
        """Hand the child the base of the export it asks for; whatever it asked before is forgotten."""
        self.record, self.batches, self.members, self.doubts = None, [], b"", []
        if manifest.kind == WorkbookKind.TEAM and payload:
            return self._from_team(manifest, payload)
        self.record = known_export(self.session, manifest.export_id or manifest.export)
        if self.record is None:
            return None
        shown = vouched_base(self.record, payload) if payload else None
        if shown is not None:
            return BaseAnswer(shown, asked=asked_cells(self.session, self.record))
        return self._from_store(_CHANGED if payload else "")

    def _from_team(self, manifest: Manifest, payload: bytes) -> BaseAnswer | None:
        try:
            parts = unpack_payload(open_payload(self.session, payload))
        except SealDamagedError:
            return self._without_hidden_part(manifest, _CHANGED)
        if not parts.keys() >= _PARTS:
            raise FileRefusedError("its hidden part is incomplete")
        if not is_signed_by_its_writer(self.session.store.identity, parts):
            return self._without_hidden_part(manifest, _NOT_SIGNED)
        record = ExportRecord.from_json(parts[PART_RECORD])
        self.record = known_export(self.session, record.export_id) or record
        if vouched_base(self.record, parts[PART_BASE]) is None:
            return self._without_hidden_part(manifest, _CHANGED)
        log = self.session.store.team.log
        # Where somebody was erased every part is looked into: a colleague who has not heard of it still sends them.
        self.batches = unknown_in(parts, () if log.erased else log.chains.places)
        self.members = parts[PART_MEMBERS]
        log.look_ahead(self.batches)
        return BaseAnswer(parts[PART_BASE], asked=asked_cells(self.session, self.record))

    def _without_hidden_part(self, manifest: Manifest, doubt: str) -> BaseAnswer | None:
        """Take nothing of it: what a person wrote into the cells is compared with what we know of the export."""
        self.record = known_export(self.session, manifest.export_id or manifest.export)
        return self._from_store(doubt)

    def _from_store(self, doubt: str) -> BaseAnswer | None:
        if doubt:
            self.doubts.append(doubt)
        held = stored_base(self.session, self.record.export_id) if self.record else None
        return BaseAnswer(held, stored=True) if held is not None else None
