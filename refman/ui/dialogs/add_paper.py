"""The dialog to add a paper by hand: typed field by field, or pasted as BibTeX."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Changes, ImportOptions, Library, Report, Source
from refman.model import entry_types
from refman.model.entry import Entry
from refman.model.text import squeeze
from refman.ui import theme
from refman.ui.edits import Edits
from refman.ui.field_checks import Checked, check_field
from refman.ui.jobs import Jobs
from refman.ui.names import names_text, typed_names
from refman.ui.widgets.lettering import use_font

_IN_A_BOOK = frozenset({"inproceedings", "incollection", "inbook"})


class AddPaperDialog(QDialog):
    """`added` with the id of the new paper, `imported` with the report of pasted BibTeX."""

    added = Signal(int)
    imported = Signal(object)

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = Edits(library, jobs)
        self.setWindowTitle(_("Add a paper"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = PaperForm()
        self._bibtex = QPlainTextEdit(accessibleName=_("BibTeX"))
        self._bibtex.setPlaceholderText("@article{…,\n  title = {…},\n}")
        self._bibtex.setToolTip(_("Paste one entry or many"))
        use_font(self._bibtex, theme.mono_font)
        self._bibtex.setTabChangesFocus(True)
        self._problem = QLabel(wordWrap=True)
        theme.set_kind(self._problem, "error")
        self._problem.hide()
        scroll = QScrollArea()
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        paste = QWidget()
        column = QVBoxLayout(paste)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(self._bibtex)
        self._tabs = QTabWidget()
        self._tabs.addTab(scroll, _("Type it in"))
        self._tabs.addTab(paste, _("Paste BibTeX"))
        self._tabs.currentChanged.connect(self._clear_problem)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._add = self._buttons.addButton(_("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._add.setDefault(True)
        self._add.setToolTip(_("Add it to the library (Ctrl+Enter)"))
        self._add.setShortcut("Ctrl+Return")
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 14, 16, 14)
        page.setSpacing(10)
        page.addWidget(self._tabs, 1)
        page.addWidget(self._problem)
        page.addWidget(self._buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 88, min(self.fontMetrics().height() * 46, 720))
        self.form.title.setFocus()

    def paste_bibtex(self, text: str) -> None:
        """Show `text` as pasted."""
        self._tabs.setCurrentIndex(1)
        self._bibtex.setPlainText(text)

    def accept(self) -> None:
        """Add what was typed; what cannot be is told and stays."""
        if self._tabs.currentIndex() == 1:
            self._import_pasted()
            return
        entry, problem = self.form.entry()
        if entry is None:
            self._tell(problem)
            return
        verb = self._edits.library.entries.add
        self._set_waiting(True)
        self._edits.attempt(_("Add paper"), lambda: verb(entry), self._tell, self._end_adding)

    def _import_pasted(self) -> None:
        text = self._bibtex.toPlainText()
        if not text.strip():
            self._tell(_("Paste BibTeX here: an entry begins with “@”."))
            return
        source = Source.from_text(text, name=_("Pasted BibTeX"))
        run = self._edits.library.importing.run
        self._set_waiting(True)
        self._edits.attempt(
            _("Import BibTeX"),
            lambda: run(source, ImportOptions(format="bibtex")),
            self._tell,
            self._end_import,
        )

    def _end_adding(self, changes: Changes) -> None:
        for entry_id in changes.entries:
            self.added.emit(entry_id)
        super().accept()

    def _end_import(self, report: Report) -> None:
        self.imported.emit(report)
        super().accept()

    def _tell(self, sentence: str) -> None:
        self._set_waiting(False)
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _clear_problem(self) -> None:
        self._problem.hide()

    def _set_waiting(self, waiting: bool) -> None:
        self._add.setEnabled(not waiting)


class PaperForm(QWidget):
    """The fields of a new paper, each with a sentence where its value cannot be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(14, 14, 14, 14)
        self._layout.setVerticalSpacing(8)
        self._layout.setHorizontalSpacing(14)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._problems: dict[str, QLabel] = {}
        self.lines: dict[str, QLineEdit] = {}
        self.kind = QComboBox(toolTip=_("What kind of work this is, in BibLaTeX terms"))
        for kind in entry_types.ENTRY_TYPES.values():
            self.kind.addItem(_(kind.label), kind.name)
        self.kind.setMaxVisibleItems(14)
        self.kind.currentIndexChanged.connect(self._name_venue)
        self.title = QLineEdit(toolTip=_("The title, as it stands on the paper"))
        self.creators = QLineEdit(placeholderText=_("Hado van Hasselt; Lee, Ann"))
        self.creators.setToolTip(_("Names with “;” or “and” between them"))
        self.creators.textChanged.connect(self._show_names)
        self._read_as = QLabel(wordWrap=True)
        theme.set_kind(self._read_as, "faint")
        self._read_as.hide()
        self.truncated = QCheckBox(_("There are others (“et al.”)"))
        self.truncated.setToolTip(_("BibTeX then ends with “and others”"))
        self.abstract = QPlainTextEdit(toolTip=_("The abstract"))
        self.abstract.setTabChangesFocus(True)
        self.abstract.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)
        self._add_row(_("Type"), self.kind)
        self._add_row(_("Title"), self.title)
        self._problems["title"] = self._add_note("error")
        self._add_row(_("Authors"), self.creators)
        self._layout.addRow("", self._read_as)
        self._layout.addRow("", self.truncated)
        self._add_line("date", _("Date"), "2022, 2022-05, 2022-05-16")
        self._add_line("venue", _("Journal"))
        self._add_line("doi", _("DOI"), "10.1000/182")
        self._add_line("eprint", _("arXiv id"), "2205.07802")
        self._add_line("isbn", _("ISBN"))
        self._add_line("url", _("URL"), "https://")
        self._add_row(_("Abstract"), self.abstract)
        self.kind.setCurrentIndex(self.kind.findData("article"))

    def entry(self) -> tuple[Entry | None, str]:
        """The paper, or None and a sentence on what is wrong first of all."""
        checked = {name: self._check(name) for name in self.lines}
        title = squeeze(self.title.text())
        abstract = self.abstract.toPlainText().strip()
        missing = "" if title or abstract else _("A paper needs a title, or at least an abstract.")
        self._tell("title", missing)
        problem = missing or next((c.problem for c in checked.values() if c.problem), "")
        if problem:
            return None, problem
        values = {name: c.value for name, c in checked.items() if c.value}
        date, venue = values.pop("date", ""), values.pop("venue", "")
        if venue:
            values[self._venue_field()] = venue
        if "eprint" in values:
            values["eprinttype"] = "arxiv"
        entry = Entry(
            entry_type=self.kind.currentData(),
            title=title,
            creators=typed_names(self.creators.text()),
            creators_truncated=self.truncated.isChecked(),
            date=date,
            abstract=abstract,
            fields=values,
        )
        return entry, ""

    def _check(self, name: str) -> Checked:
        field = self._venue_field() if name == "venue" else name
        checked = check_field(field, self.lines[name].text())
        self._tell(name, checked.problem)
        return checked

    def _tell(self, name: str, sentence: str) -> None:
        self._problems[name].setText(sentence)
        self._problems[name].setVisible(bool(sentence))

    def _venue_field(self) -> str:
        return "booktitle" if self.kind.currentData() in _IN_A_BOOK else "journaltitle"

    def _name_venue(self) -> None:
        in_a_book = self._venue_field() == "booktitle"
        label = self._layout.labelForField(self.lines["venue"])
        if isinstance(label, QLabel):
            label.setText(_("Book or proceedings") if in_a_book else _("Journal"))
            self.lines["venue"].setAccessibleName(label.text())

    def _show_names(self, text: str) -> None:
        names = typed_names(text)
        self._read_as.setText(
            _("Read as: {names}").format(names="; ".join(creator.inverted for creator in names))
        )
        self._read_as.setToolTip(names_text(names, truncated=False))
        self._read_as.setVisible(bool(names))

    def _add_line(self, name: str, label: str, placeholder: str = "") -> None:
        line = QLineEdit(placeholderText=placeholder)
        line.editingFinished.connect(lambda: self._check(name))
        self.lines[name] = line
        self._add_row(label, line)
        self._problems[name] = self._add_note("error")

    def _add_row(self, label: str, field: QWidget) -> None:
        field.setAccessibleName(label)
        if not field.toolTip():
            field.setToolTip(label)
        self._layout.addRow(label, field)

    def _add_note(self, kind: str) -> QLabel:
        note = QLabel(wordWrap=True)
        theme.set_kind(note, kind)
        note.hide()
        self._layout.addRow("", note)
        return note
