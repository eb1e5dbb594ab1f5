"""What the duplicates view calls things."""

from collections.abc import Mapping

from refman.i18n import _, ngettext
from refman.library.changes import papers
from refman.library.duplicates import Cluster
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE
from refman.ui.duplicates.arranging import TIERS, Arranged
from refman.ui.tex_text import plain

NAMES = {CERTAIN: _("Certain"), LIKELY: _("Likely"), POSSIBLE: _("Possible")}
ICONS = {CERTAIN: ("check", "good"), LIKELY: ("merge", "accent"), POSSIBLE: ("help", "warning")}


def title_of(cluster: Cluster) -> str:
    return plain(cluster.title) or _("No title")


def reasons_of(cluster: Cluster) -> list[str]:
    """Why its papers are held for one, each reason once, the surest first."""
    pairs = sorted(cluster.pairs, key=lambda pair: -pair.tier)
    return list(dict.fromkeys(reason for pair in pairs for reason in pair.reasons))


def note_of(cluster: Cluster) -> str:
    """What stands below the title in the list."""
    kind = [_("preprint and published")] if cluster.preprint else []
    parts = (NAMES[cluster.tier], papers(len(cluster.ids)), *kind, *reasons_of(cluster)[:1])
    return " · ".join(parts)


def groups(count: int) -> str:
    return ngettext("{n} group", "{n} groups", count).format(n=f"{count:,}")


def tier_count(tier: int, count: int) -> str:
    """`12 certain`."""
    texts = {
        CERTAIN: _("{n} certain"),
        LIKELY: _("{n} likely"),
        POSSIBLE: _("{n} possible"),
    }
    return texts[tier].format(n=f"{count:,}")


def counts(found: Mapping[int, int]) -> str:
    """`12 certain, 3 likely`; '' for nothing."""
    return ", ".join(tier_count(tier, found[tier]) for tier in TIERS if found.get(tier))


def summary(made: Arranged, *, scanning: bool, stopped: bool) -> str:
    """How much was looked at, and what was found."""
    looked_at = made.papers - made.unscanned
    parts = []
    if scanning:
        parts.append(_("Looking …"))
    elif stopped:
        parts.append(_("Stopped"))
    if made.unscanned:
        parts.append(
            _("{n} of {papers} looked at").format(
                n=f"{max(looked_at, 0):,}", papers=papers(made.papers)
            )
        )
    else:
        parts.append(_("{papers} looked at").format(papers=papers(made.papers)))
    if len(made.shown) < len(made.clusters):
        parts.append(
            _("{n} of {groups} shown").format(
                n=f"{len(made.shown):,}", groups=groups(len(made.clusters))
            )
        )
    elif made.clusters:
        parts.append(f"{groups(len(made.clusters))}: {counts(made.tiers)}")
    return " · ".join(parts)
