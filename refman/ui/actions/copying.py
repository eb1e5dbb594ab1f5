"""What the commands that take papers out do: export and copy."""

from refman.i18n import _
from refman.library.changes import papers
from refman.ui.main_window import MainWindow


def export_selection(window: MainWindow) -> None:
    ids = window.table.selected_ids()
    window.exports.to_file(lambda: ids, papers(len(ids)))


def export_view(window: MainWindow) -> None:
    ids = window.table.entries.ids
    window.exports.to_file(lambda: ids, papers(len(ids)))


def export_all(window: MainWindow) -> None:
    window.exports.to_file(window.exports.all_ids, _("all papers"))


def copy_bibtex(window: MainWindow) -> None:
    ids = window.table.selected_ids()
    window.exports.copy_text(lambda: ids)


def copy_view(window: MainWindow) -> None:
    ids = window.table.entries.ids
    window.exports.copy_text(lambda: ids)


def copy_cite(window: MainWindow) -> None:
    window.exports.copy_cite(window.table.selected_ids())


def copy_key(window: MainWindow) -> None:
    window.exports.copy_keys(window.table.selected_ids())
