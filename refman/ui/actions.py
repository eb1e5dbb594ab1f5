"""What the commands do, one function each. Their names and keys are in `commands`."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from refman.i18n import _
from refman.library import STATUSES, Changes, Importing, ImportOptions
from refman.library.changes import papers
from refman.ui import outside, remembering, theme
from refman.ui.dialogs.add_paper import AddPaperDialog
from refman.ui.dialogs.help import AboutDialog, HelpDialog
from refman.ui.dialogs.history import HistoryDialog
from refman.ui.dialogs.import_options import FILES, ImportOptionsDialog
from refman.ui.dialogs.merge import MergeDialog
from refman.ui.dialogs.pick_name import PickNameDialog
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.importing import LIBRARY_SUFFIX, pages_of, pages_of_files
from refman.ui.main_window import MainWindow
from refman.ui.widgets.command_palette import CommandPalette

# --- importing ------------------------------------------------------------------------


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


# --- libraries ------------------------------------------------------------------------


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


# --- exporting and copying ------------------------------------------------------------


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


# --- editing --------------------------------------------------------------------------


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


# --- papers ---------------------------------------------------------------------------


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


# --- the window -----------------------------------------------------------------------


def new_collection(window: MainWindow) -> None:
    window.sidebar.show()
    node = window.sidebar.current_node()
    inside = node and node.scope and node.scope.kind == "collection"
    window.sidebar.new_collection(node.id if inside and node else None)


def rename(window: MainWindow) -> None:
    window.sidebar.setFocus()
    window.sidebar.rename_current()


def delete_node(window: MainWindow) -> None:
    window.sidebar.delete_current()


def show_palette(window: MainWindow) -> None:
    CommandPalette(list(window.commands.values()), window)


def paper_menu(window: MainWindow) -> None:
    window.table.ask_for_menu()


def focus(name: str, window: MainWindow) -> None:
    widget: QWidget = {"table": window.pane, "sidebar": window.sidebar, "panel": window.panel}[name]
    widget.show()
    widget.setFocus()


def toggle_pane(name: str, window: MainWindow) -> None:
    widget: QWidget = window.sidebar if name == "sidebar" else window.panel
    widget.setVisible(widget.isHidden())
    window.state_changed.emit()


def focus_toast(window: MainWindow) -> None:
    if window.stage.toast:
        window.stage.toast.take_focus()


def set_theme(wanted: str, window: MainWindow) -> None:
    window.settings = replace(window.settings, theme=wanted)
    theme.theme().follow(wanted, window.settings.text_scale)
    remembering.save(window)
    window.state_changed.emit()


def scale_text(step: int, window: MainWindow) -> None:
    """One size up or down; 0 is the usual size."""
    scales = theme.SCALES
    now = min(range(len(scales)), key=lambda i: abs(scales[i] - window.settings.text_scale))
    wanted = 1.0 if step == 0 else scales[min(max(now + step, 0), len(scales) - 1)]
    window.settings = replace(window.settings, text_scale=wanted)
    theme.theme().follow(window.settings.theme, wanted)
    remembering.save(window)


def show_help(window: MainWindow) -> None:
    HelpDialog(window).show()


def show_about(window: MainWindow) -> None:
    AboutDialog(str(window.library.path), window).open()


def close_window(window: MainWindow) -> None:
    window.close()
