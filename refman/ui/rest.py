"""What of the window is read and made when its first rows are on screen: panel, commands, and more.

`windows` imports this module then, and not before, so that a start is quick.
"""

from functools import partial

from PySide6.QtWidgets import QWidget

from refman.i18n import _
from refman.ui import export_wording, menus
from refman.ui.actions import duplicates, exporting, keys, preferences, review
from refman.ui.citing import BIBLIOGRAPHY, CitingFlow
from refman.ui.dialogs.help import HelpDialog
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.import_review.review import ImportReview
from refman.ui.imports.strip import ImportStrip
from refman.ui.keeping_up import KeepingUp
from refman.ui.main_window import MainWindow
from refman.ui.watching import Watching


def complete(window: MainWindow) -> None:
    """Give the window all that it has besides its first rows."""
    window.read_around()
    panel = EntryPanel(window.library, window.jobs, style=lambda: window.settings.citing.style)
    panel.message.connect(window.status.say)
    panel.key_changed.connect(lambda old, new: keys.offer_rewriting(window, {old: new}))
    window.jobs.library_changed.connect(panel.refresh)
    window.set_panel(panel, panel.show_entries, panel.commit)
    _cite(window, panel)
    _keep_exports_up(window)
    window.stage.make_review = partial(_review, window)
    menus.install(window)
    _show_imports(window)
    duplicates.install(window)


def _cite(window: MainWindow, panel: EntryPanel) -> None:
    """Have papers cited: copied by commands and from the panel, dragged out of the table."""
    citing = window.citing = CitingFlow(
        window.library, window.jobs, lambda: window.settings.citing, window
    )
    citing.message.connect(window.status.say)
    window.table.entries.texts_of = citing.dragged
    window.table.dragged_out.connect(citing.left)
    section = panel.citation
    section.copy_wanted.connect(lambda paper: citing.copy_formatted([paper], BIBLIOGRAPHY))
    section.style_chosen.connect(partial(preferences.set_style, window))
    section.other_style_wanted.connect(lambda: window.trigger("preferences"))


def _keep_exports_up(window: MainWindow) -> None:
    """Have the kept exports follow the library, and say how they stand."""
    keeping = window.keeping = KeepingUp(window.library, window.jobs, window)
    window.before_closing = keeping.finish
    show = partial(exporting.show_exports, window)
    window.status.mark_wanted.connect(show)
    keeping.failed.connect(lambda text: window.errors.say(text, (_("Exports …"), show)))

    def mark() -> None:
        kept = keeping.kept
        shown = export_wording.mark(kept, waits=keeping.waits) if kept else ("", "", "")
        window.status.set_mark(*shown)

    keeping.changed.connect(mark)


def _show_imports(window: MainWindow) -> None:
    """Say above the papers of an import what it is; import what comes into watched folders."""
    strip = window.strip = ImportStrip(window.library, window.jobs)
    window.pane.add_strip(strip)
    strip.wanted.connect(window.listing_wanted)
    strip.rows_wanted.connect(window.stage.show_review)
    strip.part_chosen.connect(window.pane.set_scope)
    window.sidebar.scope_chosen.connect(strip.show_scope)
    strip.show_scope(window.pane.scope)
    watching = window.watching = Watching(window, window.jobs, window.imports, window)
    watching.failed.connect(window.fail)
    window.closed.connect(watching.stop)


def _review(window: MainWindow, listing_id: int, kind: str) -> QWidget:
    view = ImportReview(window.library, window.jobs, listing_id, window.stage, kind=kind)
    view.closed.connect(window.stage.close_review)
    view.entry_activated.connect(window.show_paper)
    view.message.connect(window.status.say)
    view.new_paper_wanted.connect(partial(window.trigger, "add-paper"))
    view.help_wanted.connect(lambda: HelpDialog(window, "review").show())
    review.furnish(window, view)
    return view
