"""What of the window is read and made when its first rows are on screen: panel, review, commands.

`windows` imports this module then, and not before, so that a start is quick.
"""

from functools import partial

from PySide6.QtWidgets import QWidget

from refman.ui import menus
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.import_review.review import ImportReview
from refman.ui.main_window import MainWindow


def complete(window: MainWindow) -> None:
    """Give the window all that it has besides its first rows."""
    window.read_around()
    panel = EntryPanel(window.library, window.jobs)
    panel.message.connect(window.status.say)
    window.jobs.library_changed.connect(panel.refresh)
    window.set_panel(panel, panel.show_entries, panel.commit)
    window.stage.make_review = partial(_review, window)
    menus.install(window)


def _review(window: MainWindow, listing_id: int) -> QWidget:
    review = ImportReview(window.library, window.jobs, listing_id)
    review.closed.connect(window.stage.close_review)
    review.entry_activated.connect(window.show_paper)
    return review
