"""What the commands on imports that are in the library do; each on the import in view, or on
one that the sidebar, the strip or the list of all names."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QDialog

from refman.i18n import _
from refman.library import Changes, Listing, Report, Scope
from refman.library.pages import ListingComparison, TakeBack
from refman.progress import Progress
from refman.ui import import_wording
from refman.ui.dialogs.as_of import AsOfDialog
from refman.ui.dialogs.source_text import SourceTextDialog
from refman.ui.imports.all_imports import AllImportsDialog
from refman.ui.imports.comparison import ComparisonDialog, in_short
from refman.ui.imports.passed_over import PassedOverDialog
from refman.ui.imports.take_back import TakeBackDialog
from refman.ui.main_window import MainWindow

Do = Callable[[MainWindow, Listing], None]


def act_on_view(name: str, window: MainWindow) -> None:
    """Do one of import_wording.ACTIONS with the import whose papers are in view."""
    scope = window.pane.scope
    if scope.kind == "listing":
        act(window, name, int(scope.value or 0))


def act(window: MainWindow, name: str, listing_id: int) -> None:
    """Do one of import_wording.ACTIONS with an import."""
    if name == import_wording.REVIEW:
        window.stage.show_review(listing_id)
        window.activateWindow()
        return

    def read() -> Listing | None:
        return next((e for e in window.library.listings.list() if e.id == listing_id), None)

    def run(listing: Listing | None) -> None:
        if listing is None:
            window.fail(_("This import is not in the library any more."))
        else:
            _DO[name](window, listing)

    window.jobs.read("an import", read, run)


def show_all(window: MainWindow) -> None:
    """The list of all imports."""
    dialog = _open(window, AllImportsDialog, 0)
    if dialog is None:
        made = AllImportsDialog(window.library, window.jobs, window)
        made.wanted.connect(partial(act, window))
        made.show()


def _open(window: MainWindow, kind: type[QDialog], listing_id: int) -> QDialog | None:
    """The dialog of that kind for an import, brought to the front, if it is open."""
    for dialog in window.findChildren(kind):
        if dialog.isVisible() and dialog.property("listing") in (listing_id, None):
            dialog.raise_()
            dialog.activateWindow()
            return dialog
    return None


def _show_papers(window: MainWindow, listing: Listing) -> None:
    window.top.search.clear_query()
    window.stage.close_review()
    window.sidebar.choose(Scope("listing", listing.id))
    window.activateWindow()
    window.table.setFocus()


def _show_source(window: MainWindow, listing: Listing) -> None:
    listings = window.library.listings

    def read() -> tuple[str, list[int]]:
        lines = [passage.line for passage in listings.passed_over(listing.id)]
        return listings.source_text(listing.id), lines

    def show(found: tuple[str, list[int]]) -> None:
        SourceTextDialog(import_wording.name_of(listing), *found, window).show()

    window.jobs.read("source", read, show)


def _show_passed_over(window: MainWindow, listing: Listing) -> None:
    listings = window.library.listings

    def show(dialog: PassedOverDialog) -> None:
        dialog.source_wanted.connect(partial(_show_source, window, listing))
        dialog.show()

    window.jobs.read(
        "passed over",
        partial(listings.passed_over, listing.id),
        lambda found: show(PassedOverDialog(import_wording.name_of(listing), found, window)),
    )


def _ask_day(window: MainWindow, listing: Listing) -> None:
    if window.library.read_only:
        return
    name = import_wording.name_of(listing)
    dialog = AsOfDialog(name, date.fromisoformat(listing.as_of), window)
    dialog.chosen.connect(
        lambda day: window.jobs.write(
            _("Change the day of {name}").format(name=name),
            partial(window.library.listings.change_as_of, listing.id, day),
        )
    )
    dialog.open()


# --- comparing ------------------------------------------------------------------------


def compare(window: MainWindow, listing_id: int) -> None:
    """What is new, gone and changed since the page was imported before."""
    if _open(window, ComparisonDialog, listing_id):
        return
    dialog = ComparisonDialog(window.library, window.jobs, listing_id, window)
    dialog.setProperty("listing", listing_id)
    dialog.entry_activated.connect(window.show_paper)
    dialog.show()


def offer_comparison(window: MainWindow, reports: list[Report]) -> None:
    """After a page that was there before, say in the message what changed, and offer more."""
    toast = window.stage.toast
    listing_id = reports[0].listing_id
    if len(reports) != 1 or listing_id is None or toast is None:
        return

    def tell(comparison: ListingComparison | None) -> None:
        said = in_short(comparison) if comparison else ""
        if comparison and not said and comparison.earlier.taken_back:
            said = _("As it was before it was taken back")
        if said and window.stage.toast is toast:
            toast.add_action(_("Compare"), partial(compare, window, listing_id), said)

    window.jobs.read("toast", partial(window.library.listings.compare, listing_id), tell)


# --- again, and back ------------------------------------------------------------------


def _run_again(window: MainWindow, listing: Listing) -> None:
    if window.library.read_only:
        return
    progress = Progress()
    name = import_wording.name_of(listing)
    window.jobs.write(
        _("Read {name} again").format(name=name),
        partial(window.library.listings.read_again, listing.id, progress),
        partial(_tell_again, window, listing),
        progress=progress,
    )


def _tell_again(window: MainWindow, listing: Listing, report: Report) -> None:
    actions: list[tuple[str, Callable[[], None]]] = []
    if report.changes.count:
        actions.append((_("Undo"), partial(_undo, window, report.changes)))
    if report.doubtful:
        actions.append((_("Review"), partial(window.stage.show_review, listing.id)))
    window.status.say("")  # the toast says it
    window.stage.show_toast(
        report.changes.message or report.sentence(),
        actions,
        _("{name}, read again with today’s reader").format(name=import_wording.name_of(listing)),
    )


def _ask_take_back(window: MainWindow, listing: Listing) -> None:
    if window.library.read_only:
        return

    def ask(preview: TakeBack) -> None:
        dialog = TakeBackDialog(listing, preview, window)
        dialog.confirmed.connect(lambda _id: _take_back(window, listing))
        dialog.open()

    preview = partial(window.library.listings.preview_take_back, listing.id)
    window.jobs.read("take back", preview, ask)


def _take_back(window: MainWindow, listing: Listing) -> None:
    progress = Progress()
    window.jobs.write(
        _("Take back {name}").format(name=import_wording.name_of(listing)),
        partial(window.library.listings.take_back, listing.id, progress),
        partial(_tell_taken_back, window, listing),
        progress=progress,
    )


def _tell_taken_back(window: MainWindow, listing: Listing, changes: Changes) -> None:
    name = import_wording.name_of(listing)
    window.status.say("")  # the toast says it
    window.stage.show_toast(
        changes.message or _("Taken back."),
        [(_("Undo"), partial(_undo, window, changes))] if changes.count else [],
        _("{name}, taken back").format(name=name),
    )


def _undo(window: MainWindow, changes: Changes) -> None:
    window.imports.undo_steps(_("Undo {label}").format(label=changes.label), [changes.label])


_DO: dict[str, Do] = {
    import_wording.SHOW: _show_papers,
    import_wording.COMPARE: lambda window, listing: compare(window, listing.id),
    import_wording.AGAIN: _run_again,
    import_wording.TAKE_BACK: _ask_take_back,
    import_wording.SOURCE: _show_source,
    import_wording.PASSED_OVER: _show_passed_over,
    import_wording.DAY: _ask_day,
}
