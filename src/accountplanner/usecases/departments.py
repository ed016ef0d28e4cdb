"""The departments a team workbook can be shaped for, as screens and commands name them."""

from accountplanner.exchange.departments import DEPARTMENT_LABELS, shows_profiles

__all__ = ["DEPARTMENT_LABELS", "shows_profiles"]
