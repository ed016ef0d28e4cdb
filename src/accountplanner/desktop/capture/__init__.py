"""The sixty-second note: one line over whatever is in sight, and what comes of it."""
