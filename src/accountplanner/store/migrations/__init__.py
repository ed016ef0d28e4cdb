"""How the databases came to look as they do: numbered steps of plain SQL, run in order, each once.

A released step never changes. Caches have none: a new layout of theirs is a refold.
"""

from __future__ import annotations

from accountplanner.store.migrations import m0001_log, m0002_archive, m0003_suggestions
from accountplanner.store.migrations.runner import Migration, migrate, newest, pending

# Listed rather than looked for: a built program has no folder to look into. A test compares.
ALL = tuple(Migration.of(module) for module in (m0001_log, m0002_archive, m0003_suggestions))

__all__ = ["ALL", "Migration", "migrate", "newest", "pending"]
