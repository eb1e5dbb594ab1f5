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
from refman.ui import theme
from refman.ui.actions import copying, editing, importing, libraries, papers, view
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.main_window import MainWindow

# Where a command's keys count.
WINDOW, TABLE, SIDEBAR = "window", "table", "sidebar"

# What must be so for a command to be there: see `menus.facts`.
WRITE, SELECTION, ONE, TWO, MANY, SHOWN = "write", "selection", "one", "two", "many", "shown"
UNDO, REDO, TRASH, NO_TRASH, COLLECTION, NODE = (
    "undo",
    "redo",
    "trash",
    "no trash",
    "collection",
    "node",
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


_PAPERS = (SELECTION, WRITE)

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
    Command("new-library", _("&New library …"), libraries.new_library, "", "add"),
    Command("open-library", _("&Open library …"), libraries.open_library, "Ctrl+O", "open"),
    Command("back-up", _("&Back up …"), libraries.back_up, full_name=_("Back up the library")),
    Command("restore-library", _("&Restore from backup …"), libraries.restore_library,
            needs=(WRITE,)),
    Command("close", _("&Quit"), view.close_window, "Ctrl+Q"),
    Command("export-selection", _("Export &selected papers …"), copying.export_selection,
            "Ctrl+Shift+E",
            "export", needs=(SELECTION,)),
    Command("export-view", _("Export papers in &view …"), copying.export_view, needs=(SHOWN,)),
    Command("export-all", _("Export &all papers …"), copying.export_all, "Ctrl+Alt+E"),
    Command("copy-bibtex", _("&Copy as BibTeX"), copying.copy_bibtex, "Ctrl+C", "copy",
            needs=(SELECTION,), where=TABLE),
    Command("copy-view", _("Copy papers in view as &BibTeX"), copying.copy_view, needs=(SHOWN,)),
    Command("copy-cite", _("Copy \\&cite{…}"), copying.copy_cite, "Ctrl+K", "quote",
            _("Copy the LaTeX command that cites the selected papers"), (SELECTION,)),
    Command("copy-key", _("Copy citation &key"), copying.copy_key, "Ctrl+Shift+K", "key",
            needs=(SELECTION,)),
    Command("undo", _("&Undo"), editing.undo, "Ctrl+Z", "undo", needs=(UNDO, WRITE)),
    Command("redo", _("&Redo"), editing.redo, "Ctrl+Shift+Z; Ctrl+Y", "redo", needs=(REDO, WRITE)),
    Command("history", _("&History …"), editing.history, "", "history", needs=(WRITE,)),
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
    Command("mark-reviewed", _("Mark as &looked at"), papers.mark_reviewed, "", "check",
            needs=_PAPERS,
            tip=_("Settle what was in doubt about these papers")),
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
