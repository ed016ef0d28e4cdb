"""The log tables: what is never rebuilt. Everything else in the database is a fold of these.

Records are interned to small integers; random hashes as clustered keys made inserts six times
slower. The statements of one batch about one record are one chunk, kept as the sealed bytes that
travel. The same tables stand in the `team` and in the `me` database; the layers never meet.

Schema history: 1 (2026-11) first version (migrations/m0001_log.py); 2 (2026-11) suggestions
(migrations/m0003_suggestions.py).
"""

from sqlmodel import Field, SQLModel


class RecordRow(SQLModel, table=True):
    """A record id and the small integer that stands for it here."""

    __tablename__ = "record"

    number: int | None = Field(default=None, primary_key=True)
    record: str = Field(unique=True)


class BatchRow(SQLModel, table=True):
    """A held batch. `number` is the local order of arrival, `step` the undo step it belongs to (0: others')."""

    __tablename__ = "batch"

    number: int | None = Field(default=None, primary_key=True)
    replica: str
    chain: str
    sequence: int
    digest: str = Field(unique=True)
    previous: str
    header: bytes
    signature: bytes
    step: int = 0
    file: str = ""


class ChunkRow(SQLModel, table=True):
    """The statements of one batch about one record. `data` is empty once erased."""

    __tablename__ = "chunk"

    number: int | None = Field(default=None, primary_key=True)
    batch: int = Field(index=True)
    place: int
    record: int = Field(index=True)
    salt: bytes
    data: bytes


class ParkedRow(SQLModel, table=True):
    """A batch whose predecessor or cut is not held yet. `lacking` lists digests, for a person to read."""

    __tablename__ = "parked"

    digest: str = Field(primary_key=True)
    replica: str
    sequence: int
    sealed: bytes
    lacking: str
    file: str = ""


class MarkRow(SQLModel, table=True):
    """A keyed id of a cell a person edited in a workbook, so that a second import knows it."""

    __tablename__ = "mark"

    mark: str = Field(primary_key=True)
    batch: int


class StepRow(SQLModel, table=True):
    """One undo step of this laptop."""

    __tablename__ = "step"

    number: int | None = Field(default=None, primary_key=True)
    title: str
    done_at: str
    reverses: int = 0
    undoable: bool = True


class SameRow(SQLModel, table=True):
    """A link between two records that are one."""

    __tablename__ = "same"

    low: str = Field(primary_key=True)
    high: str = Field(primary_key=True)


class ErasedRow(SQLModel, table=True):
    """A record id or keyed digest that must not come back."""

    __tablename__ = "erased"

    name: str = Field(primary_key=True)


class LocalRow(SQLModel, table=True):
    """What this workspace keeps for itself: identity, keys, settings of this laptop."""

    __tablename__ = "local"

    name: str = Field(primary_key=True)
    value: bytes


class SuggestionRow(SQLModel, table=True):
    """Something an import proposes and a person decides; `body` is JSON of the use case that made it."""

    __tablename__ = "suggestion"

    id: str = Field(primary_key=True)
    kind: str
    file: str
    made_at: str
    body: str


class ConflictRow(SQLModel, table=True):
    """A register in which different values survive (cache)."""

    __tablename__ = "conflict"

    record: int = Field(primary_key=True)
    field: str = Field(primary_key=True)
    voice: str = Field(primary_key=True)


class FactsRow(SQLModel, table=True):
    """What a list shows of an account beside its own fields (cache)."""

    __tablename__ = "facts"

    account: int = Field(primary_key=True)
    orders: int = 0
    first_order: str = ""
    last_order: str = ""
    last_touch: str = ""
    contacts: int = 0


class YearlyRow(SQLModel, table=True):
    """A day that comes again each year, as month and day (cache)."""

    __tablename__ = "yearly"

    record: int = Field(primary_key=True)
    field: str = Field(primary_key=True)
    day: str = Field(index=True)


LOG_TABLES = (RecordRow, BatchRow, ChunkRow, ParkedRow, MarkRow, StepRow, SameRow, ErasedRow, LocalRow)
TEAM_TABLES = (SuggestionRow,)
FACT_TABLES = (ConflictRow, FactsRow, YearlyRow)
