"""The list of all commands: one line each, with its name, its keys, and when it is there.

To add a command, write its function in `actions` and its line here; to show it in a menu, name
it in `menus`. All of them are in the command palette and in the list of shortcuts, where their
keys can be changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from refman.i18n import _
from refman.library import STATUSES
from refman.ui import import_wording, theme
from refman.ui.actions import (
    copying,
    doctor,
    duplicates,
    editing,
    exporting,
    importing,
    imports,
    keys,
    libraries,
    papers,
    preferences,
    review,
    view,
)
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.main_window import MainWindow

# Where a command's keys count.
WINDOW, TABLE, SIDEBAR, ROWS = "window", "table", "sidebar", "rows"

# What must be so for a command to be there: see `menus.facts`.
WRITE, SELECTION, ONE, TWO, MANY, SHOWN = "write", "selection", "one", "two", "many", "shown"
UNDO, REDO, TRASH, NO_TRASH, COLLECTION, NODE, DUPLICATES, LISTING, REVIEW = (
    "undo",
    "redo",
    "trash",
    "no trash",
    "collection",
    "node",
    "duplicates",
    "listing",
    "review",
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys` are Qt's portable names, several with `; ` between.

    `full_name` is what the palette and the list of shortcuts call it where `text` alone,
    read outside its menu, says too little. `checked` makes it one that is on or off.
    """

    name: str
    text: str
    run: Callable[[MainWindow], None]
    keys: str = ""
    icon: str = ""
    tip: str = ""
    needs: tuple[str, ...] = ()
    where: str = WINDOW
    full_name: str = ""
    checked: Callable[[MainWindow], bool] | None = None


def _theme_is(wanted: str) -> Callable[[MainWindow], bool]:
    return lambda window: window.settings.theme == wanted


def _in_duplicates(
    verb: Callable[[DuplicatesView], object],
) -> Callable[[MainWindow], None]:
    return partial(duplicates.act, verb)


def _in_review(name: str) -> Callable[[MainWindow], None]:
    return partial(review.act, name)


def _with_import(name: str) -> Callable[[MainWindow], None]:
    return partial(imports.act_on_view, name)


_PAPERS = (SELECTION, WRITE)
_DUPLICATES = (DUPLICATES, WRITE)
_ROWS = (REVIEW, WRITE)

COMMANDS: tuple[Command, ...] = (
    Command("import-files", _("Import from &file …"), importing.import_files, "Ctrl+I", "import",
            _("Import pages, .bib files and others"), (WRITE,)),
    Command("import-clipboard", _("Import from clip&board"), importing.import_clipboard, "Ctrl+V",
            "paste",
            _("Import what was copied from a page, text or HTML"), (WRITE,),
            full_name=_("Import from clipboard (paste)")),
    Command("import-options", _("Import with &options …"), importing.import_with_options,
            "Ctrl+Shift+I",
            "settings", _("Day of the page, tags, collection, status, format"), (WRITE,)),
    Command("imports", _("I&mports …"), imports.show_all, "Ctrl+Alt+I", "listing",
            _("A list of all imports, to search, to compare and to take back"),
            full_name=_("Imports (list of all)")),
    Command("import-review", _("&Review rows …"), _with_import(import_wording.REVIEW), "", "review",
            _("See every row beside what was understood"), (LISTING,),
            full_name=_("Review the rows of this import")),
    Command("import-compare", _("&Compare with earlier …"), _with_import(import_wording.COMPARE),
            "", "columns", _("What is new, gone and changed since the page was imported before"),
            (LISTING,), full_name=_("Compare this import with an earlier one")),
    Command("import-again", _("R&un again"), _with_import(import_wording.AGAIN), "", "restore",
            _("Read the kept page with today’s reader"), (LISTING, WRITE),
            full_name=_("Run this import again")),
    Command("import-day", _("Change the &day …"), _with_import(import_wording.DAY), "", "history",
            _("Place its dates without a year by another day"), (LISTING, WRITE),
            full_name=_("Change the day of this import")),
    Command("import-source", _("Show &source text"), _with_import(import_wording.SOURCE), "",
            "listing", _("Show the page as it was imported"), (LISTING,),
            full_name=_("Show the source text of this import")),
    Command("import-passed-over", _("Show what was &passed over"),
            _with_import(import_wording.PASSED_OVER), "", "filter",
            _("Show what of the page was no row"), (LISTING,),
            full_name=_("Show what was passed over in this import")),
    Command("import-take-back", _("&Take back …"), _with_import(import_wording.TAKE_BACK), "",
            "undo", _("Take the whole import back, also after later work"), (LISTING, WRITE),
            full_name=_("Take this import back")),
    Command("review-accept", _("&Looks right"), _in_review("review-accept"),
            "Ctrl+Return; Ctrl+Enter", "check",
            _("Settle what is in doubt about the selected rows, and go to the next"), _ROWS,
            full_name=_("Review: the rows look right")),
    Command("review-leave-out", _("Lea&ve out"), _in_review("review-leave-out"), "Del", "dropped",
            _("The selected rows are no papers for this library"), _ROWS, ROWS,
            full_name=_("Review: leave the rows out")),
    Command("review-take-in", _("&Take in again"), _in_review("review-take-in"), "Ins", "restore",
            _("Put the selected rows into the library that were left out"), _ROWS, ROWS,
            full_name=_("Review: take the rows in again")),
    Command("review-merge", _("&Merge with …"), _in_review("review-merge"), "Ctrl+M", "merge",
            _("The row is a paper that the library has: choose it"), _ROWS,
            full_name=_("Review: merge the row with a paper")),
    Command("review-apart", _("&Keep apart"), _in_review("review-apart"), "Ctrl+Shift+M", "close",
            _("The row is not the paper that it was merged with"), _ROWS,
            full_name=_("Review: keep the row apart")),
    Command("review-title-end", _("Where the title &ends"), _in_review("review-title-end"),
            "Ctrl+E", "edit", _("Move the title’s end with the arrow keys"), _ROWS,
            full_name=_("Review: where the title ends")),
    *(
        Command(f"review-reading-{n}", _("Take reading {n}").format(n=n),
                _in_review(f"review-reading-{n}"), str(n), needs=_ROWS, where=ROWS,
                full_name=_("Review: take reading {n} of where the title ends").format(n=n))
        for n in review.READINGS
    ),
    Command("review-next", _("Ne&xt row"), _in_review("review-next"), "Alt+Down", "next",
            needs=(REVIEW,), full_name=_("Review: next row")),
    Command("review-previous", _("&Previous row"), _in_review("review-previous"), "Alt+Up", "back",
            needs=(REVIEW,), full_name=_("Review: previous row")),
    Command("review-passed-over", _("What was passed &over"), _in_review("review-passed-over"),
            "", "filter", _("Show or hide the text around the rows"), (REVIEW,),
            full_name=_("Review: what was passed over")),
    Command("new-library", _("&New library …"), libraries.new_library, "", "add"),
    Command("open-library", _("&Open library …"), libraries.open_library, "Ctrl+O", "open"),
    Command("back-up", _("&Back up …"), libraries.back_up, full_name=_("Back up the library")),
    Command("restore-library", _("&Restore from backup …"), libraries.restore_library,
            needs=(WRITE,)),
    Command("close", _("&Quit"), view.close_window, "Ctrl+Q"),
    Command("export-selection", _("Export &selected papers …"),
            partial(exporting.export, exporting.SELECTED), "Ctrl+Shift+E", "export",
            needs=(SELECTION,)),
    Command("export-view", _("Export papers in &view …"),
            partial(exporting.export, exporting.VIEW), needs=(SHOWN,)),
    Command("export-all", _("Export &all papers …"), partial(exporting.export, exporting.ALL),
            "Ctrl+Alt+E"),
    Command("export-as", _("Export &to file …"), exporting.export_as, "", "file",
            _("Write the selected papers, if they are several, else those in view, as the ending "
              "of the file says"), (SHOWN,)),
    Command("exports", _("E&xports and workspaces …"), exporting.show_exports, "", "",
            _("Exports that have a name, files that are kept up to date, and workspaces")),
    Command("open-workspace", _("Open .bib as &workspace …"), exporting.open_workspace, "", "",
            _("Import a .bib file of which every byte is kept that you do not change"), (WRITE,)),
    Command("write-workspace", _("&Write the workspace"), exporting.write_workspace, "Ctrl+S", "",
            _("Write the .bib file of the collection in view"),
            full_name=_("Write the workspace (.bib)")),
    Command("copy-bibtex", _("&Copy as BibTeX"), partial(copying.copy_as, "bibtex"), "Ctrl+C",
            "copy", needs=(SELECTION,), where=TABLE),
    Command("copy-biblatex", _("Copy as Bib&LaTeX"), partial(copying.copy_as, "biblatex"), "",
            "copy", needs=(SELECTION,)),
    Command("copy-view", _("Copy papers in view as &BibTeX"), copying.copy_view, needs=(SHOWN,)),
    Command("copy-citation", _("Copy c&itation"), partial(copying.copy_formatted, "citation"),
            "Ctrl+Shift+A", "quote",
            _("Copy the selected papers as a text cites them, in the chosen style"), (SELECTION,)),
    Command("copy-bibliography", _("Copy bi&bliography"),
            partial(copying.copy_formatted, "bibliography"), "Ctrl+Shift+C", "book",
            _("Copy the selected papers as a list of references, in the chosen style"),
            (SELECTION,)),
    Command("copy-cite", _("Copy \\&cite{…}"), partial(copying.copy_references, "latex"), "Ctrl+K",
            "quote", _("Copy the LaTeX command that cites the selected papers"), (SELECTION,)),
    Command("copy-pandoc", _("Copy &Pandoc [@…]"), partial(copying.copy_references, "pandoc"), "",
            "quote", _("Copy what cites the selected papers in Pandoc's Markdown"), (SELECTION,)),
    Command("copy-typst", _("Copy &Typst @…"), partial(copying.copy_references, "typst"), "",
            "quote", _("Copy what cites the selected papers in Typst"), (SELECTION,)),
    Command("copy-key", _("Copy citation &key"), partial(copying.copy_references, "keys"),
            "Ctrl+Shift+K", "key", needs=(SELECTION,)),
    Command("copy-title", _("Copy titl&e"), copying.copy_titles, "", "copy", needs=(SELECTION,)),
    Command("copy-link", _("Copy &DOI or link"), copying.copy_links, "", "link",
            _("Copy where the selected papers stand on the web"), (SELECTION,)),
    Command("next-style", _("Next citation style"), partial(preferences.next_style, 1), "F8"),
    Command("previous-style", _("Previous citation style"), partial(preferences.next_style, -1),
            "Shift+F8"),
    Command("undo", _("&Undo"), editing.undo, "Ctrl+Z", "undo", needs=(UNDO, WRITE)),
    Command("redo", _("&Redo"), editing.redo, "Ctrl+Shift+Z; Ctrl+Y", "redo", needs=(REDO, WRITE)),
    Command("history", _("&History …"), editing.history, "", "history", needs=(WRITE,)),
    Command("preferences", _("Pre&ferences …"), preferences.show, "Ctrl+,", "settings",
            _("Citation styles, dragging, imports, theme and size of the text")),
    Command("select-all", _("Select &all"), editing.select_all, "Ctrl+A", needs=(SHOWN,),
            where=TABLE),
    Command("find", _("&Find"), editing.find, "Ctrl+F", "search"),
    Command("add-paper", _("&New paper …"), papers.add_paper, "Ctrl+N", "add",
            _("Add a paper by hand"), (WRITE,)),
    Command("edit-title", _("&Edit"), papers.edit_title, "Ctrl+E", "edit",
            _("Put the cursor into the title; Tab goes on to every other field"), (ONE, WRITE),
            full_name=_("Edit paper (title)")),
    Command("read-abstract", _("Read a&bstract"), papers.read_abstract, "Ctrl+B", "abstract",
            _("Put the cursor into the abstract, to select and mark with the keyboard"), (ONE,),
            full_name=_("Read and mark the abstract")),
    Command("write-note", _("Write n&ote"), papers.write_note, "Ctrl+Shift+O", "note",
            _("Write a note in Markdown"), (ONE, WRITE)),
    Command("open-link", _("&Open in browser"), papers.open_link, "F3", "external",
            _("Its DOI, arXiv page or URL; else a web search"), (ONE,)),
    Command("search-web", _("Search the &web"), papers.search_web, "Shift+F3", "web",
            _("Search the web for its title"), (ONE,)),
    Command("attach-file", _("&Attach file …"), papers.attach_file, "", "attach", needs=(ONE,
            WRITE)),
    Command("open-file", _("Open attac&hed file"), papers.open_file, "F4", "open",
            _("Open the first thing that is attached, with the system's program"), (ONE,)),
    *(
        Command(f"status-{status}", STATUS_NAMES[status], partial(papers.set_status, status),
                f"Alt+{digit}", status, needs=_PAPERS,
                full_name=_("Status: {name}").format(name=STATUS_NAMES[status]))
        for digit, status in enumerate(STATUSES, 1)
    ),
    *(
        Command(f"rate-{stars}", "★" * stars or _("No stars"), partial(papers.rate, stars),
                f"Ctrl+Alt+{stars}", needs=_PAPERS,
                full_name=_("Rate: {stars}").format(stars="★" * stars or _("no stars")))
        for stars in range(6)
    ),
    Command("add-tag", _("&Tag …"), papers.add_tag, "Ctrl+T", "tag", needs=_PAPERS),
    Command("edit-tags", _("Edit ta&gs"), papers.edit_tags, "Ctrl+Shift+T", "tags",
            _("Put the cursor into the field for tags in the panel"), _PAPERS),
    *(
        Command(f"tag-{key}", _("Tag with key {digit}").format(digit=key),
                partial(papers.toggle_tag, key), str(key), needs=_PAPERS, where=TABLE)
        for key in range(1, 10)
    ),
    Command("clear-tags", _("Clear coloured tags"), papers.clear_tags, "0", needs=_PAPERS,
            where=TABLE),
    Command("add-to-collection", _("Add to &collection …"), papers.add_to_collection,
            "Ctrl+Shift+L",
            "collection", needs=_PAPERS),
    Command("remove-from-collection", _("Take out of this collection"),
            papers.remove_from_collection,
            needs=(*_PAPERS, COLLECTION)),
    Command("merge", _("&Merge …"), papers.merge, "Ctrl+M", "merge", needs=(MANY, WRITE),
            full_name=_("Merge papers")),
    Command("keep-apart", _("Keep these two apart"), papers.keep_apart, needs=(TWO, WRITE),
            tip=_("They are not the same paper, whatever an import finds")),
    Command("duplicates", _("&Duplicates"), duplicates.show, "Alt+F8", "merge",
            _("Papers that may be the same, side by side, to be merged or kept apart"),
            full_name=_("Show the duplicates")),
    Command("duplicates-merge", _("&Merge the group"), _in_duplicates(DuplicatesView.merge),
            "Ctrl+Return; Ctrl+Enter", "merge", needs=_DUPLICATES,
            full_name=_("Duplicates: merge the group")),
    Command("duplicates-apart", _("&Not the same"), _in_duplicates(DuplicatesView.keep_apart),
            "Ctrl+D", "close", needs=_DUPLICATES, full_name=_("Duplicates: not the same")),
    Command("duplicates-take-out", _("&This paper is not the same"),
            _in_duplicates(DuplicatesView.take_out), "Ctrl+Shift+D", needs=_DUPLICATES,
            full_name=_("Duplicates: the paper of the cursor is not the same")),
    Command("duplicates-next", _("Ne&xt group"), _in_duplicates(lambda view: view.step(1)),
            "Alt+Down", "next", needs=(DUPLICATES,), full_name=_("Duplicates: next group")),
    Command("duplicates-previous", _("&Previous group"),
            _in_duplicates(lambda view: view.step(-1)), "Alt+Up", "back", needs=(DUPLICATES,),
            full_name=_("Duplicates: previous group")),
    Command("duplicates-merge-certain", _("Merge all &certain …"), duplicates.merge_certain, "",
            "check", needs=_DUPLICATES, full_name=_("Duplicates: merge all that are certain")),
    Command("duplicates-look", _("&Look at what is new"),
            _in_duplicates(DuplicatesView.look_at_new), "F5", "restore", needs=_DUPLICATES,
            full_name=_("Duplicates: look at what is new")),
    Command("duplicates-look-all", _("Look at &all again"),
            _in_duplicates(DuplicatesView.look_at_all), needs=_DUPLICATES,
            full_name=_("Duplicates: look at all papers again")),
    Command("citation-keys", _("Citation ke&ys …"), keys.change_keys, "Ctrl+G", "key",
            _("Make citation keys anew by a pattern; see old and new before they are changed"),
            (SHOWN, NO_TRASH), full_name=_("Citation keys: pattern, make anew")),
    Command("rewrite-citations", _("Rewrite c&itations in files …"), keys.rewrite_files, "",
            "file",
            _("Put today's citation keys in place of earlier ones in .tex, .md and .typ files")),
    Command("mark-reviewed", _("Mark as &looked at"), papers.mark_reviewed, "", "check",
            needs=_PAPERS,
            tip=_("Settle what was in doubt about these papers")),
    Command("check", _("Check &papers"), doctor.check, "Ctrl+F8", "review",
            _("Look for missing fields, wrong identifiers, doubtful names and the like; leads "
              "back to the last check")),
    Command("check-selection", _("Check &selected papers"), doctor.check_selection,
            needs=(SELECTION, NO_TRASH)),
    Command("check-view", _("Check papers in &view"), doctor.check_view, needs=(SHOWN, NO_TRASH)),
    Command("check-file", _("Check a .&bib file …"), doctor.check_file),
    Command("trash", _("Move to t&rash"), papers.trash, "Del", "trash", needs=(*_PAPERS, NO_TRASH),
            where=TABLE),
    Command("restore", _("Re&store"), papers.restore, "Ctrl+R", "restore", needs=(*_PAPERS, TRASH),
            full_name=_("Restore from the trash")),
    Command("empty-trash", _("Empty the trash"), papers.empty_trash, needs=(WRITE,)),
    Command("new-collection", _("New collection"), view.new_collection, "", "collection",
            needs=(WRITE,)),
    Command("rename", _("Rename collection or tag"), view.rename, "F2", "rename",
            needs=(NODE, WRITE)),
    Command("delete-node", _("Delete collection or tag"), view.delete_node, "Del",
            needs=(NODE, WRITE), where=SIDEBAR),
    Command("palette", _("&Command palette …"), view.show_palette, "Ctrl+Shift+P", "keyboard"),
    Command("paper-menu", _("Menu of the selected papers"), view.paper_menu, "Shift+F10",
            needs=(SELECTION,), where=TABLE),
    Command("focus-table", _("Go to the papers"), partial(view.focus, "table"), "Ctrl+1"),
    Command("focus-sidebar", _("Go to the sidebar"), partial(view.focus, "sidebar"), "Ctrl+2"),
    Command("focus-panel", _("Go to the panel"), partial(view.focus, "panel"), "Ctrl+3"),
    Command("focus-toast", _("Go to the message"), view.focus_toast, "Ctrl+4"),
    Command("toggle-sidebar", _("&Sidebar"), partial(view.toggle_pane, "sidebar"), "F9",
            full_name=_("Show or hide the sidebar"),
            checked=lambda w: not w.sidebar.isHidden()),
    Command("toggle-panel", _("&Panel"), partial(view.toggle_pane, "panel"), "Shift+F9",
            full_name=_("Show or hide the panel"),
            checked=lambda w: not w.panel.isHidden()),
    Command("theme-system", _("As the &system"), partial(view.set_theme, theme.SYSTEM),
            full_name=_("Theme: as the system"), checked=_theme_is(theme.SYSTEM)),
    Command("theme-light", _("&Light"), partial(view.set_theme, theme.LIGHT),
            full_name=_("Theme: light"), checked=_theme_is(theme.LIGHT)),
    Command("theme-dark", _("&Dark"), partial(view.set_theme, theme.DARK),
            full_name=_("Theme: dark"), checked=_theme_is(theme.DARK)),
    Command("text-larger", _("&Larger text"), partial(view.scale_text, 1), "Ctrl++; Ctrl+="),
    Command("text-smaller", _("S&maller text"), partial(view.scale_text, -1), "Ctrl+-"),
    Command("text-usual", _("&Usual text size"), partial(view.scale_text, 0), "Ctrl+0"),
    Command("help", _("refman &help"), view.show_help, "F1", "help"),
    Command("about", _("&About refman"), view.show_about, "", "info"),
)  # fmt: skip
