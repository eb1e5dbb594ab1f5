"""The check of papers or of a .bib file: the findings on the left, one of them in full."""

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QPalette, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Changes, Details, Finding, Library
from refman.ui import outside, theme
from refman.ui.doctor import telling, wording
from refman.ui.doctor.arranging import Arranged, Choice, Group, Rule, arranged, is_safe
from refman.ui.doctor.checkup import BibFile, Checkup, Target
from refman.ui.doctor.filter_bar import FilterBar
from refman.ui.doctor.finding_buttons import FindingButtons
from refman.ui.doctor.finding_page import FindingPage
from refman.ui.doctor.findings_list import FindingsList
from refman.ui.doctor.findings_model import Row
from refman.ui.doctor.foot import Foot
from refman.ui.doctor.head import Head
from refman.ui.doctor.mending import Mending
from refman.ui.edits import Edits
from refman.ui.jobs import Jobs
from refman.ui.widgets.empty_state import EmptyState

READ_LIST, READ_PAPER, READ_IGNORED = "doctor.list", "doctor.paper", "doctor.ignored"
SOON = 40  # ms after which the list follows what was found
REST = 8  # times as long as filling the list takes, it is left alone


class DoctorView(QWidget):
    """Alt+Down and Alt+Up go through the findings, Ctrl+Enter mends one, Del ignores it."""

    closed = Signal()
    entry_activated = Signal(int)
    field_wanted = Signal(int, str)  # paper, field
    help_wanted = Signal()
    message = Signal(str)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        offers: Callable[[], Sequence[tuple[str, Callable[[], None] | None]]],
        parent: QWidget | None = None,
    ) -> None:
        """`offers` says what else can be checked; None where it cannot be now."""
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._edits = Edits(library, jobs)
        self._rules = library.doctor.rules()
        self._labels = {rule.name: _(rule.label) for rule in self._rules}
        self._shown = Arranged()
        self._arranging = False
        self.checkup = Checkup(library, jobs, self)
        self._mending = Mending(self._edits, self.checkup)
        self.head = Head(offers)
        self.filters = FilterBar(self._rules)
        self.list = FindingsList()
        self.page = FindingPage()
        self.buttons = FindingButtons()
        self.empty = EmptyState()
        self.foot = Foot()
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.setAccessibleName(_("Check papers"))

    def _lay_out(self) -> None:
        line = QFrame()
        theme.set_kind(line, "line")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        column.addWidget(self.buttons)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([480, 520])
        self._middle = QStackedWidget()
        self._middle.addWidget(self._splitter)
        self._middle.addWidget(self.empty)
        self.empty.setAutoFillBackground(True)
        self.empty.setBackgroundRole(QPalette.ColorRole.Base)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (self.head, self.filters, line, self._middle, self.foot):
            page.addWidget(part, int(part is self._middle))

    def _connect(self) -> None:
        self._soon.timeout.connect(self._arrange_soon)
        self.checkup.changed.connect(self._follow)
        self.checkup.moved_on.connect(self._tell_state)
        self.checkup.looked_at.connect(self._looked_at)
        self.head.back.clicked.connect(self.closed)
        self.head.again.clicked.connect(self.checkup.again)
        self.head.stop.clicked.connect(self.checkup.stop)
        self.head.copy.clicked.connect(self.copy_all)
        self.head.help.clicked.connect(self.help_wanted)
        self.filters.changed.connect(self._arrange)
        self.filters.search.left.connect(self.list.setFocus)
        self.list.row_chosen.connect(self._show_row)
        self.list.opened.connect(self.go_to_field)
        self.list.typed.connect(self._search)
        self.page.paper_wanted.connect(self.show_paper)
        self.buttons.fix.clicked.connect(self.fix)
        self.buttons.go.clicked.connect(self.go_to_field)
        self.buttons.ignore.clicked.connect(self.ignore)
        self.buttons.fix_all.clicked.connect(self.fix_all)
        self.foot.ignored.clicked.connect(self._mending.forget_ignored)
        self._jobs.library_changed.connect(self._library_changed)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (
            ("Alt+Down", partial(self.list.step, 1)),
            ("Alt+Up", partial(self.list.step, -1)),
            ("Ctrl+Return", self.fix),
            ("Ctrl+Enter", self.fix),
            ("F5", self.checkup.again),
        ):
            QShortcut(QKeySequence(key), self, act, context=within)

    # --- what is checked -------------------------------------------------------------------

    def check(self, target: Target) -> None:
        """Look through `target`."""
        self.checkup.start(target)
        self._show_list((Arranged(), 0.0))
        self._read_ignored()
        self.list.setFocus()

    def _follow(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _looked_at(self, ids: Sequence[int]) -> None:
        self._mending.looked_at(ids)
        self._show_buttons()

    def _arrange_soon(self) -> None:
        """Not before the list that is being made is shown, or none would ever be."""
        if self._arranging:
            self._soon.start()
        else:
            self._arrange()

    def _arrange(self) -> None:
        """Show what was found so far, as it is chosen; the list is made in the reading thread."""
        self._arranging = True
        work = partial(_arranged, self.checkup.findings(), self.filters.choice, self._rules)
        self._jobs.read(READ_LIST, work, self._show_list)

    def _show_list(self, made: tuple[Arranged, float]) -> None:
        began = monotonic()
        self._arranging = False
        self._shown, seconds = made
        self.filters.count(self._shown.severities, self._shown.rules)
        self.list.show_groups(self._shown.groups)
        self.buttons.show_safe(self._shown.safe, editable=self._edits.editable)
        self._show_buttons()
        self._tell_state()
        self._soon.setInterval(max(SOON, round((monotonic() - began + seconds) * 1000 * REST)))

    def _tell_state(self) -> None:
        checkup = self.checkup
        self.head.show_state(checkup, telling.summary(checkup, self._shown))
        shown = bool(self._shown.groups)
        self.foot.set_keys(in_file=checkup.of_file, read_only=self._library.read_only)
        self.head.copy.setEnabled(shown)
        if not shown:
            telling.say_empty(
                self.empty,
                checkup,
                len(self.findings),
                self.filters.clear,
                running=checkup.running or not self.up_to_date,
                rules=len(self._rules),
            )
        self.filters.setVisible(bool(self.findings))
        self._show_middle(self._splitter if shown else self.empty)

    def _show_middle(self, wanted: QWidget) -> None:
        """Show the list or why there is none; the keyboard stays in this view."""
        if self._middle.currentWidget() is wanted:
            return
        focused = QApplication.focusWidget()
        if focused and self._splitter.isAncestorOf(focused):
            self.head.back.setFocus()
        self._middle.setCurrentWidget(wanted)
        if wanted is self._splitter and self.head.back.hasFocus():
            self.list.setFocus()

    # --- the current one -------------------------------------------------------------------

    @property
    def up_to_date(self) -> bool:
        """Whether the list shows all that was found so far."""
        return not (self._soon.isActive() or self._arranging)

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found, whether it is listed or not."""
        return self._shown.findings

    @property
    def current(self) -> Row | None:
        """The finding or the group that is shown in full."""
        return self.list.current

    def _show_row(self, row: Row | None) -> None:
        self._jobs.forget(READ_PAPER)
        if isinstance(row, Finding):
            self.page.show_finding(
                row, self._labels.get(row.rule, row.rule), read_only=self._library.read_only
            )
            if row.entry_id is not None:
                work = partial(_details, self._library, row)
                self._jobs.read(READ_PAPER, work, self._show_paper)
        elif row is not None:
            self.page.show_group(row)
        self._show_buttons()

    def _show_paper(self, found: tuple[Finding, Details | None]) -> None:
        self.page.show_paper(*found)

    def _show_buttons(self) -> None:
        row = self.current
        if row is not None:
            self.buttons.show_row(
                row,
                editable=self._edits.editable,
                waits=isinstance(row, Finding) and self._mending.waits(row),
            )

    # --- what can be done ------------------------------------------------------------------

    def fix(self) -> None:
        """Mend the current finding, or the safe ones of the current group; go on to the next."""
        row = self.current
        if isinstance(row, Group):
            self._mend([finding for finding in row.findings if is_safe(finding)])
        elif row is not None and row.fix and self._mending.may_change(row):
            self._mend([row])
            self.list.step(1)
        elif row is not None and not row.fix and not row.file:
            self.message.emit(_("There is no fix for this: Enter leads to the field."))

    def fix_all(self) -> None:
        """Mend all in the list that is safe to mend, in one step of undo."""
        groups = self._shown.groups
        self._mend([each for group in groups for each in group.findings if is_safe(each)])

    def ignore(self) -> None:
        """Do not tell of the current finding again."""
        row = self.current
        if isinstance(row, Finding) and self._mending.may_change(row):
            self._mending.ignore(row)
            self._show_buttons()
            self.list.step(1)

    def _mend(self, findings: Sequence[Finding]) -> None:
        self._mending.fix(findings)
        self._show_buttons()

    def show_paper(self) -> None:
        """Show the paper of the current finding in the table."""
        finding = self._any_finding()
        if finding and finding.entry_id is not None:
            self.entry_activated.emit(finding.entry_id)

    def go_to_field(self) -> None:
        """Put the cursor into the field of the current finding; open the file it is in."""
        finding = self._any_finding()
        if finding is None:
            return
        if isinstance(self.checkup.target, BibFile):
            complaint = outside.open_file(self.checkup.target.path)
            self.message.emit(complaint or wording.place_of(finding))
        elif finding.entry_id is not None:
            field = finding.field if isinstance(self.current, Finding) else "title"
            self.field_wanted.emit(finding.entry_id, field)

    def _any_finding(self) -> Finding | None:
        row = self.current
        if isinstance(row, Group):
            return row.findings[0] if row.of_paper else None
        return row

    def copy_all(self) -> None:
        """Copy the list as text, as it is filtered and ordered."""
        heading = f"{self.checkup.target.name}: {telling.summary(self.checkup, self._shown)}"
        outside.copy(wording.as_text(heading, self._shown.groups))
        self.message.emit(_("Copied {n}.").format(n=wording.findings_count(self._shown.shown)))

    def copy(self) -> None:
        """Copy the current finding or group as text."""
        row = self.current
        if isinstance(row, Group):
            outside.copy("\n".join(wording.group_lines(row)) + "\n")
        elif row is not None:
            lines = [line.strip() for line in wording.finding_lines(row)]
            outside.copy("\n".join((*lines, row.explanation)) + "\n")
        self.message.emit(_("Copied."))

    # --- the library changes ---------------------------------------------------------------

    def _library_changed(self, changes: Changes) -> None:
        row = self.current
        if isinstance(row, Finding) and (changes.everything or row.entry_id in changes.entries):
            self._show_row(row)
        self._read_ignored()

    def _read_ignored(self) -> None:
        if self.isVisible():
            self._jobs.read(READ_IGNORED, self._library.doctor.ignored, self._show_ignored)

    def _show_ignored(self, count: int) -> None:
        self.foot.set_ignored(0 if self.checkup.of_file or not self._edits.editable else count)

    # --- events ----------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        self.filters.search.setFocus()
        self.filters.search.insert(text)

    def event(self, event: QEvent) -> bool:
        # Here these keys are for the findings, not for the papers behind them.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Find) or event.key() == Qt.Key.Key_F1)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.ignore()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filters.search.setFocus()
            self.filters.search.selectAll()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.checkup.set_active(True)
        self._read_ignored()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.checkup.set_active(False)


def _arranged(
    findings: Sequence[Finding], choice: Choice, rules: Sequence[Rule]
) -> tuple[Arranged, float]:
    """In the reading thread: the list, and the seconds that it took."""
    began = monotonic()
    return arranged(findings, choice, rules), monotonic() - began


def _details(library: Library, finding: Finding) -> tuple[Finding, Details | None]:
    """In the reading thread."""
    try:
        return finding, library.entries.get(finding.entry_id or 0)
    except RefmanError:
        return finding, None
