"""What the commands on whole libraries do: new, open, back up, restore."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from refman.i18n import _
from refman.ui.importing import LIBRARY_SUFFIX
from refman.ui.main_window import MainWindow


def new_library(window: MainWindow) -> None:
    dialog = _save_dialog(window, _("New library"), "library" + LIBRARY_SUFFIX, LIBRARY_SUFFIX)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Make library"))
    dialog.fileSelected.connect(lambda name: window.library_wanted.emit(Path(name)))
    dialog.open()


def open_library(window: MainWindow) -> None:
    dialog = QFileDialog(window, _("Open a library"), str(window.library.path.parent))
    dialog.setNameFilters([_("Libraries (*.refman)"), _("All files (*)")])
    dialog.fileSelected.connect(lambda name: window.library_wanted.emit(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def back_up(window: MainWindow) -> None:
    name = f"{window.library.path.stem} {date.today().isoformat()}{LIBRARY_SUFFIX}"  # noqa: DTZ011
    dialog = _save_dialog(window, _("Back up the library"), name, LIBRARY_SUFFIX)
    dialog.fileSelected.connect(lambda chosen: _back_up_to(window, Path(chosen)))
    dialog.open()


def _back_up_to(window: MainWindow, path: Path) -> None:
    work = partial(window.library.database.backup, path)
    done = partial(window.status.say, _("The library was backed up to {path}.").format(path=path))
    window.jobs.write(_("Back up the library"), work, lambda _nothing: done())


def restore_library(window: MainWindow) -> None:
    dialog = QFileDialog(window, _("Restore the library from a backup"))
    dialog.setNameFilters([_("Libraries (*.refman)"), _("All files (*)")])
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Restore"))
    dialog.fileSelected.connect(lambda name: window.restore_wanted.emit(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _save_dialog(window: MainWindow, title: str, name: str, suffix: str) -> QFileDialog:
    dialog = QFileDialog(window, title, str(window.library.path.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_("Libraries (*.refman)")])
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
