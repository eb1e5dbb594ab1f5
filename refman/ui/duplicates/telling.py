"""Why the list of duplicates is empty, and what to do about it."""

from collections.abc import Callable

from refman.i18n import _, ngettext
from refman.ui.duplicates import wording
from refman.ui.duplicates.arranging import Arranged
from refman.ui.duplicates.scanning import Scanning
from refman.ui.widgets.empty_state import EmptyState


def say_empty(
    empty: EmptyState,
    made: Arranged,
    scanning: Scanning,
    *,
    show_all: Callable[[], None],
    look: Callable[[], None],
    look_at_all: Callable[[], None],
    editable: bool,
    merging: bool,
) -> None:
    """Say whether it is the filters, or nothing was found, or nothing was looked at yet."""
    if made.clusters:
        sentence = _("{groups} are left out by the search and the filters.")
        sentence = sentence.format(groups=wording.groups(len(made.clusters)))
        empty.say("filter", _("No such duplicates"), sentence, [(_("Show all"), show_all)])
    elif merging:
        empty.say("merge", _("Merging …"), _("What was decided is being written."))
    elif scanning.running or (made.unscanned and scanning.waits):
        sentence = _("What is found is listed here when all papers were looked at.")
        empty.say("review", _("Looking for duplicates …"), sentence)
    elif not made.papers:
        empty.say("library", _("No papers"), _("There is nothing here to compare."))
    elif made.unscanned:
        _say_unscanned(empty, made, scanning, look, editable=editable)
    else:
        sentence = ngettext(
            "{n} paper was looked at.", "{n} papers were looked at.", made.papers
        ).format(n=f"{made.papers:,}")
        actions = [(_("Look at all again"), look_at_all)] if editable else []
        empty.say("check", _("No duplicates"), sentence, actions)


def _say_unscanned(
    empty: EmptyState,
    made: Arranged,
    scanning: Scanning,
    look: Callable[[], None],
    *,
    editable: bool,
) -> None:
    sentence = ngettext(
        "{n} paper was not looked at yet.", "{n} papers were not looked at yet.", made.unscanned
    ).format(n=f"{made.unscanned:,}")
    if not editable:
        sentence += " " + _("This library can be read, not changed.")
        empty.say("lock", _("Not looked for duplicates"), sentence)
    elif scanning.stopped:
        empty.say("stop", _("Stopped"), sentence, [(_("Go on"), look)])
    else:
        empty.say("review", _("Not looked for duplicates yet"), sentence, [(_("Look"), look)])
