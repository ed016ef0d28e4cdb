"""Window first: what stands on the screen before anything heavy is loaded."""

import subprocess
import sys

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "sqlcipher3",
    "pandas",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "numpy",
    "keyring",
)


def test_the_window_needs_neither_database_nor_workbooks() -> None:
    code = (
        "import sys, accountplanner.desktop.start; "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_even_with_all_pages_no_workbook_library_is_loaded() -> None:
    code = (
        "import sys, accountplanner.desktop.program; "
        f"print([name for name in {HEAVY[3:]} if name in sys.modules])"
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
