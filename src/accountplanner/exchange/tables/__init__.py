"""Somebody's own lists: recognised, mapped, mended and turned into records. Pure; files come through `reading`."""
