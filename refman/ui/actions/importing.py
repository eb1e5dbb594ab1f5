"""What the commands that bring papers in do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from refman.i18n import _
from refman.library import STATUSES, Importing, ImportOptions
from refman.ui import remembering
from refman.ui.dialogs.import_options import FILES, ImportOptionsDialog
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.importing import pages_of, pages_of_files
from refman.ui.main_window import MainWindow


def import_files(window: MainWindow) -> None:
    _ask_for_files(window, window.open_files)


def import_clipboard(window: MainWindow) -> None:
    _paste(window, None, None)


def import_with_options(window: MainWindow) -> None:
    """Ask what to do with the papers of the next import, and where they are."""
    usual = window.settings.importing
    dialog = ImportOptionsDialog(
        ImportOptions(tags=usual.tags, collection=usual.collection, status=usual.status),
        [(each.name, each.label) for each in Importing.formats() if each.reads],
        [(status, STATUS_NAMES[status]) for status in STATUSES],
        window.sidebar.names("tag"),
        window.sidebar.names("collection"),
        window,
    )
    dialog.chosen.connect(partial(_import_chosen, window))
    dialog.open()


def _import_chosen(
    window: MainWindow, where: str, options: ImportOptions, day: date | None, keep: bool
) -> None:
    if keep:
        usual = replace(
            window.settings.importing,
            tags=options.tags,
            collection=options.collection or "",
            status=options.status or "",
        )
        window.settings = replace(window.settings, importing=usual)
        remembering.save(window)
    if where == FILES:
        _ask_for_files(
            window, lambda paths: window.import_pages(pages_of_files(paths, day), options)
        )
    else:
        _paste(window, options, day)


def _ask_for_files(window: MainWindow, take: Callable[[list[Path]], None]) -> None:
    dialog = QFileDialog(window, _("Import papers"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    endings = " ".join(f"*{each}" for format_ in Importing.formats() for each in format_.extensions)
    dialog.setNameFilters(
        [_("Pages and references ({endings})").format(endings=endings), _("All files (*)")]
    )
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _paste(window: MainWindow, options: ImportOptions | None, day: date | None) -> None:
    pages = pages_of(QGuiApplication.clipboard().mimeData(), _("Pasted text"), day)
    if pages:
        window.import_pages(pages, options)
    else:
        window.fail(_("There is no text on the clipboard: copy the rows of a page, then paste."))
