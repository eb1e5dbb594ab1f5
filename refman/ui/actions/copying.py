"""What the commands that copy papers do: as BibTeX, as what cites them, as text."""

from refman.ui.main_window import MainWindow


def copy_as(format_name: str, window: MainWindow) -> None:
    ids = window.table.selected_ids()
    window.exports.copy_text(lambda: ids, format_name)


def copy_view(window: MainWindow) -> None:
    ids = window.table.entries.ids
    window.exports.copy_text(lambda: ids)


def copy_references(kind: str, window: MainWindow) -> None:
    window.citing.copy_references(window.table.selected_ids(), kind)


def copy_formatted(kind: str, window: MainWindow) -> None:
    window.citing.copy_formatted(window.table.selected_ids(), kind)


def copy_titles(window: MainWindow) -> None:
    window.citing.copy_titles(window.table.selected_ids())


def copy_links(window: MainWindow) -> None:
    window.citing.copy_links(window.table.selected_ids())
