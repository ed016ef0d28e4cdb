"""The log of a layer: what is never rebuilt (store/tables.py, schema 1)."""

DATABASES = ("team", "me")

STATEMENTS = (
    "CREATE TABLE record (number INTEGER NOT NULL PRIMARY KEY, record VARCHAR NOT NULL UNIQUE)",
    """
    CREATE TABLE batch (
        number INTEGER NOT NULL PRIMARY KEY,
        replica VARCHAR NOT NULL,
        chain VARCHAR NOT NULL,
        sequence INTEGER NOT NULL,
        digest VARCHAR NOT NULL UNIQUE,
        previous VARCHAR NOT NULL,
        header BLOB NOT NULL,
        signature BLOB NOT NULL,
        step INTEGER NOT NULL,
        file VARCHAR NOT NULL
    )
    """,
    """
    CREATE TABLE chunk (
        number INTEGER NOT NULL PRIMARY KEY,
        batch INTEGER NOT NULL,
        place INTEGER NOT NULL,
        record INTEGER NOT NULL,
        salt BLOB NOT NULL,
        data BLOB NOT NULL
    )
    """,
    "CREATE INDEX ix_chunk_batch ON chunk (batch)",
    "CREATE INDEX ix_chunk_record ON chunk (record)",
    """
    CREATE TABLE parked (
        digest VARCHAR NOT NULL PRIMARY KEY,
        replica VARCHAR NOT NULL,
        sequence INTEGER NOT NULL,
        sealed BLOB NOT NULL,
        lacking VARCHAR NOT NULL,
        file VARCHAR NOT NULL
    )
    """,
    "CREATE TABLE mark (mark VARCHAR NOT NULL PRIMARY KEY, batch INTEGER NOT NULL)",
    """
    CREATE TABLE step (
        number INTEGER NOT NULL PRIMARY KEY,
        title VARCHAR NOT NULL,
        done_at VARCHAR NOT NULL,
        reverses INTEGER NOT NULL,
        undoable BOOLEAN NOT NULL
    )
    """,
    "CREATE TABLE same (low VARCHAR NOT NULL, high VARCHAR NOT NULL, PRIMARY KEY (low, high))",
    "CREATE TABLE erased (name VARCHAR NOT NULL PRIMARY KEY)",
    "CREATE TABLE local (name VARCHAR NOT NULL PRIMARY KEY, value BLOB NOT NULL)",
)
