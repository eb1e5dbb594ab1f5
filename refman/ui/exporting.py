"""Exporting from the window: papers as BibTeX and other formats, to a file or the clipboard."""

from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from refman.i18n import _
from refman.library import Library
from refman.ui import outside
from refman.ui.jobs import Jobs

if TYPE_CHECKING:  # none is written before the first papers are shown
    from refman.library import Export

Ids = Callable[[], Sequence[int]]  # called in the writing thread


class ExportFlow(QObject):
    """Everything runs in the writing thread, since a key that leaves is given out for good."""

    message = Signal(str)

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._window = parent
        self.folder = ""  # where a file was put last

    def all_ids(self) -> "array[int]":
        """Every paper outside the trash."""
        return self._library.search.ids(sort="title", descending=False)

    def to_file(self, ids: Ids, what: str) -> None:
        """Ask for a file and write the papers to it. `what` names them in the dialog."""
        dialog = QFileDialog(self._window, _("Export {what}").format(what=what), self.folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                f"{format_.label} (*{format_.extensions[0]})"
                for format_ in self._library.exporting.formats()
                if format_.extensions
            ]
        )
        dialog.setDefaultSuffix("bib")
        dialog.selectFile("references.bib")
        dialog.fileSelected.connect(lambda name: self.write_file(ids, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_file(self, ids: Ids, path: Path) -> None:
        """Write the papers to `path`."""
        self.folder = str(path.parent)
        exporting = self._library.exporting

        def work() -> "Export":
            return exporting.to_file(ids(), path)

        def done(export: "Export") -> None:
            self.message.emit(f"{export.message} {path}")

        self._jobs.write(_("Export {name}").format(name=path.name), work, done)

    def copy_text(self, ids: Ids, format_name: str = "bibtex") -> None:
        """Put the papers on the clipboard."""
        exporting = self._library.exporting
        label = next(each.label for each in exporting.formats() if each.name == format_name)

        def work() -> "Export":
            return exporting.text(ids(), format_name)

        def done(export: "Export") -> None:
            if export.text:
                outside.copy(export.text)
            self.message.emit(
                _("Copied as {format}: {message}").format(format=label, message=export.message)
            )

        self._jobs.write(_("Copy as {format}").format(format=label), work, done)
