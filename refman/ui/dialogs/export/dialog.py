"""Exporting papers: which of them, how they are written, where to, and whether it is kept up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Changes, ExportInfo, ExportSettings, Library
from refman.library.export_settings import BIB
from refman.progress import Progress
from refman.ui import export_wording, theme
from refman.ui.dialogs.export.papers import PapersChoice, Picked
from refman.ui.dialogs.export.preview import Preview, read_preview
from refman.ui.dialogs.export.style_form import StyleForm
from refman.ui.dialogs.export.target import Target
from refman.ui.jobs import Jobs
from refman.ui.widgets.lettering import use_font

DEBOUNCE = 150  # ms after the last choice
SIZE = (960, 680)  # pixels, with text of the usual size
ROOM = 0.92  # of the screen, at most
_KEY = "export.preview"


@dataclass(frozen=True, slots=True)
class Done:
    """What an export did: `changes` of the library, `message` and `remarks` to be told, the
    `text` to be copied where there is no file, and `error` where it failed."""

    message: str = ""
    remarks: tuple[str, ...] = ()
    path: str = ""
    text: str = ""
    error: str = ""
    changes: Changes = field(default_factory=lambda: Changes(""))


class ExportDialog(QDialog):
    """`exported` with what was done, when the dialog closes."""

    exported = Signal(object)  # Done

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        picked: Sequence[Picked],
        collections: Sequence[str],
        tags: Sequence[str],
        exports: Sequence[ExportInfo],
        folder: str,
        parent: QWidget | None = None,
    ) -> None:
        """`exports` are those that have a name; `folder` is where files were put last."""
        super().__init__(parent)
        self.setWindowTitle(_("Export papers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._library = library
        self._jobs = jobs
        self._names = {each.name.casefold(): each.name for each in exports}
        self._edited: ExportInfo | None = None
        self._wrong = ""  # why these settings cannot be written
        self._failure = ""  # why it went wrong
        self._busy = False
        self._formats = [each for each in library.exporting.formats() if each.writes]
        self.papers = PapersChoice(picked, collections, tags)
        self.format = QComboBox(accessibleName=_("Format"), toolTip=_("How the file is written"))
        for each in self._formats:
            self.format.addItem(each.label, each.name)
        self.order = QComboBox(accessibleName=_("Order"), toolTip=_("How the papers follow"))
        for name, label in export_wording.ORDERS.items():
            self.order.addItem(label, name)
        self.descending = QCheckBox(_("&Descending"))
        self.descending.setToolTip(_("In the opposite order"))
        self.style_form = StyleForm(library.exports.style_options())
        self.target = Target(folder)
        self.preview = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self._preview_note = QLabel(wordWrap=True)
        self._help = QLabel(wordWrap=True)
        self._note = QLabel(wordWrap=True)
        self._timer = QTimer(self, interval=DEBOUNCE, singleShot=True)
        self._timer.timeout.connect(self._read_preview)
        self._lay_out()
        self._connect()
        self._changed()

    # --- what is shown ------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setToolTip(_("The first papers as they will be written"))
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setMinimumWidth(260)
        theme.set_kind(self.preview, "code")
        use_font(self.preview, theme.mono_font)
        theme.set_kind(self._preview_note, "muted")
        theme.set_kind(self._help, "muted")
        theme.set_kind(self._note, "muted")
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._help.setMinimumHeight(3 * self._help.fontMetrics().lineSpacing() + 2)
        middle = QHBoxLayout(spacing=18)
        middle.addLayout(self._left())
        middle.addLayout(self._right(), 1)
        line = QFrame()
        theme.set_kind(line, "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(11)
        column.addLayout(middle, 1)
        column.addWidget(line)
        column.addWidget(self.target)
        column.addLayout(self._bottom())
        room = self.screen().availableSize() * ROOM
        self.resize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(room))

    def _left(self) -> QVBoxLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        order = QHBoxLayout(spacing=12)
        order.addWidget(self.order, 1)
        order.addWidget(self.descending)
        papers = _label(_("&Papers"), self.papers.kind)
        papers.setMinimumWidth(self.style_form.label_width())
        form.addRow(papers, self.papers)
        form.addRow(_label(_("&Format"), self.format), self.format)
        form.addRow(_label(_("&Order"), self.order), order)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(12)
        column.addLayout(form)
        self._style_heading = QLabel(_("How it is written"))
        theme.set_kind(self._style_heading, "section")
        column.addWidget(self._style_heading)
        column.addWidget(self.style_form)
        column.addStretch(1)
        inner.setObjectName("export_page")
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(inner)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFixedWidth(max(theme.px(430), inner.minimumSizeHint().width() + 14))
        left = QVBoxLayout(spacing=8)
        left.addWidget(self._scroll, 1)
        left.addWidget(self._help)
        self._help.setFixedWidth(self._scroll.width() - 10)
        return left

    def _right(self) -> QVBoxLayout:
        heading = QLabel(_("Preview"))
        theme.set_kind(heading, "section")
        top = QHBoxLayout(spacing=10)
        top.addWidget(heading)
        top.addStretch(1)
        self._preview_note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        right = QVBoxLayout(spacing=6)
        right.addLayout(top)
        right.addWidget(self.preview, 1)
        right.addWidget(self._preview_note)
        return right

    def _bottom(self) -> QHBoxLayout:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        self.copy = QPushButton(_("&Copy"), toolTip=_("Copy the text instead of writing a file"))
        self.copy.setAutoDefault(False)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.copy.clicked.connect(self._copy)
        bottom = QHBoxLayout(spacing=12)
        bottom.addWidget(self.copy)
        bottom.addWidget(self._note, 1)
        bottom.addWidget(buttons)
        return bottom

    def _connect(self) -> None:
        self.papers.changed.connect(self._changed)
        self.format.currentIndexChanged.connect(self._changed)
        self.order.currentIndexChanged.connect(self._changed)
        self.descending.toggled.connect(self._changed)
        self.style_form.changed.connect(self._changed)
        self.style_form.explained.connect(self._help.setText)
        self.target.changed.connect(self._target_changed)
        self.finished.connect(lambda: self._jobs.forget(_KEY))

    @property
    def note(self) -> str:
        """What is said beside the buttons."""
        return self._note.text()

    def choose(self, name: str) -> None:
        """Begin with papers that are picked, or with a kind of papers."""
        self.papers.choose(name)

    def edit(self, export: ExportInfo) -> None:
        """Change an export that has a name."""
        self._edited = export
        self.setWindowTitle(_("Edit the export “{name}”").format(name=export.name))
        self._names.pop(export.name.casefold(), None)
        settings = export.settings
        self.papers.show_settings(settings)
        self.format.setCurrentIndex(max(self.format.findData(settings.format), 0))
        self._changed()
        self.order.setCurrentIndex(max(self.order.findData(settings.order), 0))
        self.descending.setChecked(settings.descending)
        self.style_form.set_style(settings.style)
        self.target.show_target(export.name, export.path, kept=export.kept)
        self.ok.setText(_("Save"))

    def settings(self) -> ExportSettings:
        """What is chosen. For picked papers `which` and its value are those that stand for them."""
        name = str(self.format.currentData())
        style = self.style_form.style_options() if name in BIB else {}
        picked = self.papers.picked
        which, value, files = self.papers.values()
        if picked:
            like = picked.settings or ExportSettings()
            which, value, files = like.which, like.value, like.files
        order = str(self.order.currentData())
        down = self.descending.isChecked()
        return ExportSettings(name, which, value, files, order, down, style)

    def _target_changed(self) -> None:
        self._failure = ""
        self._say()

    def _changed(self) -> None:
        """Show what goes with the choices, and what they give."""
        self._failure = ""
        chosen = next(each for each in self._formats if each.name == self.format.currentData())
        is_bib = chosen.name in BIB
        self.style_form.setVisible(is_bib)
        self._style_heading.setVisible(is_bib)
        self._help.setVisible(is_bib)
        suffixes = {suffix for each in self._formats for suffix in each.extensions}
        self.target.set_format(chosen.label, chosen.extensions, suffixes)
        picked = self.papers.picked
        which, value, _files = self.papers.values()
        self.target.propose(value.split("/")[-1] if which in ("collection", "tag") else "")
        cited = self.order.findData("cited")
        rows = self.order.model()
        assert isinstance(rows, QStandardItemModel)
        rows.item(cited).setEnabled(self.papers.which == "cited")
        if self.papers.which != "cited" and self.order.currentIndex() == cited:
            self.order.setCurrentIndex(0)
        self.target.set_keepable(
            not self._library.read_only and (picked is None or picked.settings is not None),
            _("This library cannot be changed")
            if self._library.read_only
            else _("Only for a collection, a tag, a search …: choose one above"),
        )
        self._timer.start()
        self._say()

    def _say(self) -> None:
        """Say below what will be done, or why it cannot be."""
        text, kind = "", "muted"
        name, picked = self.target.name_text, self.papers.picked
        if self._wrong or self._failure:
            text, kind = self._wrong or self._failure, "error"
        elif name and name.casefold() in self._names:
            text = _("There is an export “{name}” already: it will be changed.").format(
                name=self._names[name.casefold()]
            )
            kind = "warning"
        elif name and self.target.name.isEnabled() and picked and picked.settings:
            text = _("Under this name it takes: {papers}.").format(
                papers=export_wording.which(picked.settings)
            )
        self._note.setText(text)
        theme.set_kind(self._note, kind)
        saved = bool(name) and self.target.name.isEnabled()
        if self._edited:
            self.ok.setEnabled(saved and not self._wrong and not self._busy)
            return
        self.ok.setText(_("Save and export") if saved else _("Export"))
        self.ok.setEnabled(not self._wrong and not self._busy)
        self.copy.setEnabled(not self._wrong and not self._busy)

    # --- the preview --------------------------------------------------------------------

    def _read_preview(self) -> None:
        picked = self.papers.picked
        ids = picked.ids if picked else None
        work = partial(read_preview, self._library, self.settings(), ids)
        self._jobs.read(_KEY, work, self._show_preview)

    def _show_preview(self, preview: Preview) -> None:
        self._wrong = preview.error
        if self.preview.toPlainText() != preview.text:
            bar = self.preview.verticalScrollBar()
            place = bar.value()
            self.preview.setPlainText(preview.text)
            bar.setValue(place)
        self._preview_note.setText(preview.note)
        self._say()

    # --- doing it -----------------------------------------------------------------------

    def _accept(self) -> None:
        if self._edited:
            if self.target.keep.isChecked() and not self.target.path:
                self._ask_for_file()
            else:
                self._replace_or(partial(self._save, self._edited))
        elif not self.target.path:
            self._ask_for_file()
        else:
            self._replace_or(self._export)

    def _ask_for_file(self) -> None:
        self.target.ask().fileSelected.connect(lambda _path: self._accept())

    def _replace_or(self, go: Callable[[], None]) -> None:
        """Go on, if need be after a question whether the file may be replaced."""
        path = self.target.path
        if not path or self.target.may_replace(path):
            go()
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(_("“{name}” is there already. Replace it?").format(name=Path(path).name))
        box.setInformativeText(_("What stands in it now will be lost."))
        replace = box.addButton(_("Replace"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(box.deleteLater)
        replace.clicked.connect(partial(self.target.confirm, path))
        replace.clicked.connect(go)
        box.open()

    def _export(self) -> None:
        settings, path, picked = self.settings(), self.target.path, self.papers.picked
        exporting = self._library.exporting
        if self.target.name_text and self.target.name.isEnabled():
            self._save(None)
        elif picked:
            ids, order = picked.ids, _order_of(settings)
            self._run(
                lambda _progress: _done_of(
                    exporting.to_file(ids, Path(path), settings.format, settings.style, **order),
                    path,
                )
            )
        else:
            self._run(lambda _p: _done_of(exporting.chosen_to_file(settings, Path(path)), path))

    def _copy(self) -> None:
        settings, picked = self.settings(), self.papers.picked
        exporting = self._library.exporting
        if picked:
            ids, order = picked.ids, _order_of(settings)
            self._run(
                lambda _p: _done_of(exporting.text(ids, settings.format, settings.style, **order))
            )
        else:
            self._run(lambda _p: _done_of(exporting.chosen_text(settings)))

    def _save(self, edited: ExportInfo | None) -> None:
        """Keep the settings under the name; a new export is written at once."""
        exports, settings = self._library.exports, self.settings()
        name, path, kept = self.target.name_text, self.target.path, self.target.keep.isChecked()

        def work(progress: Progress) -> Done:
            if edited and edited.name != name:
                exports.rename(edited.id, name)
            changes = exports.save(name, settings, path, kept=kept)
            if edited or not path:
                told = _("The export “{name}” is saved.").format(name=name)
                return Done(told, path=path, changes=changes)
            run = exports.run(name, progress=progress)
            return Done(run.message, run.remarks, path, changes=changes)

        self._run(work)

    def _run(self, work: Callable[[Progress], Done]) -> None:
        self._busy, self._failure = True, ""
        self._say()
        progress = Progress()

        def run() -> Done:
            try:
                return work(progress)
            except RefmanError as error:  # told here, where it can be mended
                return Done(error=str(error))

        self._jobs.write(
            _("Export {name}").format(name=Path(self.target.path).name or _("papers")),
            run,
            self._finish,
            progress=progress,
            ended=self._ended,
        )

    def _finish(self, done: Done) -> None:
        self._failure = done.error
        if not done.error:
            self.exported.emit(done)
            self.accept()

    def _ended(self) -> None:
        self._busy = False
        self._say()


class _Order(TypedDict):
    order: str
    descending: bool


def _order_of(settings: ExportSettings) -> _Order:
    return {"order": settings.order, "descending": settings.descending}


def _done_of(export: Any, path: str = "") -> Done:
    """Of an `Export`."""
    return Done(export.message, export.remarks, path, export.text)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
