"""The exchange page: what waits at the right, bringing in and sending at the left."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.import_file_step import dropped_files, file_kinds
from accountplanner.desktop.dialogs.import_wizard import ImportWizard
from accountplanner.desktop.dialogs.invite_dialog import InviteDialog
from accountplanner.desktop.dialogs.sending import Sending
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.pages.exchange.choices import ChoiceMenu
from accountplanner.desktop.pages.exchange.folder_card import FolderCard
from accountplanner.desktop.pages.exchange.folder_watch import FolderWatch
from accountplanner.desktop.pages.exchange.queue_panel import QueuePanel
from accountplanner.desktop.pages.exchange.recent import RecentCards
from accountplanner.desktop.records.split import Split
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say
from accountplanner.usecases.begun_imports import BegunImport
from accountplanner.usecases.departments import DEPARTMENT_LABELS
from accountplanner.usecases.exchange_overview import ExchangeOverview, exchange_overview
from accountplanner.usecases.folder_overview import FolderOverview
from accountplanner.usecases.reports import LEAVE_IN_PEACE, report_kinds


class ExchangePage(QWidget):
    """Files in, workbooks out, and the queue of what a person decides. `counted` carries how many wait.

    `imported` carries what came of files brought in here.
    """

    counted = Signal(object)
    imported = Signal(object)

    def __init__(self, desk: Desk, watch: FolderWatch | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watch = watch or FolderWatch(desk, self)
        self._sending = Sending(desk, self)
        self._wants_exchange = False
        self._begins_at = documents_folder()
        self._build_widgets()
        self._build_layout()
        self._connect()
        self._refreshing.wish()
        self.queue.ask_again()

    def refresh(self) -> None:
        """Read everything again."""
        self.queue.refresh()
        self._desk.read(exchange_overview, self._on_read)

    def import_files(self, paths: Sequence[Path] = ()) -> ImportWizard | None:
        """Open the import, with these files or with none chosen yet."""
        if self._desk.session is None:
            return None
        return self._open(ImportWizard(self._desk, self.window(), paths))

    def take_up(self, begun: BegunImport) -> None:
        """Open an import where somebody was kept from going on with it."""
        self._open(ImportWizard(self._desk, self.window(), begun=begun))

    def _open(self, wizard: ImportWizard) -> ImportWizard:
        wizard.applied.connect(self._on_applied)
        wizard.open()
        return wizard

    def choose_files(self) -> None:
        """Ask for files and import them."""
        chosen, _ = QFileDialog.getOpenFileNames(self, say("Files to import"), str(self._begins_at), file_kinds())
        if chosen:
            self._begins_at = Path(chosen[0]).parent
            self.import_files([Path(each) for each in chosen])

    def export_team(self) -> None:
        """Write the team workbook."""
        self._sending.ask_for_team()

    def exchange_now(self) -> None:
        """Say what an exchange with the shared folder would do; without a folder, ask for one."""
        if self.folder.open_dialog() is None:
            # The page may have been made for this, and not know yet which folder it is.
            self._wants_exchange = True
            self._watch.look()

    def report_peace(self) -> None:
        """Write the report of whom marketing leaves in peace this week."""
        self._sending.ask_for_report(LEAVE_IN_PEACE)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.import_files(dropped_files(event))

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.queue = QueuePanel(self._desk)
        self.bring_in = Button(theme, say("Import files"), "primary", "import")
        self.team = Button(theme, say("Team workbook"), icon="export")
        self.partner = Button(theme, say("Partner workbook"), icon="partners")
        self.department = Button(theme, say("For a department"), icon="export")
        self.report = Button(theme, say("Report"), icon="file")
        self.invite = Button(theme, say("Invite a colleague"), icon="key")
        self._departments = ChoiceMenu(DEPARTMENT_LABELS, self)
        self.department.setMenu(self._departments)
        self._reports = ChoiceMenu(report_kinds(), self)
        self.report.setMenu(self._reports)
        self.folder = FolderCard(self._desk, self._watch)
        self._partners = QMenu(self)
        self.partner.setMenu(self._partners)
        self._recent = RecentCards(self._desk)
        self.setAcceptDrops(True)

    def _build_layout(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._left())
        area.setProperty("ground", "surface")  # also beside the scroll bar
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(self._desk.theme, area, self.queue))
        self.setFocusProxy(self.bring_in)

    def _left(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(say("Exchange"), "title"))
        column.addSpacing(Space.SMALL)
        for title, told, buttons in (
            (
                say("Bring in"),
                say("Workbooks that came back, or your own Excel, ODS or CSV lists. Drop files anywhere on this page."),
                (self.bring_in,),
            ),
            (
                say("Send"),
                say("A workbook for colleagues holds what the team knows; a partner’s holds only their accounts."),
                (self.team, self.department, self.partner, self.report, self.invite),
            ),
        ):
            column.addWidget(Label(title, "heading"))
            column.addWidget(Label(told, "small", "muted", wrap=True))
            for button in buttons:
                column.addWidget(button)
            column.addSpacing(Space.LARGE)
        column.addWidget(self.folder)
        column.addSpacing(Space.LARGE)
        column.addWidget(self._recent)
        column.addStretch(1)
        return inside

    def _connect(self) -> None:
        self._refreshing = WhenSeen(self, self._read_overview)
        self.bring_in.clicked.connect(self.choose_files)
        self.team.clicked.connect(self.export_team)
        self.invite.clicked.connect(self._on_invite_clicked)
        self._departments.chosen.connect(self._sending.ask_for_team)
        self._reports.chosen.connect(self._sending.ask_for_report)
        self._partners.triggered.connect(self._on_partner_chosen)
        self.queue.counted.connect(self._on_counted)
        self.queue.import_wanted.connect(self.choose_files)
        self.folder.exchanged.connect(self.refresh)
        self._watch.looked.connect(self._on_folder_looked)
        self._sending.written.connect(self._on_written)
        self._desk.opened.connect(self.refresh)
        self._desk.bus.announced.connect(self._refreshing.wish)

    def _on_read(self, overview: ExchangeOverview) -> None:
        self._recent.show_overview(overview)
        if [(action.data(), action.text()) for action in self._partners.actions()] != list(overview.partners):
            # Otherwise it stays: somebody may have opened it.
            self._partners.clear()
            for record, name in overview.partners:
                self._partners.addAction(name).setData(record)
        self.partner.setEnabled(bool(overview.partners))
        self.partner.setToolTip("" if overview.partners else say("Choose accounts for a channel partner first."))

    def _on_folder_looked(self, overview: FolderOverview) -> None:
        wanted, self._wants_exchange = self._wants_exchange, False
        if wanted and overview.folder is None:
            self.folder.choose.click()
        elif wanted:
            self.folder.open_dialog()

    def _on_counted(self, count: int) -> None:
        """What waits for a person is where the keyboard belongs; where nothing waits, bringing files in is."""
        goal = self.queue if count else self.bring_in
        is_here = self.isVisible() and self.bring_in.hasFocus()
        self.setFocusProxy(goal)
        if is_here and count:
            goal.setFocus()
        self.counted.emit(count)

    def _on_partner_chosen(self, action: QAction) -> None:
        self._sending.ask_for_partner(str(action.data()), action.text())

    def _on_invite_clicked(self) -> None:
        if self._desk.session is not None:
            InviteDialog(self._desk, self.window()).open()

    def _on_applied(self, result: object) -> None:
        self.refresh()
        self.imported.emit(result)

    def _on_written(self, _exported: object) -> None:
        self.refresh()

    def _read_overview(self) -> None:
        self._desk.read(exchange_overview, self._on_read)
