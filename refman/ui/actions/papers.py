"""What the commands on the selected papers do."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from refman.i18n import _
from refman.library import Changes
from refman.library.changes import papers
from refman.ui import outside
from refman.ui.dialogs.add_paper import AddPaperDialog
from refman.ui.dialogs.merge import MergeDialog
from refman.ui.dialogs.pick_name import PickNameDialog
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.main_window import MainWindow


def add_paper(window: MainWindow) -> None:
    dialog = AddPaperDialog(window.library, window.jobs, window)
    dialog.added.connect(window.show_paper)
    dialog.imported.connect(lambda report: window.tell_imported([report]))
    dialog.open()


def edit_title(window: MainWindow) -> None:
    _panel(window).edit_title()


def edit_tags(window: MainWindow) -> None:
    _panel(window).edit_tags()


def read_abstract(window: MainWindow) -> None:
    _panel(window).read_abstract()


def write_note(window: MainWindow) -> None:
    _panel(window).write_note()


def _panel(window: MainWindow) -> EntryPanel:
    """The panel, brought on screen."""
    panel = window.panel
    assert isinstance(panel, EntryPanel)
    window.stage.close_review()
    panel.show()
    return panel


def open_link(window: MainWindow) -> None:
    """Open the paper's DOI, arXiv page or URL; where it has none, search the web for it."""
    details = window.library.entries.get(window.table.current_id())
    address = details.links[0][1] if details.links else details.search_url
    _tell(window, outside.open_address(address))


def search_web(window: MainWindow) -> None:
    details = window.library.entries.get(window.table.current_id())
    _tell(window, outside.open_address(details.search_url))


def open_file(window: MainWindow) -> None:
    """Open the first thing that is attached to the paper."""
    attached = window.library.attachments.of(window.table.current_id())
    if not attached:
        _tell(window, _("Nothing is attached to this paper: Paper › Attach file does that."))
    elif attached[0].url:
        _tell(window, outside.open_address(attached[0].url))
    else:
        _tell(window, outside.open_file(attached[0].path))


def _tell(window: MainWindow, complaint: str) -> None:
    if complaint:
        window.status.say(complaint)


def attach_file(window: MainWindow) -> None:
    entry_id = window.table.current_id()
    dialog = QFileDialog(window, _("Attach files"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.finished.connect(dialog.deleteLater)

    def attach(names: list[str]) -> None:
        for name in names:
            work = partial(window.library.attachments.attach, entry_id, name)
            window.jobs.write(_("Attach {name}").format(name=Path(name).name), work)

    dialog.filesSelected.connect(attach)
    dialog.open()


def set_status(status: str, window: MainWindow) -> None:
    _on_selected(
        window,
        _("Set to “{status}”").format(status=STATUS_NAMES[status]),
        partial(window.library.reading_list.set_status, status),
    )


def rate(stars: int, window: MainWindow) -> None:
    rating = window.library.entries.rate
    _on_selected(window, _("Rate"), lambda ids: rating(ids, stars))


def add_tag(window: MainWindow) -> None:
    ids = window.table.selected_ids()
    dialog = PickNameDialog(
        _("Tag"),
        _("Tag {papers} with").format(papers=papers(len(ids))),
        _("Tag"),
        window.sidebar.names("tag"),
        window,
    )
    tags = window.library.tags
    dialog.picked.connect(
        lambda name: window.jobs.write(
            _("Tag “{name}”").format(name=name), partial(tags.add, name, ids)
        )
    )
    dialog.open()


def toggle_tag(position: int, window: MainWindow) -> None:
    """Put the tag with this key on the selected papers, or off where all of them have it."""
    name = window.sidebar.tag_with_key(position)
    if name:
        _on_selected(
            window,
            _("Toggle “{name}”").format(name=name),
            partial(window.library.tags.toggle, name),
        )
    else:
        window.status.say(
            _("No tag has the key {digit} yet: right-click one in the sidebar.").format(
                digit=position
            )
        )


def clear_tags(window: MainWindow) -> None:
    _on_selected(window, _("Clear coloured tags"), window.library.tags.clear_coloured)


def add_to_collection(window: MainWindow) -> None:
    ids = window.table.selected_ids()
    collections = window.library.collections
    dialog = PickNameDialog(
        _("Add to collection"),
        _("Add {papers} to the collection").format(papers=papers(len(ids))),
        _("Add"),
        window.sidebar.names("collection"),
        window,
    )
    dialog.picked.connect(
        lambda path: window.jobs.write(
            _("Add to “{name}”").format(name=path), partial(collections.add_to_path, path, ids)
        )
    )
    dialog.open()


def remove_from_collection(window: MainWindow) -> None:
    collection = window.pane.scope.value
    assert isinstance(collection, int)
    _on_selected(
        window,
        _("Take out of the collection"),
        partial(window.library.collections.remove, collection),
    )


def merge(window: MainWindow) -> None:
    MergeDialog(window.library, window.jobs, list(window.table.selected_ids()), window).open()


def keep_apart(window: MainWindow) -> None:
    first, second = window.table.selected_ids()
    work = partial(window.library.entries.keep_apart, first, second)
    done = _("These two will not be merged by an import.")
    window.jobs.write(_("Keep apart"), work, lambda _changes: window.status.say(done))


def mark_reviewed(window: MainWindow) -> None:
    _on_selected(window, _("Mark as looked at"), window.library.entries.mark_reviewed)


def trash(window: MainWindow) -> None:
    _on_selected(window, _("Move to the trash"), window.library.entries.trash)


def restore(window: MainWindow) -> None:
    _on_selected(window, _("Restore"), window.library.entries.restore)


def empty_trash(window: MainWindow) -> None:
    window.jobs.write(_("Empty the trash"), window.library.entries.empty_trash)


def _on_selected(
    window: MainWindow, label: str, verb: Callable[[Collection[int]], Changes]
) -> None:
    window.jobs.write(label, partial(verb, window.table.selected_ids()))
