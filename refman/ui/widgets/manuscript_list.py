"""The manuscripts that the user points to: files that cite, and folders of them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from refman.formats.manuscripts import SUFFIXES
from refman.i18n import _
from refman.ui.widgets.path_list import Asking, PathList


class ManuscriptList(PathList):
    """`changed` when there are others. Files and folders can be dropped on it."""

    def __init__(
        self, paths: Sequence[str] = (), *, below: bool = False, parent: QWidget | None = None
    ) -> None:
        endings = " ".join((*(f"*{suffix}" for suffix in SUFFIXES), "*.Rmd"))
        super().__init__(
            _("Files that cite, and folders of them"),
            paths,
            files=Asking(
                _("Manuscripts that cite papers"),
                _("LaTeX, Markdown and Typst files, and what they take in"),
                _("Manuscripts ({endings})").format(endings=endings),
            ),
            folders=Asking(
                _("A folder of manuscripts"),
                _("All .tex, .md and .typ files in it, and in its folders"),
            ),
            below=below,
            parent=parent,
        )
