"""Exports in words: which papers they take, and how their files stand."""

from pathlib import Path

from refman.i18n import _, ngettext
from refman.library import ExportInfo, Exporting, ExportSettings

# Of each state: its icon, the colour of that, and what it is called.
STATES = {
    "current": ("check", "good", _("Up to date")),
    "waiting": ("history", "muted", _("Waiting")),
    "error": ("attention", "danger", _("Error")),
    "edited": ("edit", "warning", _("Edited outside")),
    "manual": ("minus", "muted", _("Written when asked")),
}
_WORST_FIRST = ("error", "edited", "waiting", "current")

ORDERS = {
    "key": _("Citation key"),
    "author-year": _("Authors and year"),
    "title": _("Title"),
    "date": _("Date"),
    "added": _("When they were added"),
    "cited": _("As they are cited first"),
}


def which(settings: ExportSettings) -> str:
    """The papers that an export takes."""
    if settings.which == "all":
        return _("All papers")
    if settings.which == "cited":
        return cited_in(settings.files)
    sentence = {
        "collection": _("Collection “{value}”"),
        "tag": _("Tag “{value}”"),
        "query": _("Found by “{value}”"),
    }[settings.which]
    return sentence.format(value=settings.value)


def cited_in(files: tuple[str, ...]) -> str:
    """`Cited in main.tex and 2 more`."""
    text = _("Cited in {name}").format(name=Path(files[0]).name if files else "…")
    more = len(files) - 1
    if more > 0:
        text += ngettext(" and {count} more", " and {count} more", more).format(count=more)
    return text


def settings(settings: ExportSettings) -> str:
    """What an export takes, in which format and order."""
    order = ORDERS[settings.order]
    if settings.descending:
        order = _("{order}, descending").format(order=order)
    order = _("order: {order}").format(order=order)
    return " · ".join((which(settings), format_label(settings.format), order))


def format_label(name: str) -> str:
    """What a format is called on screen."""
    return next((each.label for each in Exporting.formats() if each.name == name), name)


def state(export: ExportInfo) -> str:
    """How the file of an export stands, in a sentence."""
    file = Path(export.path).name
    if export.status == "current":
        return _("{file} is up to date.").format(file=file)
    if export.status == "waiting":
        return _("{file} is written a moment after the last change.").format(file=file)
    if export.status in ("error", "edited"):
        return export.error
    if not export.path:
        return _("It has no file: “Now” asks for one.")
    if not export.written:
        return _("{file} is written when you press “Now”.").format(file=file)
    return _("{file} does not follow the library.").format(file=file)


def mark(kept: list[ExportInfo], *, waits: bool) -> tuple[str, str, str]:
    """What is said of all kept exports in a few words: icon, its colour, words."""
    status = min((each.status for each in kept), key=_WORST_FIRST.index)
    if waits and status == "current":
        status = "waiting"
    concerned = [each for each in kept if each.status in (status, "current")]
    if status in ("error", "edited"):
        concerned = [each for each in kept if each.status == status]
    file = Path(concerned[0].path).name
    if len(file) > 30:
        file = file[:29] + "…"
    icon, role, _words = STATES[status]
    one = {
        "current": _("{file} is up to date"),
        "waiting": _("{file} is about to be written"),
        "error": _("{file} cannot be written – look"),
        "edited": _("{file} was edited outside – look"),
    }[status]
    if len(concerned) == 1:
        return icon, role, one.format(file=file)
    many = {
        "current": _("{count} exports are up to date"),
        "waiting": _("{count} exports are about to be written"),
        "error": _("{count} exports cannot be written – look"),
        "edited": _("{count} exports were edited outside – look"),
    }[status]
    return icon, role, many.format(count=len(concerned))
