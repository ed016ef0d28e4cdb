"""What `--debug` and `--log-sql` write on standard error: what the program does, never what it holds."""

import logging
import sys

from typing_extensions import override


class _StatementsOnly(logging.Filter):
    """Lets SQL pass as it is written in our code, and drops the lines with bound values and rows.

    The database library logs values as arguments of a message and statements without any; letting through only
    what has none keeps out whatever a later version of it may add.
    """

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        return not record.args


def start_logging(*, debug: bool, log_sql: bool) -> None:
    """Write to standard error what was asked for."""
    if debug:
        ours = logging.getLogger("accountplanner")
        ours.setLevel(logging.DEBUG)
        ours.addHandler(_handler())
    if log_sql:
        handler = _handler()
        handler.addFilter(_StatementsOnly())
        engine = logging.getLogger("sqlalchemy.engine")
        engine.setLevel(logging.INFO)
        engine.addHandler(handler)


def _handler() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
    return handler
