"""What the commands that check papers and .bib files do."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from refman.i18n import _
from refman.library.changes import papers
from refman.ui.dialogs.help import HelpDialog
from refman.ui.doctor.checkup import BibFile, Papers, Target, all_papers
from refman.ui.doctor.view import DoctorView
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.main_window import MainWindow


def check(window: MainWindow) -> None:
    """Show the last check as it was left; where there is none, check all papers."""
    view = window.stage.kept_view(DoctorView)
    if view:
        window.stage.show_kept(view)
    else:
        check_all(window)


def check_all(window: MainWindow) -> None:
    _check(window, all_papers())


def check_selection(window: MainWindow) -> None:
    ids = tuple(window.table.selected_ids())
    _check(window, Papers(_("{papers} selected").format(papers=papers(len(ids))), ids))


def check_view(window: MainWindow) -> None:
    _check(window, Papers(_("papers in view"), tuple(window.table.entries.ids)))


def check_file(window: MainWindow) -> None:
    dialog = QFileDialog(window, _("Check a .bib file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_("BibTeX and BibLaTeX (*.bib)"), _("All files (*)")])
    dialog.fileSelected.connect(lambda name: _check(window, BibFile(Path(name))))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _check(window: MainWindow, target: Target) -> None:
    view = window.stage.kept_view(DoctorView) or _new_view(window)
    window.stage.show_kept(view)
    view.check(target)


def _new_view(window: MainWindow) -> DoctorView:
    view = DoctorView(window.library, window.jobs, partial(_offers, window))
    view.closed.connect(window.stage.close_review)
    view.entry_activated.connect(window.show_paper)
    view.field_wanted.connect(partial(_go_to_field, window))
    view.help_wanted.connect(lambda: HelpDialog(window, "doctor").show())
    view.message.connect(window.status.say)
    return view


def _offers(window: MainWindow) -> Sequence[tuple[str, Callable[[], None] | None]]:
    """What can be checked at the moment."""
    selected, shown = window.table.selected_count(), window.pane.count
    outside_trash = window.pane.scope.kind != "trash"
    return (
        (_("All papers"), partial(check_all, window)),
        (
            _("Selected papers ({n:,})").format(n=selected),
            partial(check_selection, window) if selected and outside_trash else None,
        ),
        (
            _("Papers in view ({n:,})").format(n=shown),
            partial(check_view, window) if shown and outside_trash else None,
        ),
        (_("A .bib file …"), partial(check_file, window)),
    )


def _go_to_field(window: MainWindow, entry_id: int, field: str) -> None:
    """Show a paper with the cursor in one of its fields."""
    panel = window.panel
    assert isinstance(panel, EntryPanel)
    window.show_paper(entry_id)
    panel.show()
    panel.edit_field(entry_id, field)
