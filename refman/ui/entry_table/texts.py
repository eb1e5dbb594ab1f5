"""What a cell of the table says: on screen, as a tool tip, to a screen reader."""

from refman.i18n import _, ngettext
from refman.library import TableRow
from refman.library.columns import BY_NAME
from refman.ui.tex_text import plain

STATUS_NAMES = {
    "inbox": _("Inbox"),
    "to-read": _("To read"),
    "reading": _("Reading"),
    "read": _("Read"),
    "dropped": _("Dropped"),
}


def cell(row: TableRow, name: str) -> str:
    """The text of a cell; '' where the delegate draws a sign."""
    if name in ("status", "code"):
        return ""
    if name == "rating":
        return "★" * row.rating
    if name in ("score", "best_score"):
        score = row.score if name == "score" else row.best_score
        return f"{score:g}" if score is not None else ""
    if name == "seen":
        return f"{row.seen}×" if row.seen else ""
    if name in ("added", "modified"):
        return str(getattr(row, name))[:10]
    value = getattr(row, name)
    if name in ("title", "venue"):
        return plain(value)
    return "" if value is None else str(value)


def tool_tip(row: TableRow, name: str) -> str | None:
    """What the mouse over a cell tells besides its text."""
    if name == "status":
        return STATUS_NAMES.get(row.status, row.status)
    if name == "code":
        return _("A page said that there is code") if row.code else None
    if name == "seen":
        if not row.seen:
            return _("Typed in by hand: no page was imported for this paper")
        return ngettext("Seen on a page once", "Seen on pages {count} times", row.seen).format(
            count=row.seen
        )
    if name == "title":
        lines = [plain(row.title), row.creators, *row.attention]
        if row.tags:
            lines.append(_("Tags: {names}").format(names=", ".join(tag.name for tag in row.tags)))
        return "\n".join(line for line in lines if line)
    return cell(row, name) or None


def spoken(row: TableRow, name: str) -> str:
    """A cell as a screen reader says it."""
    if name == "rating":
        return _("{count} of 5 stars").format(count=row.rating)
    if name == "code":
        return _("with code") if row.code else ""
    if name == "status":
        return STATUS_NAMES.get(row.status, row.status)
    if name == "seen":
        return tool_tip(row, name) or ""
    return f"{_(BY_NAME[name].label)}: {cell(row, name)}"
