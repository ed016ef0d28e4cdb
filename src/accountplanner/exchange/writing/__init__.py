"""Workbooks going out: planned as cells, drawn with XlsxWriter, checked against the plan, then published."""
