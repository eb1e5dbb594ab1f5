"""The section that shows a paper as the chosen style cites it, and changes the style."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QMenu

from refman.i18n import _
from refman.library import Style
from refman.ui import theme
from refman.ui.citation_preview import Preview
from refman.ui.entry_panel.paper import Paper
from refman.ui.entry_panel.section import Section
from refman.ui.widgets.growing_text import ReadingText


class CitationSection(Section):
    """`styles` are those that are offered, `style` the name of the one that is used now."""

    copy_wanted = Signal(int)  # a paper, as an entry of a bibliography
    style_chosen = Signal(str)
    other_style_wanted = Signal()

    def __init__(self, styles: Callable[[], Sequence[Style]], style: Callable[[], str]) -> None:
        super().__init__(_("Citation"))
        self._styles = styles
        self._style = style
        self._entry_id = 0
        self._cited = ""  # as HTML
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.style_button = self.add_menu(self._menu)
        self.copy_button = self.add_action("copy", _("Copy entry"), shown_name=True)
        self.copy_button.setToolTip(_("Copy this entry of a bibliography, with its italics"))
        self.copy_button.clicked.connect(self.copy)
        self._entry = ReadingText()
        self._entry.setAccessibleName(_("The paper in a bibliography"))
        self._citation = QLabel(wordWrap=True)
        self._citation.setTextFormat(Qt.TextFormat.RichText)
        self._citation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_kind(self._citation, "muted")
        self._complaint = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        theme.set_kind(self._complaint, "muted")
        for part in (self._entry, self._complaint, self._citation):
            self.column.addWidget(part)

    def show_paper(self, paper: Paper) -> None:
        """Take the paper that is to be copied."""
        self._entry_id = paper.id

    def show_preview(self, preview: Preview) -> None:
        """Show how the paper is cited."""
        self.style_button.show_text(preview.style)
        self.style_button.setAccessibleName(
            _("Citation style: {title}").format(title=preview.style)
        )
        self.style_button.setToolTip(_("{title}: choose another style").format(title=preview.style))
        self._entry.setHtml(preview.bibliography)
        self._entry.setVisible(bool(preview.bibliography))
        self._complaint.setText(preview.complaint)
        self._complaint.setVisible(bool(preview.complaint))
        self._cited = preview.citation
        self._citation.setText(_("In the text: {citation}").format(citation=preview.citation))
        self._citation.setVisible(bool(preview.citation))
        self.copy_button.setEnabled(bool(preview.bibliography))
        self.set_stale(False)

    @property
    def text(self) -> str:
        """The entry as it is shown; '' where there is none."""
        return self._entry.toPlainText()

    @property
    def in_the_text(self) -> str:
        """The citation as it is shown."""
        return QTextDocumentFragment.fromHtml(self._cited).toPlainText()

    @property
    def complaint(self) -> str:
        """Why there is no entry."""
        return self._complaint.text()

    def copy(self) -> None:
        """Have the entry copied."""
        self.copy_wanted.emit(self._entry_id)

    def _fill_menu(self) -> None:
        self._menu.clear()
        now = self._style()
        for style in self._styles():
            action = self._menu.addAction(style.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(style.name == now)
            action.triggered.connect(partial(self._choose, style.name))
        self._menu.addSeparator()
        self._menu.addAction(_("Other styles …"), self.other_style_wanted.emit)

    def _choose(self, name: str, _checked: bool = True) -> None:
        self.style_chosen.emit(name)
