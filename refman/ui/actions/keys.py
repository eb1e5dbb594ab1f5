"""What the commands on citation keys do: make them anew, and put them into manuscripts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from refman.i18n import _, ngettext
from refman.library import KeyChange
from refman.ui import remembering
from refman.ui.dialogs.citation_keys.dialog import CitationKeysDialog, PapersChoice
from refman.ui.dialogs.help import HelpDialog
from refman.ui.dialogs.rewriting.dialog import Outcome, RewritingDialog
from refman.ui.main_window import MainWindow

HELP_PAGE = "citation-keys"


def change_keys(window: MainWindow) -> None:
    """Make the keys of the selected papers anew, or of those in view, or of all."""
    selected, shown = list(window.table.selected_ids()), window.table.entries.ids
    choices = []
    if selected:
        text = ngettext("The selected paper", "The {n:,} selected papers", len(selected))
        choices.append(PapersChoice(text.format(n=len(selected)), selected))
    text = ngettext("The paper in view", "The {n:,} papers in view", len(shown))
    choices.append(PapersChoice(text.format(n=len(shown)), tuple(shown)))
    choices.append(PapersChoice(_("All papers")))
    tried_on = window.table.current_id() if selected else next(iter(shown), None)
    dialog = CitationKeysDialog(window.library, window.jobs, choices, tried_on, window)
    dialog.wanted.connect(partial(_change, window))
    dialog.help_wanted.connect(lambda: HelpDialog(dialog, HELP_PAGE).show())
    dialog.open()


def _change(window: MainWindow, changes: Sequence[KeyChange]) -> None:
    work = partial(window.library.citation_keys.change, {one.entry_id: one.new for one in changes})
    renamed = {one.old: one.new for one in changes}
    window.jobs.write(
        _("Change citation keys"), work, lambda _changes: offer_rewriting(window, renamed)
    )


def offer_rewriting(window: MainWindow, renamed: Mapping[str, str]) -> None:
    """Say that keys were changed, by old and new, and offer to put them into manuscripts."""
    if len(renamed) == 1:
        ((old, new),) = renamed.items()
        text = _("{old} is {new} now").format(old=_short(old), new=_short(new))
    else:
        text = _("{n:,} citation keys were changed").format(n=len(renamed))
    window.status.say("")  # the toast says it
    window.stage.show_toast(
        text,
        [
            (_("Undo"), partial(window.trigger, "undo")),
            (_("Rewrite \\cite in your files …"), partial(_rewrite, window, renamed)),
        ],
        _("The old keys go on to find their papers.")
        if len(renamed) > 1
        else _("The old key goes on to find the paper."),
    )


def rewrite_files(window: MainWindow) -> None:
    """Put today's keys in place of all earlier ones that manuscripts cite."""
    _rewrite(window, {})


def _rewrite(window: MainWindow, renamed: Mapping[str, str]) -> None:
    dialog = RewritingDialog(
        window.library, window.jobs, window.settings.citing.manuscripts, renamed, window
    )
    dialog.paths_changed.connect(partial(_remember, window))
    dialog.rewritten.connect(partial(_tell, window))
    dialog.open()


def _remember(window: MainWindow, paths: tuple[str, ...]) -> None:
    citing = replace(window.settings.citing, manuscripts=paths)
    window.settings = replace(window.settings, citing=citing)
    remembering.save(window)


def _tell(window: MainWindow, outcome: Outcome) -> None:
    text = ngettext("{n:,} line was rewritten", "{n:,} lines were rewritten", outcome.lines).format(
        n=outcome.lines
    )
    names = ", ".join(_short(path.name) for path in outcome.files[:5])
    more = len(outcome.files) - 5
    if more > 0:
        names = _("{names} and {n:,} more files").format(names=names, n=more)
    window.stage.show_toast(text, [], names)


def _short(key: str) -> str:
    return key if len(key) <= 40 else key[:39] + "…"
