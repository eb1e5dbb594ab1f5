"""What the user can set: the commands that show and change it, and how it takes effect."""

from dataclasses import replace
from functools import partial

from refman.i18n import _
from refman.library import STATUSES
from refman.settings import Settings
from refman.ui import remembering, theme
from refman.ui.dialogs.preferences.dialog import PreferencesDialog
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.main_window import MainWindow


def show(window: MainWindow) -> None:
    """Everything that can be set, on pages."""
    dialog = PreferencesDialog(
        window.library,
        window.jobs,
        window.settings,
        window.table.current_id() if window.table.selected_count() else None,
        [(status, STATUS_NAMES[status]) for status in STATUSES],
        window.sidebar.names("tag"),
        window.sidebar.names("collection"),
        window,
    )
    dialog.changed.connect(partial(apply, window))
    dialog.open()


def apply(window: MainWindow, wanted: Settings) -> None:
    """Have `wanted` take effect now and from now on."""
    before, window.settings = window.settings, wanted
    if (before.theme, before.text_scale) != (wanted.theme, wanted.text_scale):
        theme.theme().follow(wanted.theme, wanted.text_scale)
    if before.citing.style != wanted.citing.style and isinstance(window.panel, EntryPanel):
        window.panel.read_citation()
    remembering.save(window)
    window.state_changed.emit()


def set_style(window: MainWindow, name: str) -> None:
    """Cite in another style from now on."""
    citing = replace(window.settings.citing, style=name)
    apply(window, replace(window.settings, citing=citing))


def next_style(step: int, window: MainWindow) -> None:
    """Cite in the next, or with a `step` of -1 the previous, of the styles that are offered."""
    styles = window.library.citations.styles()
    names = [style.name for style in styles]
    now = window.settings.citing.style
    place = names.index(now) + step if now in names else min(step, 0)
    chosen = styles[place % len(styles)]
    set_style(window, chosen.name)
    window.status.say(_("Citation style: {title}").format(title=chosen.title))
