"""The section that shows a paper as BibTeX and copies it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from refman.i18n import _
from refman.library import Export
from refman.ui import outside, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.paper import Background, Paper
from refman.ui.entry_panel.section import Section
from refman.ui.widgets.growing_text import ReadingText
from refman.ui.widgets.lettering import use_font


class BibtexSection(Section):
    """Looking does not give the citation key out; copying does."""

    message = Signal(str)

    def __init__(self, edits: Edits) -> None:
        super().__init__(_("BibTeX"))
        self._edits = edits
        self._entry_id = 0
        self._view = ReadingText()
        self._view.setAccessibleName(_("The paper as BibTeX"))
        self._view.setToolTip(_("The paper as BibTeX"))
        theme.set_kind(self._view, "code")
        self._none = QLabel(
            _("A paper without a title cannot be written as BibTeX."), wordWrap=True
        )
        theme.set_kind(self._none, "muted")
        self._copy = self.add_action("copy", _("Copy BibTeX"), shown_name=True)
        self._copy.clicked.connect(self.copy_text)
        self.column.addWidget(self._view)
        self.column.addWidget(self._none)
        use_font(self._view, theme.mono_font)

    def show_paper(self, paper: Paper) -> None:
        """Take the paper that is to be copied."""
        self._entry_id = paper.id

    def show_background(self, background: Background) -> None:
        """Show the text."""
        if self._view.toPlainText() != background.bibtex.strip():
            self._view.setPlainText(background.bibtex.strip())
        self._view.setVisible(bool(background.bibtex))
        self._none.setVisible(not background.bibtex)
        self._copy.setEnabled(bool(background.bibtex))

    @property
    def text(self) -> str:
        """What is shown."""
        return self._view.toPlainText()

    def copy_text(self) -> None:
        """Put the BibTeX on the clipboard; that gives the citation key out."""
        ids, verb = [self._entry_id], self._edits.library.exporting.text
        if self._edits.editable:
            self._edits.jobs.write(_("Copy BibTeX"), lambda: verb(ids), self._take)
        else:
            outside.copy(self._view.toPlainText())
            self.message.emit(_("BibTeX copied."))

    def _take(self, export: Export) -> None:
        outside.copy(export.text)
        self.message.emit(_("BibTeX copied."))
