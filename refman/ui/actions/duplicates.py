"""What the commands on duplicates do, and looking for them after an import."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox

from refman.errors import RefmanError
from refman.i18n import _, ngettext
from refman.library import Changes, Library
from refman.progress import Progress
from refman.ui.dialogs.help import HelpDialog
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.main_window import MainWindow

VIEW = "duplicates"  # the key of its line in the sidebar
CHEAP = 10_000  # papers that are looked at after an import without being asked


@dataclass(frozen=True, slots=True)
class _Found:
    """What a scan after an import changed, and how many groups are new."""

    changes: Changes
    new: int


def install(window: MainWindow) -> None:
    """Lead from the sidebar to the duplicates, and look for them after every import."""
    window.sidebar.view_chosen.connect(partial(_show_from_sidebar, window))
    window.stage.changed.connect(partial(_mark, window))
    window.imports.done.connect(partial(look_after_import, window))


def is_shown(window: MainWindow) -> bool:
    """Whether the duplicates are on the stage."""
    return isinstance(window.stage.review, DuplicatesView)


def show(window: MainWindow) -> None:
    """Show the duplicates as they were left."""
    view = window.stage.kept_view(DuplicatesView) or _new_view(window)
    names = ("merge", "apart", "take-out", "previous", "next")
    keys = {name: window.commands[name].shortcut() for name in (f"{VIEW}-{n}" for n in names)}
    native = QKeySequence.SequenceFormat.NativeText
    view.page.set_tips({name: key.toString(native) for name, key in keys.items()})
    if window.stage.review is not view:
        window.stage.show_kept(view)
    view.setFocus()


def act(verb: Callable[[DuplicatesView], object], window: MainWindow) -> None:
    """Do something in the view, where it is shown."""
    view = window.stage.review
    if isinstance(view, DuplicatesView):
        verb(view)


def merge_certain(window: MainWindow) -> None:
    """Ask, and merge every group of which it is certain."""
    view = window.stage.review
    if not isinstance(view, DuplicatesView) or not view.certain:
        return
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(
        ngettext(
            "Make one paper of the group that is certain?",
            "Make one paper of each of {n} groups that are certain?",
            view.certain,
        ).format(n=f"{view.certain:,}")
    )
    box.setInformativeText(
        _(
            "Tags, notes, highlights, attachments and citation keys come along. One Undo takes "
            "all of it back, and each paper can be taken apart again under Sources."
        )
    )
    go = box.addButton(_("Merge"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(go)
    box.finished.connect(box.deleteLater)
    go.clicked.connect(lambda: view.merge_certain(partial(_tell_merged, window)))
    box.open()


def _tell_merged(window: MainWindow, changes: Changes) -> None:
    if changes.message:
        window.status.say("")  # the toast says it
        window.stage.show_toast(changes.message, [(_("Undo"), partial(_undo, window, changes))])


def _undo(window: MainWindow, changes: Changes) -> None:
    window.jobs.write(_("Undo"), partial(_undone, window.library, changes.label))


def _undone(library: Library, label: str) -> Changes:
    """In the writing thread. Raises RefmanError where the newest step is another one."""
    if library.history.undo_label != label:
        raise RefmanError(_("Something was done since. Undo that first, or see Edit › History."))
    return library.history.undo() or Changes(label)


# --- after an import -----------------------------------------------------------------------


def look_after_import(window: MainWindow, _reports: object = None) -> None:
    """Look for duplicates of what came, if that is quickly done. The view itself does so, too."""
    duplicates = window.library.duplicates
    if not window.library.read_only and not is_shown(window):
        window.jobs.read("duplicates.new", duplicates.unscanned, partial(_look, window))


def _look(window: MainWindow, unscanned: int) -> None:
    if 0 < unscanned <= CHEAP and not is_shown(window):
        progress = Progress()
        window.jobs.write(
            _("Look for duplicates"),
            partial(_scan, window.library, progress),
            lambda found: _tell_found(window, found.new),
            progress=progress,
        )


def _scan(library: Library, progress: Progress) -> _Found:
    """In the writing thread."""
    before = library.duplicates.count()
    changes = library.duplicates.scan(progress)
    return _Found(changes, library.duplicates.count() - before)


def _tell_found(window: MainWindow, count: int) -> None:
    """Say that there are new duplicates, but not in the place of what is being told."""
    if count <= 0 or is_shown(window):
        return
    if toast := window.stage.toast:
        again = partial(_tell_found, window, count)
        toast.closed.connect(lambda: QTimer.singleShot(0, window, again))
        return
    text = ngettext("{n} possible duplicate", "{n} possible duplicates", count)
    window.stage.show_toast(text.format(n=f"{count:,}"), [(_("Look"), partial(show, window))])


# --- the view ------------------------------------------------------------------------------


def _show_from_sidebar(window: MainWindow, _name: str) -> None:
    show(window)
    window.sidebar.setFocus()  # whoever walks through it goes on


def _new_view(window: MainWindow) -> DuplicatesView:
    view = DuplicatesView(window.library, window.jobs)
    view.closed.connect(window.stage.close_review)
    view.entry_activated.connect(window.show_paper)
    view.help_wanted.connect(lambda: HelpDialog(window, "duplicates").show())
    view.merge_certain_wanted.connect(partial(merge_certain, window))
    view.message.connect(window.status.say)
    return view


def _mark(window: MainWindow) -> None:
    """Let the sidebar stand where the stage is."""
    window.sidebar.stand_at(VIEW if is_shown(window) else "", window.pane.scope)
