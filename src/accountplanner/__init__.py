"""Account Planner: one customer picture, kept on the desktop and exchanged as Excel workbooks."""

__version__ = "0.1.0"
