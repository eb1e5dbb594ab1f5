"""What the commands for undo, history, selection and search do."""

from functools import partial

from refman.i18n import _
from refman.library import Changes
from refman.ui.dialogs.history import HistoryDialog
from refman.ui.main_window import MainWindow


def undo(window: MainWindow) -> None:
    window.jobs.write(_("Undo"), window.library.history.undo)


def redo(window: MainWindow) -> None:
    window.jobs.write(_("Redo"), window.library.history.redo)


def history(window: MainWindow) -> None:
    """Show the steps, and go back or forth among them."""
    dialog = HistoryDialog(window)
    database = window.library.database

    def read() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        steps, redo_steps = database.steps(), database.redo_steps()
        return [(s.label, s.made) for s in steps], [(s.label, s.made) for s in redo_steps]

    def show(steps: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
        dialog.show_steps(*steps)

    def refresh() -> None:
        window.jobs.read("history dialog", read, show)

    window.jobs.library_changed.connect(refresh)
    dialog.finished.connect(lambda: window.jobs.library_changed.disconnect(refresh))
    dialog.finished.connect(lambda: window.jobs.forget("history dialog"))
    dialog.moved.connect(partial(_move, window))
    refresh()
    dialog.open()


def _move(window: MainWindow, steps: int) -> None:
    library = window.library
    verb = library.history.undo if steps > 0 else library.history.redo

    def work() -> Changes | None:
        changes = None
        for _step in range(abs(steps)):
            changes = verb() or changes
        return changes

    window.jobs.write(_("Undo") if steps > 0 else _("Redo"), work)


def select_all(window: MainWindow) -> None:
    window.table.selectAll()
    window.table.setFocus()


def find(window: MainWindow) -> None:
    window.stage.close_review()
    window.top.search.setFocus()
    window.top.search.selectAll()
