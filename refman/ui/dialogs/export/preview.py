"""The first papers of an export as they would be written. Nothing is given out by looking."""

from collections.abc import Sequence
from dataclasses import dataclass

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import ExportSettings, Library
from refman.library.changes import papers
from refman.library.export_settings import BIB

SHOWN = 5  # papers


@dataclass(frozen=True, slots=True)
class Preview:
    """`note` says what is shown, `error` why nothing is."""

    text: str = ""
    note: str = ""
    error: str = ""


def read_preview(library: Library, settings: ExportSettings, ids: Sequence[int] | None) -> Preview:
    """The first of the papers `ids`, or without them of those that the settings choose.

    In a reading thread.
    """
    try:
        if ids is not None:
            return _of_picked(library, settings, ids)
        text = library.exports.preview(settings, SHOWN)
    except RefmanError as error:
        return Preview(error=str(error))
    if not text.strip() or (settings.format not in BIB and text.strip() == "[]"):
        return Preview(note=_("No paper is chosen by this at the moment."))
    return Preview(text, _("The first papers, as they will be written."))


def _of_picked(library: Library, settings: ExportSettings, ids: Sequence[int]) -> Preview:
    first = library.exporting.beginning(
        ids, SHOWN, settings.format, settings.style,
        order=settings.order, descending=settings.descending,
    )  # fmt: skip
    if not first.count:
        return Preview(note=_("Papers without a title cannot be exported."))
    if first.count <= SHOWN and not first.left_out:
        return Preview(first.text, _("All of it, as it will be written."))
    told = _("The first of {papers}, as they will be written.").format(papers=papers(len(ids)))
    return Preview(first.text, told)
