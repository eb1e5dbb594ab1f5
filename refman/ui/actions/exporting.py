"""What the commands that export papers, and keep files of them, do."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import (
    Changes,
    ExportInfo,
    ExportSettings,
    ImportOptions,
    Workspace,
)
from refman.library.changes import papers
from refman.library.exports import Resolution
from refman.progress import Progress
from refman.ui import icons, outside
from refman.ui.dialogs.export.dialog import Done, ExportDialog
from refman.ui.dialogs.export.papers import Picked
from refman.ui.dialogs.exports.dialog import EXPORTS, WORKSPACES, ExportsDialog
from refman.ui.dialogs.resolve_export import ResolveExportDialog
from refman.ui.importing import pages_of_files
from refman.ui.main_window import MainWindow

if TYPE_CHECKING:
    from refman.library.revising import Written

SELECTED, VIEW, ALL = "selected", "view", "all"
_MOST_REMARKS = 3  # that a message shows


# --- the dialog ---------------------------------------------------------------------------


def export(what: str, window: MainWindow) -> None:
    """Ask how papers are exported; `what` of them is a proposal: SELECTED, VIEW or ALL."""
    dialog = _dialog(window)
    dialog.choose(what)
    dialog.open()


def export_as(window: MainWindow) -> None:
    """Ask for a file, and write the selected papers to it, or with fewer than two those in view."""
    selected = window.table.selected_ids()
    ids = selected if len(selected) > 1 else window.table.entries.ids
    window.exports.to_file(lambda: ids, papers(len(ids)))


def edit(window: MainWindow, export: ExportInfo) -> None:
    """Change an export that has a name."""
    dialog = _dialog(window)
    dialog.edit(export)
    dialog.open()


def _dialog(window: MainWindow) -> ExportDialog:
    dialog = ExportDialog(
        window.library,
        window.jobs,
        _picked(window),
        window.sidebar.names("collection"),
        window.sidebar.names("tag"),
        window.keeping.exports,
        window.exports.folder,
        _front(window) or window,
    )
    dialog.exported.connect(partial(_exported, window))
    return dialog


def _picked(window: MainWindow) -> list[Picked]:
    found = []
    selected = list(window.table.selected_ids())
    if selected and not window.stage.review:
        count = papers(len(selected))
        found.append(Picked(SELECTED, _("Selected: {papers}").format(papers=count), selected))
    if window.pane.count:
        count = papers(window.pane.count)
        ids, settings = window.table.entries.ids, _settings_of_view(window)
        found.append(Picked(VIEW, _("In view: {papers}").format(papers=count), ids, settings))
    return found


def _settings_of_view(window: MainWindow) -> ExportSettings | None:
    """What chooses the papers in view whenever it is asked; None where nothing does."""
    scope, query = window.pane.scope, window.pane.query.strip()
    if scope.kind == "all":
        return ExportSettings(which="query", value=query) if query else ExportSettings()
    if scope.kind == "status":
        return ExportSettings(which="query", value=f"status:{scope.value} {query}".strip())
    node = window.sidebar.current_node()
    if scope.kind in ("collection", "tag") and not query and node and node.scope == scope:
        return ExportSettings(which=scope.kind, value=node.path or node.label)
    return None


def _exported(window: MainWindow, done: Done) -> None:
    if done.path:
        window.exports.folder = str(Path(done.path).parent)
    if done.text:
        outside.copy(done.text)
        _tell(window, _("Copied: {message}").format(message=done.message), done.remarks)
    else:
        # Of an export with a name the message says the file already.
        named = done.path in done.message
        told = done.message if named else f"{done.message} {done.path}"
        _tell(window, told, done.remarks)
    window.keeping.now()


def _tell(window: MainWindow, message: str, remarks: Sequence[str] = ()) -> None:
    window.status.say(message)
    if dialog := _front(window):
        dialog.say(message)
    if remarks:
        shown = list(remarks[:_MOST_REMARKS])
        if len(remarks) > _MOST_REMARKS:
            shown.append(_("… and {count} more").format(count=len(remarks) - _MOST_REMARKS))
        window.stage.show_toast(message, [], "\n".join(shown))


# --- exports that have a name -------------------------------------------------------------


def show_exports(window: MainWindow, tab: int = EXPORTS) -> None:
    """Show the exports that have a name, or the workspaces; once is enough."""
    dialog = _front(window)
    if dialog is None:
        dialog = ExportsDialog(window.library, window.jobs, window.keeping, window)
        _connect(window, dialog)
        dialog.show()
    dialog.show_tab(tab)
    dialog.raise_()
    dialog.activateWindow()


def show_workspaces(window: MainWindow) -> None:
    show_exports(window, WORKSPACES)


def _front(window: MainWindow) -> ExportsDialog | None:
    """The list of exports, where it is open."""
    found = window.findChildren(ExportsDialog)
    return next((each for each in found if each.isVisible()), None)


def _connect(window: MainWindow, dialog: ExportsDialog) -> None:
    page, workspaces = dialog.exports, dialog.workspaces
    page.new_wanted.connect(partial(export, ALL, window))
    page.run_wanted.connect(partial(run, window))
    page.edit_wanted.connect(partial(edit, window))
    page.resolve_wanted.connect(partial(resolve, window))
    page.show_wanted.connect(partial(_show_file, window))
    page.delete_wanted.connect(partial(_delete, window))
    workspaces.open_wanted.connect(partial(open_workspace, window))
    workspaces.write_wanted.connect(partial(_write, window))
    workspaces.show_wanted.connect(partial(_show_file, window))
    workspaces.forget_wanted.connect(partial(_forget, window))


def add_named(window: MainWindow, menu: QMenu, before: QAction) -> None:
    """Put the exports that have a name into `menu`, each to be written at once."""
    for info in window.keeping.exports:
        action = QAction(icons.icon("export"), info.name.replace("&", "&&"), menu)
        action.setToolTip(
            _("Write {path} now").format(path=info.path) if info.path else _("Asks for a file")
        )
        action.triggered.connect(lambda _on=False, info=info: run(window, info))
        menu.insertAction(before, action)


def run(window: MainWindow, info: ExportInfo) -> None:
    """Write an export now; to a file that is asked for, if it has none."""
    if info.path:
        _run(window, info, None)
        return
    dialog = QFileDialog(window, _("Export {name}").format(name=info.name), window.exports.folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    known = {each.name: each for each in window.library.exporting.formats()}
    format_ = known.get(info.settings.format)
    if format_ and format_.extensions:
        dialog.setNameFilters([f"{format_.label} (*{format_.extensions[0]})", _("All files (*)")])
        dialog.setDefaultSuffix(format_.extensions[0].lstrip("."))
    dialog.fileSelected.connect(lambda name: _run(window, info, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _run(window: MainWindow, info: ExportInfo, path: Path | None) -> None:
    progress = Progress()
    exports = window.library.exports

    def work() -> Done:
        run = exports.run(info.id, path, progress)
        if run.error and not run.edited:
            raise RefmanError(run.error)
        return Done(run.message, run.remarks, run.path, error=run.error)

    def done(done: Done) -> None:
        if path:
            window.exports.folder = str(path.parent)
        _tell(window, done.message, done.remarks)
        if done.error:
            resolve(window, info)

    label = _("Export {name}").format(name=info.name)
    window.jobs.write(label, work, done, progress=progress, ended=window.keeping.look)


def resolve(window: MainWindow, info: ExportInfo) -> None:
    """Show what somebody else changed in a file, and settle whose version stays."""
    dialog = ResolveExportDialog(info, _front(window) or window)
    key = "export difference"
    exports = window.library.exports
    window.jobs.read(key, partial(exports.difference, info.id), dialog.show_difference)
    dialog.finished.connect(lambda: window.jobs.forget(key))
    dialog.resolved.connect(partial(_resolved, window, info))
    dialog.open()


def _resolved(window: MainWindow, info: ExportInfo, how: Resolution) -> None:
    exports, progress = window.library.exports, Progress()
    label = _("Export {name}").format(name=info.name)
    messages = {
        "ours": _("{path} is refman's again; the other version lies beside it."),
        "theirs": _("{path} stays as it is, and does not follow the library any more."),
        "both": _("{path} stays as it is; the export goes on beside it."),
    }

    def work() -> Changes:
        run = exports.resolve(info.id, how, progress)
        if run.error:
            raise RefmanError(run.error)
        return Changes(label, count=1, message=messages[how].format(path=info.path))

    window.jobs.write(label, work, progress=progress, ended=window.keeping.look)


def _delete(window: MainWindow, info: ExportInfo) -> None:
    label = _("Delete export “{name}”").format(name=info.name)
    window.jobs.write(
        label, partial(window.library.exports.delete, info.id), ended=window.keeping.look
    )


def _show_file(window: MainWindow, shown: ExportInfo | Workspace) -> None:
    if complaint := outside.open_folder(shown.path):
        _tell(window, complaint)


# --- workspaces ---------------------------------------------------------------------------


def open_workspace(window: MainWindow) -> None:
    """Import a .bib file, and keep every byte of it."""
    dialog = QFileDialog(window, _("Open a .bib file as a workspace"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_("BibTeX files (*.bib)"), _("All files (*)")])
    options = ImportOptions("bibtex", workspace=True)
    dialog.fileSelected.connect(
        lambda name: window.import_pages(pages_of_files([Path(name)], None), options)
    )
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def write_workspace(window: MainWindow) -> None:
    """Write the workspace whose collection is in view; the only one; or let one be chosen."""
    window.commit()
    collection = window.pane.scope.value if window.pane.scope.kind == "collection" else None

    def choose(known: Sequence[Workspace]) -> None:
        here = [each for each in known if collection and each.collection == collection] or known
        if not known:
            window.status.say(
                _("No .bib file is a workspace yet: Library › Open .bib as workspace opens one.")
            )
        elif len(here) == 1:
            _write(window, here[0])
        else:
            show_workspaces(window)

    window.jobs.read("workspace to write", window.library.workspaces.list, choose)


def _write(window: MainWindow, workspace: Workspace) -> None:
    work = partial(window.library.workspaces.write, workspace.id)
    label = _("Write {name}").format(name=workspace.name)

    def done(written: "Written") -> None:
        told = _("{path} is written. {what}").format(path=workspace.path, what=written.message)
        _tell(window, told)

    window.jobs.write(label, work, done, ended=partial(_refresh, window))


def _forget(window: MainWindow, workspace: Workspace) -> None:
    name = workspace.name
    verb: Callable[[int], Changes] = window.library.workspaces.forget

    def work() -> Changes:
        told = _("{name} is kept no longer; the file stays.").format(name=name)
        changes = verb(workspace.id)
        return Changes(changes.label, count=changes.count, message=told)

    window.jobs.write(_("Forget {name}").format(name=name), work)


def _refresh(window: MainWindow) -> None:
    if dialog := _front(window):
        dialog.refresh()
