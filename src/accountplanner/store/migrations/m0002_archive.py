"""The archive of imported files (store/archive.py, schema 1)."""

DATABASES = ("archive",)

STATEMENTS = (
    """
    CREATE TABLE archived_file (
        content VARCHAR NOT NULL PRIMARY KEY,
        name VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        imported_at VARCHAR NOT NULL,
        dropped BOOLEAN NOT NULL
    )
    """,
    """
    CREATE TABLE archived_piece (
        content VARCHAR NOT NULL,
        place INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (content, place)
    )
    """,
)
