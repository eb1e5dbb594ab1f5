"""What the check says of itself: how far it is, and why its list is empty."""

from collections.abc import Callable

from refman.i18n import _, ngettext
from refman.library.changes import papers
from refman.ui.doctor import wording
from refman.ui.doctor.arranging import Arranged
from refman.ui.doctor.checkup import Checkup
from refman.ui.widgets.empty_state import EmptyState


def summary(checkup: Checkup, made: Arranged) -> str:
    """How much was looked at, and what was found."""
    found = len(made.findings)
    if checkup.of_file or not checkup.total:
        looked_at = ""
    elif checkup.checked < checkup.total:
        looked_at = _("{n:,} of {papers} checked").format(
            n=checkup.checked, papers=papers(checkup.total)
        )
    else:
        looked_at = _("{papers} checked").format(papers=papers(checkup.total))
    said = wording.counts(made.severities)
    if made.shown < found:
        said = _("{n:,} of {all} shown").format(n=made.shown, all=wording.findings_count(found))
    return " · ".join(part for part in (looked_at, said) if part)


def say_empty(
    empty: EmptyState,
    checkup: Checkup,
    left_out: int,
    show_all: Callable[[], None],
    *,
    running: bool,
    rules: int,
) -> None:
    """Say why nothing is listed: `left_out` findings by the filters, or there are none.

    `rules` is how many there are.
    """
    again = (_("Check again"), checkup.again)
    if left_out:
        sentence = _("{n} are left out by the search and the filters.")
        sentence = sentence.format(n=wording.findings_count(left_out))
        empty.say("filter", _("No such finding"), sentence, [(_("Show all"), show_all)])
    elif checkup.problem:
        empty.say("attention", _("This cannot be checked"), checkup.problem, [again])
    elif running:
        sentence = _("What is found is listed here as soon as it is.")
        empty.say("review", _("Checking …"), sentence)
    elif not checkup.complete:
        sentence = _("Nothing was found in what was looked at so far.")
        empty.say("review", _("Stopped"), sentence, [again])
    elif not checkup.of_file and not checkup.total:
        empty.say("library", _("No papers"), _("There is nothing here to check."))
    else:
        empty.say("check", _("Nothing found"), _all_well(checkup, rules))


def _all_well(checkup: Checkup, rules: int) -> str:
    if checkup.of_file:
        return _("{name} is as bibtex, biber and LaTeX want it.").format(name=checkup.target.name)
    return ngettext(
        "The paper was looked through by {rules} rules, and nothing is wrong with it.",
        "{n:,} papers were looked through by {rules} rules, and nothing is wrong with them.",
        checkup.total,
    ).format(n=checkup.total, rules=rules)
