"""The only place that knows SQL: encrypted databases, cache tables, search, keys and backups."""
