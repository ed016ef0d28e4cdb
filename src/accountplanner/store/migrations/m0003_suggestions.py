"""What imports propose and a person decides; derived on this laptop, never replicated (store/tables.py, schema 2)."""

DATABASES = ("team",)

STATEMENTS = (
    """
    CREATE TABLE suggestion (
        id VARCHAR NOT NULL PRIMARY KEY,
        kind VARCHAR NOT NULL,
        file VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        body VARCHAR NOT NULL
    )
    """,
)
