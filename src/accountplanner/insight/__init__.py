"""Figures and orders worked out from plain rows: pure, without storage, workbooks or Qt."""
