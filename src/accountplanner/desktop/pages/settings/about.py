"""What the program is made of, under which licences, and what to hand to whoever helps."""

import platform
from importlib.metadata import PackageNotFoundError, distribution
from typing import Final

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from accountplanner import __version__
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.settings.rows import Section, SettingRow
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_PARTS: Final = (
    "PySide6-Essentials", "SQLModel", "SQLAlchemy", "sqlcipher3-wheels", "sqlcipher3", "cryptography", "keyring",
    "XlsxWriter", "openpyxl", "python-calamine", "msoffcrypto-tool", "pandas", "reportlab", "RapidFuzz",
    "platformdirs", "typer", "font-source-sans-pro",
)  # fmt: skip


class AboutSection(Section):
    """Version, licences, and the text to copy when something is wrong."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.diagnostics = Button(theme, say("Show it…"))
        self.add_card(
            theme,
            say("Account Planner {version}", version=__version__),
            (
                Label(
                    say("Everything stays on this computer. The program opens no connection, ever."), "body", wrap=True
                ),
                SettingRow(
                    say("When something is wrong"),
                    say("Versions and system, to be read before they are copied; no names, no values."),
                    self.diagnostics,
                ),
            ),
        )
        notice = say(
            "The windows are drawn by Qt {qt}, used under the GNU Lesser General Public License, version 3. Its "
            "libraries lie beside the program and may be replaced by other builds of the same version; its sources are "
            "at download.qt.io. The licence’s text comes with the program.",
            qt=qVersion(),
        )
        lines = "\n".join(
            f"{name} {version}" + (f" – {licence}" if licence else "") for name, version, licence in used_parts()
        )
        self.add_card(
            theme, say("Made with"), (Label(notice, "body", wrap=True), Label(lines, "small", "muted", wrap=True))
        )
        self.diagnostics.clicked.connect(self._on_diagnostics_clicked)

    def _on_diagnostics_clicked(self) -> None:
        DiagnosticsDialog(self._desk, self.window()).open()


class DiagnosticsDialog(FormDialog):
    """Shows what would be copied, before it is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = say("This is all that is copied. Paste it into a mail to whoever helps you.")
        super().__init__(desk.theme, say("About this computer"), say("Copy"), explanation=told, parent=parent)
        self._desk = desk
        self.text = QPlainTextEdit(diagnostics())
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 10)
        self.add_field(say("What is copied"), self.text)
        self.accept_requested.connect(self._on_accept_requested)

    def _on_accept_requested(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._desk.tell(say("Copied."))
        self.accept()


def diagnostics() -> str:
    """Versions and system; nothing of what a workspace holds, nor where it lies."""
    head = (
        f"Account Planner {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"Screen: {QGuiApplication.platformName()}, {_screen()}",
    )
    return "\n".join((*head, *(f"{name} {version}" for name, version, _ in used_parts())))


def _screen() -> str:
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    return f"{size.width()} x {size.height()} at {screen.devicePixelRatio():g}"


def used_parts() -> list[tuple[str, str, str]]:
    """The libraries that are here: name, version, licence as each says of itself."""
    found = []
    for name in _PARTS:
        try:
            about = distribution(name).metadata
        except PackageNotFoundError:
            continue
        classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if "License" in line]
        own = [about[key] for key in ("License-Expression", "License") if key in about]
        licence = next(iter((*own[:1], *classified)), "")
        found.append((name, str(about["Version"]), licence.splitlines()[0] if licence else ""))
    return found
