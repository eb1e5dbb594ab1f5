"""Which library the window shows: opening, changing and restoring libraries, and bugs told."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from refman import crash
from refman.db.restoring import restore
from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Changes, Library
from refman.settings import Settings
from refman.ui.dialogs.crash_report import CrashReportDialog
from refman.ui.main_window import MainWindow


class Windows(QObject):
    """Holds the one window; another library takes its place."""

    _crashed = Signal(str, object)  # the report and its log's place, from any thread

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.window: MainWindow | None = None
        self._told: CrashReportDialog | None = None
        self._crashed.connect(self._tell_crash, Qt.ConnectionType.QueuedConnection)
        self.listener = self._crashed.emit
        crash.listen(self.listener)

    def show(self, path: Path, files: Sequence[Path] = ()) -> None:
        """Show the library at `path`, made if it is missing, and import `files` into it.

        Raises RefmanError where it cannot be opened; then nothing has changed.
        """
        library = Library.open(path, create=True)
        before = self.window
        if before:
            # Its close writes what it remembers, which the next one takes up.
            before.closed.connect(lambda: self._replace(before, library, files))
            before.close()
        else:
            self._show(library, files)

    def _replace(self, before: MainWindow, library: Library, files: Sequence[Path]) -> None:
        self._settings = before.settings
        self._show(library, files)
        before.deleteLater()

    def _show(self, library: Library, files: Sequence[Path]) -> None:
        window = self.window = MainWindow(library, self._settings)
        window.library_wanted.connect(self._change_to)
        window.restore_wanted.connect(self._restore)
        window.start()
        painted = _FirstPaint(window)
        painted.seen.connect(partial(self._complete, window, files))
        window.show()

    def _complete(self, window: MainWindow, files: Sequence[Path]) -> None:
        from refman.ui import rest  # noqa: PLC0415 - not before the first rows are on screen

        rest.complete(window)
        if files:
            window.open_files(files)

    def _change_to(self, path: Path) -> None:
        try:
            self.show(path)
        except RefmanError as error:
            if self.window:
                self.window.fail(str(error))

    def _restore(self, source: Path) -> None:
        """Put a backup in the place of the library, which is kept beside it."""
        window = self.window
        if window is None:
            return
        box = QMessageBox(window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(
            _("Restore “{library}” from “{backup}”?").format(
                library=window.library.path.name, backup=source.name
            )
        )
        box.setInformativeText(_("The library as it is now is kept beside it under another name."))
        go = box.addButton(_("Restore"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(box.deleteLater)
        label = _("Restore from {name}").format(name=source.name)
        go.clicked.connect(
            lambda: window.jobs.write(label, partial(_restored, source, window.library.path, label))
        )
        box.open()

    def _tell_crash(self, report: str, log: Path | None) -> None:
        """Show a bug once; those that follow while it is open are in the log."""
        if self._told is None:
            self._told = CrashReportDialog(report, log, self.window)
            self._told.destroyed.connect(self._forget_crash)
            self._told.show()

    def _forget_crash(self) -> None:
        self._told = None


def _restored(source: Path, library: Path, label: str) -> Changes:
    """In the writing thread."""
    kept = restore(source, library)
    message = _("The library was restored.")
    if kept:
        message += " " + _("The former one is {path}.").format(path=kept)
    return Changes(label, count=1, everything=True, message=message)


class _FirstPaint(QObject):
    """Tells when the papers, or what stands in their place, are on screen."""

    seen = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._watched: tuple[QWidget, ...] = (window.table.viewport(), window.pane.empty)
        for widget in self._watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._watched:
            for widget in self._watched:
                widget.removeEventFilter(self)
            self._watched = ()
            QTimer.singleShot(0, self.seen.emit)  # after this paint
        return super().eventFilter(watched, event)


def ask_for_another(path: Path, complaint: str) -> Path | None:
    """Say why the library at `path` does not open, before there is a window; another, or None."""
    box = QMessageBox()
    box.setWindowTitle("refman")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(_("The library “{name}” cannot be opened.").format(name=path.name))
    box.setInformativeText(complaint)
    other = box.addButton(_("Open another …"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not other:
        return None
    name, _filter = QFileDialog.getOpenFileName(
        None, _("Open a library"), str(path.parent), _("Libraries (*.refman)")
    )
    return Path(name) if name else None
