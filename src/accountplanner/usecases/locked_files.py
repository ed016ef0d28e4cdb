"""Files that open with a password only, as the shells tell them from others that cannot be read."""

from accountplanner.exchange.reading.errors import PasswordNeededError

__all__ = ["PasswordNeededError"]
