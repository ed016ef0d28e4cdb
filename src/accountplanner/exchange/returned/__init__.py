"""Workbooks that come back: read in a guarded child, compared with their base there, told as findings."""
