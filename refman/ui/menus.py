"""Commands become actions here: with their keys, in menus, enabled where they mean something."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from refman.i18n import _
from refman.library import STATUSES, Report
from refman.library.columns import COLUMNS
from refman.ui import commands, icons, remembering
from refman.ui.actions import duplicates, exporting, imports, review
from refman.ui.commands import COMMANDS
from refman.ui.dialogs import shortcuts
from refman.ui.dialogs.as_of import AsOfDialog
from refman.ui.dialogs.shortcuts import Binding, ShortcutsDialog
from refman.ui.main_window import MENU_TITLES, MainWindow

SHORTCUTS = "shortcuts"
_LINE = ""  # a line between two groups of a menu

_STATUS = (_("&Status"), tuple(f"status-{status}" for status in STATUSES))
_RATING = (_("&Rating"), tuple(f"rate-{stars}" for stars in (5, 4, 3, 2, 1, 0)))
_THEME = (_("&Theme"), ("theme-system", "theme-light", "theme-dark"))

_IMPORT_IN_VIEW = (
    _("This i&mport"),
    ("import-review", "import-compare", _LINE, "import-again", "import-day", "import-source",
     "import-passed-over", _LINE, "import-take-back"),
)  # fmt: skip
_REVIEW = (
    _("Re&view of an import"),
    ("review-accept", "review-leave-out", "review-take-in", "review-merge", "review-apart",
     "review-title-end", _LINE, "review-next", "review-previous", "review-passed-over"),
)  # fmt: skip
_CHECK = (_("Chec&k"), ("check", "check-selection", "check-view", _LINE, "check-file"))
_DUPLICATES = (
    _("D&uplicates"),
    ("duplicates", _LINE, "duplicates-merge", "duplicates-apart", "duplicates-take-out",
     "duplicates-next", "duplicates-previous", _LINE,
     "duplicates-merge-certain", "duplicates-look", "duplicates-look-all"),
)  # fmt: skip

# A menu is a name and the names of commands; a tuple is a menu in it.
Entry = str | tuple[str, tuple[str, ...]]

_ENTRIES: tuple[tuple[Entry, ...], ...] = (
    (
        "new-library", "open-library", "recent", _LINE,
        "import-files", "import-clipboard", "import-options", "imports", _IMPORT_IN_VIEW, _REVIEW,
        _LINE,
        "export-selection", "export-view", "export-all", "export-as", "copy-view", _LINE,
        "exports", "open-workspace", "write-workspace", _LINE,
        "back-up", "restore-library", _LINE, "close"),
    (
        "undo", "redo", "history", _LINE,
        "copy-bibtex", "copy-citation", "copy-bibliography", "copy-as", _LINE,
        "select-all", "find", _LINE, "new-collection", "rename", _LINE, "preferences"),
    (
        "add-paper", "edit-title", "read-abstract", "write-note", _LINE,
        "open-link", "search-web", "attach-file", "open-file", _LINE,
        _STATUS, _RATING, "add-tag", "edit-tags", "clear-tags", "add-to-collection",
        "remove-from-collection", _LINE,
        "merge", "keep-apart", _DUPLICATES, "citation-keys", "rewrite-citations", "mark-reviewed",
        _CHECK,
        _LINE, "trash", "restore", "empty-trash"),
    (
        "palette", _LINE, "toggle-sidebar", "toggle-panel", "sort", _LINE,
        _THEME, "text-larger", "text-smaller", "text-usual", _LINE,
        "focus-table", "focus-sidebar", "focus-panel", "focus-toast"),
    ("help", SHORTCUTS, "about"),
)  # fmt: skip
MENUS = tuple(zip(MENU_TITLES, _ENTRIES, strict=True))

CONTEXT: tuple[Entry, ...] = (
    "edit-title", "write-note", _LINE,
    "open-link", "search-web", "attach-file", "open-file", _LINE,
    _STATUS, _RATING, "add-tag", "coloured", "add-to-collection", "remove-from-collection", _LINE,
    "copy-bibtex", "copy-citation", "copy-bibliography", "copy-as", "export-selection", _LINE,
    "merge", "keep-apart", "citation-keys", "mark-reviewed", _LINE, "restore", "trash",
)  # fmt: skip

# What is in “Copy as”, with the names that are enough there.
COPY_AS = (
    ("copy-bibtex", _("&BibTeX")), ("copy-biblatex", _("Bib&LaTeX")), (_LINE, ""),
    ("copy-cite", _(r"\&cite{…}")), ("copy-pandoc", _("&Pandoc [@…]")),
    ("copy-typst", _("&Typst @…")), ("copy-key", _("Citation &key")), (_LINE, ""),
    ("copy-citation", _("C&itation")), ("copy-bibliography", _("Bibliograph&y")), (_LINE, ""),
    ("copy-title", _("Titl&e")), ("copy-link", _("&DOI or link")),
)  # fmt: skip

_IMPORT: tuple[Entry, ...] = ("import-files", "import-clipboard", "import-options")
_EXPORT: tuple[Entry, ...] = (
    "export-selection", "export-view", "export-all", "export-as", _LINE,
    "copy-bibtex", "copy-view", _LINE, "exports",
)  # fmt: skip


def install(window: MainWindow) -> None:
    """Give the window its commands, menus and buttons."""
    for command in COMMANDS:
        _add_action(window, command)
    _add_action(
        window,
        commands.Command(
            SHORTCUTS, _("&Keyboard shortcuts …"), show_shortcuts, "Ctrl+F1", "keyboard"
        ),
    )
    bind(window)
    for (_title, entries), menu in zip(MENUS, window.menus, strict=True):
        # Filled when it is opened the first time: a start is quicker without.
        menu.aboutToShow.connect(partial(_fill_once, window, menu, entries))
    for button, entries in (
        (window.top.import_button, _IMPORT),
        (window.top.export_button, _EXPORT),
    ):
        fill(window, button.menu(), entries)
    _offer_named_exports(window)
    window.context_menu = partial(context_menu, window)
    window.top.import_button.setHidden(window.library.read_only)
    if not window.library.read_only:
        window.pane.offer(
            [
                (_("Choose a file …"), window.commands["import-files"].trigger),
                (_("Paste"), window.commands["import-clipboard"].trigger),
            ]
        )
    window.state_changed.connect(partial(update, window))
    window.pane.found.connect(partial(update, window))
    window.date_wanted.connect(partial(_ask_day, window))
    window.listing_wanted.connect(partial(imports.act, window))
    window.imports.done.connect(partial(imports.offer_comparison, window))
    update(window)


def _add_action(window: MainWindow, command: commands.Command) -> None:
    action = QAction(command.text, window)
    if command.icon:
        action.setIcon(icons.icon(command.icon))
    action.setData(command.full_name or command.text.replace("&", "").rstrip(" …"))
    if command.checked:
        action.setCheckable(True)
    action.triggered.connect(lambda: _run(window, command))
    window.commands[command.name] = action
    if command.where == commands.WINDOW:
        window.addAction(action)
    elif command.where == commands.ROWS:  # `actions.review` gives it to each review
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    else:
        owner = window.table if command.where == commands.TABLE else window.sidebar
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        owner.addAction(action)


def _run(window: MainWindow, command: commands.Command) -> None:
    command.run(window)
    if command.checked:
        update(window)


def bind(window: MainWindow) -> None:
    """Give every command its keys: the user's, else the usual ones."""
    for command in _all_commands():
        action = window.commands[command.name]
        keys = window.settings.shortcuts.get(command.name, command.keys)
        action.setShortcuts([QKeySequence(each) for each in keys.split("; ") if each])
        tip = command.tip or str(action.data())
        native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({native})" if native else tip)
        action.setStatusTip("")


def _all_commands() -> tuple[commands.Command, ...]:
    return (
        *COMMANDS,
        commands.Command(SHORTCUTS, _("Keyboard shortcuts …"), show_shortcuts, "Ctrl+F1"),
    )


def facts(window: MainWindow) -> set[str]:
    """What is so at the moment, of what commands need."""
    scope = window.pane.scope
    node = window.sidebar.current_node()
    selected = 0 if window.stage.review else window.table.selected_count()
    told = {
        commands.WRITE: not window.library.read_only,
        commands.SELECTION: selected > 0,
        commands.ONE: selected == 1,
        commands.TWO: selected == 2,
        commands.MANY: selected > 1,
        commands.SHOWN: window.pane.count > 0,
        commands.UNDO: window.undo_label is not None,
        commands.REDO: window.redo_label is not None,
        commands.TRASH: scope.kind == "trash",
        commands.NO_TRASH: scope.kind != "trash",
        commands.COLLECTION: scope.kind == "collection",
        commands.DUPLICATES: duplicates.is_shown(window),
        commands.REVIEW: review.is_shown(window),
        commands.LISTING: scope.kind == "listing",
        commands.NODE: bool(node and node.scope and node.scope.kind in ("collection", "tag")),
    }
    return {name for name, true in told.items() if true}


def update(window: MainWindow) -> None:
    """Enable what means something now."""
    true = facts(window)
    for command in COMMANDS:
        action = window.commands[command.name]
        action.setEnabled(true.issuperset(command.needs))
        if command.checked:
            action.setChecked(command.checked(window))
    for name, verb, label in (
        ("undo", _("&Undo"), window.undo_label),
        ("redo", _("&Redo"), window.redo_label),
    ):
        window.commands[name].setText(f"{verb}: {_short(label)}" if label else verb)


def _short(label: str) -> str:
    label = label.replace("&", "&&")
    return label if len(label) < 50 else label[:49] + "…"


def fill(window: MainWindow, menu: QMenu, entries: Sequence[Entry]) -> None:
    """Put commands into `menu`."""
    for entry in entries:
        if isinstance(entry, tuple):
            title, names = entry
            fill(window, menu.addMenu(title), names)
        elif entry == _LINE:
            menu.addSeparator()
        elif entry == "recent":
            _add_recent(window, menu.addMenu(_("Open r&ecent")))
        elif entry == "sort":
            _add_sort(window, menu.addMenu(_("S&ort by")))
        elif entry == "copy-as":
            _add_copy_as(window, menu.addMenu(_("Cop&y as")))
        elif entry == "coloured":
            _add_coloured(window, menu)
        else:
            menu.addAction(window.commands[entry])


def _offer_named_exports(window: MainWindow) -> None:
    """Put the exports that have a name into the button's menu, as they are when it opens."""
    menu = window.top.export_button.menu()
    usual = menu.actions()
    menu.setToolTipsVisible(True)

    def show() -> None:
        for action in menu.actions():
            if action not in usual:
                menu.removeAction(action)
                action.deleteLater()
        exporting.add_named(window, menu, window.commands["exports"])

    menu.aboutToShow.connect(show)


def _fill_once(window: MainWindow, menu: QMenu, entries: Sequence[Entry]) -> None:
    if menu.isEmpty():
        menu.setToolTipsVisible(True)
        fill(window, menu, entries)


def context_menu(window: MainWindow) -> QMenu:
    """What can be done with the selected papers: only that, nothing greyed out."""
    menu = QMenu(window)
    true = facts(window)
    known = {command.name: command for command in COMMANDS}

    def here(entry: Entry) -> bool:
        if isinstance(entry, tuple):
            return commands.WRITE in true
        return entry not in known or true.issuperset(known[entry].needs)

    fill(window, menu, [entry for entry in CONTEXT if here(entry)])
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add_coloured(window: MainWindow, menu: QMenu) -> None:
    keys = [key for key in range(1, 10) if window.sidebar.tag_with_key(key)]
    if not keys or window.library.read_only:
        return
    inner = menu.addMenu(_("Coloured tags"))
    for key in keys:
        name = window.sidebar.tag_with_key(key)
        action = inner.addAction(f"{name}\t{key}")
        action.triggered.connect(window.commands[f"tag-{key}"].trigger)
    inner.addSeparator()
    inner.addAction(window.commands["clear-tags"])


def _add_copy_as(window: MainWindow, menu: QMenu) -> None:
    def show() -> None:
        menu.clear()
        for name, text in COPY_AS:
            if name == _LINE:
                menu.addSeparator()
                continue
            command = window.commands[name]
            keys = command.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(command.icon(), f"{text}\t{keys}" if keys else text)
            action.setEnabled(command.isEnabled())
            action.triggered.connect(command.trigger)

    menu.aboutToShow.connect(show)
    show()


def _add_recent(window: MainWindow, menu: QMenu) -> None:
    here = str(window.library.path.absolute())
    for path in window.settings.recent_libraries:
        if path != here:
            action = menu.addAction(path.replace("&", "&&"))
            action.triggered.connect(partial(window.library_wanted.emit, Path(path)))
    menu.setEnabled(not menu.isEmpty())


def _add_sort(window: MainWindow, menu: QMenu) -> None:
    group = QActionGroup(menu)
    by_column = {}
    for column in COLUMNS:
        action = menu.addAction(_(column.label))
        action.setCheckable(True)
        action.setActionGroup(group)
        by_column[column.name] = action
        action.triggered.connect(partial(window.pane.sort_by, column.name, column.descending_first))
    menu.addSeparator()
    turn = menu.addAction(_("Descending"))
    turn.setCheckable(True)
    turn.triggered.connect(lambda on: window.pane.sort_by(window.pane.sort, on))

    def show() -> None:
        by_column[window.pane.sort].setChecked(True)
        turn.setChecked(window.pane.descending)

    menu.aboutToShow.connect(show)


# --- dialogs that speak of commands and of pages ---------------------------------------


def show_shortcuts(window: MainWindow) -> None:
    """All commands with their keys, to be looked up and changed."""
    bindings = [
        Binding(
            command.name,
            _group(command.name),
            str(window.commands[command.name].data()),
            window.settings.shortcuts.get(command.name, command.keys),
            command.keys,
            _place(command),
        )
        for command in _all_commands()
    ]
    bindings.sort(key=lambda each: each.group)
    dialog = ShortcutsDialog(bindings, window)
    dialog.rebound.connect(partial(_rebind, window))
    dialog.open()


def _place(command: commands.Command) -> str:
    """Where its keys count, as the dialog says it."""
    if commands.REVIEW in command.needs:
        return shortcuts.REVIEW
    if commands.DUPLICATES in command.needs:
        return shortcuts.DUPLICATES
    if command.where != commands.WINDOW:
        return command.where
    selecting = {commands.SELECTION, commands.ONE, commands.TWO, commands.MANY}
    return "" if selecting.isdisjoint(command.needs) else shortcuts.PAPERS


def _group(name: str) -> str:
    for title, entries in MENUS:
        for entry in entries:
            if name == entry or (isinstance(entry, tuple) and name in entry[1]):
                return title.replace("&", "")
    if name in dict(COPY_AS):
        return MENU_TITLES[1].replace("&", "")
    if name.startswith("review-"):
        return MENU_TITLES[0].replace("&", "")
    return _("Tags") if name.startswith("tag-") else _("Window")


def _rebind(window: MainWindow, changed: dict[str, str]) -> None:
    window.settings = replace(window.settings, shortcuts=MappingProxyType(changed))
    bind(window)
    review.name_keys(window)
    remembering.save(window)


def _ask_day(window: MainWindow, report: Report) -> None:
    if report.listing_id is None:
        return
    dialog = AsOfDialog(report.name, report.as_of, window)
    listings = window.library.listings
    dialog.chosen.connect(
        lambda day: window.jobs.write(
            _("Change the day of {name}").format(name=report.name),
            partial(listings.change_as_of, report.listing_id, day),
        )
    )
    dialog.open()
