"""Citation keys made anew by a pattern: what each would be, and which of them to change.

Nothing is changed here: `wanted` says which keys are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _, ngettext
from refman.library import KeyChange, Library
from refman.ui import theme
from refman.ui.dialogs.citation_keys.changes_model import NEW, NOTE, OLD, TITLE, ChangesModel
from refman.ui.dialogs.citation_keys.marker_list import MarkerList
from refman.ui.dialogs.citation_keys.pattern_form import PatternForm
from refman.ui.jobs import Jobs
from refman.ui.tex_text import plain
from refman.ui.widgets.empty_state import EmptyState

READ = "citation keys"
TYPING = 300  # ms after the last key until the table follows
SIZE = (980, 610)  # of a text of the usual size; a small screen has room for it


@dataclass(frozen=True, slots=True)
class PapersChoice:
    """Papers whose keys can be made anew; `ids` None for all outside the trash."""

    label: str
    ids: Sequence[int] | None = None


class CitationKeysDialog(QDialog):
    """`wanted` with the KeyChanges to make; `help_wanted` for the page on patterns."""

    wanted = Signal(list)
    help_wanted = Signal()

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        choices: Sequence[PapersChoice],
        paper: int | None,
        parent: QWidget | None = None,
    ) -> None:
        """`paper` is the one to try patterns on."""
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._choices = choices
        self._fresh = False  # whether the table is of the pattern in the line
        self.setWindowTitle(_("Citation keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = PatternForm(library, jobs, paper)
        self.markers = MarkerList()
        self.model = ChangesModel(partial(_titles, library), self)
        self.table = ChangesTable(self.model)
        self._hint = EmptyState()
        self._views = QStackedWidget()
        self.papers = QComboBox()
        self.papers.setAccessibleName(_("Papers"))
        self.papers.setToolTip(_("Whose keys are in the table"))
        for choice in choices:
            self.papers.addItem(choice.label)
        self.only = QCheckBox(_("&Only those that change"))
        self.only.setToolTip(_("Leave out the papers whose key stays"))
        self.only.setChecked(True)
        self.all = QCheckBox()
        self.all.setToolTip(_("Choose all, those that were given out included, or none"))
        self.told = QLabel(wordWrap=True)
        theme.set_kind(self.told, "muted")
        self.warning = QLabel(wordWrap=True)
        theme.set_kind(self.warning, "warning")
        self.warning.hide()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Help
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Help).setAutoDefault(False)
        self.change = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.change.setDefault(True)
        self._wait = QTimer(self, singleShot=True, interval=TYPING)
        self._lay_out()
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        above = QHBoxLayout(spacing=12)
        above.addWidget(self.all)
        above.addStretch(1)
        above.addWidget(self.only)
        above.addWidget(self.papers)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addSpacing(4)
        column.addLayout(above)
        self._views.addWidget(self.table)
        self._views.addWidget(self._hint)
        column.addWidget(self._views, 1)
        column.addWidget(self.told)
        column.addWidget(self.warning)
        self.markers.setContentsMargins(12, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        split.addWidget(left)
        split.addWidget(self.markers)
        split.setStretchFactor(0, 1)
        split.setHandleWidth(1)
        width = theme.px(SIZE[0])
        split.setSizes([width - theme.px(250), theme.px(250)])
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 16, 18, 14)
        page.setSpacing(12)
        page.addWidget(split, 1)
        page.addWidget(self._buttons)
        self.resize(width, theme.px(SIZE[1]))

    def _connect(self) -> None:
        self.form.changed.connect(self._pattern_changed)
        self._wait.timeout.connect(self._read)
        self.form.line.left.connect(self.table.setFocus)
        self.markers.marker_chosen.connect(self.form.line.put_marker)
        self.markers.modifier_chosen.connect(self.form.line.put_modifier)
        self.papers.currentIndexChanged.connect(self._read)
        self.only.toggled.connect(self.model.show_only_changing)
        self.model.modelReset.connect(self._show_view)
        self.all.clicked.connect(self._check_all)
        self.model.checked_changed.connect(self._tell)
        self._jobs.library_changed.connect(self._library_changed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._buttons.helpRequested.connect(self.help_wanted)
        self.form.line.setFocus()

    def accept(self) -> None:
        """Ask for the change, and go."""
        chosen = self.model.checked()
        super().accept()
        self.wanted.emit(chosen)

    def done(self, result: int) -> None:
        self._jobs.forget(READ)
        super().done(result)

    # --- what would become of the keys ----------------------------------------------------

    def _pattern_changed(self) -> None:
        """The table is of another pattern now: nothing is changed before it has followed."""
        self._fresh = False
        self.change.setEnabled(False)
        if self.form.problem:
            self._wait.stop()
            self._jobs.forget(READ)
        else:
            self._wait.start()

    def _library_changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self._wait.stop()
        if self.form.problem:
            return
        ids = self._choices[self.papers.currentIndex()].ids
        tried, kind, kept = self.form.tried, self.form.entry_type, self.form.kept
        self._fresh = False
        self.change.setEnabled(False)
        self.told.setText(_("Making keys …"))
        self._jobs.read(
            READ,
            lambda: _read_changes(self._library, ids, tried, kind, kept),
            self._show_changes,
        )

    def _show_changes(self, changes: list[KeyChange] | str) -> None:
        if isinstance(changes, str):
            self.told.setText(changes)
            return
        self._fresh = True
        self.model.show_changes(changes)
        self.table.fit()

    def _show_view(self) -> None:
        """The table, or what to do where it is empty."""
        self._views.setCurrentWidget(self.table if self.model.rows else self._hint)
        if self.model.rows:
            return
        if self.model.count:
            self._hint.say(
                "check",
                _("No key would change"),
                _("Write another pattern above, or choose other papers."),
            )
        else:
            self._hint.say("key", _("No papers"), _("No paper here has its key by this pattern."))

    # --- what is chosen -------------------------------------------------------------------

    def _check_all(self) -> None:
        checked = len(self.model.checked())
        self.model.check_all(checked < len(self.model.changing))

    def _tell(self) -> None:
        changing, checked = self.model.changing, self.model.checked()
        count, given = len(checked), sum(one.given for one in checked)
        self.change.setText(_("Change ({n:,})").format(n=count) if count else _("Change"))
        self.change.setEnabled(count > 0 and not self._library.read_only and self._fresh)
        states = Qt.CheckState
        some = states.PartiallyChecked if count else states.Unchecked
        whole = count == len(changing) and count > 0
        self.all.setCheckState(states.Checked if whole else some)
        self.all.setEnabled(bool(changing))
        self.all.setText(
            _("{n:,} of {all:,} chosen").format(n=count, all=len(changing))
            if changing
            else _("No key would change")
        )
        self.told.setText(self._sentence())
        self.warning.setVisible(given > 0)
        self.warning.setText(
            ngettext(
                "{n:,} of the chosen keys was given out and may be cited in your texts. Its paper "
                "goes on to be found by it, and refman offers to rewrite the files that cite it.",
                "{n:,} of the chosen keys were given out and may be cited in your texts. Their "
                "papers go on to be found by them, and refman offers to rewrite the files that "
                "cite them.",
                given,
            ).format(n=given)
        )

    def _sentence(self) -> str:
        """What the table has, and what is left out of the choice by itself."""
        changing = self.model.changing
        stay = self.model.count - len(changing)
        said = [
            ngettext(
                "{n:,} paper has its key by this pattern already, or the pattern gives nothing.",
                "{n:,} papers have their keys by this pattern already, or it gives nothing.",
                stay,
            ).format(n=stay)
        ]
        left = [one for one in changing if one.given]
        if left:
            said.append(
                ngettext(
                    "{n:,} key was given out, copied or exported, and is changed only if you "
                    "choose it.",
                    "{n:,} keys were given out, copied or exported, and are changed only if you "
                    "choose them.",
                    len(left),
                ).format(n=len(left))
            )
        return " ".join(said if stay else said[1:])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.table.hasFocus():
            event.accept()  # it has another meaning in the fields: only from the table it changes
        else:
            super().keyPressEvent(event)


class ChangesTable(QTableView):
    """Old and new keys; Space chooses all selected rows, or leaves them out."""

    def __init__(self, model: ChangesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes = model
        self.setModel(model)
        self.setAccessibleName(_("Old and new keys"))
        self.setToolTip(_("Space chooses the selected papers, or leaves them out"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(theme.px(60))
        theme.set_kind(self, "framed")
        theme.theme().changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give the columns the room that their texts need, as far as there is."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        for column, least, most in ((OLD, 140, 220), (NEW, 110, 200)):
            wanted = self.sizeHintForColumn(column) + 14
            self.setColumnWidth(column, min(max(wanted, theme.px(least)), theme.px(most)))
        self.setColumnWidth(NOTE, theme.px(190))
        head = self.horizontalHeader()
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            rows = [index.row() for index in self.selectionModel().selectedRows()]
            self._changes.toggle(rows)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self._changes.rowCount():
            first = self._changes.index(max(self.currentIndex().row(), 0), 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)


# --- in the reading thread ------------------------------------------------------------------


def _read_changes(
    library: Library,
    ids: Sequence[int] | None,
    tried: str | None,
    entry_type: str,
    kept: Mapping[str, str],
) -> list[KeyChange] | str:
    """What the keys would be: by the library's patterns, or by one that is tried.

    That one is for papers of its type only, or for those whose type has none of its own.
    """
    try:
        if ids is None:
            ids = library.search.ids(sort="citation_key", descending=False)
        if tried is None:
            return library.citation_keys.proposals(ids)
        if entry_type:
            those = _of_type(library, entry_type)
            ids = [entry_id for entry_id in ids if entry_id in those]
        elif own := [name for name in kept if name]:
            others = set().union(*(_of_type(library, name) for name in own))
            ids = [entry_id for entry_id in ids if entry_id not in others]
        return library.citation_keys.proposals(ids, tried)
    except RefmanError as error:
        return str(error)


def _of_type(library: Library, name: str) -> set[int]:
    return set(library.search.ids(f"type:{name}"))


def _titles(library: Library, ids: Sequence[int]) -> dict[int, str]:
    return {row.id: plain(row.title) for row in library.search.rows(ids)}
