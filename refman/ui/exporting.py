"""Exporting and copying from the window: BibTeX, keys, `\\cite` commands."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from refman.i18n import _
from refman.library import Export, Library
from refman.library.changes import papers
from refman.ui.jobs import Jobs

Ids = Callable[[], Sequence[int]]  # called in the writing thread


class ExportFlow(QObject):
    """Everything runs in the writing thread, since a key that leaves is given out for good."""

    message = Signal(str)

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._window = parent
        self._folder = ""

    def all_ids(self) -> "array[int]":
        """Every paper outside the trash."""
        return self._library.search.ids(sort="title", descending=False)

    def to_file(self, ids: Ids, what: str) -> None:
        """Ask for a file and write the papers to it. `what` names them in the dialog."""
        dialog = QFileDialog(self._window, _("Export {what}").format(what=what), self._folder)
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
        self._folder = str(path.parent)
        exporting = self._library.exporting

        def work() -> Export:
            return exporting.to_file(ids(), path)

        def done(export: Export) -> None:
            self.message.emit(f"{export.message} {path}")

        self._jobs.write(_("Export {name}").format(name=path.name), work, done)

    def copy_text(self, ids: Ids, format_name: str = "bibtex") -> None:
        """Put the papers on the clipboard."""
        exporting = self._library.exporting

        def work() -> Export:
            return exporting.text(ids(), format_name)

        def done(export: Export) -> None:
            if export.text:
                QGuiApplication.clipboard().setText(export.text)
            self.message.emit(_("Copied as BibTeX: {message}").format(message=export.message))

        self._jobs.write(_("Copy as BibTeX"), work, done)

    def copy_cite(self, ids: Sequence[int]) -> None:
        r"""Put `\cite{a,b}` on the clipboard."""
        work = partial(self._library.citation_keys.cite_command, list(ids))
        self._jobs.write(_("Copy citation"), work, self._copied)

    def copy_keys(self, ids: Sequence[int]) -> None:
        """Put the citation keys on the clipboard, a comma between two."""
        keys = self._library.citation_keys

        def work() -> str:
            return ",".join(keys.give_out(list(ids)))

        self._jobs.write(_("Copy citation key"), work, self._copied)

    def give_out(self, ids: Sequence[int]) -> None:
        """Note that the keys of papers dragged into another program are known there."""
        work = partial(self._library.citation_keys.give_out, list(ids))
        label = _("Give out the keys of {papers}").format(papers=papers(len(ids)))
        self._jobs.write(label, work)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        shown = text if len(text) < 80 else text[:77] + "…"
        self.message.emit(_("Copied {text}").format(text=shown))
