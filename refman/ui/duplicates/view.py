"""The standing view of duplicates: groups on the left, one of them side by side."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import Changes, Library
from refman.library.changes import papers
from refman.library.duplicates import Cluster
from refman.library.matching import CERTAIN
from refman.progress import Progress
from refman.ui import theme
from refman.ui.comparing import MAXIMUM, Choosing
from refman.ui.duplicates import telling, wording
from refman.ui.duplicates.arranging import Arranged, key_of
from refman.ui.duplicates.cluster_page import ClusterPage
from refman.ui.duplicates.clusters_list import ClustersList
from refman.ui.duplicates.filter_bar import FilterBar
from refman.ui.duplicates.head import Head
from refman.ui.duplicates.reading import ComparedCluster, read_cluster, read_clusters
from refman.ui.duplicates.scanning import Scanning
from refman.ui.jobs import Jobs
from refman.ui.widgets.empty_state import EmptyState

READ_LIST, READ_CLUSTER = "duplicates.list", "duplicates.cluster"
NARROW = 620  # pixels of usual text; below, the list stands above the comparison


class DuplicatesView(QWidget):
    """What is decided goes from the list at once; the library follows in the writing thread."""

    closed = Signal()
    entry_activated = Signal(int)
    help_wanted = Signal()
    merge_certain_wanted = Signal()
    message = Signal(str)

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._editable = not library.read_only
        self._made: Arranged | None = None  # None before anything was read
        self._pending: set[frozenset[int]] = set()  # groups of which the decision is being written
        self._decided: set[frozenset[int]] = set()  # groups that went; undo brings them back
        self._opening = True  # whether it was just brought on screen
        self._keeper = 0  # the paper that is to stay, if another one than proposed
        self._shown: frozenset[int] = frozenset()  # the group whose papers are on screen
        self.scanning = Scanning(library, jobs, self)
        self.head = Head()
        self.filters = FilterBar()
        self.list = ClustersList()
        self.page = ClusterPage()
        self.empty = EmptyState()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.setAccessibleName(_("Duplicates"))

    def _lay_out(self) -> None:
        line = QFrame()
        theme.set_kind(line, "line")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.page)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 3)
        self._splitter.setSizes([300, 800])
        self._middle = QStackedWidget()
        self._middle.addWidget(self._splitter)
        self._middle.addWidget(self.empty)
        self.empty.setAutoFillBackground(True)
        self.empty.setBackgroundRole(QPalette.ColorRole.Base)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (self.head, self.filters, line, self._middle):
            page.addWidget(part, int(part is self._middle))

    def _connect(self) -> None:
        self.scanning.moved_on.connect(self._scan_moved_on)
        self.head.back.clicked.connect(self.closed)
        self.head.help.clicked.connect(self.help_wanted)
        self.head.merge_certain.clicked.connect(self.merge_certain_wanted)
        self.head.look_new.triggered.connect(self.look_at_new)
        self.head.look_all.triggered.connect(self.look_at_all)
        self.head.look.setEnabled(self._editable)
        self.filters.changed.connect(self._filter)
        self.filters.search.left.connect(self.list.setFocus)
        self.list.cluster_chosen.connect(self._show_cluster)
        self.list.opened.connect(self.page.table.setFocus)
        self.list.typed.connect(self._search)
        table = self.page.table
        table.keeper_wanted.connect(self._keep)
        table.apart_wanted.connect(self.take_out)
        table.paper_wanted.connect(self._show_paper)
        self.page.take_out_wanted.connect(self.take_out)
        self.page.merge.clicked.connect(self.merge)
        self.page.not_same.clicked.connect(self.keep_apart)
        self.page.previous.clicked.connect(partial(self.step, -1))
        self.page.skip.clicked.connect(partial(self.step, 1))
        self._jobs.library_changed.connect(self._library_changed)

    # --- the list --------------------------------------------------------------------------

    @property
    def current(self) -> Cluster | None:
        """The group that is shown in full."""
        return self.list.current

    @property
    def certain(self) -> int:
        """How many groups can be merged without looking."""
        return self._made.tiers[CERTAIN] if self._made else 0

    @property
    def feet(self) -> Sequence[QWidget]:
        """What lies at the foot and no message may cover."""
        return (self.page.buttons,)

    @property
    def ready(self) -> bool:
        """Whether the papers of the current group are on screen: before, nothing is decided."""
        return self.current is not None and key_of(self.current) == self._shown

    @property
    def up_to_date(self) -> bool:
        """Whether nothing is to be looked for, written or read any more."""
        scanning = self.scanning.running or self.scanning.waits
        return not (scanning or self._pending or self.filters.waits or self._jobs.busy)

    def _read(self) -> None:
        work = partial(read_clusters, self._library, self.filters.choice)
        self._jobs.read(READ_LIST, work, self._show)

    def _filter(self) -> None:
        """List others of the same groups."""
        if self._made is None:
            return
        work = partial(read_clusters, self._library, self.filters.choice, self._made.clusters)
        self._jobs.read(READ_LIST, work, self._show)

    def _show(self, made: Arranged) -> None:
        """Show what was read, but for what is being decided."""
        former = {key_of(each) for each in self._made.clusters} if self._made else set()
        clusters = [each for each in made.clusters if key_of(each) not in self._pending]
        shown = [each for each in made.shown if key_of(each) not in self._pending]
        tiers = Counter(each.tier for each in clusters)
        self._made = replace(made, clusters=clusters, shown=shown, tiers=tiers)
        back = {key_of(each) for each in clusters} & self._decided - former
        self._decided -= back
        self.list.show_clusters(shown, back)
        self.filters.count(tiers)
        self.head.show_certain(self.certain, editable=self._editable)
        if made.unscanned and self.isVisible():
            (self.scanning.look if self._opening else self.scanning.look_soon)()
        self._opening = False
        self._tell_state()

    def _tell_state(self) -> None:
        made = self._made
        if made is None:
            self.empty.say("merge", _("Duplicates"), "")
            self._show_middle(self.empty)
            return
        scanning, stopped = self.scanning.running, self.scanning.stopped
        self.head.summary.say(wording.summary(made, scanning=scanning, stopped=stopped))
        self.head.look_new.setEnabled(not scanning)
        self.head.look_all.setEnabled(not scanning)
        self.filters.setVisible(bool(made.clusters))
        if not made.shown:
            telling.say_empty(
                self.empty,
                made,
                self.scanning,
                show_all=self.filters.clear,
                look=self.look_at_new,
                look_at_all=self.look_at_all,
                editable=self._editable,
                merging=bool(self._pending),
            )
        self._show_middle(self._splitter if made.shown else self.empty)
        self._show_buttons()

    def _show_middle(self, wanted: QWidget) -> None:
        """Show the list or why there is none; the keyboard stays in this view."""
        if self._middle.currentWidget() is wanted:
            return
        focused = QApplication.focusWidget()
        inside = focused is not None and self._splitter.isAncestorOf(focused)
        if inside or (
            focused and self.filters.isAncestorOf(focused) and not self.filters.isVisible()
        ):
            self.head.back.setFocus()
        self._middle.setCurrentWidget(wanted)
        if wanted is self._splitter and self.head.back.hasFocus():
            self.list.setFocus()

    # --- the current group -----------------------------------------------------------------

    def _show_cluster(self, cluster: Cluster | None) -> None:
        self._jobs.forget(READ_CLUSTER)
        if cluster is None:
            self._shown = frozenset()
            return
        if key_of(cluster) != self._shown:
            self._keeper = 0
        self.page.show_cluster(cluster)
        self._read_papers(cluster)
        self._show_buttons()

    def _read_papers(self, cluster: Cluster) -> None:
        columns = cluster.ids[:MAXIMUM]
        keeper = self._keeper if self._keeper in columns else columns[0]
        work = partial(read_cluster, self._library, cluster, columns, keeper)
        self._jobs.read(READ_CLUSTER, work, self._show_papers)

    def _show_papers(self, found: ComparedCluster) -> None:
        if found.compared is None:
            return
        choosing = Choosing(found.compared, found.columns)
        former = self.page.table.choosing
        if former and self._shown == key_of(found.cluster):
            choosing.choose_as(former)
        self._shown = key_of(found.cluster)
        self.page.show_papers(choosing)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.page.show_buttons(editable=self._editable, ready=self.ready)

    def _keep(self, column: int) -> None:
        """Let another paper stay."""
        choosing = self.page.table.choosing
        if self.current and choosing and self.ready:
            self._keeper = choosing.papers[column].id
            self._read_papers(self.current)

    def _show_paper(self, column: int) -> None:
        choosing = self.page.table.choosing
        if choosing:
            self.entry_activated.emit(choosing.papers[column].id)

    # --- what can be done ------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the next group, or with -1 the one before."""
        if self.current and not self.list.step(by):
            self.message.emit(
                _("This is the last group.") if by > 0 else _("This is the first group.")
            )

    def merge(self) -> None:
        """Make one of the papers of the current group, and show the next."""
        choosing = self.page.table.choosing
        if not (self.ready and self._editable and choosing):
            return
        ids, values = choosing.ids, dict(choosing.values())
        label = _("Merge {papers}").format(papers=papers(len(ids)))
        self._decide(label, partial(self._library.duplicates.merge, ids, values))

    def keep_apart(self) -> None:
        """Remember that no two of the current group are the same, and show the next."""
        if self.ready and self._editable and self.current:
            ids = self.current.ids
            label = _("Keep {papers} apart").format(papers=papers(len(ids)))
            self._decide(label, partial(self._library.duplicates.keep_apart, ids))

    def take_out(self, column: int | None = None) -> None:
        """Remember that one paper, by default that of the cursor, is not as the others are."""
        choosing, cluster = self.page.table.choosing, self.current
        if not (self.ready and self._editable and choosing and cluster):
            return
        if len(cluster.ids) < 3:
            self.keep_apart()
            return
        chosen = choosing.papers[self.page.table.current_column if column is None else column].id
        others = [each for each in cluster.ids if each != chosen]
        label = _("Keep a paper apart")
        work = partial(self._library.duplicates.keep_apart, [chosen], others)
        self._shown = frozenset()  # nothing else before the rest is on screen
        self._show_buttons()
        self._jobs.write(label, work, ended=self._read_again)

    def merge_certain(self, done: Callable[[Changes], None]) -> None:
        """Merge every group of which it is certain, in one step, then `done`."""
        assert self._made
        keys = {key_of(each) for each in self._made.clusters if each.tier == CERTAIN}
        self._pending |= keys
        self._shown = frozenset()
        self._show(self._made)
        progress = Progress()
        self._jobs.write(
            _("Merge certain duplicates"),
            partial(self._library.duplicates.merge_certain, progress),
            done,
            progress=progress,
            ended=partial(self._written, keys),
        )

    def look_at_new(self) -> None:
        """Look for duplicates of what is new or changed."""
        self.scanning.look()

    def look_at_all(self) -> None:
        """Look for duplicates among all papers again."""
        self.scanning.look(everything=True)

    def _decide(self, label: str, work: Callable[[], Changes]) -> None:
        assert self.current
        assert self._made
        key = key_of(self.current)
        self._pending.add(key)
        self._decided.add(key)
        self._shown = frozenset()
        self._show(self._made)
        self._jobs.write(label, work, ended=partial(self._written, {key}))

    def _written(self, keys: set[frozenset[int]]) -> None:
        self._pending -= keys
        self._read()

    def _read_again(self) -> None:
        self._read()
        if self.current:
            self._show_cluster(self.current)

    # --- the library changes ---------------------------------------------------------------

    def _library_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        self._read()
        cluster = self.current
        if cluster and (changes.everything or not changes.entries.isdisjoint(cluster.ids)):
            self._read_papers(cluster)

    def _scan_moved_on(self) -> None:
        if self.isVisible():
            self._tell_state()
            if not self.scanning.running:
                self._read()

    # --- events ----------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        self.filters.search.setFocus()
        self.filters.search.insert(text)

    def event(self, event: QEvent) -> bool:
        # Here these keys are for the duplicates, not for the papers behind them.
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
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filters.search.setFocus()
            self.filters.search.selectAll()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([110, 490] if narrow else [300, 800])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opening = True
        self._tell_state()
        self._read()
        if self.current:
            self._read_papers(self.current)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.scanning.rest()
