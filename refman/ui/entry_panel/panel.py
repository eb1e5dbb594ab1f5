"""The panel: one scrolling page for one paper, a summary for several, a hint for none.

Papers are read on the reading thread and shown in widgets that are made once. What stands
low on the page is read when the selection rests.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import Changes, Library
from refman.library.styles import DEFAULT
from refman.ui import theme
from refman.ui.citation_preview import Preview, read_preview
from refman.ui.edits import Edits
from refman.ui.entry_panel.abstract import AbstractSection
from refman.ui.entry_panel.attachments import AttachmentsSection
from refman.ui.entry_panel.bibtex import BibtexSection
from refman.ui.entry_panel.citation import CitationSection
from refman.ui.entry_panel.details import DetailsSection
from refman.ui.entry_panel.heading import Heading
from refman.ui.entry_panel.notes import NotesSection
from refman.ui.entry_panel.notices import Notices
from refman.ui.entry_panel.organise import Organise
from refman.ui.entry_panel.paper import Background, Paper, read_background, read_paper
from refman.ui.entry_panel.selection import SelectionPage, Summary, summarise
from refman.ui.entry_panel.sources import SourcesSection
from refman.ui.jobs import Jobs
from refman.ui.widgets.empty_state import EmptyState

RESTS = 90  # ms until what stands low on the page is read


class EntryPanel(QWidget):
    """Everything about the selected papers. It never takes the focus by itself.

    `style` says in which citation style papers are cited at the moment.
    """

    message = Signal(str)
    key_changed = Signal(str, str)  # a paper's citation key, from the old to the new

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        parent: QWidget | None = None,
        style: Callable[[], str] = lambda: DEFAULT,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._style = style
        self._ids: list[int] = []
        self._paper: Paper | None = None
        self._wanted_field = (0, "")  # of a paper that is not shown yet
        edits = Edits(library, jobs)
        self.setObjectName("entry_panel")
        self.setAccessibleName(_("The selected paper"))
        self._rest = QTimer(self, singleShot=True, interval=RESTS)
        self._rest.timeout.connect(self._read_background)
        self._stack = QStackedWidget()
        self.notices = Notices(edits)
        self.heading = Heading(edits)
        self.organise = Organise(edits)
        self.abstract = AbstractSection(edits, self)
        self.notes = NotesSection(edits)
        self.details = DetailsSection(edits)
        self.attachments = AttachmentsSection(edits)
        self.citation = CitationSection(library.citations.styles, style)
        self.citation.opened.connect(self.read_citation)
        self.bibtex = BibtexSection(edits)
        self.sources = SourcesSection(edits)
        self.selection = SelectionPage(edits)
        self._low = (self.attachments, self.bibtex, self.sources)
        self._hint = EmptyState()
        self._hint.setAutoFillBackground(True)
        self._hint.setBackgroundRole(QPalette.ColorRole.Base)
        self._page = self._scrolled(
            self.notices,
            self.heading,
            self.organise,
            self.abstract,
            self.notes,
            self.details,
            self.attachments,
            self.citation,
            self.bibtex,
            self.sources,
        )
        for view in (self._hint, self._page, self._scrolled(self.selection)):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        for part in (self.heading, self.details, self.attachments, self.bibtex, self.selection):
            part.message.connect(self.message)
        self.details.key_changed.connect(self.key_changed)
        self._page.verticalScrollBar().valueChanged.connect(self.abstract.bar.commit)
        self._show_hint()

    # --- what the window calls -----------------------------------------------------------

    def show_entries(self, ids: list[int]) -> None:
        """Show these papers. What is being typed for others is kept first."""
        if ids == self._ids:
            return
        self.commit()
        self._ids = ids
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Show anew what `changes` touched."""
        if self._ids and (changes.everything or not changes.entries.isdisjoint(self._ids)):
            self._read()

    @property
    def shown_id(self) -> int | None:
        """The one paper that is shown; None where there is none or there are several."""
        return self._paper.id if self._paper and len(self._ids) == 1 else None

    def commit(self) -> None:
        """Hand everything that is being typed to the library: the paper or the window goes."""
        self.heading.commit()
        self.abstract.commit()
        self.notes.commit()
        self.details.commit()

    def edit_title(self) -> None:
        """Put the cursor into the title."""
        self.heading.edit_title()

    def edit_field(self, entry_id: int, name: str) -> None:
        """Put the cursor into a field of a paper, at once or when that is shown."""
        self._wanted_field = (entry_id, name)
        if self.shown_id == entry_id:
            self._go_to_field()

    def _go_to_field(self) -> None:
        (_entry_id, name), self._wanted_field = self._wanted_field, (0, "")
        if name == "title":
            self.heading.edit_title()
        elif name in ("author", "editor", "translator"):
            self.heading.names.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif name == "abstract":
            self.abstract.read()
        else:
            self.details.edit_field(name)

    def edit_tags(self) -> None:
        """Put the cursor into the field for a tag."""
        (self.organise if len(self._ids) == 1 else self.selection).edit_tags()

    def write_note(self) -> None:
        """Open the editor of a new note."""
        if self._paper:
            self.notes.write_note()

    def read_abstract(self) -> None:
        """Put the cursor into the abstract, to select and mark with the keyboard."""
        self.abstract.read()

    # --- reading -------------------------------------------------------------------------

    def _read(self) -> None:
        library, ids = self._library, self._ids
        self._rest.stop()
        self._jobs.forget("panel.background")
        self._jobs.forget("panel.citation")
        if not ids:
            self._jobs.forget("panel")
            self._show_hint()
        elif len(ids) == 1:
            entry_id = ids[0]
            self._jobs.read("panel", lambda: read_paper(library, entry_id), self._show_paper)
        else:
            self.selection.show_entries(ids)
            self._stack.setCurrentIndex(2)
            self._jobs.read("panel", lambda: summarise(library, ids), self._show_summary)

    @property
    def is_waiting(self) -> bool:
        """Whether what stands low on the page is still to be read."""
        return self._rest.isActive()

    def _read_background(self) -> None:
        if self._paper:
            library, entry_id = self._library, self._paper.id
            self._jobs.read(
                "panel.background",
                lambda: read_background(library, entry_id),
                self._show_background,
            )

    def read_citation(self) -> None:
        """Cite the paper anew: it, or the style, is another one. Not while that is folded away."""
        if self._paper and self.citation.is_open:
            library, style, entry_id = self._library, self._style(), self._paper.id
            self._jobs.read(
                "panel.citation",
                lambda: (entry_id, read_preview(library, style, entry_id)),
                self._show_citation,
            )

    # --- showing -------------------------------------------------------------------------

    def _show_paper(self, paper: Paper | None) -> None:
        if paper is None or [paper.id] != self._ids:
            self._ids = []
            self._show_hint()
            return
        another = self._paper is None or self._paper.id != paper.id
        if another:
            self.commit()
            self._page.verticalScrollBar().setValue(0)
        self._paper = paper
        self.setUpdatesEnabled(False)
        for part in (self.notices, self.heading, self.organise, self.abstract, self.notes,
                     self.details, self.citation, *self._low):  # fmt: skip
            part.show_paper(paper)
        if another:
            for part in (self.citation, *self._low):
                part.set_stale(True)
        self._stack.setCurrentIndex(1)
        self.setUpdatesEnabled(True)
        self._rest.start()
        if self._wanted_field[0] == paper.id:
            self._go_to_field()

    def _show_background(self, background: Background | None) -> None:
        if background and self._paper and background.entry_id == self._paper.id:
            for part in self._low:
                part.show_background(background)
                part.set_stale(False)
            self.read_citation()

    def _show_citation(self, found: tuple[int, Preview]) -> None:
        entry_id, preview = found
        if self._paper and self._paper.id == entry_id:
            self.citation.show_preview(preview)

    def _show_summary(self, summary: Summary) -> None:
        self.selection.show_summary(summary)

    def _show_hint(self) -> None:
        self._paper = None
        self._hint.say(
            "abstract",
            _("No paper selected"),
            _("Choose a paper in the table to read it here, mark its abstract and write notes."),
        )
        self._stack.setCurrentIndex(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is brought here: to the abstract, else to the first thing to edit."""
        super().focusInEvent(event)
        if len(self._ids) > 1:
            self.selection.edit_tags()
        elif self._paper and self.abstract.view.isVisible():
            self.abstract.view.setFocus(event.reason())
        elif self._paper:
            self.heading.names.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.abstract.bar.commit()

    def _scrolled(self, *parts: QWidget) -> QScrollArea:
        """The parts, one below the other, on a page that scrolls."""
        page = QWidget()
        page.setObjectName("entry_page")
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 14, 16, 18)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.set_kind(area, "page")
        return area
