"""The page of the citation styles: which is used, how it looks, and the user's own."""

from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
)

from refman.i18n import _
from refman.library import Library, Style
from refman.library.styles import DEFAULT
from refman.ui import icons, theme
from refman.ui.citation_preview import Preview
from refman.ui.dialogs.preferences.page import Choices, Page
from refman.ui.dialogs.preferences.style_list import (
    StyleList,
    StyleRow,
    every_style,
    searched_text,
)
from refman.ui.edits import Edits
from refman.ui.jobs import Jobs
from refman.ui.widgets.growing_text import ReadingText

_GROUP = "citing"


class SearchLine(QLineEdit):
    """A line from which the Down key leads into the list below it."""

    down_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)


class CitationsPage(Page):
    """The style that is current in the list is the one that is used."""

    icon = "quote"
    style_changed = Signal()  # another one, or another file of its name

    def __init__(self, choices: Choices, library: Library, jobs: Jobs) -> None:
        super().__init__(_("Citations"))
        self._choices = choices
        self._library = library
        self._edits = Edits(library, jobs)
        self._every: list[tuple[Style, str]] = []  # and what each is called
        self._chosen: Style | None = None
        self._filling = False
        self.search = SearchLine(placeholderText=_("Search all styles"))
        self.search.setAccessibleName(_("Search all styles"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._take_first)
        self.search.down_pressed.connect(self._go_into_list)
        self.styles = StyleList(self)
        self.list = QListView(uniformItemSizes=True)
        self.list.setAccessibleName(_("Citation styles"))
        self.list.setModel(self.styles)
        self.list.setItemDelegate(StyleRow(self.list))
        self.list.setMinimumHeight(theme.px(150))
        theme.set_kind(self.list, "framed")
        self.list.selectionModel().currentChanged.connect(self._take_current)
        self.add_button = QPushButton(_("&Add style …"), autoDefault=False)
        self.add_button.setToolTip(_("Use a .csl file, such as one from zotero.org/styles"))
        self.add_button.clicked.connect(self._ask_for_file)
        self.remove_button = QPushButton(_("&Remove"), autoDefault=False)
        self.remove_button.setToolTip(_("Forget this style, which you have added yourself"))
        self.remove_button.clicked.connect(self._ask_to_remove)
        self._count = QLabel()
        self._complaint = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._complaint.hide()
        theme.set_kind(self._count, "faint")
        theme.set_kind(self._complaint, "error")
        self._lay_out()
        self._take_offered()

    def _lay_out(self) -> None:
        row = QHBoxLayout(spacing=8)
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        row.addWidget(self._count)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        self.column.addWidget(self._complaint)
        self.column.addSpacing(8)
        self.column.addWidget(self._preview_card())

    def _preview_card(self) -> QFrame:
        self._style_title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        theme.set_kind(self._style_title, "heading")
        self._paper = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        theme.set_kind(self._paper, "faint")
        self.citation = ReadingText()
        self.citation.setAccessibleName(_("In the text"))
        self.entry = ReadingText()
        self.entry.setAccessibleName(_("In the bibliography"))
        self.entry.set_minimum_lines(2)
        card = QFrame()
        theme.set_kind(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(4)
        column.addWidget(self._style_title)
        column.addWidget(self._paper)
        for text in (self.citation, self.entry):
            label = QLabel(text.accessibleName())
            theme.set_kind(label, "muted")
            column.addSpacing(6)
            column.addWidget(label)
            column.addWidget(text)
        return card

    # --- the list -----------------------------------------------------------------------

    def read(self) -> None:
        """Show the offered styles, and have all that there are read; that takes a second."""
        library = self._library
        self._take_offered()
        self._edits.jobs.read("preferences.styles", lambda: every_style(library), self._take_every)

    def _take_every(self, every: list[tuple[Style, str]]) -> None:
        self._every = every
        self._take_offered()

    def _take_offered(self) -> None:
        """Those that stand there without a search: the offered ones, and the one in use."""
        offered = self._library.citations.styles()
        name = self._choices.settings.citing.style
        every = self._every or [(style, searched_text(style)) for style in offered]
        if all(style.name != name for style in offered):
            offered += [style for style, _text in every if style.name == name]
        self._chosen = next((style for style in offered if style.name == name), None)
        self.styles.set_styles(offered, every)
        self._show_matching()

    def _show_matching(self) -> None:
        """Show what is searched for; the style in use is the current one, if it is there."""
        self._filling = True
        self.styles.search(self.search.text())
        self._show_count()
        row = self.styles.row_of(self._choices.settings.citing.style)
        if row >= 0:
            self.list.setCurrentIndex(self.styles.index(row))
        else:
            self.list.scrollToTop()
        self._filling = False
        self.remove_button.setEnabled(self._chosen is not None and not self._chosen.builtin)

    def _show_count(self) -> None:
        found, whole = self.styles.rowCount(), len(self._every)
        searched = self.search.text().strip() and whole
        text = _("{found:,} of {whole:,}") if searched else _("{whole:,} styles")
        self._count.setText(text.format(found=found, whole=whole) if whole else "")

    def _searched(self) -> None:
        if self.search.text():
            self._show_matching()
        else:
            self._take_offered()

    def _take_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._filling:
            self._choose(self.styles.style(current.row()))

    def _choose(self, style: Style) -> None:
        self._chosen = style
        self._complain("")
        self._choices.set(_GROUP, style=style.name)
        self.remove_button.setEnabled(not style.builtin)
        self.style_changed.emit()

    def _take_first(self) -> None:
        """Use the first style that was found, if the one in use is not among them."""
        if self.styles.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.styles.index(0))

    def _go_into_list(self) -> None:
        self._take_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the user's own styles ----------------------------------------------------------

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, _("Add a citation style"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Citation styles (*.csl)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, path: Path) -> None:
        """Keep the style in a file, and use it."""
        work = partial(self._library.citations.add_style, path)
        label = _("Add {name}").format(name=path.name)
        self._edits.attempt(label, work, self._complain, self._added)

    def _added(self, style: Style) -> None:
        self.search.clear()
        self._choose(style)
        self.read()

    def _ask_to_remove(self) -> None:
        assert self._chosen
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(_("Remove the style “{title}”?").format(title=self._chosen.title))
        box.setInformativeText(_("To have it again, you will need its file."))
        go = box.addButton(_("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        go.clicked.connect(self.remove)
        box.finished.connect(box.deleteLater)
        box.open()

    def remove(self) -> None:
        """Forget the style in use, and use the one of a new user instead."""
        if self._chosen:
            work = partial(self._library.citations.remove_style, self._chosen.name)
            label = _("Remove {name}").format(name=self._chosen.title)
            self._edits.attempt(label, work, self._complain, self._removed)

    def _removed(self, _nothing: None) -> None:
        self._choices.set(_GROUP, style=DEFAULT)
        self.search.clear()
        self.style_changed.emit()
        self.read()

    def _complain(self, sentence: str) -> None:
        self._complaint.setText(sentence)
        self._complaint.setVisible(bool(sentence))

    @property
    def complaint(self) -> str:
        """What was wrong with a file."""
        return self._complaint.text()

    @property
    def count(self) -> str:
        """How many styles there are, or were found."""
        return self._count.text()

    # --- the preview --------------------------------------------------------------------

    def show_preview(self, preview: Preview) -> None:
        """Show how the style in use cites a paper."""
        self._style_title.setText(preview.style)
        self._paper.setText(
            _("with “{title}”").format(title=preview.paper)
            if preview.paper
            else _("with a made-up paper")
        )
        self.citation.setHtml(preview.citation)
        self.entry.setHtml(preview.bibliography or f"<i>{escape(preview.complaint)}</i>")

    @property
    def told(self) -> tuple[str, str]:
        """The style's title and the paper of the preview."""
        return self._style_title.text(), self._paper.text()
